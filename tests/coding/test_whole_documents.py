import json
from pathlib import Path

import pytest

from polidiff.cli import run
from polidiff.coding import code_documents, load_codebook
from polidiff.coding.tally import stance_of
from polidiff.encode import MultilingualEncoder
from polidiff.model import Code, Codebook, Coding, Document, Provision, Theme

HARBOURS = "Dredge the harbour and survey its depth. Build quays for larger ships. Dredging starts in May."
FORESTS = "Plant oaks and beeches. Keep deer out of young forest. Timber is sold by auction each autumn."


def document(name: str, text: str) -> Document:
    return Document(name, name, "en", "", "text/plain", text, ())


def theme(identity: str, name: str, terms: tuple[str, ...] = (), parent: str | None = None) -> Theme:
    return Theme(identity, "", name, name, name, "", "", terms, (), parent=parent)


BOOK = Codebook(
    "b",
    "1",
    "B",
    (),
    (theme("water", "Water"), theme("harbour", "Harbours", parent="water"), theme("forest", "Forests and timber")),
)


@pytest.mark.parametrize("encoder", [None, MultilingualEncoder()], ids=["words", "meaning"])
def test_names_alone_tell_documents_apart_and_every_theme_is_scored(encoder: MultilingualEncoder | None) -> None:
    harbours, forests = code_documents([document("h", HARBOURS), document("f", FORESTS)], BOOK, vectors=encoder)
    assert {code.id for code in harbours} == {code.id for code in forests} == {"water", "harbour", "forest"}
    assert forests[0].id == "forest"
    assert {harbours[0].id, harbours[1].id} == {"water", "harbour"}
    assert all(0.0 <= code.score <= 1.0 for code in (*harbours, *forests))


def test_a_broader_theme_scores_no_lower_than_a_narrower_one() -> None:
    for codes in code_documents([document("h", HARBOURS), document("f", FORESTS)], BOOK):
        scores = {code.id: code.score for code in codes}
        assert scores["water"] >= scores["harbour"]


def test_cues_cut_words_of_the_document() -> None:
    (codes,) = code_documents([document("h", HARBOURS)], BOOK)
    cues = {code.id: [HARBOURS[cue.start : cue.end] for cue in code.cues] for code in codes}
    assert cues["harbour"] == ["harbour"]
    assert cues["forest"] == []


def test_terms_count_for_more_than_names() -> None:
    book = Codebook("b", "1", "B", (), (theme("a", "Shipping", ("quay", "dredg*")), theme("b", "Timber", ("oak",))))
    (codes,) = code_documents([document("h", HARBOURS)], book)
    assert [code.id for code in codes] == ["a", "b"]


def test_chinese_documents_are_scored_with_the_bundled_codebook() -> None:
    (codes,) = code_documents([document("z", "建设数据中心，扩大算力供给。完善电网，保障电力供应。")], load_codebook())
    assert {"compute", "energy"} <= {code.id for code in codes[:6]}


def test_no_documents_and_empty_documents() -> None:
    assert code_documents([], BOOK) == ()
    (codes,) = code_documents([document("e", "")], BOOK)
    assert all(code.score < 0.5 and code.cues == () for code in codes)


def stances(*labels: str) -> tuple[list[Coding], list[Provision]]:
    codings = [Coding("d", str(n), posture=Code(label, 0.9)) for n, label in enumerate(labels)]
    provisions = [Provision("d", str(n), None, "item", (), "x", n, n + 1) for n in range(len(labels))]
    return codings, provisions


def test_posture_of_a_document_has_an_interval_around_its_share() -> None:
    stance = stance_of(*stances(*["competition"] * 12, *["neutral"] * 30), "posture")
    share = next(s for s in stance.shares if s.label == "competition")
    assert stance.label == "competition"
    assert share.low < share.share < share.high
    assert stance == stance_of(*stances(*["competition"] * 12, *["neutral"] * 30), "posture")


def test_a_document_of_two_minds_takes_no_side() -> None:
    said = stances("competition", "cooperation", "competition", "cooperation", "cooperation", "neutral")
    assert stance_of(*said, "posture").label == "neutral"
    assert stance_of([], [], "posture").provisions == 0


def test_the_command_prints_one_record_a_document(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    paths = []
    for name, text in (("one", HARBOURS), ("two", FORESTS)):
        paths.append(str(tmp_path / f"{name}.txt"))
        Path(paths[-1]).write_text(text, encoding="utf-8")
    assert run(["code", "--per", "document", "--format", "jsonl", *paths]) == 0
    records = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [record["document"] for record in records] == ["one", "two"]
    everything = {theme.id for theme in load_codebook().themes}
    assert all({each["id"] for each in record["themes"]} == everything for record in records)
    assert set(records[0]["posture"]["shares"]) == {"competition", "cooperation", "neutral"}
