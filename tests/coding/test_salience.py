from polidiff.coding import load_codebook
from polidiff.coding.coder import cued
from polidiff.coding.themes import THRESHOLD
from polidiff.model import Document, Provision


def scores(text: str) -> dict[str, float]:
    document = Document("d", "d", "und", "", "text/plain", text, ())
    provision = Provision("d", "1", None, "item", (), text, 0, len(text))
    (made,) = cued(document, [provision], load_codebook())
    return {found.id: found.score for found in made.themes}


def given(text: str) -> set[str]:
    document = Document("d", "d", "und", "", "text/plain", text, ())
    (made,) = cued(
        document, [Provision("d", "1", None, "item", (), text, 0, len(text))], load_codebook(), least=THRESHOLD
    )
    return {found.id for found in made.themes}


def test_an_example_says_less_than_the_thing_itself() -> None:
    itself = "Publish guidance for hospitals on the purchase of software."
    example = "Publish guidance for public bodies, such as hospitals, on the purchase of software."
    assert scores(example).get("sector_health", 0.0) < scores(itself)["sector_health"]


def test_the_title_of_a_cited_act_is_not_what_a_provision_is_about() -> None:
    assert "privacy" not in given("违反规定的，由主管部门依照《个人信息保护法》处罚。")
    assert "privacy" in given("服务提供者应当保护个人信息。")


def test_the_number_of_a_cited_act_is_no_regulation() -> None:
    assert "regulation" not in given(
        "Providers shall report the energy that their data centres use under Regulation (EU) 9/99."
    )


def test_the_kind_of_a_system_is_not_the_theme() -> None:
    assert "safety_evaluation" not in given("Deployers of high-risk AI shall train their staff in new skills.")


def test_a_weak_theme_beside_a_strong_one_is_only_mentioned() -> None:
    text = "Build data centres and supercomputers and expand computing power, and ask whether manufacturing gains."
    assert "compute" in given(text)
    assert "manufacturing_robotics" not in given(text)
    assert "manufacturing_robotics" in scores(text)


def test_a_theme_alone_is_surer_than_one_with_a_rival() -> None:
    alone = scores("Protect personal data.")["privacy"]
    rivalled = scores("Protect personal data and respect copyright.")["privacy"]
    assert rivalled < alone


def test_what_a_chinese_law_is_for_is_not_what_it_orders() -> None:
    purpose = "为了维护国家安全，根据有关法律，制定本办法。"
    order = "有关部门应当维护国家安全。"
    assert scores(purpose).get("national_security", 0.0) < scores(order)["national_security"]
