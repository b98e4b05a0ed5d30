"""Which sentences of an article are tested, on which document, and what the reader is told of the rest."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from polidiff import api
from polidiff.cli import run

PLAN = """# America's Harbour Plan

This plan has three pillars: skills, ports and safety.

## Pillar 1: Skills

- Train 400 teachers in machine learning by 2029.

## Pillar 2: Ports

- Grow the use of automated cranes in all harbours.

## Pillar 3: Safety

- Report every serious accident within 15 days.
"""
ORDER = """# Removing Weeds from American Harbours

By the authority vested in me as President, it is hereby ordered as follows: Executive Order 20111 is revoked.

Sec. 1. Within 90 days the Secretary shall write a plan for the harbours.
"""
RULES = """# 港口智能服务管理办法

第一条 提供者应当采取有效措施，防范未成年人过度依赖聊天服务。

第二条 提供者应当在十五日内处理用户的投诉。

第三条 本办法自2023年8月15日起施行。
"""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("held")
    for name, text in (("us-harbour-plan-2025", PLAN), ("us-eo-20222-2025", ORDER), ("cn-rules-2023.zh", RULES)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder, [api.read(path) for path in sorted(folder.glob("*.md"))]


def found(held, article: str, name: str = "article.md"):  # type: ignore[no-untyped-def]
    folder, documents = held
    draft = folder / "drafts"
    draft.mkdir(exist_ok=True)
    (draft / name).write_text(article, encoding="utf-8")
    return api.check_room.find_statements(api.read(draft / name), documents), article


def about(held, article: str):  # type: ignore[no-untyped-def]
    return [claim.documents for claim in found(held, article)[0].claims]


def left(held, article: str):  # type: ignore[no-untyped-def]
    return [one.why for one in found(held, article)[0].left]


@pytest.mark.parametrize(
    ("sentence", "document"),
    [
        ("America's Harbour Plan wants 400 teachers trained in machine learning.", "us-harbour-plan-2025"),
        ("Executive Order 20222 gives the Secretary 90 days to write a harbour plan.", "us-eo-20222-2025"),
        ("The American order gives the Secretary 90 days to write a harbour plan.", "us-eo-20222-2025"),
        ("The 2023 rules require providers to handle complaints within fifteen days.", "cn-rules-2023.zh"),
        ("美国《港口计划》提出三大支柱，并要求培训400名教师。", "us-harbour-plan-2025"),
        ("美方计划要求在2029年前培训400名教师。", "us-harbour-plan-2025"),
        ("特朗普签署的行政令要求在90天内提交港口计划。", "us-eo-20222-2025"),
        ("中国的《港口智能服务管理办法》要求提供者在十五日内处理用户投诉。", "cn-rules-2023.zh"),
    ],
)
def test_a_document_is_known_by_its_country_kind_number_or_year_in_either_language(held, sentence, document):  # type: ignore[no-untyped-def]
    assert set(about(held, sentence + "\n")) == {(document,)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Executive Order 20111 asked for safety tests in the largest harbours.",
        "The 2019 executive order set up a harbour institute with forty people.",
        "Japan's national AI strategy sets up a headquarters for automated cranes.",
        "China's plan calls for an international body that watches harbours.",
        "日本《港口促进法》规定设立战略本部并培训教师。",
    ],
)
def test_a_statement_on_a_document_that_is_not_held_is_told_and_not_tested(held, sentence):  # type: ignore[no-untyped-def]
    assert about(held, sentence + "\n") == []
    assert left(held, sentence + "\n") == ["not_held"]


def test_it_after_a_document_that_is_not_held_is_none_of_those_that_are(held):  # type: ignore[no-untyped-def]
    article = (
        "America's Harbour Plan wants 400 teachers trained. Japan's national AI strategy sets up a headquarters. "
        "It requires yearly tests of all cranes.\n"
    )
    assert about(held, article) == [("us-harbour-plan-2025",)]


def test_both_means_the_two_that_were_named(held):  # type: ignore[no-untyped-def]
    article = (
        "America's Harbour Plan wants 400 teachers trained. Executive Order 20222 sets a term of 90 days. "
        "Both documents want safer harbours with cranes.\n"
    )
    assert about(held, article)[-1] == ("us-eo-20222-2025", "us-harbour-plan-2025")


def test_what_somebody_else_says_is_left_alone_and_counted(held):  # type: ignore[no-untyped-def]
    article = "America's Harbour Plan will cost 400 teachers their jobs, Jane Doe of the Port Union said.\n"
    assert about(held, article) == []
    assert left(held, article) == ["said_by_others"]


def test_sentences_left_alone_are_cut_from_the_article(held):  # type: ignore[no-untyped-def]
    made, article = found(held, "Japan's national AI strategy sets up a headquarters for automated cranes.\n")
    assert [article[one.start : one.end] for one in made.left] == [article.strip()]


def test_the_command_and_the_record_say_what_was_not_tested(held, tmp_path, capsys):  # type: ignore[no-untyped-def]
    folder, _ = held
    draft = tmp_path / "draft.md"
    draft.write_text("Japan's national AI strategy sets up a headquarters for automated cranes.\n", encoding="utf-8")
    plan = str(folder / "us-harbour-plan-2025.md")
    assert run(["check", str(draft), "--against", plan, "-o", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr().out
    assert "no claim about the documents was found" in printed
    assert "1 more sentence not tested: 1 about a document that is not among those given" in printed
    record = json.loads((tmp_path / "out/check.json").read_text(encoding="utf-8"))["article"]
    assert [(row["why"], row["text"][:5]) for row in record["left"]] == [("not_held", "Japan")]
    assert "not among those given" in (tmp_path / "out/article.html").read_text(encoding="utf-8")
    assert "所说的文件不在给出的文件之中" in (tmp_path / "out/article.zh.html").read_text(encoding="utf-8")


def test_a_claim_on_altered_words_is_never_supported(held, tmp_path):  # type: ignore[no-untyped-def]
    _, documents = held
    draft = tmp_path / "draft.md"
    draft.write_text(
        "America's Harbour Plan would “grow the use of automated cranes in most harbours” and train 400 teachers.\n",
        encoding="utf-8",
    )
    checked = api.check(draft, documents, claims=True)
    assert [verdict.verdict for verdict in checked.verdicts] == ["altered"]
    holding = [c for c in checked.claims if (c.start or 0) <= (checked.verdicts[0].start or 0) < (c.end or 0)]
    assert all(claim.verdict != "supported" for claim in holding)


def told(held, article: str, name: str = "article.md"):  # type: ignore[no-untyped-def]
    made, _ = found(held, article, name)
    text = api.read(held[0] / "drafts" / name).text
    return {text[one.start : one.end]: (one.kind, one.documents) for one in made.sentences}


def test_every_sentence_of_an_article_is_accounted_for(held):  # type: ignore[no-untyped-def]
    article = (
        "# Cranes and rules\n\nIt rained on the quay.\n\n"
        "America's Harbour Plan wants 400 teachers trained by 2029. "
        "“Report every serious accident within 15 days,” the plan says. "
        "Japan's national AI strategy sets up a headquarters.\n\n"
        "“Nobody asked the dockers,” said Jane Doe of the Port Union. She has worked there for years.\n"
    )
    assert list(told(held, article).items()) == [
        ("It rained on the quay.", ("other", ())),
        ("America's Harbour Plan wants 400 teachers trained by 2029.", ("claim", ("us-harbour-plan-2025",))),
        ("“Report every serious accident within 15 days,” the plan says.", ("quotation", ("us-harbour-plan-2025",))),
        ("Japan's national AI strategy sets up a headquarters.", ("not_held", ())),
        ("“Nobody asked the dockers,” said Jane Doe of the Port Union.", ("said_by_others", ())),
        ("She has worked there for years.", ("other", ())),
    ]


LISTS = {
    "gb-harbour-plan-2025": "# Britain's Harbour Plan\n\nWe will build 40 new pilot boats by 2031.\n",
    "it-porti-2024": "---\njurisdiction: Italy\n---\n# Harbour Plan\n\nWe will build 12 new pilot boats by 2030.\n",
    "sg-anglers-manifesto-2025": "# FORWARD TOGETHER\n\nThe Anglers' Party\n\nWe will plant reefs of old boats.\n",
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("shelf")
    for name, text in LISTS.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder, [api.read(path) for path in sorted(folder.glob("*.md"))]


@pytest.mark.parametrize(
    ("sentence", "document"),
    [
        ("Britain will build forty pilot boats of its own.", "gb-harbour-plan-2025"),
        ("London wants forty pilot boats before 2031.", "gb-harbour-plan-2025"),
        ("Rome has promised twelve pilot boats for its harbours.", "it-porti-2024"),
        ("The Anglers’ Party would plant reefs of old boats.", "sg-anglers-manifesto-2025"),
        ("According to the Italian government, twelve pilot boats will be built.", "it-porti-2024"),
    ],
)
def test_a_country_a_capital_and_a_party_mean_their_document(shelf, sentence, document):  # type: ignore[no-untyped-def]
    assert set(about(shelf, sentence + "\n")) == {(document,)}


def test_while_parts_a_sentence_between_two_countries(shelf):  # type: ignore[no-untyped-def]
    article = "Britain will build forty pilot boats, while Italy will build twelve of the same boats.\n"
    assert about(shelf, article) == [("gb-harbour-plan-2025",), ("it-porti-2024",)]


def test_what_is_said_unlike_another_is_about_both(shelf):  # type: ignore[no-untyped-def]
    ((kind, documents),) = told(shelf, "Unlike Rome, London wants forty pilot boats before 2031.\n").values()
    assert (kind, set(documents)) == ("claim", {"gb-harbour-plan-2025", "it-porti-2024"})


def test_words_put_into_a_capitals_mouth_are_checked_in_its_document(shelf):  # type: ignore[no-untyped-def]
    folder, documents = shelf
    draft = folder / "draft.txt"
    draft.write_text("“We will build 90 new pilot boats by 2031,” London says.\n", encoding="utf-8")
    (quote,) = api.check(draft, documents).verdicts
    assert (quote.verdict, quote.cited_document) == ("altered", "gb-harbour-plan-2025")


def test_an_article_about_other_plans_is_not_tested_on_those_at_hand(shelf):  # type: ignore[no-untyped-def]
    article = (
        "The council at Lowmoor will keep its two memos. Both versions give each office 60 days. "
        "The new text must name a captain, and the plan would build 90 boats.\n"
    )
    assert about(shelf, article) == []
    assert {kind for kind, _ in told(shelf, article).values()} == {"other"}


def test_what_an_article_says_of_itself_is_no_claim(shelf) -> None:  # type: ignore[no-untyped-def]
    article = "Britain will build forty pilot boats. This brief tells of 16 matters that both take up.\n"
    assert about(shelf, article) == [("gb-harbour-plan-2025",)]


def test_an_acronym_that_the_article_explains_is_its_document(shelf):  # type: ignore[no-untyped-def]
    article = "Britain's Harbour Plan (BHP) was published in March. The BHP orders forty pilot boats by 2031.\n"
    assert about(shelf, article)[-1] == ("gb-harbour-plan-2025",)


def test_a_short_form_in_chinese_is_its_document(held):  # type: ignore[no-untyped-def]
    article = "七部门发布《港口智能服务管理办法》（以下简称《办法》）。《办法》要求提供者在十五日内处理用户投诉。\n"
    assert about(held, article)[-1] == ("cn-rules-2023.zh",)


def test_words_that_only_open_a_list_are_no_claim_and_a_count_of_parts_is_one(held) -> None:  # type: ignore[no-untyped-def]
    folder, documents = held
    draft = folder / "frames.txt"
    draft.write_text(
        "America's Harbour Plan makes several points:\n\nIt has three pillars:\n\n"
        "It would train 400 teachers by 2029.\n",
        encoding="utf-8",
    )
    checked = api.check(draft, documents, claims=True)
    assert [claim.text for claim in checked.claims] == ["It has three pillars:", "It would train 400 teachers by 2029."]
    assert len(checked.sentences) == 3


@pytest.fixture(scope="module")
def supervisors(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("supervisors")
    alpine = "# Guidance on models\n\nBanks depend on providers of hardware, models or cloud services.\n"
    northern = "# Guideline\n\nOBSM expects banks to test models twice a year.\n"
    (folder / "alpine.md").write_text(alpine, encoding="utf-8")
    (folder / "northern.md").write_text(northern, encoding="utf-8")
    issuers = ("BANKA", "Office for Bank Supervision and Models")
    documents = [
        replace(api.read(folder / name), issuer=issuer)
        for name, issuer in zip(("alpine.md", "northern.md"), issuers, strict=True)
    ]
    return folder, documents


def test_the_capitals_of_an_issuer_mean_its_document(supervisors) -> None:  # type: ignore[no-untyped-def]
    said = "BANKA says that banks depend on cloud services. OBSM requires banks to test models."
    assert about(supervisors, said) == [("alpine",), ("northern",)]


def test_neither_text_is_tested_on_both(supervisors) -> None:  # type: ignore[no-untyped-def]
    folder, documents = supervisors
    (folder / "article.md").write_text("BANKA warns. Neither text mentions cloud services.\n", encoding="utf-8")
    made = api.check(folder / "article.md", documents, claims=True)
    assert [one.verdict for one in made.claims if "Neither" in one.text] == ["contradicted"]


def test_what_others_say_is_not_told_as_borne_out(supervisors) -> None:  # type: ignore[no-untyped-def]
    folder, documents = supervisors
    (folder / "others.md").write_text("Jane Roe said: “Banks should close their doors.”\n", encoding="utf-8")
    api.write_check(api.check(folder / "others.md", documents), folder / "out")
    page = (folder / "out" / "article.html").read_text(encoding="utf-8")
    assert "as the documents have it" not in page.split("</header>")[0]
    assert "not checked" in page


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("cities")
    for name, told in (("Seaford", "new trams"), ("Elmbridge", "heat pumps")):
        lines = [f"The council of {name} wants {told} in ward {number}." for number in range(1, 12)]
        text = f"# City of {name} Energy Plan\n\n" + "\n\n".join(lines) + "\n"
        (folder / f"plan-{name[0].lower()}.md").write_text(text, encoding="utf-8")
    return folder, [api.read(folder / f"plan-{name}.md") for name in "se"]


def test_a_city_that_only_opens_sentences_means_its_own_plan(cities) -> None:  # type: ignore[no-untyped-def]
    said = "Elmbridge's plan is short. Seaford will buy trams for every ward. The city also wants more trees."
    assert about(cities, said)[1:] == [("plan-s",), ("plan-s",)]


def test_each_half_of_a_sentence_is_tested_on_its_own_city(cities) -> None:  # type: ignore[no-untyped-def]
    said = "Seaford will buy trams for every ward, and Elmbridge will pay for heat pumps."
    assert about(cities, said) == [("plan-s",), ("plan-e",)]


def test_two_cities_as_one_subject_are_both_tested(cities) -> None:  # type: ignore[no-untyped-def]
    assert about(cities, "Seaford and Elmbridge have both promised to buy trams for every ward.") == [
        ("plan-s", "plan-e")
    ]
