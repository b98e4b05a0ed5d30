"""Every record of the model goes through JSON and comes back the same."""

from __future__ import annotations

import dataclasses
import json
import typing
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from polidiff import model
from polidiff.model import Block, Document, Note, Page, Piece, Span, versions
from polidiff.model.codec import dump, load
from polidiff.model.forms import Around
from polidiff.model.outputs import PUBLIC

WORDS = st.text(st.characters(exclude_categories=()), max_size=12)
WHOLE = (model.Comparison, model.ArticleCheck, versions.VersionDiff)
"""Records that hold so many others that a few examples try everything."""

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def records() -> list[type]:
    """Every record that the model's modules define."""
    found = {
        kind
        for module in (model, versions)
        for kind in vars(module).values()
        if isinstance(kind, type) and (dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"))
    }
    return sorted(found, key=lambda kind: kind.__name__)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Documents whose blocks, pieces and notes lie in their text."""
    text = draw(st.text(st.characters(exclude_categories=()), min_size=6, max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    one, two = Span(*cuts[:2]), Span(*cuts[2:])
    blocks = tuple(
        dataclasses.replace(draw(st.from_type(Block)), start=span.start, end=span.end) for span in (one, two)
    )
    piece = st.from_type(Piece)
    pieces = tuple(dataclasses.replace(draw(piece), start=span.start, end=span.end) for span in (one, two))
    loose = {
        field.name: draw(st.from_type(kind))
        for field, kind in hints(Document)
        if field.name not in ("text", "blocks", "pieces", "struck")
    }
    return Document(text=text, blocks=blocks, pieces=pieces, struck=(one, two), **loose)


def hints(kind: type) -> list[tuple[dataclasses.Field[Any], Any]]:
    types = typing.get_type_hints(kind)
    return [(field, types[field.name]) for field in dataclasses.fields(kind) if field.init]


@pytest.fixture(autouse=True, scope="module")
def strategies() -> None:
    st.register_type_strategy(str, WORDS)
    st.register_type_strategy(float, NUMBERS)
    st.register_type_strategy(Document, documents())
    values = st.dictionaries(WORDS, WORDS, max_size=3).map(lambda said: tuple(said.items()))
    st.register_type_strategy(model.Difference, st.builds(model.Difference, values=values))
    told = st.dictionaries(WORDS, st.from_type(model.Value), max_size=3).map(lambda said: tuple(said.items()))
    st.register_type_strategy(model.Reason, st.builds(model.Reason, code=WORDS, parameters=told, value=NUMBERS))


def test_no_record_is_left_out() -> None:
    names = {kind.__name__ for kind in records()}
    assert {"Document", "Provision", "Coding", "Match", "Finding", "Verdict", "Comparison", "VersionDiff"} <= names
    assert {Note.__name__, Page.__name__, "ArticleCheck", "Box"} <= names


@pytest.mark.parametrize("kind", records(), ids=lambda kind: kind.__name__)
def test_a_record_comes_back_from_json_as_it_was(kind: type) -> None:
    @settings(
        max_examples=3 if kind in WHOLE else 15,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        derandomize=True,
    )
    @given(st.from_type(kind))
    def check(record: Any) -> None:
        assert load(kind, dump(record)) == record

    check()


@pytest.mark.parametrize(
    "kind",
    [
        model.Provision,
        model.Coding,
        model.Match,
        model.Unique,
        model.Cluster,
        model.Finding,
        model.Verdict,
        model.ClaimVerdict,
        model.UntestedSentence,
    ],
    ids=lambda kind: kind.__name__,
)
def test_a_record_comes_back_from_its_public_form(kind: type) -> None:
    anywhere = model.Provision("d", "p", None, "action", (), "", 0, 0)
    around = Around(texts=defaultdict(str), provisions=defaultdict(lambda: anywhere))

    @settings(max_examples=15, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
    @given(st.from_type(kind))
    def check(record: Any) -> None:
        assert PUBLIC.record(kind, json.loads(json.dumps(PUBLIC.plain(record, around)))) == record

    check()


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"3",
        b'"words"',
        b'{"start": 1}',
        b'{"kind":"hymn","start":0,"end":1}',
        b'{"kind":"item","start":"0","end":1}',
    ],
)
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a record"):
        load(Block, data)


def test_a_record_of_another_version_loads() -> None:
    """A key that isn't known is passed over, and a field that isn't there has its default."""
    row = json.dumps({"kind": "item", "start": 0, "end": 2, "colour": "red"}).encode()
    assert load(Block, row) == Block("item", 0, 2)
