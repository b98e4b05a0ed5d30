"""Acts: recitals, articles, paragraphs, points, quoted law, annexes."""

from __future__ import annotations

from split_docs import by_id, document, paged

from polidiff.provisions import outline, split

B = {"centred": True, "bold": True}
ACT = document(
    ("paragraph", "Having regard to the Treaty on Ponds,"),
    ("paragraph", "Whereas:"),
    ("paragraph", "(1) Ponds matter to people and to frogs."),
    ("paragraph", "(2) They need rules that hold everywhere."),
    ("paragraph", "HAVE ADOPTED THIS REGULATION:"),
    ("heading", "CHAPTER I", {"level": 1}),
    ("paragraph", "GENERAL RULES", B),
    ("paragraph", "Article 1", {"centred": True, "italic": True}),
    ("paragraph", "Scope", B),
    ("paragraph", "1. This Regulation applies to:"),
    ("paragraph", "(a) ponds;"),
    ("paragraph", "(b) lakes that hold:"),
    ("paragraph", "(i) frogs; or"),
    ("paragraph", "(ii) newts."),
    ("paragraph", "It does not apply to puddles."),
    ("paragraph", "2. Paragraph 1 does not bind ducks. Article 3 of Regulation (EU) 2001/1 stands."),
    ("paragraph", "Article 2", {"centred": True, "italic": True}),
    ("paragraph", "Definitions", B),
    ("paragraph", "For the purposes of this Regulation, the following definitions apply:"),
    ("paragraph", "(1) ‘pond’ means still water;"),
    ("paragraph", "(2) ‘newt’ means a small animal as in Article 1(1)(b), and in Annex I."),
    ("paragraph", "Article 3", {"centred": True, "italic": True}),
    ("paragraph", "Amendment to another act", B),
    ("paragraph", "In Article 9 of Directive 99/1/EC, the following paragraphs are added:"),
    ("paragraph", "‘4. Newts are counted."),
    ("paragraph", "Article 5", {"centred": True, "italic": True}),
    ("paragraph", "5. Frogs are not.’."),
    ("paragraph", "Article 4", {"centred": True, "italic": True}),
    ("paragraph", "Start", B),
    ("paragraph", "This Regulation starts in May."),
    ("paragraph", "Done at Frogtown, 1 May 2031."),
    ("paragraph", "For the Council"),
    ("paragraph", "ANNEX I", B),
    ("paragraph", "Kinds of water", B),
    ("paragraph", "Section A. Still water", B),
    ("paragraph", "1. Ponds."),
    ("paragraph", "Section B. Moving water", B),
    ("paragraph", "1. Brooks."),
)


def test_articles_recitals_and_annexes_are_whole() -> None:
    whole = [(p.kind, p.number) for p in split(ACT) if p.kind in ("recital", "article", "annex")]
    assert whole == [
        ("recital", "1"), ("recital", "2"),
        ("article", "1"), ("article", "2"), ("article", "3"), ("article", "4"),
        ("annex", "I"),
    ]  # fmt: skip


def test_an_articles_text_begins_after_its_title_and_ends_before_the_signatures() -> None:
    found = by_id(split(ACT))
    assert found["art-1"].text.startswith("1. This Regulation applies to:")
    assert found["art-4"].text == "This Regulation starts in May."
    assert found["art-1"].path == ("CHAPTER I GENERAL RULES",)


def test_points_are_cited_in_full_and_keep_their_lead_in() -> None:
    point = by_id(split(ACT))["art-1.1.b.ii"]
    assert point.number == "1(1)(b)(ii)"
    assert point.text == "newts."
    assert ACT.cut(point.lead_in) == "lakes that hold:"


def test_text_after_a_list_is_a_subparagraph_of_the_paragraph() -> None:
    after = next(p for p in split(ACT) if p.text == "It does not apply to puddles.")
    assert after.parent == "art-1.1"
    assert after.number == "1(1), second subparagraph"


def test_definitions_are_known_and_references_resolved() -> None:
    found = by_id(split(ACT))
    assert found["art-2.1"].kind == "definition"
    assert found["art-2.2"].refs == ("art-1.1.b", "annex-I")
    assert found["art-1.2"].refs == ("art-1.1",)  # Article 3 of another act is not ours


def test_quoted_law_is_no_structure_of_the_article_that_quotes_it() -> None:
    found = by_id(split(ACT))
    assert found["art-3"].leaf
    assert found["art-3"].text.endswith("5. Frogs are not.’.")
    assert "Article 5" not in [h.title for h in outline(ACT)]


