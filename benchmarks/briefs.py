"""Whether briefs pass polidiff's own check: python -m benchmarks.briefs REPORT...

REPORT is a folder that ``compare -o`` wrote. Prints for each how many quotations and claims of its brief got which
verdict, and every quotation that isn't verbatim and every claim that is contradicted or not found. Leaves with status
1 where one is.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from polidiff import api, report
from polidiff.interchange.opened import open_report

GOOD = frozenset({"verbatim", "typographic", "supported", "overstated"})


def faults(folder: Path) -> list[str]:
    """Return what the check finds wrong with the brief of a report, and print the counts."""
    comparison = open_report(folder).comparison
    assert comparison is not None, f"{folder} holds no comparison"
    chinese = all(document.language == "zh" for document in comparison.documents)
    told = report.brief(comparison, language="zh" if chinese else "en")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "brief.md")
        path.write_bytes(report.brief_file(comparison, told, "md"))
        found = api.check(path, comparison.documents, claims=True)
    every = [*found.verdicts, *found.claims]
    print(folder.name, dict(Counter(one.verdict for one in every)))
    return [f"{one.verdict}: {one.text}" for one in every if one.verdict not in GOOD]


def main() -> int:
    """Check the briefs of the reports that are named."""
    wrong = [fault for name in sys.argv[1:] for fault in faults(Path(name))]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
