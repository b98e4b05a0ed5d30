"""A corpus of many documents: ``python -m benchmarks.corpus --sizes 100,300,1000 --provisions 300 --jobs 2``.

One workspace grows from size to size. Its documents are the shared corpora (``--corpora FOLDER``), read as a user's
files are, and made ones, of ``--provisions`` paragraphs on average. Words of made documents are those of real ones,
sentence by sentence in another order and with a word in eight changed for another, so that lengths and vocabularies are
real and no two paragraphs are the same; nothing of them is kept. At each size are measured: reading and coding what is
new (seconds by the clock and of processor, MB of all processes together), what a user asks, in a process that holds the
corpus and as whole commands; then one document more. A size gives a line of JSON; at the end stand the exponents of
growth, of reading and coding by their sums. A run that was stopped goes on with the same ``--scratch``.

``--of WORKSPACE --times 1,4,15`` asks instead the index of a workspace that is ready, so many times over on the disk.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from evals.common import SHARED

if TYPE_CHECKING:
    from polidiff.workspace.corpus import Corpus

SENTENCE = re.compile(r"(?<=[.;!?])\s+|(?<=[。；！？])")
COUNTRIES = ("US", "GB", "CN", "EU", "JP", "SG", "FR", "IN", "BR", "ZA")

QUESTIONS = (
    "mandatory incident reporting",
    "who has to report a serious incident and when",
    "export control of chips",
    "compute for researchers and small firms",
    "training of teachers in artificial intelligence",
    "数据跨境流动的安全评估",
    "人工智能生成内容的标识",
    "how are risks of high-risk systems assessed before use",
    '"national security"',
    "reduction of greenhouse gas emissions by 2030",
    "long-term care of the elderly",
    "procurement by public bodies",
    "养老服务的补贴标准",
    "open source software licence",
    "who supervises the market",
    "personal data of children",
    "water and energy of data centres",
    "penalties for violations",
    "cooperation with other countries",
    "公共数据授权运营",
)


def sentences(folder: Path) -> dict[str, list[list[str]]]:
    """Return the corpora's provisions by language, each as its sentences."""
    from polidiff import api

    found: dict[str, list[list[str]]] = {"en": [], "zh": []}
    names = ("us-omb-m-24-10-2024.txt", "us-omb-m-15-14-fitara-guidance.md", "cn-energy-law-2024-zh.md",
             "cn-pipl-2021-zh.md", "eu-nis2-directive-2022-2555-en.html", "uk-pro-innovation-ai-white-paper-2023.html",
             "cn-guizhou-work-report-2026-zh.md", "nz-nzgoal-software-extension-2016.html")  # fmt: skip
    for path in sorted(folder.rglob("*")):
        if path.name in names:
            for one in api.split(path):
                text = " ".join(one.text.split())
                if one.leaf and len(text) > 15:
                    found["zh" if one.language == "zh" else "en"].append([s for s in SENTENCE.split(text) if s])
    return found


def made(count: int, provisions: int, held: dict[str, list[list[str]]], chance: random.Random) -> Iterator[str]:
    """Yield the text of made documents: one in five Chinese, headings for every twelve paragraphs."""
    words = {"en": [w for p in held["en"] for s in p for w in s.split() if w.isalpha() and len(w) > 3],
             "zh": [c for p in held["zh"] for s in p for c in s if c.isalpha()]}  # fmt: skip
    for number in range(count):
        tongue = "zh" if number % 5 == 4 else "en"
        lines = [f"# Plan number {number}" if tongue == "en" else f"# 第{number}号规划"]
        pool = [s for p in held[tongue] for s in p]
        for place in range(max(10, round(provisions * chance.uniform(0.5, 1.5)))):
            if place % 12 == 0:
                lines.append(f"## Part {place // 12 + 1}" if tongue == "en" else f"## 第{place // 12 + 1}部分")
            text = (" " if tongue == "en" else "").join(chance.choices(pool, k=len(chance.choice(held[tongue]))))
            lines.append(_changed(text, tongue, words[tongue], chance))
        yield "\n\n".join(lines) + "\n"


def _changed(text: str, tongue: str, words: list[str], chance: random.Random) -> str:
    if tongue == "en":
        return " ".join(chance.choice(words) if w.isalpha() and chance.random() < 0.125 else w for w in text.split())
    return "".join(chance.choice(words) if c.isalpha() and chance.random() < 0.125 else c for c in text)


