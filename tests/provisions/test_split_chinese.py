"""Chinese laws and plans."""

from __future__ import annotations

from split_docs import by_id, document

from polidiff.lang.numerals import to_chinese, zh_number
from polidiff.provisions import outline, split

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
    assert [zh_number(to_chinese(n)) for n in range(1, 100)] == list(range(1, 100))
    assert zh_number("一百二十三") == 123


def test_laws_in_traditional_characters_have_chapters_articles_and_items() -> None:
    law = document(
        ("heading", "第一章 總則", {"level": 1}),
        ("paragraph", "第一條 為保護池塘，特制定本法。"),
        ("paragraph", "第二條 各鎮應公開池塘目錄。"),
        ("paragraph", "各鎮得委託學校辦理前項事務。"),
        ("paragraph", "第二條之一 池塘不得填平。"),
        ("paragraph", "第三條 有下列情形之一者，處罰鍰："),
        ("paragraph", "一、違反第二條第二項規定。"),
        ("paragraph", "二、填平池塘。"),
        language="zh",
    )
    found = by_id(split(law))
    assert [p.number for p in found.values() if p.kind == "article"] == ["第一條", "第二條", "第二條之一", "第三條"]
    assert found["art-2"].path == ("第一章 總則",)
    assert found["art-2.k2"].number == "第二條第二項"
    assert found["art-3.1"].text == "違反第二條第二項規定。"
    assert found["art-3.1"].refs == ("art-2.k2",)


def test_an_item_with_who_leads_behind_its_stop_is_no_heading() -> None:
    plan = document(
        ("heading", "二、主要任务", {"level": 2}),
        ("paragraph", "（一）建设池塘。到2030年，建成三个池塘。"),
        ("paragraph", "（二）加强培训。各镇应当每年培训一次。（池塘局牵头，教育局配合）"),
        ("paragraph", "（三）开放数据。各镇应当公开池塘目录。（池塘局负责）"),
        language="zh",
    )
    assert [heading.title for heading in outline(plan)] == ["二、主要任务"]
    assert [p.number for p in split(plan)] == ["（一）", "（二）", "（三）"]


def test_chinese_articles_in_a_document_of_another_language_are_articles_of_a_plan() -> None:
    mixed = document(
        ("paragraph", "Towns shall keep their ponds clean, and each town shall count the frogs in them every spring."),
        ("paragraph", "第一条 任何人不得填塘。"),
        ("paragraph", "第二条 任何人不得捕蛙。"),
        ("paragraph", "第三条 违反的处罚款。"),
    )
    assert [(p.kind, p.number) for p in split(mixed)][1:] == [
        ("article", "第一条"),
        ("article", "第二条"),
        ("article", "第三条"),
    ]
