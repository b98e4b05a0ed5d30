"""The documentation's links lead somewhere, and its examples hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_page_of_the_docs_is_linked_from_the_readme_or_another_page() -> None:
    everything = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    for page in (ROOT / "docs").glob("*.md"):
        assert f"{page.name})" in everything, f"nothing links to docs/{page.name}"


def test_the_codebook_shown_in_the_docs_is_a_valid_one(tmp_path: Path) -> None:
    from polidiff.coding.codebook import load_codebook

    shown = re.search(r"```toml\n(.*?)```", (ROOT / "docs" / "codebooks.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    path = tmp_path / "harbours.toml"
    path.write_text(shown.group(1), encoding="utf-8")
    book = load_codebook(path)
    assert [theme.id for theme in book.themes] == ["dredging"]
    assert [position.id for position in book.themes[0].positions] == ["more", "less"]


def test_the_docs_name_every_bundled_codebook() -> None:
    text = (ROOT / "docs" / "codebooks.md").read_text(encoding="utf-8")
    for path in (ROOT / "src" / "polidiff" / "coding" / "codebooks").glob("*.toml"):
        assert f"`{path.stem}`" in text


def test_the_version_is_the_same_everywhere() -> None:
    from polidiff.version import __version__

    assert f"version: {__version__}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