def command(*arguments: str) -> dict[str, float]:
    """Run a command of polidiff; return its seconds by the clock and of processor, and the MB that it and all its
    processes held at most at once, shared pages once."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(
            [sys.executable, "-m", "polidiff", *arguments], stdout=subprocess.DEVNULL, stderr=said
        )
        most = 0.0
        while running.poll() is None:
            most = max(most, _held_by(running.pid))
            time.sleep(0.2 if time.perf_counter() - began < 20 else 2)
        said.seek(0)
        if running.returncode not in (0, 1):
            print(said.read().decode("utf-8", "replace")[-2000:], file=sys.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": round(time.perf_counter() - began, 2), "cpu": round(cpu, 2), "mb": round(most)}


def _held_by(process: int) -> float:
    """MB of a process and of all that it started."""
    found, waiting = 0.0, [process]
    while waiting:
        here = Path("/proc", str(waiting.pop()))
        with contextlib.suppress(OSError, StopIteration):
            lines = (here / "smaps_rollup").read_text().splitlines()
            found += next(float(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
            for thread in (here / "task").iterdir():
                waiting += [int(child) for child in (thread / "children").read_text().split()]
    return found


class Growing:
    """A workspace in ``folder`` that grows: real documents, one for every ``rare`` or so, and made ones."""

    def __init__(self, folder: Path, provisions: int, corpora: Path | None, most: int) -> None:
        self.place, self._folder, self._provisions = str(folder / "work.polidiff"), folder, provisions
        real = sorted(path for path in corpora.rglob("*") if path.suffix not in ("", ".tsv")) if corpora else []
        step = max(1, most // max(1, len(real)))
        self._real = {number * step: path for number, path in enumerate(real) if number * step < most}
        self._chance, self._held = random.Random(21), sentences(SHARED / "corpora")
        self._texts = made(most, provisions, self._held, self._chance)
        self._at = 0

    def grow(self, size: int, jobs: int) -> dict[str, Any]:
        """Add documents until there are ``size``, and code them; what is there already is passed over."""
        new = self._folder / f"to-{size}"
        new.mkdir(exist_ok=True)
        rows, sources = ["file,id,country,date"], [str(new)]
        for number in range(self._at, size):
            if number in self._real:
                sources.append(str(self._real[number]))
                rows.append(f"{self._real[number].as_posix()},{number:04}-{self._real[number].stem},,")
                continue
            (new / f"made-{number:04}.md").write_text(next(self._texts), encoding="utf-8")
            rows.append(f"made-{number:04}.md,,{COUNTRIES[number % 10]},{2000 + number % 26}-06-01")
        self._at = size
        table = self._folder / f"to-{size}.csv"
        table.write_text("\n".join(rows) + "\n", encoding="utf-8")
        if not Path(self.place).exists():
            command("init", self.place)
        more = ["--metadata", str(table), "--jobs", str(jobs)]
        read = command("add", self.place, *sources, *more)
        print(json.dumps({"read": read, "to": size}), file=sys.stderr, flush=True)
        row: dict[str, Any] = {"documents": size, "read": read}
        return row | {what: command("add", self.place, *sources, *more, "--prepare") for what in ("coded", "again")}

    def add_one(self, jobs: int) -> dict[str, float]:
        """Add and code one document more."""
        self._at += 1
        (self._folder / f"more-{self._at}.md").write_text(next(self._texts), encoding="utf-8")
        return command("add", self.place, str(self._folder / f"more-{self._at}.md"), "--prepare", "--jobs", str(jobs))


def one_size(growing: Growing, size: int, jobs: int) -> dict[str, Any]:
    """Grow to a size; measure that, and what is asked then."""
    row = growing.grow(size, jobs)
    print(json.dumps(row), file=sys.stderr, flush=True)
    own = [sys.executable, "-m", "benchmarks.corpus", "--held", growing.place]
    row |= json.loads(subprocess.run(own, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()[-1])
    asked = {"search": QUESTIONS[1], "who": QUESTIONS[0], "against": row.pop("one"), "origin": QUESTIONS[1]}
    for what, words in asked.items():
        row[f"command_{what}"] = command(what, growing.place, words, "--format", "jsonl")
    row["add_one"] = growing.add_one(1)
    row["index_mb"] = round(_size(Path(os.environ["POLIDIFF_CACHE"]) / "corpus"))
    row["workspace_mb"] = round(sum(p.stat().st_size for p in Path(growing.place).parent.glob("work.polidiff*")) / 1e6)
    return row


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def held(place: str) -> dict[str, Any]:
    """What is asked of a corpus that is held, in seconds: median and 95th percentile."""
    from polidiff.workspace import Workspace
    from polidiff.workspace.corpus import open_corpus

    with Workspace.open(place) as work:
        began = time.process_time()
        corpus = open_corpus(work)
        opened = round(time.process_time() - began, 3)
        one = max(corpus.index.entries, key=lambda entry: entry.provisions).document
        return {"open_cpu": opened, "one": one} | _asked(corpus, ("search", "who", "origin", "against"))


def _asked(corpus: Corpus, kinds: Sequence[str]) -> dict[str, Any]:
    """Ask a corpus that is held; of each kind the median and 95th percentile in seconds, and the median of CPU."""
    from polidiff.workspace.corpus.against import against
    from polidiff.workspace.corpus.origin import origin
    from polidiff.workspace.corpus.who import who

    corpus.search("warm up")
    found: dict[str, Any] = {"provisions": corpus.index.size}
    documents = [entry.document for entry in corpus.index.entries if entry.provisions > 20][-2:]
    plans = {
        "search": (lambda n: corpus.search(f"{QUESTIONS[n % len(QUESTIONS)]} {n}"), 60),
        "who": (lambda n: who(corpus, QUESTIONS[n]), 10),
        "origin": (lambda n: origin(corpus, QUESTIONS[n]), 5),
        "against": (lambda n: against(corpus, documents[n]), len(documents)),
    }
    for what in kinds:
        ask, times = plans[what]
        took, cpu = [], []
        for number in range(times):
            began, used = time.perf_counter(), time.process_time()
            ask(number)
            took.append(time.perf_counter() - began)
            cpu.append(time.process_time() - used)
        found[what] = [round(float(one), 4) for one in (np.median(took), np.quantile(took, 0.95), np.median(cpu))]
        found[f"{what}_cpu_p95"] = round(float(np.quantile(cpu, 0.95)), 4)
    found["held_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


def several(place: str, times: int, scratch: str | None) -> dict[str, Any]:
    """Measure what is asked of the index of a workspace, so many times over, bound into one volume on the disk."""
    from dataclasses import replace

    from polidiff.workspace import Workspace
    from polidiff.workspace.corpus import Corpus, Index
    from polidiff.workspace.corpus.shelf import Shelf
    from polidiff.workspace.corpus.volume import Volume, bound

    with tempfile.TemporaryDirectory(dir=scratch) as name, Workspace.open(place) as work:
        volumes = [
            replace(volume, entries=tuple(replace(one, document=f"{one.document}-{n}") for one in volume.entries))
            for n in range(times)
            for volume in Shelf.open(work.store.name).volumes.values()
        ]
        began = time.process_time()
        whole = bound([(volume, [True] * len(volume.entries)) for volume in volumes])
        whole.write(Path(name) / "volume")
        row: dict[str, Any] = {"documents": len(whole.entries), "provisions": whole.size}
        row["bind_cpu"] = round(time.process_time() - began, 1)
        row["index_mb"] = round(_size(Path(name) / "volume"))
        del whole, volumes
        began = time.process_time()
        corpus = Corpus(Index([Volume.open(Path(name) / "volume")]), work)
        row["open_cpu"] = round(time.process_time() - began, 2)
        return row | _asked(corpus, ("search", "who", "against"))


def exponents(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield how each cost grows with the provisions, from one size to the next and over all."""
    costs = {
             "read": lambda row: row["read"]["cpu"], "coded": lambda row: row["coded"]["cpu"],
             "index_mb": lambda row: row["index_mb"], "add_one": lambda row: row["add_one"]["cpu"],
             **{what: lambda row, what=what: row[what][2] for what in ("search", "who", "origin", "against")},
    }  # fmt: skip
    for what, cost in costs.items():
        sums = list(accumulate(cost(row) for row in rows)) if what in ("read", "coded") else [cost(row) for row in rows]
        found = [
            math.log(sums[n] / sums[m]) / math.log(rows[n]["provisions"] / rows[m]["provisions"])
            for m, n in [*pairwise(range(len(rows))), (0, len(rows) - 1)]
        ]
        yield f"{what}: {', '.join(f'{one:.2f}' for one in found)}"


