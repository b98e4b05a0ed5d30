"""Many documents: what most of them say, who does and who doesn't, and no list that grows with the pairs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import polidiff
from polidiff import bundle
from polidiff.model import Comparison
from polidiff.verification import verify

PRIVACY = (
    "{who} will protect the personal data and the privacy of every citizen whose data trains an AI system.",
    "{who} shall keep personal data that AI systems use private and protect the privacy of citizens.",
)
SKILLS = (
    "{who} will fund training so that workers learn the digital skills which artificial intelligence demands.",
    "{who} will pay for training of workers in the skills that artificial intelligence demands.",
)
OWN = "{who} will build {n} reservoirs in its northern valleys to store water for dry summers."


@pytest.fixture(scope="module")
def nine(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Nine documents: all but the last two speak of privacy, five of skills, the last of water alone."""
    folder = tmp_path_factory.mktemp("nine")
    paths = []
    for n in range(9):
        who = f"Country {'ABCDEFGHI'[n]}"
        said = [PRIVACY[n % 2]] * (n < 7) + [SKILLS[n % 2]] * (n % 2 == 0 and n < 8) + [OWN]
        text = "\n\n".join([f"# Plan {n}", *(one.format(who=who, n=n + 2) for one in said)])
        path = folder / f"plan-{n}.md"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return polidiff.compare(*paths, codebook="ai-plans")


def test_a_theme_is_shared_by_those_that_take_it_up(nine: Comparison) -> None:
    privacy = next(one for one in nine.findings if one.theme == "privacy")
    assert privacy.finding == "shared"
    assert set(privacy.documents) == {f"plan-{n}" for n in range(7)}
    assert {one.document for one in privacy.absences} == {"plan-7", "plan-8"}


def test_what_most_say_is_one_group_with_a_name_and_who_lacks_it(nine: Comparison) -> None:
    group = max(nine.clusters, key=lambda one: len({member.document for member in one.members}))
    members = {member.document for member in group.members}
    assert len(members) >= 7
    assert group.name
    assert members | {gone.document for gone in group.missing} == {document.id for document in nine.documents}
    assert all(len({member.document for member in one.members}) > 2 for one in nine.clusters)


def test_lists_grow_with_the_provisions_and_not_with_the_pairs(nine: Comparison) -> None:
    provisions = sum(map(len, nine.provisions))
    assert len(nine.uniques) == provisions
    assert len(nine.matches) <= 3 * provisions


def test_the_page_has_a_table_of_themes_by_document_and_no_texts(nine: Comparison, tmp_path: Path) -> None:
    made = bundle.of_comparison(nine)
    page = made.files["index.html"].decode()
    table = re.search(r'<table class="grid">.*?</table>', page, re.DOTALL)
    assert table is not None
    assert table.group().count('class="g-doc"') == 9
    assert 'class="g-by"' in table.group()
    assert 'class="g-silent"' in table.group()
    assert "9 documents: what they share" in page
    assert 'class="full' not in page
    assert not set(re.findall(r'href="#([^"]+)"', page)) - set(re.findall(r'id="([^"]+)"', page))
    bundle.write(made, tmp_path / "out")
    assert verify(tmp_path / "out").ok
