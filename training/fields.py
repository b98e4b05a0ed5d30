"""Rows that are learnt from beside the labelled passages: open sets that allow it, and sentences of our own.

- ``bills``: summaries of American bills with the terms of the Congressional Research Service (MIT, Pham and others);
  the terms are put into fields below; the set's own topic codes, which are in doubt, are not read;
- ``mandates``: commitments of Canada's ministers of 2021 with the field of the lead minister's portfolio (MIT, Build
  Canada);
- ``made``: passages of invented documents (:mod:`training.made`);
- ``fields``, ``themes``: sentences written for this, in English and Chinese, for fields and themes with few labels.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from training.data import SHARED, lines

#: Weight of a row against a labelled passage.
OPEN = {"bills": 1.0, "mandates": 1.0, "fields": 3.0, "themes": 1.0, "made": 1.0}

#: The Comparative Agendas Project's major topics under the names of the labels, sorted.
CAP = {
    "Macroeconomics": "macroeconomics",
    "Civil Rights": "rights",
    "Health": "health",
    "Agriculture": "agriculture",
    "Labor": "labour",
    "Education": "education",
    "Environment": "environment",
    "Energy": "energy",
    "Immigration": "immigration",
    "Transportation": "transport",
    "Law and Crime": "crime",
    "Social Welfare": "welfare",
    "Housing": "housing",
    "Domestic Commerce": "commerce",
    "Defense": "defence",
    "Technology": "technology",
    "Foreign Trade": "trade",
    "International Affairs": "foreign",
    "Government Operations": "government",
    "Public Lands": "lands",
    "Culture": "culture",
}
FIELDS = (*sorted(CAP.values()), "none")
"""The labels of the head of fields; the last is said of what is about no field."""
TERMS = {
    "Health": "health",
    "Taxation": "macroeconomics",
    "Armed forces and national security": "defence",
    "Education": "education",
    "Government operations and politics": "government",
    "Foreign trade and international finance": "trade",
    "Energy": "energy",
    "Finance and financial sector": "commerce",
    "Public lands and natural resources": "lands",
    "Commerce": "commerce",
    "Transportation and public works": "transport",
    "International affairs": "foreign",
    "Crime and law enforcement": "crime",
    "Immigration": "immigration",
    "Labor and employment": "labour",
    "Environmental protection": "environment",
    "Social welfare": "welfare",
    "Water resources development": "lands",
    "Housing and community development": "housing",
    "Agriculture and food": "agriculture",
    "Law": "crime",
    "Native Americans": "lands",
    "Science, technology, communications": "technology",
    "Civil rights and liberties, minority issues": "rights",
    "Economics and public finance": "macroeconomics",
    "Arts, culture, religion": "culture",
}


def open_rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of an open set with the field of each."""
    folder = SHARED / "gold" / "open" / "policy"
    if name == "bills":
        found = lines(folder / "us_bills_cap.jsonl")
        return [{"text": r["text"], "policy": [TERMS[r["crs_term"]]]} for r in found if r["crs_term"] in TERMS]
    found = lines(folder / "ca_commitments_lead.jsonl")
    chosen = [r for r in found if str(r["year"]) == "2021" and r.get("cap_major_weak") in CAP]
    return [{"text": r["text"], "policy": [CAP[r["cap_major_weak"]]]} for r in chosen]


def written(name: str) -> list[dict[str, Any]]:
    """Return the sentences written for ``fields`` or ``themes`` with their labels."""
    file = Path(__file__).with_name("written_policy.tsv" if name == "fields" else "written_themes.tsv")
    made: list[dict[str, Any]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if name == "fields":
            made.append({"text": cells[1], "policy": [cells[0]]})
        else:
            labels = {"themes": cells[0].split(","), "instruments": cells[1].split(",") if cells[1] else []}
            made.append({"text": cells[2], **labels})
    return made
