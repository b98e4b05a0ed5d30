import re
from pathlib import Path

import pytest

import polidiff
from polidiff.coding import BUNDLED, check_codebook, load_codebook
from polidiff.errors import CodebookError
from polidiff.report.names import book_title

SMALL = """
id = "small"
version = "1"
title = "A small codebook"

[[head]]
id = "all"
name = "All"

[[theme]]
id = "water"
head = "all"
name = "Water"
definition = "Rivers and pipes."
en_terms = ["river", "water supply"]
zh_terms = ["供水"]
axis = "position"

[[theme.position]]
id = "more"
name = "More water"
terms = ["expand"]

[[theme.position]]
id = "less"
name = "Less water"
terms = ["save"]

[[theme]]
id = "dams"
parent = "water"
head = "all"
name = "Dams"
definition = "Walls across rivers."
en_terms = ["dam", "river dam"]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "book.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_codebooks_keep_their_own_rules(name: str) -> None:
    assert check_codebook(name) == []
    book = load_codebook(name)
    assert all(theme.name_zh and theme.definition and theme.definition_zh for theme in book.themes)
    assert all(name and name_zh for _, name, name_zh in book.heads)
    assert book_title(book, "zh") != book.title


@pytest.mark.parametrize("name", BUNDLED)
def test_what_a_theme_leaves_to_another_names_one_that_is_there(name: str) -> None:
    book = load_codebook(name)
    named = {ref.strip() for theme in book.themes for ref in re.findall(r"\(([a-z_, ]+)\)", theme.exclude)}
    dead = {one for refs in named for one in refs.split(", ") if "_" in one} - {theme.id for theme in book.themes}
    assert not dead


@pytest.mark.parametrize("name", ["climate-pledges", "data-protection"])
def test_a_subjects_codebook_defines_and_shows_each_theme_in_both_languages(name: str) -> None:
    book = load_codebook(name)
    assert 20 <= len(book.themes) <= 30
    assert all(theme.definition_zh and len(theme.examples) == 2 for theme in book.themes)


def test_the_plans_codebook_speaks_both_languages() -> None:
    book = load_codebook("ai-plans")
    assert [theme.id for theme in book.themes if not theme.en_terms or not theme.zh_terms] == []
    assert len([theme for theme in book.themes if theme.parent is None]) == 28


def test_a_users_codebook_is_read(tmp_path: Path) -> None:
    book = load_codebook(write(tmp_path, SMALL))
    assert [theme.id for theme in book.themes] == ["water", "dams"]
    assert book.theme("dams").parent == "water"
    assert [position.id for position in book.theme("water").positions] == ["more", "less"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('parent = "water"', 'parent = "fire"', "parent “fire” is no theme"),
        ('id = "dams"', 'id = "water"', "theme “water” is given twice"),
        ('definition = "Walls across rivers."\n', "", "“definition” is missing"),
        ('axis = "position"', 'axis = "sideways"', "axis “sideways”"),
        ('"river dam"', '"... dam"', "begins or ends with a gap"),
        ('head = "all"\nname = "Dams"', 'head = "none"\nname = "Dams"', "head “none” is not one of all"),
        ('name = "Dams"', 'nmae = "Dams"', "unknown key “nmae”"),
        ('id = "water"', 'id = "water"\nparent = "dams"', "run in a circle"),
    ],
)
def test_what_is_wrong_with_a_codebook_is_said_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = write(tmp_path, SMALL.replace(old, new, 1))
    assert any(said in line for line in check_codebook(path))
    with pytest.raises(CodebookError, match=r"book\.toml"):
        load_codebook(path)


def test_a_file_that_is_no_toml_gets_one_line(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="not valid TOML") as caught:
        load_codebook(write(tmp_path, "id = "))
    assert "\n" not in str(caught.value)


def test_an_unknown_name_lists_the_bundled_ones() -> None:
    with pytest.raises(CodebookError, match="ai-plans"):
        load_codebook("no-such-book")


def test_a_theme_with_a_definition_and_no_terms_is_looked_for_by_its_name(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'id = "few"\nversion = "1"\ntitle = "Few"\n[[theme]]\nid = "locks"\nname = "Canal locks"\nname_zh = "船闸"\n'
        'definition = "Gates on canals."\nparent = ""\n',
    )
    assert check_codebook(path) == []
    assert load_codebook(path).theme("locks").parent is None
    (tmp_path / "plan.md").write_text("# Plan\n\n- Repair every canal lock.\n- 修缮船闸。\n- Plant trees.\n")
    codings = polidiff.code(tmp_path / "plan.md", codebook=path)
    assert [[code.id for code in coding.themes] for coding in codings] == [["locks"], ["locks"], []]
    compared = polidiff.compare(tmp_path / "plan.md", other_plan(tmp_path), codebook=path)
    assert [(finding.theme, finding.finding) for finding in compared.findings] == [("locks", "only")]


def other_plan(folder: Path) -> Path:
    path = folder / "other.md"
    path.write_text("# Other\n\n- Feed the ducks.\n- Sweep the quay.\n")
    return path
