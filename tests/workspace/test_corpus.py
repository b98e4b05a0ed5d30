"""Many documents at once: taken in from a folder, and asked who, whence, when, and what is new."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from polidiff.cli import run

PLANS = {
    "north-2019": (
        "2019-03-01",
        "Norway",
        "Operators of railways must report each accident to the ministry within a day.",
    ),
    "south-2021": ("2021-05-02", "Spain", "The agency will plant a million trees along the motorways of the country."),
    "east-2023": (
        "2023-06-03",
        "Poland",
        "Every railway company shall report accidents within 24 hours to the regulator.",
    ),
    "west-2024": (
        "2024-07-04",
        "Ireland",
        "Operators of railways must report each accident to the ministry within a day.\n\n"
        "The state will pay for the roofs of old theatres.",
    ),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of four plans in two folders, with a table that says what they are."""
    place = tmp_path_factory.mktemp("plans")
    rows = ["file,country,date"]
    for number, (name, (date, country, words)) in enumerate(PLANS.items()):
        inner = place / ("a" if number % 2 else "b")
        inner.mkdir(exist_ok=True)
        sentences = "\n\n".join(f"The council shall mend bridge number {n} of the {name} road." for n in range(5))
        (inner / f"{name}.md").write_text(f"# Plan of {country}\n\n{words}\n\n{sentences}\n", encoding="utf-8")
        rows.append(f"{name}.md,{country},{date}")
    (place.parent / f"{place.name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (place / "b" / "broken.pdf").write_bytes(b"%PDF-1.7 no pages at all")
    (place / "b" / ".hidden.md").write_text("# Hidden\n\nNothing shall be read here.\n", encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def corpus(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the four plans."""
    path = tmp_path_factory.mktemp("corpus") / "work.polidiff"
    assert run(["init", str(path)]) == 0
    told = ["--metadata", f"{folder}.csv"]
    assert run(["add", str(path), str(folder / "a"), str(folder / "b"), *told, "--prepare"]) == 1
    return path


def _rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    capsys.readouterr()
    run([*arguments, "--format", "jsonl"])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_folder_is_taken_in_once_and_what_fails_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "w.polidiff")
    run(["init", path])
    first = _rows(capsys, "add", path, str(folder), "--jobs", "2")
    status = {str(row["file"]).rpartition("/")[2]: row["status"] for row in first}
    assert status["broken.pdf"] == "failed"
    assert sorted(status.values()) == ["failed", "new", "new", "new", "new"]
    assert ".hidden.md" not in status
    assert "broken.pdf" in str(next(row["reason"] for row in first if row["status"] == "failed"))
    again = _rows(capsys, "add", path, str(folder))
    assert {row["status"] for row in again if not str(row["file"]).endswith("broken.pdf")} == {"skipped"}
    changed = tmp_path / "a"
    changed.mkdir()
    (changed / "south-2021.md").write_text("# Plan\n\nThe agency will plant no tree at all.\n", encoding="utf-8")
    third = _rows(capsys, "add", path, str(changed))
    assert {str(row["file"]).rpartition("/")[2]: row["status"] for row in third}["south-2021.md"] == "changed"


def test_what_a_table_said_holds_until_another_says_otherwise(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, plan, table = str(tmp_path / "w.polidiff"), tmp_path / "south-2021.md", tmp_path / "told.csv"
    plan.write_bytes((folder / "a" / "south-2021.md").read_bytes())
    table.write_text("file,country,date\nsouth-2021.md,Ireland,2021-02-03\n", encoding="utf-8")
    run(["init", path])
    _rows(capsys, "add", path, str(plan), "--metadata", str(table))
    assert _rows(capsys, "add", path, str(plan))[0]["status"] == "skipped"
    plan.write_text("# Plan\n\nThe agency will plant no tree at all.\n", encoding="utf-8")
    assert _rows(capsys, "add", path, str(plan))[0]["status"] == "changed"
    assert _rows(capsys, "search", path, "plant a tree", "--country", "Ireland", "--since", "2021-02-03")
    table.write_text("file,country\nsouth-2021.md,Poland\n", encoding="utf-8")
    assert _rows(capsys, "add", path, str(plan), "--metadata", str(table))[0]["status"] == "changed"
    assert _rows(capsys, "search", path, "plant a tree", "--country", "Poland", "--since", "2021-02-03")
    assert not _rows(capsys, "search", path, "plant a tree", "--country", "Ireland")


def test_a_table_says_who_issued_what_and_of_which_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, table = str(tmp_path / "w.polidiff"), tmp_path / "told.csv"
    (tmp_path / "in").mkdir()
    for name in ("one", "two"):
        text = f"# Text {name}\n\nThe ministry shall mend every bridge of the {name} road.\n"
        (tmp_path / "in" / f"{name}.md").write_text(text, encoding="utf-8")
    table.write_text("file,issuer,kind\none.md,Ministry of Roads,strategy\n", encoding="utf-8")
    run(["init", path])
    assert run(["add", path, str(tmp_path / "in"), "--metadata", str(table)]) == 0
    rows = _rows(capsys, "who", path, "mend bridges", "--kind", "strategy")
    assert [row["document"] for row in rows] == ["one"]
    table.write_text("file,kind\none.md,pamphlet\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["add", path, str(tmp_path / "in"), "--metadata", str(table)]) == 2
    assert "'pamphlet' is no kind of document" in capsys.readouterr().err


def test_who_commits_and_who_has_nothing(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = _rows(capsys, "who", str(corpus), "report railway accidents")
    said = {str(row["document"]): row for row in rows}
    assert set(said) == set(PLANS)
    for name in ("north-2019", "east-2023", "west-2024"):
        assert said[name]["commits"] is True
        text = str(said[name]["passages"][0]["text"])  # type: ignore[index]
        assert "accident" in text
    assert said["south-2021"]["commits"] is False
    assert said["south-2021"]["searched"] == 6
    late = _rows(capsys, "who", str(corpus), "report railway accidents", "--since", "2023", "--country", "Ireland")
    assert [row["document"] for row in late] == ["west-2024"]


def test_the_nearest_passages_of_a_matter_that_no_document_is_about_are_not_said(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for matter in ("report accidents of spacecraft", "report railway subsidies"):
        rows = _rows(capsys, "who", str(corpus), matter)
        assert not [row["document"] for row in rows if row["commits"]]
        assert all(row["error"] is None for row in rows if row["commits"] is None)


def test_who_says_what_was_searched_how_firmly_since_when_and_how_often_it_is_wrong(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["who", str(corpus), "report railway accidents"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("4 documents, ")
    assert "(Norway, since 2019-03-01, mandate)" in told or "(NO, since 2019-03-01, mandate)" in told
    assert "of twenty so said" in told
    row = _rows(capsys, "who", str(corpus), "report railway accidents")[0]
    assert row["strength"] == "mandate"
    assert 0 < float(str(row["error"])) < 0.2


def test_words_come_from_the_earliest_document(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = _rows(capsys, "origin", str(corpus), "report each accident to the ministry within a day")
    assert [(row["document"], row["how"]) for row in rows[:2]] == [
        ("north-2019", "verbatim"),
        ("west-2024", "verbatim"),
    ]
    paraphrase = _rows(capsys, "origin", str(corpus), "A million trees will be planted beside highways")
    assert paraphrase[0]["document"] == "south-2021"
    assert paraphrase[0]["how"] == "meaning"


def test_a_trend_counts_documents_by_year(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = _rows(capsys, "trend", str(corpus), "report railway accidents")
    assert [(row["year"], row["commit"], row["documents"]) for row in rows] == [
        ("2019", 1, 1),
        ("2021", 0, 1),
        ("2023", 1, 1),
        ("2024", 1, 1),
    ]
    capsys.readouterr()
    assert run(["trend", str(corpus), "report railway accidents"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "4 documents of this workspace, by their dates: 3 surely commit, 0 are open"
    assert any(line.startswith("2021  0 of 1 document, 0%") for line in said)
    assert len([line for line in said if not line.startswith(" ")]) == len({row["year"] for row in rows}) + 1


def test_one_against_all_is_a_report_in_both_languages_that_is_proved(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(["against", str(corpus), "west-2024", "-o", str(out)]) == 0
    assert {one.name for one in out.iterdir()} == {
        "against.html", "against.zh.html", "against.json", "against.xlsx", "documents", "manifest.json",
    }  # fmt: skip
    capsys.readouterr()
    assert run(["verify", str(out), "--strict"]) == 0
    said = capsys.readouterr().out
    assert "files that their record gives again to the byte" in said
    assert "rows of a workbook" in said
    assert run(["verify", str(out), "--rebuild"]) == 2
    assert "hangs on every document of its workspace" in capsys.readouterr().err
    page = (out / "against.html").read_text(encoding="utf-8")
    assert "roofs of old theatres" in page
    assert "script" in page
    assert 'href="documents/north-2019.txt"' in page
    whole = page.replace("</mark>", "").replace('<mark class="same">', "")
    assert whole.count("report each accident to the ministry within a day") >= 2
    assert "较早的文件" in (out / "against.zh.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["against.html", "against.json", "against.xlsx", "documents/north-2019.txt"])
def test_a_change_in_one_against_all_is_found(
    name: str, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(["against", str(corpus), "west-2024", "-o", str(out)]) == 0
    held = (out / name).read_bytes()
    (out / name).write_bytes(held[:-40] if name.endswith("xlsx") else held.replace(b"within a day", b"within a dax"))
    capsys.readouterr()
    assert run(["verify", str(out)]) == 1
    assert name in capsys.readouterr().out


def test_one_against_all_tells_borrowed_from_new(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def kind(document: str, words: str) -> object:
        rows = _rows(capsys, "against", str(corpus), document)
        provisions = [row for row in rows if "provision" in row]
        (found,) = (row["kind"] for row in provisions if words in row["provision"]["text"])  # type: ignore[index]
        return found

    assert kind("west-2024", "each accident to the ministry") == "borrowed"
    assert kind("north-2019", "each accident to the ministry") == "lent"
    assert kind("west-2024", "roofs of old theatres") == "new"


def test_one_is_set_against_those_that_are_asked_for(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["against", str(corpus), "west-2024", "--since", "2021"]) == 0
    said = capsys.readouterr().out
    assert "west-2024 against 2 documents" in said
    assert "north-2019" not in said
    assert run(["against", str(corpus), "west-2024", "--since", "2030"]) == 2


def test_words_that_were_taken_up_are_shown_with_who_had_them_first(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (row,) = (row for row in _rows(capsys, "adopt", str(corpus)) if "accident" in str(row["text"]))
    assert "must report each accident to the ministry within a day" in str(row["text"])
    assert row["first"]["document"] == "north-2019"  # type: ignore[index]
    assert [place["document"] for place in row["taken_up"]] == ["west-2024"]  # type: ignore[attr-defined]
    assert row not in _rows(capsys, "adopt", str(corpus), "south-2021")
    assert row in _rows(capsys, "adopt", str(corpus), "west-2024")


def test_nobody_took_up_words_of_another_where_a_date_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "w.polidiff")
    words = "Operators of railways must report each accident to the ministry within a day of it."
    for name in ("bridges", "tunnels"):
        text = f"# On {name}\n\n{words}\n\nThe council shall mend the {name} of its own town.\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    run(["init", path])
    run(["add", path, str(tmp_path / "bridges.md"), str(tmp_path / "tunnels.md")])
    run(["facts", path, "bridges", "--date", "2020"])
    capsys.readouterr()
    assert run(["adopt", path]) == 0
    assert "in common (their dates don't say who was first" in capsys.readouterr().out
    run(["facts", path, "tunnels", "--date", "2020-05-02"])
    capsys.readouterr()
    assert run(["adopt", path]) == 0
    assert "took up" not in capsys.readouterr().out
    assert run(["origin", path, "report every accident to the ministry within a day of it"]) == 0
    said = capsys.readouterr().out
    assert "“every” where it says “each”" in said
    assert "who was first isn't known, the dates don't say: bridges, tunnels" in said
    run(["facts", path, "tunnels", "--date", "2021"])
    capsys.readouterr()
    assert run(["adopt", path]) == 0
    assert "tunnels took up 1 phrase of bridges" in capsys.readouterr().out
    assert run(["origin", path, "elephants paint moonlight"]) == 0
    assert "polidiff search finds those on the matter" in capsys.readouterr().out


def test_a_workspace_is_searched_by_words_and_narrowed(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = _rows(capsys, "search", str(corpus), "million trees")
    assert rows[0]["document"] == "south-2021"
    assert not _rows(capsys, "search", str(corpus), "million trees", "--until", "2020", "--by", "words")


@pytest.mark.parametrize(
    "arguments",
    [
        ["who", "{w}", "  "],
        ["origin", "{w}", "…"],
        ["against", "{w}", "nowhere"],
        ["adopt", "{w}", "nowhere"],
        ["who", "{w}", "trees", "--since", "soon"],
        ["search", "a.md", "trees", "--country", "Spain"],
        ["add", "{w}", "{empty}"],
    ],
)
def test_what_cannot_be_asked_gets_one_line(
    arguments: list[str], corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    asked = [one.replace("{w}", str(corpus)).replace("{empty}", str(empty)) for one in arguments]
    assert run(asked) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert said
    assert "Traceback" not in "".join(said)


def test_two_formats_of_one_name_are_two_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a shell gives them for ``folder/*``: both go in, and again nothing changes."""
    (tmp_path / "plan.md").write_text("# Plan\n\nThe ministry shall plant trees.\n", encoding="utf-8")
    (tmp_path / "plan.html").write_text("<h1>Plan</h1><p>The ministry shall fund schools.</p>", encoding="utf-8")
    work = str(tmp_path / "w.polidiff")
    assert run(["init", work]) == 0
    line = ["add", work, str(tmp_path / "plan.html"), str(tmp_path / "plan.md")]
    assert run(line) == 0
    assert [one.split(":")[0] for one in capsys.readouterr().out.splitlines()[1:]] == ["plan", "plan-2", "2 new"]
    assert run(line) == 0
    assert capsys.readouterr().out.splitlines() == ["plan: unchanged", "plan-2: unchanged", "2 taken in before"]


def test_a_corpus_has_the_codebook_that_fits_a_sample(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With two processes as with one; roads and trees are of no narrow codebook's subject."""
    from polidiff.executors import Local
    from polidiff.workspace import Workspace

    making = importlib.import_module("polidiff.workspace.corpus.prepare")
    monkeypatch.setattr(making, "SAMPLE", 2)
    chosen = []
    for jobs in (1, 2):
        path = str(tmp_path / f"{jobs}.polidiff")
        run(["init", path])
        run(["add", path, str(folder / "a"), str(folder / "b")])
        with Workspace.open(path) as work:
            shelf = making.prepare(work, Local(jobs))
            chosen.append((work.method().codebook.id, sum(one.size for one in shelf.volumes.values())))
    assert chosen == [("general-policy", 25)] * 2


PLEDGES = (
    "The ministry should build ten reading rooms in the towns along the coast by 2030.",
    "The ministry should lend every pupil a microscope for the whole of the summer.",
    "Schools should teach the names of forty birds to each child before the age of nine.",
    "Towns should keep one street in ten free of lorries on every market day.",
    "The ministry should pay the fares of nurses who travel at night to their hospitals.",
    "Harbours should weigh the fish of each boat and publish the weights every evening.",
    "Museums should open their cellars to visitors on the first Sunday of each month.",
    "Libraries should let readers borrow garden tools together with books on gardens.",
    "Bakers should give the bread of yesterday to the kitchens of the parish.",
    "The ministry should count the bats of every bridge before it mends the bridge.",
    "Railways should carry bicycles free of charge outside the hours of work.",
    "Theatres should keep fifty seats of each evening for pupils of the city.",
    "Widen the harbour of pilgrims.",
)


def test_a_response_that_repeats_a_plan_borrows_from_it_and_is_no_version(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "w.polidiff")
    answers = (
        f"Money of lottery number {n} will go to clockmakers, beekeepers and old sailors." for n in range(len(PLEDGES))
    )
    pairs = (f"{pledge}\n\nAgree. See above.\n\n{answer}" for pledge, answer in zip(PLEDGES, answers, strict=True))
    copy = "\n\n".join((*PLEDGES[:11], "Theatres should sing."))
    for name, title, text in (
        ("plan", "Coastal Reading Action Plan", "\n\n".join(PLEDGES)),
        ("second", "Coastal Reading Action Plan", copy),
        ("reply", "Coastal Reading Action Plan: Government Response", "\n\n".join(pairs)),
    ):
        (tmp_path / f"{name}.md").write_text(f"# {title}\n\n{text}\n", encoding="utf-8")
    run(["init", path])
    run(["add", path, *(str(tmp_path / f"{name}.md") for name in ("plan", "second", "reply"))])
    run(["facts", path, "plan", "--date", "2025-01-13"])
    run(["facts", path, "reply", "--date", "2025-01", "--kind", "response"])
    rows = [row for row in _rows(capsys, "against", path, "reply") if "provision" in row]
    kinds = {str(row["provision"]["text"]): row["kind"] for row in rows}  # type: ignore[index]
    assert {kinds[pledge] for pledge in PLEDGES} == {"borrowed"}
    assert [row["kind"] for row in rows if "Agree" in str(row["provision"])] == ["slight"] * len(PLEDGES)
    run(["against", path, "reply"])
    assert "left out" not in capsys.readouterr().out
    run(["against", path, "plan"])
    assert "left out, as versions of it: second" in capsys.readouterr().out


def test_set_phrases_of_statutes_are_taken_from_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "w.polidiff")
    formula = "构成违反治安管理行为的，依法给予治安管理处罚；构成犯罪的，依法追究刑事责任。"
    run(["init", path])
    for name, year, own in (
        ("渡船", "2016", "渡船每天应当清洗甲板并更换缆绳"),
        ("果园", "2021", "果园应当在秋季修剪全部梨树的枝条"),
    ):
        (tmp_path / f"{name}.md").write_text(f"# {name}规定\n\n{own}。\n\n违反规定的，{formula}\n", encoding="utf-8")
        run(["add", path, str(tmp_path / f"{name}.md")])
        run(["facts", path, name, "--date", year])
    capsys.readouterr()
    assert run(["adopt", path]) == 0
    assert capsys.readouterr().out.strip() == "0 phrases"


SUBJECTS = (
    "Ferries should carry lifejackets for every passenger on each crossing of the strait.",
    "Ferries should slow down near the breeding grounds of seals in the spring.",
    "Captains of ferries should train their crews in first aid every year.",
)


def test_a_matter_is_missing_only_where_three_others_commit_to_it_and_nothing_here_is_near(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "w.polidiff")
    insured = "The government will insure the luggage of ferry passengers against theft and damage."
    run(["init", path])
    for name, more in (
        ("alder", insured),
        ("birch", "The state will insure passengers’ luggage on ferries against damage and theft."),
        ("cedar", "The government will pay insurance for luggage of ferry passengers that is stolen or damaged."),
        ("dogwood", ""),
        ("elm", "Luggage of ferry passengers is insured by the government against theft and damage."),
    ):
        text = "\n\n".join((*SUBJECTS, more))
        heading = "\n\n## Insurance of luggage of ferry passengers\n\nTo come." if name != "dogwood" else ""
        (tmp_path / f"{name}.md").write_text(f"# Ferry plan\n\n{text}{heading}\n", encoding="utf-8")
        run(["add", path, str(tmp_path / f"{name}.md")])
    told = {
        name: [str(row["passage"]["text"]) for row in _rows(capsys, "against", path, name) if "passage" in row]  # type: ignore[index]
        for name in ("dogwood", "elm")
    }
    assert len(told["dogwood"]) == 1
    assert "uggage" in told["dogwood"][0]
    assert told["elm"] == []


def test_adding_says_how_many_documents_lack_a_country_or_a_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "w.polidiff")
    for name in ("one", "two"):
        dated = "Published on 2 May 2031\n\n" if name == "one" else ""
        (tmp_path / f"{name}.md").write_text(f"# Pond {name}\n\n{dated}We shall dig pond {name}.\n", encoding="utf-8")
    run(["init", path])
    capsys.readouterr()
    run(["add", path, str(tmp_path / "one.md"), str(tmp_path / "two.md")])
    said = capsys.readouterr().err
    assert "2 documents without a country, 1 document without a date; polidiff facts" in said
