"""Outputs made by hand for the verifier's tests, from documents written for them."""

from __future__ import annotations

import hashlib
import html
import json
from pathlib import Path
from typing import Any

NORTH = """Plan of the North

The Ministry of Harbours should measure the depth of every harbour by spring.
Ports must not charge small boats more than 40 crowns a night.
“Open water” is kept free for everyone, from ice-break to first frost.
"""
SOUTH = """南方计划

港务部门应当在春季之前测量每个港口的水深。
鼓励各港口共享潮汐数据。
"""
ARTICLE = """An article

The North says that “the depth of every harbour” matters, and that boats pay no more than "40 crowns a night."
It adds that "“open water” is kept free" and that ports "must not charge … more than 40 crowns".
"""


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def passage(document: str, text: str, words: str, **more: Any) -> dict[str, Any]:
    start = text.index(words)
    record = {"document": document, "provision": "p1", "path": [], "text": words, "start": start}
    return record | {"end": start + len(words), "page": None, "cues": []} | more


def verdict(kind: str, quote: str, document: str, text: str, matched: list[str], **more: Any) -> dict[str, Any]:
    start = ARTICLE.index(quote)
    spans = [[text.index(words), text.index(words) + len(words)] for words in matched]
    record: dict[str, Any] = {"id": "q", "kind": "quote", "text": quote, "start": start, "end": start + len(quote)}
    record |= {"document": document, "page": None, "verdict": kind, "edits": [], "reasons": []}
    if spans:
        record |= {"matched": spans, "matched_start": spans[0][0], "matched_end": spans[-1][1]}
        record["matched_text"] = text[spans[0][0] : spans[-1][1]]
    return record | more


class Made:
    """An output in a folder, whole and true until a test changes something."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "out"
        (self.folder / "documents").mkdir(parents=True)
        self.sources = {"north": folder / "north.txt", "south": folder / "south.txt"}
        self.sources["north"].write_bytes(NORTH.encode())
        self.sources["south"].write_bytes(SOUTH.encode())
        depth = passage("north", NORTH, "The Ministry of Harbours should measure the depth of every harbour by spring.")
        at = depth["start"] + depth["text"].index("should")
        depth["cues"] = [[at, at + len("should")]]
        self.data: dict[str, Any] = {
            "documents": [self.document("north", NORTH, "en"), self.document("south", SOUTH, "zh")],
            "findings": [
                {
                    "theme": "harbours",
                    "finding": "shared",
                    "passages": [depth, passage("south", SOUTH, "港务部门应当在春季之前测量每个港口的水深。")],
                    "absences": [
                        {"document": "south", "nearest": [passage("south", SOUTH, "鼓励各港口共享潮汐数据。")]}
                    ],
                }
            ],
            "crosswalk": [{"source_document": "north", "source": "p1", "targets": []}],
            "article": {
                **self.document("article", ARTICLE, "en"),
                "verdicts": [
                    verdict("verbatim", "the depth of every harbour", "north", NORTH, ["the depth of every harbour"]),
                    verdict("verbatim", "40 crowns a night.", "north", NORTH, ["40 crowns a night."]),
                    verdict("typographic", "“open water” is kept free", "north", NORTH, ["“Open water” is kept free"]),
                    verdict(
                        "trimmed",
                        "must not charge … more than 40 crowns",
                        "north",
                        NORTH,
                        ["must not charge", "more than 40 crowns"],
                    ),
                ],
            },
        }
        self.page = self.html([depth, *self.data["findings"][0]["passages"][1:]])
        self.save()

    def document(self, name: str, text: str, language: str) -> dict[str, Any]:
        raw = text.encode()
        (self.folder / "documents" / f"{name}.txt").write_bytes(raw)
        return {
            "id": name,
            "title": name,
            "language": language,
            "kind": "official",
            "media_type": "text/plain",
            "sha256": sha(raw),
            "source_sha256": sha(raw),
            "text_sha256": sha(raw),
            "text_file": f"documents/{name}.txt",
            "source": f"{name}.txt",
        }

    def html(self, passages: list[dict[str, Any]]) -> str:
        out = ["<!doctype html><html><body>"]
        for p in passages:
            words = html.escape(p["text"])
            for mark in ("depth", "水深"):
                words = words.replace(mark, f"<mark>{mark}</mark>")
            span = f'data-document="{p["document"]}" data-start="{p["start"]}" data-end="{p["end"]}"'
            out.append(f"<p><img src=x><q {span}>{words}</q> <small>p. 1</small></p>")
        return "\n".join([*out, "</body></html>"])

    @property
    def passage(self) -> dict[str, Any]:
        found: dict[str, Any] = self.data["findings"][0]["passages"][0]
        return found

    @property
    def verdicts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.data["article"]["verdicts"]
        return found

    def save(self) -> Path:
        (self.folder / "comparison.json").write_text(json.dumps(self.data, ensure_ascii=False), encoding="utf-8")
        (self.folder / "index.html").write_text(self.page, encoding="utf-8", newline="")
        return self.folder
