"""What hangs on a proposal: the questions of unsure findings come first, and an answer settles them."""

from __future__ import annotations

from pathlib import Path

from tests.workspace.plans import ENCODER, Clock, made_workspace, named, write_plan

from polidiff.coding import load_codebook
from polidiff.model import Finding
from polidiff.report import brief
from polidiff.report.counts import counted_themes
from polidiff.report.passages import relation_said
from polidiff.web.effects import History, moment_of
from polidiff.web.snapshot import Snapshot, take
from polidiff.workspace import Workspace

BOOK = load_codebook("ai-plans")
NORTH = (
    "# Northland AI plan",
    "## Health",
    "- The Ministry of Health should trial AI tools that read scans in every large hospital.",
    "## Farms",
    "- The Ministry of Farming should pay growers who share soil data.",
)
SOUTH = (
    "# Southland AI strategy",
    "## Clinics",
    "- The Department of Care will buy software with machine learning for doctors who diagnose patients.",
    "## Land",
    "- The Department of Land will publish maps of water.",
)


def taken(work: Workspace) -> Snapshot:
    found = take(work)
    assert found is not None
    return found


def finding_of(snapshot: Snapshot, asked: Finding) -> Finding | None:
    every = (*snapshot.comparison.findings, *snapshot.comparison.matters)
    held = [one for one in every if (one.matter, one.theme) == (asked.matter, asked.theme)]
    return next((one for one in held if one.finding != "undecided"), held[0] if held else None)


def test_what_a_finding_hangs_on_comes_first_and_trifles_last(tmp_path: Path) -> None:
    with made_workspace(tmp_path) as work:
        work.compare(codebook=BOOK)
        found = taken(work)
    assert found.stakes
    assert sorted(found.stakes) == list(range(len(found.stakes)))
    values = [found.stakes[number].value for number in sorted(found.stakes)]
    assert values == sorted(values, reverse=True)
    assert len(found.stakes) <= found.carrying <= len(found.items)


def test_an_accepted_link_settles_a_matter_and_tells_what_it_changed(tmp_path: Path) -> None:
    clock = Clock()
    with Workspace.init(tmp_path / "w.polidiff", when=clock(), encoder=ENCODER) as work:
        work.add(write_plan(tmp_path, "north", NORTH), when=clock())
        work.add(write_plan(tmp_path, "south", SOUTH), when=clock())
        work.compare(codebook=BOOK)
        before = taken(work)
        links = [n for n in sorted(before.stakes) if before.items[n].target.kind == "link"]
        history = History()
        history.add(moment_of("these", 0, before.comparison))
        settled = []
        for number, name in enumerate(links):
            item = before.items[name]
            work.decide(item.target, "accept", by="Ada", when=clock(), value=item.proposed)
            work.compare(codebook=BOOK)
            after = taken(work)
            history.add(moment_of("these", number + 1, after.comparison))
            assert item.target not in {after.items[n].target for n in after.stakes}
            now = finding_of(after, before.stakes[name].finding)
            if now is not None and now.by == "person":
                settled.append((number, now))
    assert settled
    number, finding = settled[0]
    effects = history.effects(number)
    assert effects
    assert any(one.after is not None and one.after.name == finding.name for one in effects)
    assert any(reason.code == "decision.made" for reason in finding.reasons)
    assert history.effects(len(links)) is None


def test_two_passages_that_a_person_calls_opposed_are_a_divergence(tmp_path: Path) -> None:
    clock = Clock()
    with Workspace.init(tmp_path / "w.polidiff", when=clock(), encoder=ENCODER) as work:
        work.add(write_plan(tmp_path, "north", NORTH), when=clock())
        work.add(write_plan(tmp_path, "south", SOUTH), when=clock())
        work.compare(codebook=BOOK)
        before = taken(work)
        number = next(n for n in sorted(before.stakes) if before.items[n].target.kind == "link")
        row = work.decide(before.items[number].target, "opposed", by="Ada", when=clock(), why="one pays")
        work.compare(codebook=BOOK)
        after = taken(work)
        now = finding_of(after, before.stakes[number].finding)
        assert now is not None
        assert (now.finding, now.by) == ("divergent", "person")
        assert "they point apart, decided by Ada: one pays" in {reason.text for reason in now.reasons}
        match = next(one for one in after.comparison.matches if one.reasons[-1].code == "decision.opposed.why")
        assert relation_said(match) == "opposed"
        work.undo(row, by="Ada", when=clock())
        work.compare(codebook=BOOK)
        again = finding_of(taken(work), before.stakes[number].finding)
        assert again is not None
        assert again.finding == "undecided"


def test_accepted_passages_of_both_documents_settle_a_theme_and_say_who(tmp_path: Path) -> None:
    clock = Clock()
    with Workspace.init(tmp_path / "w.polidiff", when=clock(), encoder=ENCODER) as work:
        work.add(write_plan(tmp_path, "north", NORTH), when=clock())
        work.add(write_plan(tmp_path, "south", SOUTH), when=clock())
        work.compare(codebook=BOOK)
        for words in ("growers who share soil data", "maps of water"):
            work.decide(
                f"{named(work, words)}=theme:data_resources", "accept", by="Ada", when=clock(), why="soil is data"
            )
        found = work.compare(codebook=BOOK).comparison
    [finding] = [one for one in found.findings if one.theme == "data_resources"]
    assert (finding.finding, finding.by) == ("shared", "person")
    assert "a passage is on the theme, decided by Ada: soil is data" in {reason.text for reason in finding.reasons}


def test_what_a_person_says_of_a_theme_stands_in_counts_page_and_brief(tmp_path: Path) -> None:
    clock = Clock()
    with Workspace.init(tmp_path / "w.polidiff", when=clock(), encoder=ENCODER) as work:
        work.add(write_plan(tmp_path, "north", NORTH), when=clock())
        work.add(write_plan(tmp_path, "south", SOUTH), when=clock())
        before = work.compare(codebook=BOOK)
        left = [one for one in before.comparison.matters if one.matter is None and len(one.documents) == 1]
        assert left, "the plans have a theme of one document that is undecided"
        theme = left[0].theme
        work.decide(before.findings[theme], "label", value="only", by="Ada", when=clock(), why="I read both")
        found = work.compare(codebook=BOOK).comparison
    finding = next(one for one in found.findings if one.theme == theme)
    assert (finding.finding, finding.by) == ("only", "person")
    assert counted_themes(found).only == counted_themes(before.comparison).only + 1
    assert counted_themes(found).undecided == counted_themes(before.comparison).undecided - 1
    told = "".join(piece.text for one in brief(found, language="en").of("made") for piece in one.pieces)
    assert "Only in one, decided by Ada: I read both" in told
