"""Given quotations and their verdicts."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from check_texts import CANAL, HARBOUR, document, shelf

from polidiff.checking import check_quotes, given_quotes, index
from polidiff.model import Block, Quote, Verdict


def verdict(quote: str, cited: str | None = "uk-harbours") -> Verdict:
    documents = shelf()
    made = check_quotes(given_quotes([("a", quote, cited)]), documents)[0]
    texts = {d.id: d.text for d in documents}
    if made.matched:
        whole = texts[made.document or ""][made.matched[0].start : made.matched[-1].end]
        assert made.matched_text == whole
    for edit in made.edits:
        assert edit.quote_span.cut(quote) == edit.quote
        assert edit.source_span.cut(texts[made.document or ""]) == edit.source
    return made


@pytest.mark.parametrize(
    ("quote", "wanted"),
    [
        ("The ministry will fund forty new pilot boats by 2031", "verbatim"),
        ("will fund forty\nnew pilot   boats by 2031", "verbatim"),
        ("the ministry will fund forty new pilot boats", "typographic"),
        ('review "safe passage" rules with fishing cooperatives', "typographic"),
        ("trained in first aid--and in radio work--before the season", "typographic"),
        ("Light\u00adhouse keepers should be trained", "typographic"),
        ("Lighthouse keepers should be trai-\nned in first aid", "typographic"),
        ("The ministry will fund … a yearly account of their use.", "trimmed"),
        ("The ministry will fund [...] pilot boats by 2031", "trimmed"),
        ("[t]he ministry will fund forty new pilot boats", "trimmed"),
        ("[the ministry] must publish a yearly account of their use", "trimmed"),
        ("fund[ing] forty new pilot boats by 2031", "trimmed"),
        ("The ministry will fund forty [sic] new pilot boats", "trimmed"),
        ("The ministry will fund fourteen new pilot boats by 2031", "altered"),
        ("a modest fee of 25 percent", "altered"),
        ("The ministry does intend to close small harbours in winter", "altered"),
        ("Lighthouse keepers must be trained in first aid", "altered"),
        (
            "The ministry will fund forty new pilot boats before the season opens and in radio work",
            "spliced",
        ),
        ("ports may charge visiting ships working with farmers and schools", "spliced"),
        ("The agency will plant two million trees along rivers", "misattributed"),
        ("Every ferry between the islands becomes free of charge next June", "not_found"),
        ("art", "not_found"),
        ("—", "not_found"),
    ],
)
def test_english_quotations(quote: str, wanted: str) -> None:
    assert verdict(quote).verdict == wanted


@pytest.mark.parametrize(
    ("quote", "wanted"),
    [
        ("沿岸企业应当每年公布排水数据", "verbatim"),
        ("沿岸企业应当每年\n公布排水数据", "verbatim"),
        ("沿岸企业应当每年公布 排水数据,不得向运河倾倒废料.", "typographic"),
        ("主管部门可以会同渔业协会开展联合检查……公开检查结果", "trimmed"),
        ("主管部门〔指交通部门〕可以会同渔业协会开展联合检查", "trimmed"),
        ("沿岸企业可以每年公布排水数据，不得向运河倾倒废料", "altered"),
        ("沿岸企业应当每年公布排水数据，开展联合检查，并向社会公开检查结果", "spliced"),
        ("所有渡轮从明年六月起免费向岛上居民开放", "not_found"),
    ],
)
def test_chinese_quotations(quote: str, wanted: str) -> None:
    assert verdict(quote, "cn-canal").verdict == wanted


def test_the_place_is_given_with_page_and_every_other_place() -> None:
    made = verdict("must publish a yearly account of their use", None)
    assert (made.verdict, made.document, made.page) == ("verbatim", "uk-harbours", 2)
    assert [name for name, _ in made.elsewhere] == ["fr-meadows"]


@pytest.mark.parametrize(
    ("quote", "place"),
    [
        ("quiet harbours for all", "quiet HARBOURS for all"),
        ("Quiet Harbours for All", "quiet HARBOURS for all"),
        ("safe boats", "safe boats"),
        ("Safe boats", "Safe Boats"),
    ],
)
def test_the_body_comes_before_the_contents_and_then_exact_case(quote: str, place: str) -> None:
    lines = [
        ("contents", "Quiet Harbours for All"),
        ("contents", "safe boats"),
        ("heading", "quiet HARBOURS for all"),
        ("heading", "Safe Boats"),
        ("paragraph", "We want safe boats."),
    ]
    text = "\n".join(line for _, line in lines)
    blocks, at = [], 0
    for kind, line in lines:
        blocks.append(Block(kind, at, at + len(line)))  # type: ignore[arg-type]
        at += len(line) + 1
    plan = replace(document(text, "plan"), blocks=tuple(blocks))
    made = check_quotes(given_quotes([("a", quote, "plan")]), [plan])[0]
    assert made.matched[0].start >= blocks[2].start
    assert made.matched_text == place
    assert len(made.elsewhere) in (1, 2)


@pytest.mark.parametrize(
    ("quote", "matters"),
    [
        ("The ministry will fund fourteen new pilot boats by 2031", "number"),
        ("The ministry does intend to close small harbours in winter", "negation"),
        ("Lighthouse keepers must be trained in first aid", "modality"),
        ("The council will fund forty new pilot boats by 2031", "actor"),
        ("The ministry does not intend to close large harbours in winter", "opposite"),
        ("The ministry does not intend to open small harbours in winter", "opposite"),
        ("The ministry does not intend to close pretty harbours in winter", ""),
    ],
)
def test_an_edit_says_why_it_matters(quote: str, matters: str) -> None:
    assert [edit.matters for edit in verdict(quote).edits] == [matters]


TIDES = """Plan for Tides

