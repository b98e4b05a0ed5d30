import pytest

from polidiff.coding.strength_law import law_strength
from polidiff.coding.strength_plan import plan_strength
from polidiff.coding.strength_zh import law_strength_zh, plan_strength_zh


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The operator must keep a log.", "obligation"),
        ("The operator need not keep a log.", "permission"),
        ("The operator may not sell the log.", "prohibition"),
        ("The operator is not required to keep a log.", "permission"),
        ("The operator is required to keep a log.", "obligation"),
        ("Nothing in this section prevents the operator from keeping a log.", "permission"),
        ("Nothing in this section authorises the sale of a log.", "prohibition"),
        ("If the operator must keep a log, the inspector may read it.", "permission"),
        ("A person who may enter the site must not smoke there.", "prohibition"),
        ("No person shall sell a log.", "prohibition"),
        ("The log shall be deemed to be a public record.", "none"),
        ("A log is a list of events.", "none"),
        ("Operators are encouraged to publish the log.", "encouragement"),
        ("Should the log be lost, the operator shall report it.", "obligation"),
        ("The tribunal has jurisdiction to hear the claim.", "permission"),
    ],
)
def test_law(text: str, label: str) -> None:
    assert law_strength(text).label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The Ministry will open three centres.", "mandate"),
        ("The government must open three centres.", "mandate"),
        ("Led by the Ministry of Work, open three centres.", "directive"),
        ("Led by A, B, and other members of the board, including C, open three centres.", "directive"),
        ("Quickly open three centres.", "directive"),
        ("Explore the opening of three centres.", "recommendation"),
        ("The Ministry should open three centres.", "recommendation"),
        ("Firms are encouraged to open centres.", "recommendation"),
        ("Our goal is to have the best centres.", "aspiration"),
        ("It is vital that the country lead in this field.", "aspiration"),
        ("We need to lead in this field.", "aspiration"),
        ("AI will change how people shop.", "statement"),
        ("Three centres were opened last year.", "statement"),
    ],
)
def test_plans(text: str, label: str) -> None:
    assert plan_strength(text).label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("运营者应当保存日志。", "obligation"),
        ("并按照规定履行登记手续", "obligation"),
        ("运营者不得出售日志。", "prohibition"),
        ("主管部门可以查阅日志。", "permission"),
        ("鼓励运营者公开日志。", "encouragement"),
        ("违反本办法的，由主管部门责令改正，并处罚款。", "none"),
        ("本办法所称日志，是指事件的记录。", "none"),
        ("国家坚持安全和发展并重的原则。", "none"),
    ],
)
def test_chinese_law(text: str, label: str) -> None:
    assert law_strength_zh(text).label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("必须保护隐私。", "mandate"),
        ("加快建设三个中心。", "directive"),
        ("探索建设三个中心。", "recommendation"),
        ("各国应建设三个中心。", "recommendation"),
        ("力争成为世界强国。", "aspiration"),
        ("去年有三个中心。", "statement"),
    ],
)
def test_chinese_plans(text: str, label: str) -> None:
    assert plan_strength_zh(text).label == label


@pytest.mark.parametrize("reader", [law_strength, plan_strength, law_strength_zh, plan_strength_zh])
@pytest.mark.parametrize("text", ["", " ", "。", "—", "must", "1. (a)", "应当", "If, then"])
def test_odd_texts_are_read_without_fault(reader: object, text: str) -> None:
    found = reader(text)  # type: ignore[operator]
    assert found.cue is None or 0 <= found.cue[0] <= found.cue[1] <= len(text)
