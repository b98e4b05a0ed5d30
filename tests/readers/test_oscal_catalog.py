"""An OSCAL catalog as a document: statements as provisions, parameters as they are printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import polidiff
from polidiff.errors import InputError

CATALOG: dict[str, Any] = {
    "catalog": {
        "uuid": "5f6e4d3c-0000-4000-8000-000000000001",
        "metadata": {"title": "Rules for lighthouses", "version": "1", "oscal-version": "1.1.2"},
        "groups": [
            {
                "id": "lh",
                "title": "Lighthouses",
                "controls": [
                    {
                        "id": "lh-1",
                        "title": "Lamps",
                        "params": [
                            {"id": "lh-1_prm_1", "label": "hours"},
                            {
                                "id": "lh-1_prm_2",
                                "select": {"choice": ["oil", "{{ insert: param, lh-1_prm_1 }} of gas"]},
                            },
                        ],
                        "parts": [
                            {
                                "name": "statement",
                                "prose": "The keeper shall:",
                                "parts": [
                                    {
                                        "name": "item",
                                        "props": [{"name": "label", "value": "a."}],
                                        "prose": "Clean the lamp every {{ insert: param, lh-1_prm_1 }}.",
                                    },
                                    {
                                        "name": "item",
                                        "props": [{"name": "label", "value": "b."}],
                                        "prose": "Burn {{ insert: param, lh-1_prm_2 }}.",
                                    },
                                ],
                            },
                            {"name": "guidance", "prose": "Keepers are often alone."},
                        ],
                        "controls": [
                            {
                                "id": "lh-1.1",
                                "title": "Spare lamps",
                                "parts": [{"name": "statement", "prose": "Keep a spare lamp."}],
                            }
                        ],
                    },
                    {
                        "id": "lh-2",
                        "title": "Bells",
                        "props": [{"name": "status", "value": "withdrawn"}],
                        "parts": [{"name": "statement", "prose": "Ring the bell."}],
                    },
                ],
            }
        ],
    }
}


def test_statements_are_provisions_with_their_parameters_as_printed(tmp_path: Path) -> None:
    (tmp_path / "lights.json").write_text(json.dumps(CATALOG), encoding="utf-8")
    words = [one.text for one in polidiff.split(tmp_path / "lights.json") if one.leaf]
    assert "Clean the lamp every [Assignment: hours]." in words
    assert "Burn [Selection: oil; [Assignment: hours] of gas]." in words
    assert "Keep a spare lamp." in words
    assert not any("bell" in one or "alone" in one for one in words)


@pytest.mark.parametrize(
    "text", ['{"catalog": 3}', '{"catalog": {"groups": [{"controls": [{"title": 1}]}]}}', '{"catalog": {']
)
def test_a_broken_catalog_gets_one_line(text: str, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.json") as caught:
        polidiff.read(tmp_path / "bad.json")
    assert "\n" not in str(caught.value)
