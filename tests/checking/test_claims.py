"""Claims: what a reporter says of a plan, tested on the plan."""

from __future__ import annotations

import json

import pytest

from polidiff import api
from polidiff.cli import run

PLAN = """# Harbour Towns AI Plan

This plan has three pillars: skills, ports and safety.

## Pillar 1: Skills

- The Ministry of Education will train 400 teachers in machine learning by 2029.
- Explore the creation of a shared library of ship data.

## Pillar 2: Ports

- Led by the Port Authority, expand the use of automated cranes in all harbours.
- Repeal the rule that forbids night work by robots.

## Pillar 3: Safety

- Regulators should encourage voluntary inspections of cargo drones.
- Require operators to report every serious accident within 15 days.
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("claims") / "harbour-plan.md"
    path.write_text(PLAN, encoding="utf-8")
    return api.read(path)


def verdict(plan, claim: str):  # type: ignore[no-untyped-def]
    return api.check_claims(api.check_room.given_claims([("c", claim, plan.id)]), [plan])[0]


@pytest.mark.parametrize(
    ("claim", "label"),
    [
        ("The education ministry is to train 400 teachers in machine learning.", "supported"),
        ("The plan rests on three pillars.", "supported"),
        ("The plan rests on five pillars.", "contradicted"),
        ("The education ministry will train 900 teachers in machine learning.", "contradicted"),
        ("Operators must report serious accidents within 15 days.", "supported"),
        ("Operators have 60 days to report serious accidents.", "contradicted"),
        ("A shared library of ship data will be created.", "overstated"),
        ("Airlines would have to pay a tax on kerosene.", "not_found"),
    ],
)
def test_a_claim_gets_the_verdict_that_a_reader_of_the_plan_would_give(plan, claim, label):  # type: ignore[no-untyped-def]
    assert verdict(plan, claim).verdict == label


@pytest.mark.parametrize("cited", ["The plan of 2021", "The 2021 harbour plan", "The plan (2021)"])
def test_the_year_by_which_a_plan_is_cited_is_none_of_its_targets(plan, cited):  # type: ignore[no-untyped-def]
    found = verdict(plan, f"{cited} would train 400 teachers in machine learning by 2029.")
    assert "2021" not in str([reason.parameters for reason in found.reasons if reason.code.startswith("number")])
    assert found.verdict != "contradicted"
    late = verdict(plan, f"{cited} would train 400 teachers in machine learning by 2031.")
    assert late.verdict == "contradicted"


def test_parts_that_are_not_all_numbered_and_other_names_for_parts_refute_no_count(tmp_path):  # type: ignore[no-untyped-def]
    from polidiff.checking.claims.counts import counted

    text = "# Ports plan\n\n## Pillar: Skills\n\nTrain pilots.\n\n## Pillar: Piers\n\nBuild two piers.\n"
    (tmp_path / "plan.md").write_text(text, encoding="utf-8")
    held = api.read(tmp_path / "plan.md")
    assert counted("The plan has three pillars.", held) is None
    numbered = text.replace("Pillar: S", "Pillar I: S").replace("Pillar: P", "Pillar II: P")
    (tmp_path / "numbered.md").write_text(numbered, encoding="utf-8")
    found = counted("The plan has three pillars.", api.read(tmp_path / "numbered.md"))
    assert found is not None
    assert not found.holds


def test_a_penalty_turns_nothing_round_and_a_word_of_both_is_no_reason(tmp_path):  # type: ignore[no-untyped-def]
    (tmp_path / "law.md").write_text(
        "# Ferry Act\n\nFerries shall carry rafts.\n\nNon-compliance with the duty to carry rafts shall be subject to "
        "administrative fines of up to 7 % of the total annual turnover of the operator.\n\n"
        "No ferry shall leave the port without a pilot, and the harbour master keeps the list of pilots.\n",
        encoding="utf-8",
    )
    law = api.read(tmp_path / "law.md")
    assert verdict(law, "Fines can reach 7 % of annual turnover.").verdict == "supported"
    for claim in ("No ferry may leave the port without a pilot.", "No ferry leaves the port while the master is away."):
        told = [reason.kind for reason in verdict(law, claim).reasons]
        assert "negated" not in told


def test_a_passage_further_off_contradicts_nothing_that_the_nearest_bears_out(tmp_path):  # type: ignore[no-untyped-def]
    (tmp_path / "plan.md").write_text(
        "# Drone Plan\n\n- Led by the Farm Office, work with all counties to identify, revise or repeal rules, orders "
        "and guidance that hinder the use of drones.\n- Led by the Farm Office, work with counties that have funds for "
        "drones to ensure that they limit grants if the drone rules of a village hinder their use.\n",
        encoding="utf-8",
    )
    made = api.read(tmp_path / "plan.md")
    found = verdict(made, "The plan recommends to limit grants if a village's drone rules hinder their use.")
    assert found.verdict == "supported"
    assert "limit grants" in made.cut(found.evidence[0].span)


def test_every_passage_is_cut_from_the_plan_and_a_contradiction_shows_its_own(plan):  # type: ignore[no-untyped-def]
    found = verdict(plan, "Operators have 60 days to report serious accidents.")
    assert found.evidence
    assert "within 15 days" in plan.cut(found.evidence[0].span)
    assert any("60" in reason.text and "15" in reason.text for reason in found.reasons)


def test_what_is_not_found_says_how_much_was_searched(plan):  # type: ignore[no-untyped-def]
    found = verdict(plan, "Airlines would have to pay a tax on kerosene.")
    assert found.evidence == ()
    assert "searched" in found.reasons[0].text


def test_a_claim_on_a_document_that_is_not_held_is_not_found(plan):  # type: ignore[no-untyped-def]
    (found,) = api.check_claims(api.check_room.given_claims([("c", "The plan has three pillars.", "other")]), [plan])
    assert found.verdict == "not_found"
    assert "not held" in found.reasons[0].text


def test_the_command_gives_ids_back_and_cuts_the_words_that_it_shows(plan, tmp_path, capsys):  # type: ignore[no-untyped-def]
    rows = tmp_path / "claims.jsonl"
    claim = {"id": "x-7", "claim": "Operators must report serious accidents within 15 days.", "document": plan.id}
    rows.write_text(json.dumps(claim) + "\n", encoding="utf-8")
    assert run(["check", "--claims", str(rows), "--against", plan.source, "--format", "jsonl"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["id"], record["kind"], record["label"]) == ("x-7", "claim", "supported")
    assert record["settled"] == (None if record["unsure"] else "supported")
    start, end = record["evidence"][0]
    assert record["evidence_text"] == [plan.text[start:end]]
    assert record["ranked"][0] == [start, end]


def test_a_row_that_is_no_claim_is_named_with_its_line(plan, tmp_path, capsys):  # type: ignore[no-untyped-def]
    rows = tmp_path / "claims.jsonl"
    rows.write_text('{"id": "a", "claim": "It has three pillars."}\n{"id": "b"}\n', encoding="utf-8")
    assert run(["check", "--claims", str(rows), "--against", plan.source]) == 2
    assert "line 2 is not a claim" in capsys.readouterr().err


def test_an_article_s_statements_are_tested_and_other_people_s_are_left_alone(plan, tmp_path):  # type: ignore[no-untyped-def]
    article = tmp_path / "story.txt"
    article.write_text(
        "The Harbour Towns AI Plan sets out three pillars.\n\n"
        "It requires operators to report serious accidents within 15 days.\n\n"
        "The plan will cost four billion crowns, said Ada Moor, an economist.\n",
        encoding="utf-8",
    )
    found = api.check(article, [plan], claims=True).claims
    assert [(claim.text, claim.verdict) for claim in found] == [
        ("The Harbour Towns AI Plan sets out three pillars.", "supported"),
        ("It requires operators to report serious accidents within 15 days.", "supported"),
    ]


def test_an_article_that_says_nothing_of_the_plan_has_no_claims(plan, tmp_path):  # type: ignore[no-untyped-def]
    article = tmp_path / "story.txt"
    article.write_text("It rained in the valley all week.\n\nNobody went out.\n", encoding="utf-8")
    assert api.check(article, [plan], claims=True).claims == ()


def test_what_the_article_leaves_out_of_a_list_is_shown(tmp_path):  # type: ignore[no-untyped-def]
    path = tmp_path / "lakes.md"
    path.write_text(
        "# Lakes Act\n\n- Led by the Water Board, revise a guide to remove references to boats, moorings, and rafts.\n",
        encoding="utf-8",
    )
    plan = api.read(path)
    (found,) = api.check_claims(
        api.check_room.given_claims([("c", "The guide is to drop its references to boats and moorings.", plan.id)]),
        [plan],
    )
    assert [plan.cut(left.span) for left in found.omissions] == ["rafts"]
    assert any("rafts" in warning.text for warning in found.warnings)


def test_what_the_other_plan_says_too_is_shown_where_an_article_credits_one(plan, tmp_path):  # type: ignore[no-untyped-def]
    other = tmp_path / "river-plan.md"
    other.write_text(
        "# River Towns Strategy\n\n- Require operators to report every serious accident within 15 days.\n",
        encoding="utf-8",
    )
    article = tmp_path / "story.txt"
    article.write_text(
        "The Harbour Towns AI Plan requires operators to report serious accidents within 15 days.\n", encoding="utf-8"
    )
    (claim,) = api.check(article, [plan, other], claims=True).claims
    assert claim.verdict == "supported"
    assert [passage.document for passage in claim.elsewhere] == ["river-plan"]


def test_a_claim_on_both_plans_needs_a_passage_in_each(plan, tmp_path):  # type: ignore[no-untyped-def]
    other = tmp_path / "river-plan.md"
    other.write_text("# River Towns Strategy\n\n- Plant willows along every bank.\n", encoding="utf-8")
    article = tmp_path / "story.txt"
    article.write_text("Both plans require operators to report serious accidents.\n", encoding="utf-8")
    (claim,) = api.check(article, [plan, other], claims=True).claims
    assert claim.verdict == "not_found"


def test_an_english_quotation_of_a_chinese_plan_is_a_translation_with_its_passage(tmp_path):  # type: ignore[no-untyped-def]
    path = tmp_path / "zh-plan.md"
    path.write_text("# 港口计划\n\n- 应当培训四百名教师学习人工智能。\n- 应当保护渔民的数据安全。\n", encoding="utf-8")
    plan = api.read(path)
    quotes = api.check_room.given_quotes([("q", "Four hundred teachers should be trained in AI", plan.id)])
    (found,) = api.check_quotes(quotes, [plan])
    assert found.verdict == "translated"
    assert found.matched_text == "应当培训四百名教师学习人工智能。"


def test_what_is_said_unlike_the_other_plan_is_tested_on_its_own_and_the_other_s_passage_is_shown(plan, tmp_path):  # type: ignore[no-untyped-def]
    other = tmp_path / "river-plan.md"
    other.write_text(
        "# River Towns Strategy\n\n- Require operators to report every serious accident within 15 days.\n",
        encoding="utf-8",
    )
    article = tmp_path / "story.txt"
    article.write_text(
        "Unlike the River Towns Strategy, the Harbour Towns AI Plan requires operators to report serious accidents.\n",
        encoding="utf-8",
    )
    (claim,) = api.check(article, [plan, other], claims=True).claims
    assert claim.cited_documents == (plan.id,)
    assert claim.verdict == "supported"
    assert [passage.document for passage in claim.elsewhere] == ["river-plan"]


def test_a_chinese_article_s_statements_about_an_english_plan_are_tested(tmp_path):  # type: ignore[no-untyped-def]
    path = tmp_path / "us-plan.md"
    path.write_text(
        "# American Chip Plan\n\nThe plan has three pillars.\n\n## Pillar 1: Skills\n\n- Train teachers in AI.\n\n"
        "## Pillar 2: Energy\n\n- Build data centers with clean energy.\n\n"
        "## Pillar 3: Exports\n\n- Strengthen export controls on semiconductors.\n",
        encoding="utf-8",
    )
    article = tmp_path / "story.txt"
    article.write_text(
        "美国计划提出三大支柱。该计划要求加强半导体出口管制。该计划还规定农民免交土地税。\n\n专家李明表示，这个计划缺乏资金保障。\n",
        encoding="utf-8",
    )
    found = api.check(article, [api.read(path)], claims=True).claims
    assert [(claim.text, claim.verdict) for claim in found] == [
        ("美国计划提出三大支柱", "supported"),
        ("该计划要求加强半导体出口管制", "supported"),
        ("该计划还规定农民免交土地税", "not_found"),
    ]
    assert "searched" in found[2].reasons[0].text


def test_chinese_numbers_and_duties_are_compared(tmp_path):  # type: ignore[no-untyped-def]
    path = tmp_path / "cn-rules.md"
    path.write_text(
        "# 港口管理办法\n\n第一条 经营者应当在十五日内报告事故。\n\n第二条 船员上岗前应当接受安全培训。\n",
        encoding="utf-8",
    )
    rules = api.read(path)
    assert verdict(rules, "经营者应当在15日内报告事故。").verdict == "supported"
    assert verdict(rules, "经营者应当在60日内报告事故。").verdict == "contradicted"
    assert verdict(rules, "船员上岗前无需接受安全培训。").verdict == "contradicted"


def test_a_statement_of_tone_is_answered_by_counting_and_shows_the_interval(tmp_path):  # type: ignore[no-untyped-def]
    path = tmp_path / "rivals-plan.md"
    lines = "".join(
        f"- Deny our adversaries access to {thing} and win the race against our rivals.\n"
        for thing in ("chips", "models", "power", "data", "cables", "tools", "ships", "ports", "labs", "code")
    )
    path.write_text(f"# Rivals Plan\n\n{lines}", encoding="utf-8")
    rivals = api.read(path)
    found = verdict(rivals, "Its tone is competitive.")
    assert found.verdict == "supported"
    assert "95% interval" in found.reasons[0].text
    assert verdict(rivals, "Its tone is cooperative.").verdict == "contradicted"


@pytest.mark.corpus
def test_the_founding_article_s_claims_are_borne_out_with_what_they_leave_out(shared):  # type: ignore[no-untyped-def]
    american = api.read(shared / "corpora" / "us-ai-action-plan-2025.pdf")
    digest = api.read(shared / "samples" / "cn-global-ai-governance-2025.digest.en.md")
    claims = api.check(shared / "seed" / "article.txt", [american, digest], claims=True).claims
    by_start = {claim.text: claim for claim in claims}
    nist = next(claim for text, claim in by_start.items() if "misinformation" in text)
    assert [american.cut(left.span) for left in nist.omissions] == ["climate change"]
    risks = next(claim for text, claim in by_start.items() if "incident response" in text)
    assert {passage.document for passage in risks.elsewhere} == {american.id}
    areas = next(claim for text, claim in by_start.items() if "13 areas" in text)
    assert areas.verdict == "supported"
    assert any("digest" in warning.text for warning in areas.warnings)


def test_words_of_another_language_than_a_document_are_not_surely_missing(tmp_path):  # type: ignore[no-untyped-def]
    path = tmp_path / "harbour-plan.md"
    path.write_text("# Harbour Plan\n\n- Four hundred teachers should be trained in AI.\n", encoding="utf-8")
    article = tmp_path / "story.md"
    article.write_text("该计划提出“应当培训四百名教师学习人工智能”，批评者称之为“路人皆知”的旧闻。\n", encoding="utf-8")
    found = {one.text: one for one in api.check(article, [path]).verdicts}
    assert found["应当培训四百名教师学习人工智能"].verdict == "translated"
    assert all(one.confidence < 0.5 for one in found.values() if one.verdict == "not_found")
