"""Which bundled codebook codes a document when the user names none."""

from __future__ import annotations

from pathlib import Path

import pytest

import polidiff
from polidiff.cli import run
from polidiff.model import Document

DIGITAL = """# Plan for artificial intelligence

The ministry will fund research on machine learning models at universities.

The agency will build data centres with more computing power for artificial intelligence.

The government will publish datasets for the training of AI models.

Regulators will test AI systems for risks before they are deployed.
"""
SOCIAL = """# Our programme for the country

We will build a hundred thousand council homes every year and cap the rents of tenants.

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


CLIMATE = """# Climate plan

The country will cut greenhouse gas emissions by half until 2035 compared with 2010.

The ministry shall plant forests on a million hectares to store carbon.

Cities must protect people from floods and heat waves that a changing climate brings.

Emissions of methane from landfills will be captured, and pollution of the air reduced.
"""
PERSONAL = """# 个人信息条例

处理个人信息应当取得个人的同意，并公开处理规则。

个人有权向处理者查阅、复制、更正其个人信息。

处理者应当采取加密等安全技术措施，防止个人信息泄露。

向境外提供个人信息的，应当事先进行个人信息保护影响评估。

违反本条例处理个人信息的，处一百万元以下罚款。
"""


def test_climate_and_personal_data_get_their_own_codebook(tmp_path: Path) -> None:
    climate, personal = read(tmp_path, "climate", CLIMATE), read(tmp_path, "personal", PERSONAL)
    assert polidiff.compare(climate, read(tmp_path, "other", CLIMATE.replace("half", "a third"))).codebook.id == (
        "climate-pledges"
    )
    found = {code.id for coding in polidiff.code(personal, codebook="auto") for code in coding.themes}
    assert {"access", "transfers", "penalties"} <= found
    assert polidiff.compare(climate, personal).codebook.id == "general-policy"


RIGHTS = """# Consumer privacy act

Consumers should be able to know who collects their personal information and to whom it is disclosed.

Consumers have the right to have personal information about them corrected or deleted.

A business shall tell a consumer, before personal data are collected, for what purpose they will be used.

Nobody may be treated worse because they exercised their right to privacy.
"""
CODE = """# Policy on publishing source code

Departments shall publish source code that was written for them under an open source licence.

Each agency must keep a public inventory of its custom software and its repositories.

Developers should contribute changes back to the open source projects that they use.

Source code that touches national security may be withheld.
"""


def test_privacy_and_software_are_not_taken_for_plans_on_ai(tmp_path: Path) -> None:
    """All three are of the field of technology; the words of their subject tell them apart."""
    rights, code = read(tmp_path, "rights", RIGHTS), read(tmp_path, "code", CODE)
    assert polidiff.compare(rights, read(tmp_path, "zh", PERSONAL)).codebook.id == "data-protection"
    assert (
        polidiff.compare(code, read(tmp_path, "other", CODE.replace("agency", "ministry"))).codebook.id
        == "general-policy"
    )


def test_a_named_codebook_that_does_not_fit_is_used_with_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("a", CLIMATE), ("b", CLIMATE.replace("half", "a third"))):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    line = ["compare", str(tmp_path / "a.md"), str(tmp_path / "b.md"), "-o", str(tmp_path / "out")]
    assert run([*line, "--codebook", "ai-plans"]) == 0
    said = capsys.readouterr()
    assert "codebook ai-plans (AI plans) covers 0% of the commitments of a" in said.out
    assert "climate-pledges fits better" in said.err
    assert "Climate pledges" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert run(line) == 0
    assert "fits better" not in capsys.readouterr().err
