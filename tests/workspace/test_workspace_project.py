"""A workspace from its first document to a report with decisions."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from tests.workspace.plans import EAST, ENCODER, NORTH, SOUTH, Clock, made_workspace, named, write_plan

from polidiff import api
from polidiff.errors import InputError, PolidiffError
from polidiff.model import Match
from polidiff.workspace import Missing, Workspace, status, write_report


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def work(tmp_path: Path, clock: Clock) -> Workspace:
    return made_workspace(tmp_path, clock=clock)


def reopened(work: Workspace) -> Workspace:
    return Workspace.open(work.store.name, encoder=ENCODER)


def link(work: Workspace, one: str, other: str) -> str:
    return f"{named(work, one)}--{named(work, other)}"


def crosswalk(work: Workspace, one: str, other: str) -> list[Match]:
    """The matches between two provisions in either direction, after decisions."""
    ends = {tuple(named(work, words).split("#")) for words in (one, other)}
    return [
        match
        for match in work.compare().comparison.matches
        if {(match.source_document, match.source), (match.document, match.id)} == ends
    ]


CENTRE = ("fund a national computing centre for AI", "fund a national computing centre for research")
EXPORTS = ("control exports", "promote exports")
POWER = ("build power plants", "connect data centers")


def test_without_decisions_it_compares_as_compare_does(work: Workspace, tmp_path: Path) -> None:
    sources = [tmp_path / "north.md", tmp_path / "south.md"]
    assert work.compare().comparison == api.compare(*sources, encoder=ENCODER)
    assert reopened(work).compare().comparison == api.compare(*sources, encoder=ENCODER)


def test_the_first_comparison_chooses_the_codebook_that_fits_and_later_ones_keep_it(
    tmp_path: Path, clock: Clock
) -> None:
    work = Workspace.init(tmp_path / "roads.polidiff", when=clock(), encoder=ENCODER)
    for name, verb in (("uplands", "repair"), ("lowlands", "widen")):
        lines = [f"# Plan of the {name}", f"- The Ministry of Transport shall {verb} every bridge and road by spring."]
        work.add(write_plan(tmp_path, name, lines), when=clock())
    compared = work.compare()
    assert compared.comparison.codebook.id == "general-policy"
    assert (compared.reuse.documents_made, compared.reuse.documents_reused) == (2, 0)
    for name, lines in (("north", NORTH), ("south", SOUTH)):
        work.add(write_plan(tmp_path, name, lines), when=clock())
    assert work.compare(["north", "south"]).comparison.codebook.id == "general-policy"
    assert work.compare(["north", "south"], codebook="auto").comparison.codebook.id == "ai-plans"


def test_a_second_comparison_makes_nothing_again(work: Workspace) -> None:
    work.compare()
    reuse = reopened(work).compare(make=False).reuse
    assert (reuse.documents_made, reuse.pairs_made, reuse.texts_made) == (0, 0, 0)
    assert (reuse.documents_reused, reuse.pairs_reused, reuse.findings_reused) == (2, 2, True)


def test_a_new_document_is_compared_with_the_others_and_they_not_again(
    work: Workspace, tmp_path: Path, clock: Clock
) -> None:
    work.compare()
    work.add(write_plan(tmp_path, "east", EAST), when=clock())
    reuse = work.compare().reuse
    assert (reuse.documents_made, reuse.documents_reused) == (1, 2)
    assert (reuse.pairs_made, reuse.pairs_reused) == (4, 2)
    assert work.compare().comparison == api.compare(
        *(tmp_path / f"{name}.md" for name in ("north", "south", "east")), encoder=ENCODER
    )


def test_a_comparison_that_was_stopped_goes_on_where_it_was(work: Workspace) -> None:
    def stop(what: str, done: int, total: int) -> None:
        if what == "aligning" and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work.compare(progress=stop)
    reuse = reopened(work).compare().reuse
    assert (reuse.documents_reused, reuse.pairs_reused, reuse.pairs_made) == (2, 2, 0)


def test_a_changed_codebook_or_scale_is_made_anew_and_remembered(work: Workspace) -> None:
    work.compare()
    assert work.compare(codebook="oecd-ai-principles").reuse.documents_made == 2
    again = reopened(work).compare()
    assert again.comparison.codebook.id == "oecd-ai-principles"
    assert again.reuse.documents_made == 0
    assert work.compare(scale="law").reuse.documents_made == 2
    assert work.compare(codebook="ai-plans", scale="plan").reuse.documents_made == 0


def test_some_documents_can_be_compared_alone(work: Workspace, tmp_path: Path, clock: Clock) -> None:
    work.add(write_plan(tmp_path, "east", EAST), when=clock())
    chosen = work.compare(["east", "north"]).comparison
    assert [document.id for document in chosen.documents] == ["east", "north"]
    with pytest.raises(
        InputError, match="west: is no document of the workspace; its documents are: north, south, east"
    ):
        work.compare(["west", "north"])


def test_one_document_alone_cannot_be_compared(tmp_path: Path, clock: Clock) -> None:
    work = Workspace.init(tmp_path / "one", when=clock(), encoder=ENCODER)
    with pytest.raises(InputError, match="no document yet; a comparison needs two"):
        work.compare()
    work.add(write_plan(tmp_path, "north", NORTH), when=clock())
    with pytest.raises(InputError, match="only one document to compare"):
        work.compare()


def test_the_same_source_again_changes_nothing(work: Workspace, tmp_path: Path, clock: Clock) -> None:
    assert work.add(tmp_path / "north.md", when=clock()).state == "unchanged"
    assert len(work.documents()) == 2


def test_a_source_that_cannot_be_read_leaves_the_workspace_as_it_was(
    work: Workspace, tmp_path: Path, clock: Clock
) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\n%nothing else")
    with pytest.raises(InputError):
        work.add(bad, when=clock())
    assert [document.id for document in reopened(work).documents()] == ["north", "south"]


def test_a_damaged_file_is_said_to_be_so_in_one_line_or_works(work: Workspace, tmp_path: Path, clock: Clock) -> None:
    work.compare()
    for item in work.queue()[:5]:
        work.decide(item.target, "note", by="Ada", when=clock(), why="as it was")
    work.close()
    whole = (tmp_path / "work.polidiff").read_bytes()
    chance = random.Random(5)
    for number in range(60):
        bytes_of = bytearray(whole)
        for _ in range(chance.choice((1, 3, 20))):
            bytes_of[chance.randrange(len(whole))] = chance.randrange(256)
        damaged = tmp_path / f"damaged {number}.polidiff"
        damaged.write_bytes(bytes_of)
        with suppress(PolidiffError), Workspace.open(damaged, encoder=ENCODER) as found:
            status(found)
            found.compare()


def test_findings_of_every_state_of_the_decisions_dont_pile_up(work: Workspace, clock: Clock) -> None:
    for _ in range(3):
        work.decide(link(work, *CENTRE), "reject", by="Ada", when=clock())
        work.compare()
        work.decide(link(work, *CENTRE), "undo", by="Ada", when=clock())
        work.compare()
    with sqlite3.connect(work.store.name) as database:
        assert database.execute("SELECT count(*) FROM results WHERE key LIKE 'findings:%'").fetchone() == (1,)


def test_the_queue_begins_with_the_greatest_doubt(work: Workspace) -> None:
    items = work.queue()
    assert [item.doubt for item in items] == sorted((item.doubt for item in items), reverse=True)
    assert {item.target.kind for item in items} == {"link", "code"}
    assert len({item.name for item in items}) == len(items)
    texts = {document.id: document.text for document in work.documents()}
    for item in items:
        assert len(item.passages) == (2 if item.target.kind == "link" else 1)
        for passage in item.passages:
            assert texts[passage.document][passage.start : passage.end] == passage.text


def test_a_rejected_link_leaves_the_crosswalk_and_the_findings(work: Workspace, clock: Clock) -> None:
    assert crosswalk(work, *CENTRE)
    before = work.compare().comparison.findings
    assert any(finding.theme == "compute" and finding.pairs for finding in before)
    work.decide(link(work, *CENTRE), "reject", by="Ada", when=clock(), why="other money")
    after = reopened(work).compare().comparison
    assert crosswalk(reopened(work), *CENTRE) == []
    centres = tuple(named(work, words).partition("#")[2] for words in CENTRE)
    assert centres not in {(p.source, p.id) for one in (*after.findings, *after.matters) for p in one.pairs}
    assert reopened(work).compare().reuse.pairs_made == 0


def test_a_decided_relation_reads_rightly_from_both_sides(work: Workspace, clock: Clock) -> None:
    name = link(work, *reversed(CENTRE))
    work.decide(name, "relation", value="subset_of", by="Ada", when=clock(), why="only research")
    found = {match.source_document: match for match in crosswalk(work, *CENTRE)}
    assert found["south"].relation == "subset_of"
    assert found["north"].relation == "superset_of"
    assert any("decided by Ada: only research" in reason.text for reason in found["south"].reasons)


def test_an_undo_brings_the_proposal_back_and_both_rows_stay(work: Workspace, clock: Clock) -> None:
    before = work.compare().comparison
    name = link(work, *CENTRE)
    work.decide(name, "reject", by="Ada", when=clock())
    work.decide(name, "undo", by="Ada", when=clock())
    assert work.compare().comparison == before
    assert [row.verb for row in reopened(work).rows()] == ["reject", "undo"]
    with pytest.raises(InputError, match="Ada has decided nothing here that could be undone"):
        work.decide(name, "undo", by="Ada", when=clock())


def test_an_accepted_link_that_was_not_proposed_is_added(work: Workspace, clock: Clock) -> None:
    ends = "train teachers in", "connect data centers"
    assert crosswalk(work, *ends) == []
    work.decide(link(work, *ends), "accept", by="Ada", when=clock())
    assert {match.relation for match in crosswalk(work, *ends)} == {"intersects_with"}
    assert len(crosswalk(work, *ends)) == 2


def test_a_rejected_code_changes_the_finding(work: Workspace, clock: Clock) -> None:
    def shared() -> list[tuple[str, ...]]:
        """The documents of which it is said that they share the theme."""
        return [
            f.documents
            for f in work.compare().comparison.findings
            if f.theme == "data_centers" and f.finding == "shared"
        ]

    code = f"{named(work, 'connect data centers')}=theme:data_centers"
    assert shared() == [("north", "south")]
    work.decide(code, "reject", by="Ada", when=clock())
    assert shared() == []
    work.decide(code, "undo", by="Ada", when=clock())
    assert shared() == [("north", "south")]


def test_an_added_code_and_a_changed_label_are_in_the_codings(work: Workspace, clock: Clock) -> None:
    place = named(work, "connect data centers")
    work.decide(f"{place}=theme:education_talent", "accept", by="Ada", when=clock())
    work.decide(f"{place}=strength", "label", value="mandate", by="Ada", when=clock())
    made = work.compare().comparison
    coding = next(c for side in made.codings for c in side if f"{c.document}#{c.provision}" == place)
    assert "education_talent" in {code.id for code in coding.themes}
    assert coding.strength.id == "mandate"


def test_a_rejected_finding_is_left_out_until_the_text_changes(work: Workspace, tmp_path: Path, clock: Clock) -> None:
    work.compare()
    work.decide("theme:compute", "reject", by="Ada", when=clock())
    assert "compute" not in {finding.theme for finding in work.compare().comparison.findings}
    work.add(write_plan(tmp_path, "south", [*SOUTH, "- The Department of Health will buy robots."]), when=clock())
    assert "compute" in {finding.theme for finding in work.compare().comparison.findings}
    assert [target.kind for target in work.orphans()] == ["finding"]


def test_a_finding_can_be_decided_right_after_a_code(work: Workspace, clock: Clock) -> None:
    work.decide(f"{named(work, 'promote exports')}=theme:technology_exports", "reject", by="Ada", when=clock())
    work.decide("theme:compute", "accept", by="Ada", when=clock())
    assert [held.decided is not None for held in work.standings().values()] == [True, True]


def test_a_split_provision_is_two_and_its_undo_one(work: Workspace, clock: Clock) -> None:
    name = named(work, "control exports")
    work.compare()
    work.decide(name, "split", value=str(work.offset(name, "exports of")), by="Ada", when=clock())
    document, provisions = work.places().documents["north"]
    parts = [p for p in provisions if p.id.startswith(name.partition("#")[2] + "/")]
    assert [part.text for part in parts] == [
        "The Ministry of Trade should restrict the export of AI technology and control",
        "exports of AI chips.",
    ]
    assert all(document.text[p.start : p.end] == p.text for p in provisions)
    reuse = work.compare().reuse
    assert (reuse.documents_made, reuse.documents_reused) == (1, 1)
    work.decide(f"{parts[1].document}#{parts[1].id}=theme:semiconductors", "accept", by="Ada", when=clock())
    split = next(row for row in work.rows() if row.verb == "split")
    work.undo(split, by="Ada", when=clock())
    assert named(work, "control exports") == name
    assert len(work.orphans()) == 1


def test_two_provisions_in_a_row_are_put_together(work: Workspace, clock: Clock) -> None:
    name = named(work, "train teachers in")
    work.decide(name, "merge", by="Ada", when=clock())
    _, provisions = work.places().documents["north"]
    (whole,) = [p for p in provisions if "+" in p.id]
    assert whole.text.startswith("The Ministry of Education")
    assert whole.text.endswith("report each year.")
    work.compare()
    with pytest.raises(InputError, match="has no neighbour below it to merge with"):
        work.decide(named(work, "Every port"), "merge", by="Ada", when=clock())


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("nowhere", "nowhere: no such link, code, finding or provision"),
        ("north#a001--north#a002", "both provisions are of one document"),
        ("north#a001=colour", "'colour' is no code; theme:ID, instrument:ID"),
        ("theme:nothing", "there is no finding on 'nothing'"),
    ],
)
def test_a_name_that_means_nothing_is_refused(work: Workspace, clock: Clock, name: str, line: str) -> None:
    with pytest.raises(InputError) as caught:
        work.decide(name, "accept", by="Ada", when=clock())
    assert line in str(caught.value)


def test_a_decision_follows_its_words_into_a_newer_version(work: Workspace, tmp_path: Path, clock: Clock) -> None:
    work.decide(link(work, *CENTRE), "reject", by="Ada", when=clock())
    write_plan(tmp_path, "north", ["# Northland AI plan", "## First of all", "- Everybody should be kind.", *NORTH[1:]])
    added = work.add(tmp_path / "north.md", when=clock())
    assert (added.state, added.before, added.stand) == ("changed", 7, 7)
    assert crosswalk(work, *CENTRE) == []
    assert not work.orphans()


def test_a_decision_on_changed_words_is_an_orphan_and_comes_back_with_them(
    work: Workspace, tmp_path: Path, clock: Clock
) -> None:
    work.decide(link(work, *CENTRE), "reject", by="Ada", when=clock())
    changed = [line.replace("national computing centre", "regional computing centre") for line in NORTH]
    work.add(write_plan(tmp_path, "north", changed), when=clock())
    assert crosswalk(work, "fund a regional computing centre", CENTRE[1])
    assert len(work.orphans()) == 1
    found = status(work)
    assert len(found.orphans) == 1
    (became,) = found.became.values()
    assert became == named(work, "fund a regional computing centre")
    work.add(write_plan(tmp_path, "north", NORTH), when=clock())
    assert not work.orphans()
    assert crosswalk(work, *CENTRE) == []


def test_a_decision_never_jumps_to_words_that_look_alike(work: Workspace, tmp_path: Path, clock: Clock) -> None:
    place = named(work, "Every school shall report")
    work.decide(f"{place}=theme:compute", "accept", by="Ada", when=clock())
    moved = [line for line in NORTH if "Every school" not in line]
    work.add(write_plan(tmp_path, "north", [*moved, "- Every school shall report each year."]), when=clock())
    assert len(work.orphans()) == 1


def test_a_split_follows_its_provision_too(work: Workspace, tmp_path: Path, clock: Clock) -> None:
    name = named(work, "control exports")
    work.decide(name, "split", value=str(work.offset(name, "exports of")), by="Ada", when=clock())
    work.decide(f"{named(work, 'exports of AI chips.')[:5]}#{name[6:]}/2=theme:grid", "accept", by="Ada", when=clock())
    write_plan(tmp_path, "north", ["# Northland AI plan", "## First of all", "- Everybody should be kind.", *NORTH[1:]])
    work.add(tmp_path / "north.md", when=clock())
    assert [p.text for p in work.places().documents["north"][1] if "/" in p.id] == [
        "The Ministry of Trade should restrict the export of AI technology and control",
        "exports of AI chips.",
    ]
    assert not work.orphans()


def test_the_report_lists_every_decision_and_is_proved(work: Workspace, tmp_path: Path, clock: Clock) -> None:
    work.decide(link(work, *CENTRE), "reject", by="Ada", when=clock(), why="<script>alert(1)</script>")
    work.decide(link(work, *EXPORTS), "accept", by="Ada", when=clock())
    work.decide(link(work, *EXPORTS), "undo", by="Ada", when=clock())
    work.decide(link(work, *POWER), "note", by="博", when=clock(), why="看第四页")
    folder = tmp_path / "report"
    write_report(work, work.compare(), folder)
    record = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    made = record["decisions"]
    assert [row["state"] for row in made] == ["holds", "undone", "undo", "note"]
    assert made[0]["by"] == "Ada"
    assert made[0]["when"].endswith("+00:00")
    assert made[3]["why"] == "看第四页"
    texts = {document.id: document.text for document in work.documents()}
    for row in made:
        for place in row["places"]:
            assert texts[place["document"]][place["start"] : place["end"]] == place["text"]
    assert "<script>alert(1)" not in (folder / "index.html").read_text(encoding="utf-8")
    report = api.verify(folder)
    assert report.ok, report.lines()


def test_a_report_with_an_orphan_is_still_proved(work: Workspace, tmp_path: Path, clock: Clock) -> None:
    work.decide(link(work, *CENTRE), "reject", by="Ada", when=clock())
    work.add(write_plan(tmp_path, "north", [line.replace("national", "regional") for line in NORTH]), when=clock())
    write_report(work, work.compare(), tmp_path / "report")
    record = json.loads((tmp_path / "report" / "comparison.json").read_text(encoding="utf-8"))
    assert [row["state"] for row in record["decisions"]] == ["orphan"]
    assert api.verify(tmp_path / "report").ok


def test_the_same_decisions_give_the_same_report_to_the_byte(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        clock = Clock()
        work = made_workspace(folder, clock=clock)
        work.decide(link(work, *CENTRE), "reject", by="Ada", when=clock())
        write_report(work, work.compare(), folder / "report")
        text = (folder / "report" / "comparison.json").read_text(encoding="utf-8")
        made.append(text.replace(str(folder), ""))
    assert made[0] == made[1]


def test_another_program_sees_a_decision_at_once(work: Workspace, clock: Clock) -> None:
    other = reopened(work)
    assert other.standings() == {}
    work.decide(link(work, *CENTRE), "reject", by="Ada", when=clock())
    assert len(other.standings()) == 1


def test_nothing_is_made_where_only_what_is_kept_is_asked_for(work: Workspace) -> None:
    with pytest.raises(Missing):
        work.compare(make=False)
    assert status(work).proposed is None
    work.compare()
    assert status(work).proposed == len(work.queue(make=False))
