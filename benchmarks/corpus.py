"""A corpus of many documents: ``python -m benchmarks.corpus --sizes 100,300,1000 --provisions 300 --jobs 2``.

The documents are the shared corpora (``--corpora FOLDER``), read as a user's files are, and made ones until the count
is reached, of ``--provisions`` paragraphs on average. Words of made documents are those of real ones, sentence by
sentence in another order and with a word in eight changed for another, so that lengths and vocabularies are real and no
two paragraphs are the same; nothing of them is kept. The first ``--coded`` documents are coded and encoded; the others
borrow those codes, and those vectors moved a little, so that a thousand can be asked without the half hour of processor
that coding takes. Each size is measured in a process of its own: adding and coding (wall seconds, seconds of processor,
MB of the largest process), then what a user asks, as whole commands and in a process that holds the corpus; then one
document more. A size gives a line of JSON; at the end stand the exponents of growth.

``--of WORKSPACE --times 1,4,15`` asks instead the index of a workspace that is ready, so many times over on the disk.
"""

from __future__ import annotations

import argparse
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
from itertools import pairwise
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


def write(folder: Path, count: int, provisions: int, corpora: Path | None) -> int:
    """Write made documents and a table of metadata; return how many files are to be added."""
    chance = random.Random(21)
    real = 0 if corpora is None else sum(1 for path in corpora.rglob("*") if path.suffix not in ("", ".tsv"))
    rows = ["file,country,date"]
    for number, text in enumerate(made(max(0, count - real), provisions, sentences(SHARED / "corpora"), chance)):
        (folder / f"made-{number:04}.md").write_text(text, encoding="utf-8")
        rows.append(f"made-{number:04}.md,{chance.choice(COUNTRIES)},{2000 + number % 26}-06-01")
    (folder.parent / "made.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return count


def command(*arguments: str) -> tuple[float, float, float]:
    """Run a command of polidiff; return wall seconds, CPU seconds, and MB of its largest process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    time_it = ["/usr/bin/time", "-f", "%M"] if Path("/usr/bin/time").exists() else []
    done = subprocess.run([*time_it, sys.executable, "-m", "polidiff", *arguments], capture_output=True, check=False)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    lines = done.stderr.decode("utf-8", "replace").split("\n")
    if done.returncode not in (0, 1):
        print("\n".join(lines[-5:]), file=sys.stderr)
    memory = next((float(line) / 1024 for line in reversed(lines) if line.strip().isdigit()), 0.0)
    return wall, cpu, memory


def one_size(count: int, options: argparse.Namespace) -> dict[str, Any]:
    """Measure one size, in a folder of its own."""
    corpora = Path(options.corpora) if options.corpora else None
    with tempfile.TemporaryDirectory(dir=options.scratch) as name:
        folder, place = Path(name) / "made", str(Path(name) / "work.polidiff")
        folder.mkdir()
        os.environ["POLIDIFF_CACHE"] = str(Path(name) / "cache")
        os.environ["POLIDIFF_KEEP_ENCODINGS"] = "0"
        write(folder, count, options.provisions, corpora)
        command("init", place)
        told = ["--metadata", str(folder.parent / "made.csv"), "--jobs", str(options.jobs)]
        files = [str(path) for path in sorted(folder.iterdir())]
        row: dict[str, Any] = {"documents": count}
        row["read_first"] = command("add", place, *files[: options.coded], *told)
        row["coded"] = command("add", place, files[0], *told, "--prepare")
        row["coded_documents"] = min(count, options.coded)
        sources = [str(folder)] + ([str(corpora)] if corpora is not None else [])
        row["read_rest"] = command("add", place, *sources, *told)
        row |= _lent(place)
        row |= _held(place)
        rows = {
            "search": ("search", place, QUESTIONS[1]), "who": ("who", place, QUESTIONS[0]),
            "against": ("against", place, "made-0003"), "origin": ("origin", place, QUESTIONS[1]),
        }  # fmt: skip
        for what, arguments in rows.items():
            row[f"command_{what}"] = min(
                (command(*arguments, "--format", "jsonl") for _ in range(2)), key=lambda t: t[1]
            )
        text = next(made(1, options.provisions, sentences(SHARED / "corpora"), random.Random(99)))
        (Path(name) / "another.md").write_text(text, encoding="utf-8")
        row["add_one"] = command("add", place, str(Path(name) / "another.md"), "--prepare")
        row["index_mb"] = _size(Path(name) / "cache" / "corpus")
        row["workspace_mb"] = sum(p.stat().st_size for p in Path(name).glob("work.polidiff*")) / 1e6
    return row


def _lent(place: str) -> dict[str, Any]:
    """Enter the documents that aren't coded, with codes and vectors of those that are; CPU seconds, and provisions."""
    from dataclasses import replace

    from polidiff.encode import settle
    from polidiff.workspace import Workspace
    from polidiff.workspace.corpus.block import block_of, leaves_of
    from polidiff.workspace.corpus.prepare import TOGETHER, read_of
    from polidiff.workspace.corpus.shelf import Shelf, marks_of

    chance = np.random.default_rng(5)
    with Workspace.open(place) as work:
        marks, shelf = marks_of(work), Shelf.open(work.store.name)
        volume = next(iter(shelf.volumes.values()))
        coded = [coding for n in range(min(volume.size, 5000)) if (coding := volume.coding(n)) is not None]
        vectors = np.array(volume.part.vectors[: len(coded)])
        began, entered, waiting = time.process_time(), 0, []
        for name in shelf.missing(marks):
            document, provisions = read_of(work, name)
            leaves = leaves_of(provisions)
            rows = chance.integers(len(coded), size=len(leaves))
            codings = [replace(coded[n], document=name, provision=one.id) for n, one in zip(rows, leaves, strict=True)]
            moved = vectors[rows] + chance.normal(0, 15, (len(rows), vectors.shape[1])).astype(np.float32)
            waiting.append(block_of(document, provisions, tuple(codings), settle(moved)))
            entered += len(leaves)
            if sum(len(block.provisions) for block in waiting) > TOGETHER:
                shelf.add(waiting, marks)
                waiting = []
        shelf.add(waiting, marks)
        shelf.tidy(marks)
        return {"entered": entered, "entering_cpu": time.process_time() - began}


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _held(place: str) -> dict[str, Any]:
    """What is asked of a corpus that is held, in seconds: median and 95th percentile."""
    from polidiff.workspace import Workspace
    from polidiff.workspace.corpus import open_corpus

    with Workspace.open(place) as work:
        began = time.perf_counter()
        corpus = open_corpus(work)
        opened = time.perf_counter() - began
        return {"open": opened} | _asked(corpus, ("search", "who", "origin", "against"))


def _asked(corpus: Corpus, kinds: Sequence[str]) -> dict[str, Any]:
    """Ask a corpus that is held; of each kind the median and 95th percentile in seconds, and the median of CPU."""
    from polidiff.workspace.corpus.against import against
    from polidiff.workspace.corpus.origin import origin
    from polidiff.workspace.corpus.who import who

    corpus.search("warm up")
    found: dict[str, Any] = {"provisions": corpus.index.size}
    documents = [entry.document for entry in corpus.index.entries if entry.provisions > 100][-2:]
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


def main() -> None:
    """Measure each size and print."""
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("--sizes", default="100,300,1000")
    parser.add_argument("--provisions", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--coded", type=int, default=100, help="documents that are really coded")
    parser.add_argument("--corpora", default="", help="a folder of real documents, which are added too")
    parser.add_argument("--scratch", default=None, help="where the workspaces are made, and removed again")
    parser.add_argument("--of", default="", help="a workspace that is ready, whose index is asked")
    parser.add_argument("--times", default="1,4,15", help="how many times over")
    options = parser.parse_args()
    if options.of:
        for times in (int(one) for one in options.times.split(",")):
            print(json.dumps(several(options.of, times, options.scratch)), flush=True)
        return
    sizes = [int(one) for one in options.sizes.split(",")]
    if len(sizes) == 1:
        print(json.dumps(one_size(sizes[0], options)), flush=True)
        return
    rows = []
    for size in sizes:
        names = ("provisions", "jobs", "coded", "corpora", "scratch")
        more = [f"--{name}={getattr(options, name)}" for name in names if getattr(options, name)]
        own = [sys.executable, "-m", "benchmarks.corpus", "--sizes", str(size), *more]
        line = subprocess.run(own, stdout=subprocess.PIPE, text=True, check=True).stdout.strip().splitlines()[-1]
        rows.append(json.loads(line))
        print(line, flush=True)
    for first, last in pairwise(rows):
        for what in ("search", "who", "against", "command_search", "command_who", "add_one"):
            times = [row[what][1 if what == "add_one" or "command" in what else 2] for row in (first, last)]
            exponent = math.log(times[1] / times[0]) / math.log(last["provisions"] / first["provisions"])
            print(f"{what}: {first['documents']} to {last['documents']} documents, exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
