"""Probes, and the calibration of a model that is right on some and wrong on others, by a folder and by a server."""

from __future__ import annotations

import itertools
import json
import math
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.judges.model_server import command, served

import polidiff
from polidiff.interchange.opened import open_report
from polidiff.judges.probes import Probe, probes
from polidiff.judges.probes.measure import calibrate_judge
from polidiff.judges.protocol import FolderJudge, Memory, pack
from polidiff.judges.protocol.calibration import Calibration, Tried, fitted, kept_calibration
from polidiff.rebuild import verify

BY_ID = {probe.item.id: probe for probe in probes()}
PAIRS = [probe for probe in probes() if probe.item.task == "finding"]
CLAIMS = [probe for probe in probes() if probe.item.task == "claim"]
HAN = re.compile(r"[\u4e00-\u9fff]")
Said = Callable[[Probe], tuple[str, float | None]]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLIDIFF_CACHE", str(tmp_path / "cache"))


def right(probe: Probe) -> tuple[str, float | None]:
    return ("none" if probe.label == "subject" else probe.label), None


def rows(request: dict[str, Any], say: Said) -> list[dict[str, Any]]:
    """Answers to a request, each with the first words of the passages where its label needs words."""
    made = []
    for item in request["items"]:
        if item["id"] not in BY_ID:
            continue
        label, probability = say(BY_ID[item["id"]])
        spans = [[one["number"], one["start"], one["end"]] for one in item["passages"]]
        row = {"id": item["id"], "label": label, "spans": [] if label in ("none", "not_found") else spans}
        made.append(row if probability is None else {**row, "probability": probability})
    return made


