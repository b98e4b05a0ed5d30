"""Memory and time of reading and splitting long PDFs made for it, of 300, 1,000 and 3,000 pages.

python -m benchmarks.memory
python -m benchmarks.memory 100 300          other lengths

Needs reportlab. Each length is read in a fresh Python that starts its own readers; the peak is the sum of the peaks of
that process and its children. Linux and macOS.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

MOST_BYTES = 1 << 30
"""Peak memory that the longest of them may need, in bytes."""

_WORDS = (
    "agency",
    "board",
    "bureau",
    "council",
    "forecast",
    "grid",
    "harbour",
    "journal",
    "permit",
    "register",
    "sensor",
)

_CHILD = """
import json, resource, sys, threading, time
from polidiff.readers import read, workers
from polidiff.provisions import split

def peak(pid):
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) << 10 for line in file if line.startswith("VmHWM"))

peaks, stop = {}, threading.Event()
def watch():
    while not stop.wait(0.05):
        for pid in [w.process.pid for w in workers.started() if w.process.poll() is None]:
            try:
                peaks[pid] = max(peaks.get(pid, 0), peak(pid))
            except (OSError, StopIteration):
                pass

if sys.platform.startswith("linux"):
    threading.Thread(target=watch, daemon=True).start()
start = time.perf_counter()
document = read(sys.argv[1])
reading = time.perf_counter() - start
provisions = split(document)
whole = time.perf_counter() - start
stop.set()
unit = 1 if sys.platform == "darwin" else 1024
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
workers.close()
children = sum(peaks.values()) or 2 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
notices = [notice.message for notice in document.warnings][:3]
print(json.dumps([len(document.pages), len(provisions), reading, whole, own, children, notices]))
"""


def make(path: Path, pages: int) -> None:
    """Write a PDF of so many pages: headings, paragraphs, bullets, a footnote and a running head on each."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for page in range(1, pages + 1):
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(70, 806, "The made plan")
        canvas.drawCentredString(297, 28, str(page))
        y = 770
        if page % 5 == 1:
            canvas.setFont("Times-Bold", 15)
            canvas.drawString(70, y, f"{_WORDS[page % 11].title()} works, part {page // 5 + 1}")
            y -= 30
        canvas.setFont("Times-Roman", 11)
        number = 0
        while y > 120:
            bullet = number % 3 == 2
            for line in range(3):
                number_of = page * 1000 + number * 10 + line
                words = " ".join(_WORDS[(number_of * step + step) % 11] for step in range(2, 11 if line < 2 else 6))
                start = f"The {words}" if not line else words
                if bullet and not line:
                    canvas.drawString(78, y, "\u2022")
                canvas.drawString(92 if bullet else 70, y, start + ("." if line == 2 else ""))
                y -= 13.5
            y -= 8
            number += 1
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(70, 80, f"{page} See the journal of the {_WORDS[page % 11]} of year {1900 + page % 100}.")
        canvas.showPage()
    canvas.save()


def main() -> int:
    """Print the table and the slope; leave with status 1 where a bound is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=int, default=[300, 1000, 3000])
    options = parser.parse_args()
    rows: list[tuple[int, float, float]] = []
    print(f"{'pages':>6}{'provisions':>12}{'read s':>9}{'split s':>9}{'s/page':>9}{'session MB':>12}{'workers MB':>12}")
    with tempfile.TemporaryDirectory() as folder:
        for pages in sorted(options.pages):
            path = Path(folder) / f"made-{pages}.pdf"
            make(path, pages)
            done = subprocess.run([sys.executable, "-c", _CHILD, path], capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{pages} pages: {done.stderr.strip().splitlines()[-1]}")
                return 1
            found, provisions, reading, whole, own, children, notices = json.loads(done.stdout)
            assert found == pages
            print(
                f"{pages:6}{provisions:12}{reading:9.2f}{whole - reading:9.2f}{whole / pages:9.4f}"
                f"{own / 2**20:12.0f}{children / 2**20:12.0f}",
                flush=True,
            )
            for notice in notices:
                print(f"       {notice}")
            rows.append((pages, whole, own + children))
    if len(rows) < 2:
        return 0
    (few, short, _), (many, long, most) = rows[0], rows[-1]
    slope = (long - short) / (many - few)
    growth = (long / short) / (many / few)
    print(f"slope: {slope * 1000:.2f} ms a page; {growth:.2f} times what linear growth from the shortest gives")
    print(f"peak: {most / 2**20:.0f} MB of {MOST_BYTES >> 20} MB")
    return int(most > MOST_BYTES or growth > 1.25)


if __name__ == "__main__":
    sys.exit(main())
