"""Search and origin on questions with a known passage: ``python -m evals.passages_found WORKSPACE [--peers]``.

``passage_questions.jsonl`` holds 200 questions (a third about Chinese passages, a quarter of all in the other language)
and 100 sentences told again, each with the place of its passage in a document of the shared corpora; our own words,
written by readers who saw the passage alone. WORKSPACE holds those documents. Printed are recall@10 and milliseconds of
processor a question (on average, the encoding of the question and the database's own process with it), for polidiff
and, with ``--peers``, for what a user would take instead over the same passages: SQLite's FTS5 (trigrams for Chinese)
and tantivy; with ``--postgres ADDRESS`` PostgreSQL's full text, and pgvector's HNSW of the vectors alone. Then
``origin``: the share of quotations (80 passages' own words, cut) and of sentences told again whose passage or document
comes first.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.common import ROOT
from polidiff.encode import MultilingualEncoder
from polidiff.ranking.terms import HAN, index_terms
from polidiff.workspace import Workspace
from polidiff.workspace.corpus import Corpus, open_index
from polidiff.workspace.corpus.block import leaves_of, packed, texts_of, vectors_key
from polidiff.workspace.corpus.origin import origin
from polidiff.workspace.corpus.prepare import read_of

QUESTIONS = ROOT / "evals" / "passage_questions.jsonl"
TOP = 10

Ask = Callable[[str], Sequence[int]]
Spent = Callable[[], float]
Row = dict[str, Any]


def encoded(work: Workspace) -> None:
    """Encode the documents that aren't; codes aren't needed here."""
    for name in work.library.current():
        document, provisions = read_of(work, name)
        texts = texts_of(document, leaves_of(provisions))
        key = vectors_key(work.encoder.identity, texts)
        if key not in work.store.results([key]):
            work.store.keep({key: packed(work.encoder.encode(list(texts)))})


def rows_of(corpus: Corpus) -> list[Row]:
    """Return the questions whose document is held with the same text, each with the places that overlap its passage."""
    index = corpus.index
    spans: dict[str, list[tuple[int, int, int]]] = {}
    for place in range(index.size):
        one = index.provision(place)
        spans.setdefault(one.document, []).append((one.start, one.end, place))
    rows = []
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["document"] in spans and corpus.document(row["document"]).text_sha256 == row["text_sha256"]:
            held = spans[row["document"]]
            row["places"] = {place for start, end, place in held if start < row["end"] and end > row["start"]}
            rows.append(row)
    return rows


def same_words(corpus: Corpus) -> dict[int, int]:
    """Return for each place the first place with the same words: a copy of a passage answers as well."""
    first: dict[str, int] = {}
    return {
        place: first.setdefault("".join(c for c in corpus.index.passages.text(place).casefold() if c.isalnum()), place)
        for place in range(corpus.index.size)
    }


def measured(
    name: str, ask: Ask, rows: Sequence[Row], copies: dict[int, int], spent: Spent = time.process_time
) -> dict[str, Any]:
    """Ask every question and print recall@10 by language and milliseconds of processor; ``spent`` tells seconds."""
    hits: dict[str, list[bool]] = {}
    ask("What warms it up?")
    began = spent()
    answers = [list(ask(row["text"]))[:TOP] for row in rows]
    took = (spent() - began) / len(rows)
    for row, found in zip(rows, answers, strict=True):
        passage = "zh" if HAN.search(row["words"]) else "en"
        kind = f"{row['language']}→{passage}"
        wanted = {copies[place] for place in row["places"]}
        hits.setdefault(kind, []).append(bool(wanted & {copies[place] for place in found}))
    every = [hit for held in hits.values() for hit in held]
    record: dict[str, Any] = {"name": name, "recall@10": round(float(np.mean(every)), 3)}
    record |= {kind: round(float(np.mean(held)), 3) for kind, held in sorted(hits.items())}
    record |= {"ms": round(took * 1000, 1)}
    print(json.dumps(record, ensure_ascii=False), flush=True)
    return record


def of_fts5(texts: Sequence[str]) -> Ask:
    """SQLite's full text: words for English, trigrams for Chinese, any of the question's words, by its BM25."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='porter unicode61')")
    db.execute("CREATE VIRTUAL TABLE grams USING fts5(text, tokenize='trigram')")
    for table in ("words", "grams"):
        db.executemany(f"INSERT INTO {table}(rowid, text) VALUES (?, ?)", enumerate(texts))

    def ask(text: str) -> list[int]:
        if HAN.search(text):
            plain = "".join(c for c in text if c.isalnum())
            terms, table = [plain[n : n + 3] for n in range(len(plain) - 2)], "grams"
        else:
            terms, table = ["".join(c for c in word if c.isalnum()) for word in text.split()], "words"
        asked = " OR ".join(f'"{term}"' for term in terms if term)
        query = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rank LIMIT {TOP}"
        return [row for (row,) in db.execute(query, (asked,))]

    return ask