def test_annex_sections_keep_their_numbers_apart() -> None:
    found = [(p.number, p.text) for p in split(ACT) if p.leaf and p.id.startswith("annex")]
    assert found == [
        ("Annex I, Section A, point 1", "Ponds."),
        ("Annex I, Section B, point 1", "Brooks."),
    ]


def test_levels_of_the_outline() -> None:
    assert [(h.level, h.title) for h in outline(ACT)] == [
        (1, "Whereas:"),
        (1, "CHAPTER I GENERAL RULES"),
        (2, "Article 1 Scope"),
        (2, "Article 2 Definitions"),
        (2, "Article 3 Amendment to another act"),
        (2, "Article 4 Start"),
        (1, "ANNEX I Kinds of water"),
    ]


def test_articles_whose_words_follow_in_the_same_paragraph() -> None:
    made = document(
        ("paragraph", "Article 1 (Purpose) This Act keeps ponds clean."),
        ("paragraph", "Article 2 (Duties) (1) The Warden shall count frogs."),
        ("paragraph", "(2) The Warden shall report."),
        ("paragraph", "Article 3 (Start) This Act starts at once."),
    )
    found = by_id(split(made))
    assert found["art-1"].text == "This Act keeps ponds clean."
    assert found["art-2.2"].text == "The Warden shall report."
    assert outline(made)[0].title == "Article 1 (Purpose)"


def test_pages_run_from_the_first_word_to_the_last() -> None:
    made = paged(
        ("heading", "Article 1 Aim", 1),
        ("paragraph", "1. Ponds stay open.", 1),
        ("paragraph", "2. Frogs stay free.", 2),
        ("heading", "Article 2 Means", 2),
        ("paragraph", "Nets are banned.", 3),
        ("heading", "Article 3 Start", 3),
        ("paragraph", "It starts in May.", 3),
    )
    found = by_id(split(made))
    assert (found["art-1"].page_start, found["art-1"].page_end) == (1, 2)
    assert found["art-2"].page_start == 3


def test_a_misprinted_numeral_is_the_next_of_its_list() -> None:
    words = ("1. The yard keeps:", "(i) a rope;", "(ii) a lamp;", "(xviv) a bell;", "(iv) a dog.")
    found = split(document(*(("paragraph", "Article 1"), *(("paragraph", line) for line in words)), *_more()))
    points = {one.text: one.number for one in found if one.kind == "point"}
    assert points["a bell;"] == "1(1)(xviv)"
    assert points["a dog."] == "1(1)(iv)"


def _more() -> list[tuple[str, str]]:
    """Further articles, so that the text is an act."""
    return [pair for n in (2, 3, 4) for pair in (("paragraph", f"Article {n}"), ("paragraph", "The yard is open."))]


def test_an_act_in_french_is_split_as_one_in_english() -> None:
    found = split(document(
        ("paragraph", "vu le traité sur le fonctionnement de l’Union européenne, et notamment son article 192,"),
        ("paragraph", "considérant ce qui suit:"),
        ("paragraph", "(1) Les ports sont ouverts à tous les navires."),
        ("paragraph", "(2) Les quais sont éclairés la nuit."),
        ("paragraph", "ONT ADOPTÉ LE PRÉSENT RÈGLEMENT:"),
        ("heading", "CHAPITRE I"),
        ("heading", "Article premier"),
        ("heading", "Objet"),
        ("paragraph", "Le présent règlement ouvre les ports."),
        ("heading", "Article 2"),
        ("heading", "Modification"),
        ("paragraph", "À l’article 5, le point a) est remplacé par le texte suivant:"),
        ("paragraph", "«a) les quais sont éclairés.»."),
        ("heading", "Article 3"),
        ("heading", "Entrée en vigueur"),
        ("paragraph", "Le présent règlement entre en vigueur demain."),
        ("paragraph", "Fait à Bruxelles, le 30 juin 2031."),
        language="und",
    ))  # fmt: skip
    assert [(p.id, p.kind) for p in found if p.kind in ("recital", "article")] == [
        ("rec-1", "recital"), ("rec-2", "recital"), ("art-1", "article"), ("art-2", "article"), ("art-3", "article"),
    ]  # fmt: skip
    assert by_id(found)["art-1"].path == ("CHAPITRE I",)
    assert "Bruxelles" not in by_id(found)["art-3"].text
    assert not any("vu le traité" in p.text for p in found)
