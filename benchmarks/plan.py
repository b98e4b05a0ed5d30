"""The plan on paper for corpora past one machine: ``python -m benchmarks.plan [--write]``.

Measured constants stand here, in one place; what a corpus of 10⁵ and of 10⁷ documents takes follows from them. With
``--write`` the table in docs/scale.md is renewed, which a test compares. Another constant can be tried:
``python -m benchmarks.plan --set code=5.8``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scale.md"
BEGIN, END = "<!-- plan: python -m benchmarks.plan --write -->\n", "<!-- end of the plan -->"

CONSTANTS = {
    "provisions": 300.0,  # a document: that of a plan of 30 pages
    "read": 0.44,  # seconds of processor a document: the 90 of the corpora, PDF above all (polidiff add)
    "code": 4.6,  # seconds of processor a thousand provisions, coding with encoding (benchmarks.corpus)
    "enter": 0.3,  # seconds of processor a thousand provisions, into the index (benchmarks.corpus)
    "write": 0.01,  # seconds a document, in the one process that writes
    "index": 4200.0,  # bytes a provision on the disk, of which `vector` are its vector
    "vector": 2048.0,
    "workspace": 4500.0,  # bytes a provision: texts, records, codings, original files
    "table": 4300.0,  # bytes a provision of the table of passages in PostgreSQL, with its indexes
    "cosine": 0.17,  # microseconds a provision, a question with all vectors
    "cores": 16.0,  # of a machine that is rented, with 128 GB of memory
    "price": 0.04,  # US$ an hour of a core
}

SIZES = {"10⁵": (1e5, 4), "10⁷": (1e7, 100)}
"""Documents, and the machines that read and code them."""


def planned(known: dict[str, float]) -> dict[str, dict[str, float]]:
    """Return for each size what it takes: hours, US$, bytes, and seconds of a question."""
    found = {}
    for name, (documents, machines) in SIZES.items():
        provisions, parts = documents * known["provisions"], max(1.0, documents / 1e5)
        reading = documents * known["read"] / 3600
        coding = provisions * (known["code"] + known["enter"]) / 1000 / 3600
        found[name] = {
            "provisions": provisions,
            "reading": reading,
            "coding": coding,
            "machines": machines,
            "clock": max((reading + coding) / machines / known["cores"], documents / parts * known["write"] / 3600),
            "cost": (reading + coding) * known["price"],
            "index": provisions * known["index"],
            "vectors": provisions * known["vector"],
            "workspace": provisions * known["workspace"],
            "table": provisions * known["table"],
            "question": provisions * known["cosine"] / 1e6,
            "parts": parts,
        }
    return found


ROWS = (
    ("provisions", lambda one: f"{one['provisions']:,.0f}"),
    ("reading, hours of a core", lambda one: f"{one['reading']:,.0f}"),
    ("coding, encoding and entering, hours of a core", lambda one: f"{one['coding']:,.0f}"),
    ("the same by the clock", lambda one: f"{one['clock']:.1f} h on {one['machines']} machines"),
    ("computing, US$", lambda one: f"{one['cost']:,.0f}"),
    ("index", lambda one: f"{_bytes(one['index'])}, {_bytes(one['vectors'])} of it vectors"),
    ("workspace in PostgreSQL", lambda one: _bytes(one["workspace"])),
    ("its table of passages, for search", lambda one: _bytes(one["table"])),
    ("a question through all vectors, seconds of a core", lambda one: f"{one['question']:,.0f}"),
    ("parts, a machine each", lambda one: f"{one['parts']:,.0f}"),
)


def _bytes(count: float) -> str:
    return f"{count / 1e12:,.1f} TB" if count >= 1e12 else f"{count / 1e9:,.0f} GB"


def table(known: dict[str, float]) -> str:
    """Return the plan as a table of Markdown."""
    made = planned(known)
    lines = [f"| | {' | '.join(f'{name} documents' for name in made)} |", "|---" * (len(made) + 1) + "|"]
    lines += [f"| {what} | {' | '.join(said(one) for one in made.values())} |" for what, said in ROWS]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the plan, or renew it in the documentation."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true", help=f"renew it in {PAGE.name}")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=NUMBER", help="another constant")
    options = parser.parse_args()
    made = table(CONSTANTS | {name: float(value) for name, value in (one.split("=") for one in options.set)})
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(before + BEGIN + made + END + rest.partition(END)[2], encoding="utf-8")
    print(made, end="")


if __name__ == "__main__":
    main()
