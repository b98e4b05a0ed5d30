from pathlib import Path

import pytest

from polidiff.coding import code
from polidiff.model import Coding, Document, Provision
from polidiff.provisions import split
from polidiff.readers import read

pytestmark = pytest.mark.corpus


def coded(path: Path) -> tuple[Document, list[tuple[Provision, Coding]]]:
    document = read(path)
    provisions = split(document)
    return document, list(zip(provisions, code(document, provisions, mentions=True), strict=True))


def speaks(pairs: list[tuple[Provision, Coding]], theme: str) -> bool:
    return any(found.id == theme for provision, made in pairs if provision.leaf for found in made.themes)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_only_one_of_two_plans_speaks_of(shared: Path, language: str) -> None:
    american = coded(shared / "corpora" / "us-ai-action-plan-2025.pdf")[1]
    chinese = coded(shared / "samples" / f"cn-global-ai-governance-2025.digest.{language}.md")[1]
    for theme in ("export_controls", "chip_manufacturing", "biosecurity", "synthetic_media", "free_expression"):
        assert speaks(american, theme), theme
        assert not speaks(chinese, theme), theme
    for theme in ("copyright", "cross_border_data", "capacity_building", "vulnerable_groups"):
        assert speaks(chinese, theme), theme
        assert not speaks(american, theme), theme


@pytest.mark.parametrize(
    "name",
    [
        "us-ai-action-plan-2025.pdf",
        "uk-ai-opportunities-2025.html",
        "cn-generative-ai-measures-2023.zh.html",
        "us-eo-14179-2025.md",
    ],
)
def test_every_cue_of_a_real_document_lies_in_its_text(shared: Path, name: str) -> None:
    document, pairs = coded(shared / "corpora" / name)
    for provision, made in pairs:
        for found in (*made.themes, *made.positions, *made.instruments, made.posture, made.forum):
            assert all(cue.within(provision.span) for cue in found.cues)
        for actor in (*made.lead, *made.others):
            assert document.cut(actor.span).strip()
