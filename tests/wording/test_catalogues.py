"""The catalogues hold every word that polidiff says, in each language, and none besides."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from tests.wording.codes import ONE, PAGE, SOURCE, calls, fields, literals, made, page, trees

from polidiff.wording import LOCALES
from polidiff.wording.catalogue import MATTERS, catalogue


@pytest.mark.parametrize("matter", ["reasons", *MATTERS])
def test_every_language_has_the_same_entries_with_the_same_fields(matter: str) -> None:
    english = catalogue("en", matter)
    for locale in LOCALES:
        words = catalogue(locale, matter)
        assert {key for key in words if not key.endswith(ONE)} == {key for key in english if not key.endswith(ONE)}
        for key, template in words.items():
            whole = key.removesuffix(ONE)
            if whole == key:
                assert fields(template) == fields(english[key]), key
            else:
                assert fields(template) <= fields(words[whole]) | {("n", "")}, key
            assert template or key == "gap", key


def test_no_key_stands_in_two_files() -> None:
    keys = [key for matter in MATTERS for key in catalogue("en", matter)]
    assert len(keys) == len(set(keys))


def nodes() -> Iterator[ast.AST]:
    for _, tree in trees():
        yield from ast.walk(tree)


@cache
def strings() -> frozenset[str]:
    """Every string in the code, and every quoted one in a template."""
    found = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    for pattern in ("*.j2", "*.html"):
        for path in SOURCE.rglob(pattern):
            found |= set(re.findall(r'"([^"\n{}]+)"', path.read_text(encoding="utf-8")))
    return frozenset(found)


def test_every_reason_that_is_made_has_words_for_its_parameters() -> None:
    words = catalogue("en", "reasons")
    assert {key.removesuffix(ONE) for key in words} == set(made())
    for _, codes, parameters in calls():
        for code in codes:
            assert {name for name, _ in fields(words[code])} <= parameters, code


def test_the_page_of_reasons_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.wording.codes"


def test_no_code_is_without_words_and_no_words_without_a_code() -> None:
    codes = {key.removesuffix(ONE) for key in catalogue("en", "reasons")}
    assert sorted(codes - strings()) == []
    kinds = "|".join(sorted({code.partition(".")[0] for code in codes}))
    phrases = {key for matter in MATTERS for key in catalogue("en", matter)}
    named = {text for text in strings() if re.fullmatch(rf"(?:{kinds})\.[a-z][a-z_]+", text)}
    named = {text for text in named if not text.endswith((".css", ".html", ".js", ".json", ".jsonl", ".pdf"))}
    assert sorted(named - codes - phrases) == []


def used(key: str) -> bool:
    """Whether the code or a template asks for a phrase: by its key, by a pattern, or as a vocabulary's label."""
    if key in strings() or any(pattern.fullmatch(key) for pattern in patterns()):
        return True
    head, dot, tail = key.rpartition(".")
    if dot and head in strings() and f".{tail}" in strings():
        return True
    return any(key.startswith(text) for text in strings() if re.fullmatch(r"(?:[a-z]+\.)+", text))


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """What f-strings of the code can be, and the labels of each vocabulary that ``term`` is asked for."""
    found = set()
    for node in nodes():
        if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.Constant) for part in node.values):
            parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".*" for p in node.values]
            if re.match(r"[a-z]+\\\.", "".join(parts)):
                found.add("".join(parts))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("term", "verdict_name"):
            found |= {rf"{kind}\..*" for argument in node.args for kind in literals(argument)}
    for pattern in ("*.j2", "*.html"):
        for path in SOURCE.rglob(pattern):
            found |= {rf"{k}\..*" for k in re.findall(r'term\("(\w+)"', path.read_text(encoding="utf-8"))}
    for template in catalogue("en", "reasons").values():
        found |= {rf"{kind}\..*" for kind in re.findall(r":(?:term|sides) (\w+)", template)}
    return tuple(re.compile(text) for text in sorted(found))


def test_no_phrase_is_unused() -> None:
    phrases = {key.removesuffix(ONE) for matter in MATTERS for key in catalogue("en", matter)}
    assert sorted(key for key in phrases if not used(key)) == []