def of_tantivy(texts: Sequence[str]) -> Ask:
    """Tantivy with its English stemmer; Chinese as pairs of characters, which it has no analyser of its own for."""
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("place", stored=True)
    schema.add_text_field("text", tokenizer_name="en_stem")
    index = tantivy.Index(schema.build())
    writer = index.writer()
    for place, text in enumerate(texts):
        writer.add_document(tantivy.Document(place=place, text=_paired(text)))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(text: str) -> list[int]:
        plain = "".join(c if c.isalnum() or c.isspace() else " " for c in _paired(text))
        found = searcher.search(index.parse_query(plain.lower(), ["text"]), TOP)
        return [searcher.doc(address)["place"][0] for _, address in found.hits]

    return ask


def _paired(text: str) -> str:
    return " ".join(index_terms(text)) if HAN.search(text) else text


def of_postgres(texts: Sequence[str], db: Any) -> Ask:
    """PostgreSQL's full text: English dictionary, Chinese as pairs of characters, any word, by ts_rank over the length.

    That is its best of five: 0.45 of 200 questions, where ts_rank alone finds 0.34 and ts_rank_cd 0.17.
    """
    db.execute("CREATE TEMP TABLE peers (place int, english tsvector, pairs tsvector)")
    with db.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO peers VALUES (%s, to_tsvector('english', %s), to_tsvector('simple', %s))",
            [(n, text.replace("\0", ""), _paired(text).replace("\0", "")) for n, text in enumerate(texts)],
        )
    db.execute("CREATE INDEX ON peers USING gin (english)")
    db.execute("CREATE INDEX ON peers USING gin (pairs)")
    db.execute("ANALYZE peers")

    def ask(text: str) -> list[int]:
        column, dictionary = ("pairs", "simple") if HAN.search(text) else ("english", "english")
        words = [word for word in "".join(c if c.isalnum() else " " for c in _paired(text)).split() if word]
        query = f"""SELECT place FROM peers, to_tsquery('{dictionary}', %s) q WHERE {column} @@ q
            ORDER BY ts_rank({column}, q, 1) DESC, place LIMIT {TOP}"""
        return [row for (row,) in db.execute(query.encode(), (" | ".join(words),))]

    return ask


def of_vectors(corpus: Corpus) -> Ask:
    """The encoder alone: exact cosines."""
    encoder = MultilingualEncoder()

    def ask(text: str) -> list[int]:
        cosines = corpus.index.passages.cosines(encoder.encode([text])[0])
        best = np.argpartition(-cosines, TOP)[:TOP]
        return [int(place) for place in best[np.argsort(-cosines[best])]]

    return ask


def of_pgvector(corpus: Corpus, db: Any) -> Ask:
    """pgvector alone: HNSW as it comes, half precision."""
    encoder = MultilingualEncoder()
    db.execute("CREATE EXTENSION IF NOT EXISTS vector")
    db.execute("CREATE TEMP TABLE near (place int, vector halfvec(512))")
    vectors = corpus.index.passages.vectors(slice(0, corpus.index.size))
    with db.cursor().copy("COPY near (place, vector) FROM STDIN") as copy:
        for place, row in enumerate(vectors):
            copy.write_row((place, "[" + ",".join(str(int(n)) for n in row) + "]"))
    db.execute("CREATE INDEX ON near USING hnsw (vector halfvec_cosine_ops)")

    def ask(text: str) -> list[int]:
        given = "[" + ",".join(str(int(n)) for n in encoder.encode([text])[0]) + "]"
        query = f"SELECT place FROM near ORDER BY vector <=> %s::halfvec LIMIT {TOP}"
        return [row for (row,) in db.execute(query.encode(), (given,))]

    return ask


