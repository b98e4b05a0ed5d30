"""Chinese laws and plans."""

from __future__ import annotations

from split_docs import by_id, document

from polidiff.provisions import outline, split
from polidiff.provisions.labels import to_zh, zh_number

LAW = document(
    ("paragraph", "池塘局令第一号，现予公布。"),
    ("paragraph", "第一章　总则"),
    ("paragraph", "第二章　附则"),
    ("paragraph", "第一章　总则", {"bold": True, "centred": True}),
    ("paragraph", "第一条　为了保护池塘，根据《水法》第三条，制定本办法。"),
    ("paragraph", "第二条　任何人不得："),
    ("paragraph", "（一）捕蛙；"),
    ("paragraph", "（二）填塘。"),
    ("paragraph", "违反前款规定的，依照本办法第三条处理。"),
    ("paragraph", "第二章　附则", {"bold": True, "centred": True}),
    ("paragraph", "第三条　本办法下列用语的含义："),
    ("paragraph", "（一）池塘，是指不流动的水。"),
    ("paragraph", "第四条　本办法自公布之日起施行。"),
    ("paragraph", "池塘局"),
    ("paragraph", "2031年5月1日"),
    language="zh",
)


def test_articles_keep_their_printed_number_and_drop_it_from_the_text() -> None:
    found = by_id(split(LAW))
    assert [p.number for p in found.values() if p.kind == "article"] == ["第一条", "第二条", "第三条", "第四条"]
    assert found["art-1"].text.startswith("为了保护池塘")
    assert found["art-4"].text == "本办法自公布之日起施行。"


def test_paragraphs_and_items_are_cited_as_a_lawyer_would() -> None:
    found = by_id(split(LAW))
    assert found["art-2.k2"].number == "第二条第二款"
    assert found["art-2.k1.2"].number == "第二条第一款（二）"
    assert LAW.cut(found["art-2.k1.2"].lead_in) == "任何人不得："
    assert found["art-3.1"].number == "第三条（一）"
    assert found["art-3.1"].kind == "definition"


def test_references_in_chinese() -> None:
    found = by_id(split(LAW))
    assert found["art-2.k2"].refs == ("art-3", "art-2.k1")
    assert found["art-1"].refs == ()  # an article of another law


def test_a_printed_contents_is_not_repeated_in_the_outline() -> None:
    assert [h.title for h in outline(LAW)] == ["第一章　总则", "第二章　附则"]


def test_plan_headings_and_items() -> None:
    plan = document(
        ("paragraph", "为了保护池塘，现提出如下意见，请各地认真落实。"),
        ("paragraph", "一、总体要求"),
        ("paragraph", "坚持人与蛙共生，用好每一口池塘，到2031年全部变清。"),
        ("paragraph", "二、重点任务"),
        ("paragraph", "（一）池塘与科学"),
        ("paragraph", "1.加快研究。推动蛙类研究，鼓励共享。"),
        ("paragraph", "2.加强保护。建立保护制度。"),
        language="zh",
    )
    found = [(p.kind, p.number, p.path) for p in split(plan) if p.number]
    assert found == [
        ("action", "1", ("二、重点任务", "（一）池塘与科学")),
        ("action", "2", ("二、重点任务", "（一）池塘与科学")),
    ]
    assert [(h.level, h.title) for h in outline(plan)] == [
        (1, "一、总体要求"),
        (1, "二、重点任务"),
        (2, "（一）池塘与科学"),
    ]


def test_numerals_both_ways() -> None:
    assert [zh_number(to_zh(n)) for n in range(1, 100)] == list(range(1, 100))
    assert zh_number("一百二十三") == 123
