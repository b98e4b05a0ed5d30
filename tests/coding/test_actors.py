import pytest

from polidiff.coding import code
from polidiff.model import Document, Provision


def cast(text: str, *, before: str = "", law: bool = False) -> tuple[list[str], list[str]]:
    body = before + text
    document = Document("d", "d", "und", "", "text/plain", body, ())
    provision = Provision("d", "1", None, "item", (), text, len(before), len(body))
    made = code(document, [provision], scale="law" if law else "plan")[0]
    return [actor.name for actor in made.lead], [actor.name for actor in made.others]


DEFINED = "The Department of Water (DOW) and the Office of Rivers and Lakes (ORL) met. "


@pytest.mark.parametrize(
    ("text", "lead", "others"),
    [
        ("Led by DOW, open a school.", ["DOW"], []),
        ("Led by the Department of Water, open a school.", ["DOW"], []),
        ("Led by DOW through ORL, open a school.", ["DOW"], ["ORL"]),
        ("Led by ORL at DOW, open a school.", ["ORL"], []),
        (
            "Open a school, led by DOW, ORL, and NSB, in coordination with the Bureau of Wells.",
            ["DOW", "ORL", "NSB"],
            ["Bureau of Wells"],
        ),
        ("Through DOW and ORL, open a school.", ["DOW", "ORL"], []),
        ("Establish a school under ORL.", ["ORL"], []),
        ("DOW, ORL, and academic partners should open a school.", ["DOW", "ORL"], []),
        ("Direct the Office of Rivers and Lakes to open a school.", ["ORL"], []),
        ("Open a school with input from DOW.", [], ["DOW"]),
        ("Review the rulings of DOW.", [], []),
        ("Open a school for AI and R&D.", [], []),
    ],
)
def test_who_leads_and_who_takes_part(text: str, lead: list[str], others: list[str]) -> None:
    assert cast(text, before=DEFINED) == (lead, others)


def test_the_body_through_which_a_leader_acts_is_kept_with_it() -> None:
    body = "Led by DOW through ORL, open a school."
    document = Document("d", "d", "en", "", "text/plain", body, ())
    made = code(document, [Provision("d", "1", None, "action", (), body, 0, len(body))])[0]
    assert made.lead[0].via == "ORL"


@pytest.mark.parametrize(
    ("text", "lead", "others"),
    [
        ("国家网信部门会同国务院有关部门制定目录。", ["国家网信部门"], ["国务院有关部门"]),
        ("由教育部负责培训教师。", ["教育部"], []),
        ("联合国应设立工作组。", ["联合国"], []),
    ],
)
def test_chinese_bodies(text: str, lead: list[str], others: list[str]) -> None:
    assert cast(text) == (lead, others)


def test_in_a_law_the_bearer_of_a_duty_leads() -> None:
    assert cast("提供者应当保存日志。", law=True)[0] == ["提供者"]
    assert cast("Providers of such systems shall keep a log.", law=True)[0] == ["Providers"]