def answer(folder: Path, say: Said, model: str = "reader") -> None:
    lines = (folder / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    answers = [{"id": r["id"], "model": model, "answers": rows(r, say)} for r in map(json.loads, lines)]
    (folder / "answers.jsonl").write_text("\n".join(map(json.dumps, answers)), encoding="utf-8")


def calibrated(folder: Path, say: Said) -> Calibration:
    assert calibrate_judge(FolderJudge(folder)) == []
    answer(folder, say)
    ((_, calibration),) = calibrate_judge(FolderJudge(folder))
    assert calibration is not None
    return calibration


def test_labels_are_balanced_and_both_languages_are_there() -> None:
    assert Counter(p.label for p in PAIRS) == dict.fromkeys(("same", "means", "opposed", "subject", "none"), 24)
    assert Counter(p.label for p in CLAIMS) == dict.fromkeys(
        ("supported", "overstated", "contradicted", "not_found"), 20
    )
    for label in {p.label for p in PAIRS}:
        kinds = Counter(sum(bool(HAN.search(t.text)) for t in p.item.passages) for p in PAIRS if p.label == label)
        assert kinds == {0: 14, 1: 3, 2: 7}


def test_the_words_that_decide_stand_in_their_passage_and_no_probe_comes_twice() -> None:
    assert len(BY_ID) == 200
    for probe in probes():
        texts = {one.document: one.text for one in probe.item.passages}
        wanted = {"finding": {"same": 2, "means": 2, "opposed": 2}, "claim": {"not_found": 0}}[probe.item.task]
        assert len(probe.places) == wanted.get(probe.label, 0 if probe.item.task == "finding" else 1)
        for document, start, end in probe.places:
            cut = texts[document][start:end]
            assert cut.strip() == cut
            assert len(cut) >= 2


def words_of(text: str) -> set[str]:
    found: set[str] = set()
    for run in re.findall(r"[\u4e00-\u9fff]+|\w+", text.lower()):
        found |= {*run, *(run[i : i + 2] for i in range(len(run) - 1))} if HAN.match(run) else {run}
    return found


def guessed(told: list[tuple[str, str, str]]) -> float:
    """How often naive Bayes on the words guesses the label, each text left out with all of its group."""
    held = [(words_of(text), label, group) for text, label, group in told]
    hits = 0
    for words, gold, group in held:
        counts: dict[str, Counter[str]] = {}
        of: Counter[str] = Counter()
        for others, label, other_group in held:
            if other_group != group:
                counts.setdefault(label, Counter()).update(others)
                of[label] += 1
        known = [word for word in words if sum(counts[label][word] for label in counts) > 1]
        score = {
            label: math.log(of[label]) + sum(math.log((counts[label][w] + 0.5) / (of[label] + 1)) for w in known)
            for label in sorted(counts)
        }
        hits += max(score, key=lambda label: score[label]) == gold
    return hits / len(held)


def test_a_claim_alone_or_one_side_of_a_pair_does_not_tell_the_label() -> None:
    by_passage: dict[str, list[tuple[str, str]]] = {}
    for probe in CLAIMS:
        by_passage.setdefault(probe.item.passages[0].text, []).append((dict(probe.item.facts)["claim"], probe.label))
    for told in by_passage.values():
        assert len({label for _, label in told}) == 4
        sizes = [len(claim) if HAN.search(claim) else len(claim.split()) for claim, _ in told]
        assert max(sizes) - min(sizes) <= 2
    claims = [(claim, label, passage) for passage, told in by_passage.items() for claim, label in told]
    assert guessed(claims) <= 0.35
    for side in (0, 1):
        sides = [(p.item.passages[side].text, p.label, p.item.id) for p in PAIRS]
        assert guessed(sides) <= 0.35
    assert guessed([(" ".join(t.text for t in p.item.passages), p.label, p.item.id) for p in PAIRS]) <= 0.35


def test_ids_and_their_order_tell_nothing() -> None:
    for of in (PAIRS, CLAIMS):
        labels = [probe.label for probe in sorted(of, key=lambda probe: probe.item.id)]
        runs = sum(a == b for a, b in itertools.pairwise(labels)) / len(labels)
        assert runs < 0.35
    shown = json.dumps([request.record() for request in pack(p.item for p in probes())], ensure_ascii=False)
    assert not re.search(r'"(subject|label|words)":', re.sub(r'"schema": \{.*?\}\}\}\}\}\}', "", shown))


def test_a_judge_that_is_always_right_is_surer_than_one_that_never_is(tmp_path: Path) -> None:
    good = calibrated(tmp_path / "good", right).on("claim")
    bad = calibrated(tmp_path / "bad", lambda p: ("contradicted" if p in CLAIMS else "opposed", None)).on("claim")
    assert good is not None
    assert bad is not None
    assert good.chance("supported", None) > 0.9
    assert 0.15 < bad.chance("contradicted", None) < 0.35
    assert (bad.share("contradicted") or good.shares[0]).right == 20


def test_probabilities_count_for_what_they_are_worth() -> None:
    honest = fitted("claim", [Tried("supported", n % 10 < 9, 0.9) for n in range(40)]
                    + [Tried("supported", n % 10 < 4, 0.4) for n in range(40)])  # fmt: skip
    assert honest.chance("supported", 0.9) > 0.8 > 0.6 > honest.chance("supported", 0.4)
    boaster = fitted("claim", [Tried("supported", n % 2 == 0, 0.99) for n in range(80)])
    assert boaster.chance("supported", 0.99) == pytest.approx(0.5, abs=0.05)
    upside_down = fitted("claim", [Tried("supported", n % 2 == 0, 0.2 if n % 2 == 0 else 0.9) for n in range(80)])
    assert upside_down.slope == 0


def test_the_same_answers_give_the_same_calibration_and_it_comes_back_from_disk(tmp_path: Path) -> None:
    def doubtful(probe: Probe) -> tuple[str, float | None]:
        sure = int(probe.item.id[:2], 16) % 4 > 0
        return (right(probe)[0] if sure else "none" if probe in PAIRS else "not_found"), 0.9 if sure else 0.5

    first, second = (calibrated(tmp_path / name, doubtful) for name in ("one", "two"))
    assert first == second
    assert kept_calibration("reader") == first
    assert kept_calibration("another") is None


def test_answers_that_part_and_spans_that_do_not_stand_are_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "asked"
    calibrate_judge(FolderJudge(folder))
    answer(folder, right)
    lines = [json.loads(line) for line in (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()]
    opposed = [row for line in lines for row in line["answers"] if row["label"] == "opposed"]
    opposed[0]["spans"] = [[1, "words that nobody wrote"], [2, "nor these"]]
    supported = next(row for line in lines for row in line["answers"] if row["label"] == "supported")
    supported["label"] = "contradicted"
    (folder / "answers.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    ((told, _),) = calibrate_judge(FolderJudge(folder))
    claim, finding = told
    assert (claim.answered, claim.agreed, claim.right, claim.refused) == (80, 79, 79, 0)
    assert (finding.answered, finding.agreed, finding.exact, finding.refused) == (119, 119, 119, 1)
    assert finding.proved == finding.leaning == 71


def test_the_command_asks_a_server_prints_a_table_and_keeps_what_it_found(tmp_path: Path) -> None:
    def lean(_: str, text: str) -> str:
        return json.dumps({"answers": rows(json.loads(text), lambda p: right(p) if p in CLAIMS else ("means", 0.7))})

    with served(lean) as (address, _):
        told = command(tmp_path, "calibrate", "--judge", address, "--model", "m")
        again = command(tmp_path, "calibrate", "--judge", address, "--model", "m", "--format", "jsonl")
    assert told.returncode == 0, told.stderr
    assert "claim: 80 of 80 answered, 80 alike in both askings, 80 of 80 right (100%)" in told.stdout
    assert "48 of 120 right (40%)" in told.stdout
    assert "kept" in told.stdout
    records = [json.loads(line) for line in again.stdout.splitlines()]
    assert [(one["task"], one["right"]) for one in records] == [("claim", 80), ("finding", 48)]
    assert records[0]["calibration"] in told.stdout


def spans_on(item: dict[str, Any], words: str) -> list[list[Any]]:
    return [[one["number"], words] for one in item["passages"] if words in one["text"]]


PLAN = "Plan for the lakes\n\nThe Ministry of Lakes should measure the water of each lake every month.\n"
CLAIM = "The plan says that the Ministry of Lakes must measure the water every month."


def test_a_verdict_says_how_often_such_an_answer_is_wrong_and_a_poor_judge_is_unsure(tmp_path: Path) -> None:
    (tmp_path / "lakes.txt").write_text(PLAN, encoding="utf-8")
    lakes = polidiff.read(tmp_path / "lakes.txt")

    def verdict(name: str) -> polidiff.ClaimVerdict:
        judge = FolderJudge(tmp_path / name)
        checker = polidiff.ClaimChecker([lakes], judge=judge)
        checker.check(CLAIM, document="lakes")
        lines = (tmp_path / name / "requests.jsonl").read_text(encoding="utf-8").splitlines()
        with (tmp_path / name / "answers.jsonl").open("a", encoding="utf-8") as file:
            for request in map(json.loads, lines):
                found = [
                    {"id": i["id"], "label": "overstated", "spans": spans_on(i, "should measure")}
                    for i in request["items"]
                    if i["id"] not in BY_ID
                ]
                file.write("\n" + json.dumps({"id": request["id"], "model": "reader", "answers": found}))
        return checker.check(CLAIM, document="lakes")

    plain = verdict("plain")
    assert (plain.verdict, plain.by) == ("overstated", "model")
    assert not plain.unsure
    calibrated(tmp_path / "good", right)
    good = verdict("good")
    assert good.confidence > 0.9
    assert not good.unsure
    assert "Of 20 such answers of reader to the bundled probes 0 were wrong" in " ".join(r.text for r in good.reasons)
    calibrated(tmp_path / "bad", lambda p: ("overstated" if p in CLAIMS else "none", None))
    bad = verdict("bad")
    assert (bad.verdict, bad.unsure) == ("overstated", True)
    assert bad.confidence < 0.4


def test_a_report_names_the_calibration_holds_it_and_is_made_again_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = calibrated(tmp_path / "asked", right)
    one, two = tmp_path / "ponds.txt", tmp_path / "lakes.txt"
    one.write_text("Ponds\n\n- The Ministry must repeal the licence for boats on all ponds.\n", encoding="utf-8")
    two.write_text("Lakes\n\n- The Agency must keep a licence for boats on all lakes.\n", encoding="utf-8")

    def clash(request: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {
                "id": item["id"],
                "label": "opposed",
                "spans": [[p["number"], p["start"], p["end"]] for p in item["passages"]],
            }
            for item in request["items"]
        ]

    judge = FolderJudge(tmp_path / "judge")
    polidiff.compare(one, two, judge=judge)
    lines = (tmp_path / "judge" / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    answers = [{"id": r["id"], "model": "reader", "answers": clash(r)} for r in map(json.loads, lines)]
    (tmp_path / "judge" / "answers.jsonl").write_text("\n".join(map(json.dumps, answers)), encoding="utf-8")
    said = command(
        tmp_path, "compare", str(one), str(two), "-o", str(tmp_path / "report"), "--judge", str(tmp_path / "judge")
    )
    assert said.returncode == 0, said.stderr
    record = json.loads((tmp_path / "report" / "comparison.json").read_text(encoding="utf-8"))
    assert dict(record["method"])["calibration"] == known.id
    held = open_report(tmp_path / "report").comparison
    assert held is not None
    (divergent,) = [matter for matter in held.matters if matter.finding == "divergent"]
    assert (divergent.probability or 0) > 0.9
    assert "judge.measured" in [reason.code for reason in divergent.reasons]
    assert Memory.read(tmp_path / "report" / "judge.jsonl").calibrations["reader"] == known
    monkeypatch.setenv("POLIDIFF_CACHE", str(tmp_path / "elsewhere"))
    assert verify(tmp_path / "report", [one, two]).problems == ()
