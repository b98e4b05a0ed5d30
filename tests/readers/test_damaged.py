"""Damaged and hostile files: each ends in a document or in one clear line, within its bounds; ``benchmarks/damaged.py``
reads two thousand of them.
"""

from __future__ import annotations

import sys

import pytest
from tests.readers.damage import Damaged, damaged, hostile

from polidiff.errors import InputError
from polidiff.provisions import split
from polidiff.readers import read
from polidiff.readers.sandbox import pool as workers

SLOW = ("many attributes", "two million lines", "a billion forms", "a form in itself", "a stream that grows")
"""Hostile files that take seconds to minutes until their reader is stopped: left to the benchmark."""


@pytest.fixture(autouse=True)
def apart(monkeypatch):
    monkeypatch.setenv("POLIDIFF_INPROCESS", "0")
    monkeypatch.setenv("POLIDIFF_READ_SECONDS", "30")
    yield
    workers.close()


def ends_well(case: Damaged, folder) -> str:
    path = folder / case.name
    path.write_bytes(case.data)
    try:
        document = read(path)
    except InputError as error:
        line = str(error)
        assert "\n" not in line, case.label
        assert case.name in line, case.label
        assert "the reader failed on this file" not in line, f"{case.label}: {line}"
        return type(error).__name__
    assert document.text.strip(), case.label
    if len(document.text) < 100_000:
        for provision in split(document):
            assert document.text[provision.start : provision.end] == provision.text, case.label
    return "document"


def test_files_that_chance_has_damaged(tmp_path):
    ends = [ends_well(case, tmp_path) for case in damaged(130, seed=7, hostile_too=False)]
    assert ends.count("document") > 20
    assert len(ends) - ends.count("document") > 20


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="address space is bounded on Linux")
def test_files_made_to_hang_or_bloat_a_reader(tmp_path):
    cases = [case for case in hostile() if not case.label.startswith(SLOW) and len(case.data) < 700_000]
    step = 3
    ends = [ends_well(case, tmp_path) for case in cases[::step]]
    assert {"document", "UnreadableSource", "SourceTooLarge"} <= set(ends)


def test_entities_from_outside_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret word")
    page = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    for name, body in (
        ("x.xml", "<akomaNtoso><act><p>Ships &x;</p></act></akomaNtoso>"),
        ("x.html", "<html><p>Ships &x;"),
    ):
        path = tmp_path / name
        path.write_text(page + body)
        try:
            text = read(path).text
        except InputError as error:
            text = str(error)
        assert "secret word" not in text