def in_postgres(
    corpus: Corpus, texts: Sequence[str], address: str, rows: Sequence[Row], copies: dict[int, int]
) -> None:
    """Measure what PostgreSQL does, with the processor time of its own process, which is on this machine."""
    import psycopg

    db = psycopg.connect(address, autocommit=True)
    db.execute("SET max_parallel_workers_per_gather = 0")
    stat = Path("/proc", str(db.info.backend_pid), "stat")

    def spent() -> float:
        held = stat.read_text().rsplit(")", 1)[1].split()
        return time.process_time() + (int(held[11]) + int(held[12])) / os.sysconf("SC_CLK_TCK")

    measured("PostgreSQL full text", of_postgres(texts, db), rows, copies, spent)
    measured("pgvector alone", of_pgvector(corpus, db), rows, copies, spent)


def origins(corpus: Corpus, rows: Sequence[Row]) -> dict[str, Any]:
    """Ask ``origin`` of quotations cut from passages and of sentences told again; top-1 by passage and by document."""
    chance = random.Random(4)
    quotations = []
    for row in chance.sample([row for row in rows if row["kind"] == "question"], 80):
        words = row["words"]
        units = list(words) if HAN.search(words) else words.split()
        size = min(len(units), chance.randint(16, 40) if HAN.search(words) else chance.randint(8, 25))
        start = chance.randint(0, len(units) - size)
        text = ("" if HAN.search(words) else " ").join(units[start : start + size])
        quotations.append({**row, "text": text})
    found: dict[str, Any] = {}
    for name, held in (("quotations", quotations), ("told again", [row for row in rows if row["kind"] == "retold"])):
        passage, document, took = [], [], []
        for row in held:
            began = time.perf_counter()
            first = origin(corpus, row["text"], top=1)
            took.append((time.perf_counter() - began) * 1000)
            document.append(bool(first) and first[0].document == row["document"])
            words = "".join(c for c in row["words"].casefold() if c.isalnum())
            said = "".join(c for c in first[0].text.casefold() if c.isalnum()) if first else ""
            passage.append(bool(said) and (said in words or words in said or _overlaps(first[0], row)))
        found[name] = {
            "n": len(held),
            "passage": round(float(np.mean(passage)), 3),
            "document": round(float(np.mean(document)), 3),
            "ms": round(float(np.median(took)), 1),
        }
        print(json.dumps({name: found[name]}, ensure_ascii=False), flush=True)
    return found


def _overlaps(one: Any, row: Row) -> bool:
    return bool(one.document == row["document"] and one.start < row["end"] and one.end > row["start"])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--postgres", default="", help="the address of a server, with pgvector where that is measured")
    options = parser.parse_args()
    with Workspace.open(options.workspace) as work:
        encoded(work)
        corpus = Corpus(open_index(work), work)
        rows = rows_of(corpus)
        for row in rows:
            row["words"] = corpus.document(row["document"]).text[row["start"] : row["end"]]
        copies = same_words(corpus)
        asked = [row for row in rows if row["kind"] == "question"]
        print(f"{len(rows)} of 300 rows, {corpus.index.size:,} passages", flush=True)
        spans = {}
        for place in range(corpus.index.size):
            one = corpus.index.provision(place)
            spans[one.document, one.start, one.end] = place

        def ours(how: Any) -> Ask:
            own = Corpus(corpus.index, work)  # its encoder knows no question yet
            return lambda text: [spans[hit.document, hit.start, hit.end] for hit in own.search(text, how=how, top=TOP)]

        for how in ("both", "words", "meaning"):
            measured(f"polidiff, {how}", ours(how), asked, copies)
        measured("vectors alone", of_vectors(corpus), asked, copies)
        texts = [corpus.index.passages.text(place) for place in range(corpus.index.size)]
        if options.peers:
            measured("SQLite FTS5", of_fts5(texts), asked, copies)
            measured("tantivy", of_tantivy(texts), asked, copies)
        if options.postgres:
            in_postgres(corpus, texts, options.postgres, asked, copies)
        origins(corpus, rows)


if __name__ == "__main__":
    main()
