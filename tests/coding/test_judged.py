"""Codings as the heads judge them: what stands, by whom, and with which words."""

from __future__ import annotations

from tests.made import made_document, made_provisions

from polidiff.coding import code, load_codebook
from polidiff.judges.heads import labels_of_head

LINES = (
    "Fund new computing clusters and data centres for university researchers.",
    "Providers must report serious incidents to the market surveillance authority within fifteen days.",
    "The weather was mild in the spring of that year.",
)


def coded(*lines: str, codebook: str = "ai-plans"):
    document = made_document("a", list(lines))
    return code(document, made_provisions(document, ()), load_codebook(codebook))


def test_a_learnt_theme_keeps_the_words_of_the_cue_rules():
    compute = next(theme for theme in coded(*LINES)[0].themes if theme.id == "compute")
    assert compute.by == "learnt"
    assert compute.cues
    assert compute.score == compute.probability


def test_a_modal_verb_that_was_read_stands_above_the_head():
    duty = coded(*LINES)[1].strength
    assert (duty.id, duty.by, duty.printed) == ("mandate", "rule", True)


def test_what_describes_the_world_is_a_fact_without_strength_or_theme():
    mild = coded(*LINES)[2]
    assert mild.kind.id == "fact"
    assert mild.strength.id == "statement"
    assert not [theme for theme in mild.themes if theme.printed]


def test_every_axis_is_said_for_any_codebook():
    for coding in coded(*LINES, codebook="oecd-ai-principles"):
        assert all(part.id and part.by == "learnt" for part in (coding.kind, coding.direction, coding.actor))


def test_another_codebooks_themes_stay_with_the_cue_rules():
    themes = [theme for coding in coded(*LINES, codebook="oecd-ai-principles") for theme in coding.themes]
    assert all(theme.by == "rule" and not theme.printed for theme in themes)


def test_every_theme_that_was_learnt_has_a_place_in_the_codebook():
    assert set(labels_of_head("themes")) <= {theme.id for theme in load_codebook().themes}
    assert set(labels_of_head("policy")) - {"none"} <= {t.id for t in load_codebook("general-policy").themes}
