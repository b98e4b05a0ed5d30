"""Which bundled codebook codes a document when the user names none."""

from __future__ import annotations

from pathlib import Path

import polidiff
from polidiff.model import Document

DIGITAL = """# Plan for artificial intelligence

The ministry will fund research on machine learning models at universities.

The agency will build data centres with more computing power for artificial intelligence.

The government will publish datasets for the training of AI models.

Regulators will test AI systems for risks before they are deployed.
"""
SOCIAL = """# Our programme for the country

We will build a hundred thousand council homes every year.

We will abolish tuition fees and bring back maintenance grants for students.

We will recruit ten thousand police officers for our neighbourhoods.

We will raise the state pension every year in line with earnings.
"""


def read(tmp_path: Path, name: str, text: str) -> Document:
    path = tmp_path / f"{name}.md"
    path.write_text(text, encoding="utf-8")
    return polidiff.read(path)


def test_plans_on_ai_are_coded_with_their_codebook_and_others_with_the_general_one(tmp_path: Path) -> None:
    digital, social = read(tmp_path, "digital", DIGITAL), read(tmp_path, "social", SOCIAL)
    assert polidiff.compare(digital, digital_twin(tmp_path)).codebook.id == "ai-plans"
    both = polidiff.compare(social, digital)
    assert both.codebook.id == "general-policy"
    assert "digital 100%" in dict(both.method)["codebook_fit"]


def digital_twin(tmp_path: Path) -> Document:
    return read(tmp_path, "twin", DIGITAL.replace("ministry", "council"))


def test_a_general_codebook_finds_fields_of_policy(tmp_path: Path) -> None:
    codings = polidiff.code(read(tmp_path, "social", SOCIAL), codebook="auto")
    found = {code.id for coding in codings for code in coding.themes}
    assert {"housing", "education", "social_housing"} <= found
