"""Documents of one country are told apart by year or date, never by a file's name where a date is known."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from polidiff import api
from polidiff.report.names import parties


@pytest.mark.parametrize(
    ("dates", "english", "chinese"),
    [
        (
            ("2023-01-02", "2025-03-04"),
            ["United States, 2023", "United States, 2025"],
            ["美国（2023）", "美国（2025）"],
        ),
        (
            ("2025-01-02", "2025-03-04"),
            ["United States, 2025-01-02", "United States, 2025-03-04"],
            ["美国（2025-01-02）", "美国（2025-03-04）"],
        ),
    ],
)
def test_two_of_one_country(tmp_path: Path, dates: tuple[str, str], english: list[str], chinese: list[str]) -> None:
    documents = []
    for number, date in enumerate(dates):
        path = tmp_path / f"file{number}.md"
        path.write_text(f"# A Long Title of a Plan on Harbours and Their Cranes, Part {number}\n\nBuild.\n", "utf-8")
        documents.append(dataclasses.replace(api.read(path), jurisdiction="US", date=date))
    assert [party.label for party in parties(tuple(documents), "en")] == english
    assert [party.label for party in parties(tuple(documents), "zh")] == chinese


def test_a_party_leaves_its_countrys_name_to_nobody_beside_it(tmp_path: Path) -> None:
    documents = []
    for name, genre in (("Better Harbours", "manifesto"), ("The Crane Plan", "plan")):
        path = tmp_path / f"{genre}.md"
        path.write_text(f"# {name}\n\nBuild.\n", "utf-8")
        documents.append(dataclasses.replace(api.read(path), jurisdiction="SG", genre=genre))
    assert [party.label for party in parties(tuple(documents), "en")] == ["Better Harbours", "The Crane Plan"]


def test_beside_a_document_that_goes_by_its_title_no_other_goes_by_its_country(tmp_path: Path) -> None:
    documents = []
    for name, country in (("Better Harbours", None), ("The Crane Plan", "US")):
        path = tmp_path / f"{name[:6].lower()}.md"
        path.write_text(f"# {name}\n\nBuild.\n", "utf-8")
        documents.append(dataclasses.replace(api.read(path), jurisdiction=country))
    assert [party.label for party in parties(tuple(documents), "en")] == ["Better Harbours", "The Crane Plan"]