def main() -> None:
    """Measure each size and print."""
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("--sizes", default="100,300,1000")
    parser.add_argument("--provisions", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--corpora", default="", help="a folder of real documents, which are added too, evenly")
    parser.add_argument(
        "--scratch", default=None, help="where the workspace is made; given, it is kept and gone on with"
    )
    parser.add_argument("--held", default="", help="a workspace that is ready, which is asked")
    parser.add_argument("--of", default="", help="a workspace that is ready, whose index is asked")
    parser.add_argument("--times", default="1,4,15", help="how many times over")
    options = parser.parse_args()
    if options.held:
        print(json.dumps(held(options.held)), flush=True)
        return
    if options.of:
        for times in (int(one) for one in options.times.split(",")):
            print(json.dumps(several(options.of, times, options.scratch)), flush=True)
        return
    with contextlib.ExitStack() as stack:
        folder = Path(options.scratch or stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(exist_ok=True)
        os.environ["POLIDIFF_CACHE"] = str(folder / "cache")
        os.environ["POLIDIFF_KEEP_ENCODINGS"] = "0"
        sizes = [int(one) for one in options.sizes.split(",")]
        corpora = Path(options.corpora) if options.corpora else None
        growing, rows = Growing(folder, options.provisions, corpora, max(1000, *sizes)), []
        for size in sizes:
            rows.append(one_size(growing, size, options.jobs))
            print(json.dumps(rows[-1]), flush=True)
    if len(rows) > 1:
        print("exponents by provisions, from size to size and over all")
        print("\n".join(exponents(rows)))


if __name__ == "__main__":
    main()
