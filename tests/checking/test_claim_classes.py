"""Claims of one class, said in several ways: changed numbers, silence, bans, in English and Chinese."""

from __future__ import annotations

import pytest

from polidiff import api

PLAN = """# Harbour Towns AI Plan

The plan follows the advice of Norway and of the harbour pilots.

## Skills

- The Ministry of Education will train 400 teachers in machine learning by 2029.
- Grow the harbour computing centre by at least 20x by 2030.
- Double the number of crane simulators.

## Safety

- Regulators should take measures so that children do not come to rely on chatbots.
- Operators may be fined up to EUR 2 million or 4% of their worldwide annual turnover for prohibited practices.
- The following shall be prohibited:
  - the use of cameras that sort passengers by their religion;
  - the sale of deep-fakes of pilots.
"""

RULES = """# 港口人工智能服务管理办法

第一条 提供者应当采取有效措施，防范未成年人过度依赖聊天服务。

第二条 提供者应当在十五日内处理用户的投诉。

第三条 鼓励港口企业同挪威开展算法合作。

第四条 到2030年，港口算力规模翻一番。

第五条 本办法自2023年8月15日起施行。
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("classes")
    (folder / "plan.md").write_text(PLAN, encoding="utf-8")
    (folder / "rules.md").write_text(RULES, encoding="utf-8")
    return [api.read(folder / "plan.md"), api.read(folder / "rules.md")]


def judged(held, name: str, claim: str):  # type: ignore[no-untyped-def]
    return api.check_claims(api.check_room.given_claims([("c", claim, name)]), held)[0]


@pytest.mark.parametrize(
    "claim",
    [
        "The harbour computing centre is to grow 50x by 2030.",
        "The harbour computing centre is to grow fifty-fold by 2030.",
        "The harbour computing centre is to become fifty times larger by 2030.",
        "The harbour computing centre is to grow 20x by 2035.",
        "The harbour computing centre is to grow twentyfold by 2031.",
        "The ministry will train 400 teachers in machine learning by 2039.",
        "The number of crane simulators is to triple.",
    ],
)
def test_another_multiple_or_year_is_never_borne_out(held, claim):  # type: ignore[no-untyped-def]
    found = judged(held, "plan", claim)
    assert found.verdict == "contradicted"
    assert found.evidence
    assert "The claim says" in found.reasons[0].text


@pytest.mark.parametrize(
    "claim",
    [
        "The harbour computing centre is to grow at least 20x by 2030.",
        "The harbour computing centre is to grow twentyfold by 2030.",
        "The harbour computing centre is to grow twenty times by 2030.",
        "The number of crane simulators is to be doubled.",
        "Operators can be fined as much as EUR 2 million for prohibited practices.",
    ],
)
def test_the_same_number_in_another_form_is_borne_out(held, claim):  # type: ignore[no-untyped-def]
    assert judged(held, "plan", claim).verdict == "supported"


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("The plan does not mention Norway.", "contradicted"),
        ("The plan never mentions Norway.", "contradicted"),
        ("Nowhere does the plan refer to Norway.", "contradicted"),
        ("The plan makes no reference to harbour pilots.", "contradicted"),
        ("The plan is silent on deepfakes.", "contradicted"),
        ("The plan says nothing about fishing or cranes.", "contradicted"),
        ("The plan mentions Norway.", "supported"),
        ("The plan says nothing about fishing quotas.", "supported"),
        ("There is no mention of Iceland in the plan.", "supported"),
        ("Fishing is not mentioned anywhere in the plan.", "supported"),
        ("The plan mentions Iceland.", "not_found"),
        ("计划没有提到挪威。", "contradicted"),
        ("计划没有提到船歌。", "not_found"),
    ],
)
def test_silence_is_answered_by_the_words_of_the_whole_document(held, claim, label):  # type: ignore[no-untyped-def]
    found = judged(held, "plan", claim)
    assert found.verdict == label
    assert bool(found.evidence) == found.reasons[0].text.startswith("The document names")


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("办法没有提到挪威。", "contradicted"),
        ("办法未提及未成年人。", "contradicted"),
        ("办法只字未提渔业。", "supported"),
        ("The rules never mention minors.", "contradicted"),
    ],
)
def test_silence_of_a_chinese_document(held, claim, label):  # type: ignore[no-untyped-def]
    assert judged(held, "rules", claim).verdict == label


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("plan", "Children are banned from using chatbots."),
        ("rules", "办法禁止未成年人使用聊天服务。"),
        ("rules", "提供者应当在24小时内处理用户的投诉。"),
        ("rules", "提供者应当在三十日内处理用户的投诉。"),
        ("rules", "到2035年，港口算力规模翻一番。"),
        ("rules", "到2030年，港口算力规模翻两番。"),
        ("rules", "办法自2024年8月15日起施行。"),
    ],
)
def test_a_ban_or_a_term_that_is_not_in_the_document_is_not_borne_out(held, name, claim):  # type: ignore[no-untyped-def]
    assert judged(held, name, claim).verdict in ("contradicted", "overstated", "not_found")


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("plan", "Sorting passengers by their religion with cameras is forbidden."),
        ("rules", "提供者应当在15日内处理用户的投诉。"),
        ("rules", "办法自2023年8月15日起施行。"),
    ],
)
def test_what_the_document_says_is_borne_out(held, name, claim):  # type: ignore[no-untyped-def]
    assert judged(held, name, claim).verdict == "supported"


def test_no_more_words_are_found_than_the_claim_has(held):  # type: ignore[no-untyped-def]
    reason = judged(held, "rules", "提供者应当采取措施防范未成年人过度依赖聊天服务。").reasons[-1]
    said = dict(reason.parameters)
    assert len(said["words"]) == said["found"] <= said["of"]


def test_another_body_in_the_lead_is_contradicted_in_few_words(tmp_path):  # type: ignore[no-untyped-def]
    order = tmp_path / "order.md"
    order.write_text(
        "# Harbour Order\n\nWithin 90 days of this order, the Assistant to the President for Ports, the Adviser for "
        "Drones, and the Director of the Crane Office, in coordination with the heads of the agencies that they deem "
        "relevant, shall write a plan for all harbours.\n\nThis order takes effect on the twentieth day after its "
        "publication.\n",
        encoding="utf-8",
    )
    document = api.read(order)
    given = api.check_room.given_claims(
        [
            ("a", "The Treasury Ministry shall write a plan for all harbours within 90 days.", document.id),
            ("b", "The order takes effect on the third day after its publication.", document.id),
            ("c", "The order takes effect on the 20th day after its publication.", document.id),
        ]
    )
    found = api.check_claims(given, [document])
    assert [one.verdict for one in found] == ["contradicted", "contradicted", "supported"]
    assert "Treasury Ministry" in found[0].reasons[0].text
    assert len(found[0].reasons[0].text) < 250