Tides are measured where piers bring strange regimes. Tides are far too strong to be left to the harbour
masters of small towns.

Whether a lock is open is up to the skipper, the harbour office keeps a list of open locks and of
the boats in each. Boats in each lock pay by length.

Open gates and open weirs
Open gates and open weirs stand without any charge for all towns along the coast.

The warden counts buoys. It is far beyond what the council of the island asked for. Last spring it was far less."""


@pytest.mark.parametrize(
    ("quote", "matched", "edits"),
    [
        (
            "Tides are far too strong to be given to the harbour masters",
            "Tides are far too strong to be left to the harbour masters",
            [("given", "left")],
        ),
        (
            "the harbour office keeps a list of closed locks",
            "the harbour office keeps a list of open locks",
            [("closed", "open")],
        ),
        (
            "the harbour office keeps a list of closed locks and of the boats in each",
            "the harbour office keeps a list of open locks and of the boats in each",
            [("closed", "open")],
        ),
        (
            "Closed gates and closed weirs stand without any charge for all towns",
            "Open gates and open weirs stand without any charge for all towns",
            [("Closed", "Open"), ("closed", "open")],
        ),
        (
            "Buoys is far beyond what the council of the island asked for",
            "It is far beyond what the council of the island asked for",
            [("Buoys", "It")],
        ),
        (
            "It is far beyond anything the council of the island asked for",
            "It is far beyond what the council of the island asked for",
            [("anything", "what")],
        ),
    ],
)
def test_a_changed_word_drags_in_no_neighbouring_sentence(
    quote: str, matched: str, edits: list[tuple[str, str]]
) -> None:
    (made,) = check_quotes([Quote("q", quote, -1, -1, cited_document=None)], [document(TIDES, "tides")])
    assert made.matched_text is not None
    assert made.matched_text.replace("\n", " ") == matched
    assert [(edit.quote, edit.source) for edit in made.edits] == edits


def test_edits_show_both_sides() -> None:
    edit = verdict("Lighthouse keepers must be trained in first aid").edits[0]
    assert (edit.kind, edit.quote, edit.source) == ("replace", "must", "should")


def test_a_splice_names_its_fragments() -> None:
    made = verdict("ports may charge visiting ships working with farmers and schools")
    said = " ".join(reason.text for reason in made.reasons)
    assert "“ports may charge visiting ships”" in said
    assert "“working with farmers and schools”" in said
    assert "fr-meadows" in {name for name, _ in made.elsewhere} | {made.document}


@pytest.mark.parametrize(
    ("quote", "warned"),
    [
        ("ports may charge visiting ships a modest fee", "condition"),
        ("intend to close small harbours in winter", "denies"),
        ("the harbour tax punishes honest skippers", "view of others"),
        ("The ministry will fund forty new pilot boats", ""),
    ],
)
def test_out_of_context(quote: str, warned: str) -> None:
    made = verdict(quote)
    assert made.verdict == "verbatim"
    assert warned in " ".join(map(str, made.warnings)) if warned else not made.warnings


def test_omitting_a_negation_is_pointed_out() -> None:
    assert "negation" in verdict("The ministry does … intend to close small harbours").warnings[0].text


def test_short_quotations_are_less_certain() -> None:
    assert verdict("pilot boats").confidence < verdict("forty new pilot boats by 2031").confidence


def test_a_digest_is_checked_as_itself_and_never_as_its_original() -> None:
    digest = document(HARBOUR, "uk-harbours.digest.en", kind="digest")
    rows = [("a", "forty new pilot boats", "uk-harbours"), ("b", "forty new pilot boats", "uk-harbours.digest.en")]
    original, own = check_quotes(given_quotes(rows), [digest])
    assert original.verdict == "not_found"
    assert "official text" in original.reasons[0].text
    assert own.verdict == "verbatim"


def test_words_of_an_official_text_beside_its_digest() -> None:
    documents = [document(HARBOUR, "uk-harbours"), document(HARBOUR, "uk-harbours.digest.en", kind="digest")]
    made = check_quotes(given_quotes([("a", "forty new pilot boats", "uk-harbours")]), documents)[0]
    assert (made.verdict, made.document) == ("verbatim", "uk-harbours")


def test_a_quotation_in_another_language_is_never_confirmed() -> None:
    made = verdict("Enterprises on the banks should publish their drainage data every year", "cn-canal")
    assert made.verdict == "not_found"
    assert "translation" in made.reasons[0].text


def test_no_documents_and_no_quotations() -> None:
    assert check_quotes((), shelf()) == ()
    assert check_quotes(given_quotes([("a", "forty new pilot boats", None)]), [])[0].verdict == "not_found"
    assert check_quotes(given_quotes([("a", "forty new pilot boats", None)]), [document("", "void", "Void")])


def test_a_library_may_be_used_again_and_order_is_kept() -> None:
    documents = shelf()
    library = index(documents)
    quotes = given_quotes([(str(n), f"fund forty new pilot boats {n}", None) for n in range(20)])
    once = check_quotes(quotes, documents, library=library)
    assert [v.id for v in once] == [str(n) for n in range(20)]
    assert once == check_quotes(quotes, documents)


def test_many_quotations_against_many_documents_are_fast() -> None:
    documents = [replace(document(HARBOUR + f"\n\nAnnex {n}", f"d{n}"), id=f"d{n}") for n in range(200)]
    library = index(documents)
    quotes = given_quotes(
        [(str(n), "The ministry will fund fourteen new pilot boats by 2031", None) for n in range(50)]
    )
    began = time.perf_counter()
    assert {v.verdict for v in check_quotes(quotes, documents, library=library)} == {"altered"}
    assert time.perf_counter() - began < 3


def test_spans_stay_true_in_chinese() -> None:
    made = verdict("不得向运河倾倒废料", "cn-canal")
    assert made.matched_text == "不得向运河倾倒废料"
    assert CANAL[made.matched[0].start : made.matched[0].end] == "不得向运河倾倒废料"


@pytest.mark.parametrize(
    ("quote", "verdict", "matched"),
    [
        ("[T]wo boats shall be green.", "trimmed", "Two boats shall be green."),
        ("Two boats shall be green (emphasis added).", "trimmed", "Two boats shall be green"),
        ("Two boats¹ shall be green.", "typographic", "Two boats shall be green."),
    ],
)
def test_what_an_editor_puts_into_a_quotation_is_none_of_its_words(quote: str, verdict: str, matched: str) -> None:
    held = document("All is well. Two boats shall be green.", "plan", "Boats Plan")
    (made,) = check_quotes(given_quotes([("q", quote, "plan")]), [held])
    assert (made.verdict, (made.matched_text or "").rstrip(".")) == (verdict, matched.rstrip("."))
