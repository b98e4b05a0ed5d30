"""Claims with one thing changed, and one plan in four formats: `python -m evals.run changed_claims`.

From each of ten documents twenty of its own sentences are taken by rule, and in each one number, date, body, country
or modal word is changed: none of them may be called supported. Then claims about one plan are checked on the plan as it
or modal word is changed: none may be called supported. Then claims about one plan are checked on the plan as it was
"""

from __future__ import annotations

import html
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evals.common import SHARED
from polidiff import api
from polidiff.lang.countries import places_of
from polidiff.lang.sentences import sentences
from polidiff.lang.words import has_cjk
from polidiff.model import Claim, Document

DOCUMENTS = (
    "us-ai-action-plan-2025.pdf",
    "uk-ai-opportunities-2025.html",
    "jp-ai-basic-plan-2025-en.pdf",
    "it-ai-strategy-2024-2026-en.pdf",
    "us-omb-m-25-21-2025.pdf",
    "ca-osfi-guideline-e-23.pdf",
    "uk-green-manifesto-2017.pdf",
    "cn-ai-plus-opinions-2025-zh.pdf",
    "cn-pipl-2021-zh.md",
    "cn-guizhou-work-report-2026-zh.md",
)
CLAIMS = ("pairs/us-uk/claims.jsonl", "pairs/us-cnplus/claims.jsonl", "check/policy_claims.jsonl")
INPUTS = (*(f"corpora/{name}" for name in DOCUMENTS), *(f"gold/{name}" for name in CLAIMS))
EACH, IN_ALL = 5, 20
SEED = 20261129
KINDS = ("number", "date", "body", "country", "modality")

_BODY = re.compile(
    r"\b(?:Department|Ministry|Agency|Office|Commission|Council|Authority|Institute)"
    r"(?: (?:of|for)(?: (?:[A-Z][a-z]+|and|the))+)?\b"
    r"|国家发展改革委|国家网信部门|工业和信息化部|科技部|教育部|商务部|国务院|人民政府"
)
_UNIT = r"%|percent|per cent|million|billion|thousand|years?|months?|days?|times|亿|万|个|项|元|日|倍"
_NUMBER = re.compile(rf"(?<![\d.,–-])\d+(?:[.,]\d+)?(?=\s*(?:{_UNIT}))")
_YEAR = re.compile(r"(?<![\d/-])20[1-4]\d(?![\d/-])")
_MODAL = {
    "should": "must",
    "may": "must",
    "can": "must",
    "could": "will",
    "explore": "guarantee",
    "consider": "guarantee",
    "encourage": "require",
    "可以": "必须",
    "鼓励": "强制",
    "探索": "全面",
    "有条件的": "所有",
}


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return the shares of changed claims that aren't called supported, by kind and in all, and of equal verdicts."""
    supported: Counter[str] = Counter()
    made: Counter[str] = Counter()
    surely = 0
    for name in DOCUMENTS:
        document = api.read(shared / "corpora" / name)
        changed = _changed(document)
        claims = [Claim(str(n), text, documents=(document.id,)) for n, (_, text) in enumerate(changed)]
        for (kind, _), verdict in zip(changed, api.ClaimChecker([document]).check_claims(claims), strict=True):
            made[kind] += 1
            supported[kind] += verdict.verdict == "supported"
            surely += verdict.verdict == "supported" and not verdict.unsure
    print(f"called supported: {dict(supported)} of {dict(made)}; surely {surely}")
    values = {f"changed.{kind}": 1 - supported[kind] / made[kind] for kind in KINDS if made[kind]}
    values["changed.all"] = 1 - supported.total() / made.total()
    values["changed.not_surely"] = 1 - surely / made.total()
    return values | _in_formats(shared)


def _changed(document: Document) -> list[tuple[str, str]]:
    """Sentences of a document, each with one thing changed, and what kind of thing it is."""
    pick = random.Random(f"{SEED}{document.id}")
    by_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for text in _sentences(document):
        for kind, changed in _each_change(text):
            by_kind[kind].append(changed)
    chosen: list[tuple[str, str]] = []
    spare: list[tuple[str, str]] = []
    for kind, texts in by_kind.items():
        pick.shuffle(texts)
        chosen += [(kind, text) for text in texts[: EACH - 1]]
        spare += [(kind, text) for text in texts[EACH - 1 :]]
    pick.shuffle(spare)
    return [*chosen, *spare][:IN_ALL]


def _sentences(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if block.kind not in ("paragraph", "item"):
            continue
        text = " ".join(document.cut(block.span).split())
        for span in sentences(text, "zh" if has_cjk(text) else "en"):
            said = span.cut(text).strip()
            size = len(said) / 2 if has_cjk(said) else len(said.split())
            if 9 <= size <= 40 and said.endswith((".", "。")):
                yield said


def _each_change(text: str) -> Iterator[tuple[str, str]]:
    """The changes that a sentence allows, one a kind."""
    if (match := _NUMBER.search(text)) is not None:
        value = float(match.group().replace(",", ""))
        other = value * 3 + 2 if value < 30 else value // 2 + 1
        yield "number", f"{text[: match.start()]}{other:g}{text[match.end() :]}"
    if (match := _YEAR.search(text)) is not None:
        yield "date", f"{text[: match.start()]}{int(match.group()) + 3}{text[match.end() :]}"
    if (match := _BODY.search(text)) is not None:
        other_body = "农业农村部" if has_cjk(match.group()) else "Ministry of Fisheries"
        yield "body", f"{text[: match.start()]}{other_body}{text[match.end() :]}"
    place = next((one for one in places_of(text) if one.code not in ("BR", "EU")), None)
    if place is not None:
        name = "巴西" if has_cjk(text) else ("Brazilian" if place.how == "demonym" else "Brazil")
        yield "country", f"{text[: place.start]}{name}{text[place.end :]}"
    for weak, strong in _MODAL.items():
        found = re.search(rf"\b{weak}\b" if weak.isascii() else weak, text)
        if found is not None:
            yield "modality", f"{text[: found.start()]}{strong}{text[found.end() :]}"
            return


def _in_formats(shared: Path) -> dict[str, float]:
    """The share of claims about one plan that get one verdict in all formats."""
    plan = api.read(shared / "corpora" / DOCUMENTS[0])
    texts = []
    for name in CLAIMS:
        rows = [json.loads(line) for line in (shared / "gold" / name).open(encoding="utf-8")]
        texts += [row["claim"] for row in rows if row.get("document", "a") in ("a", "both", plan.id)]
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for ending, words in (("html", _page(plan)), ("md", _markdown(plan)), ("txt", plan.text.replace("\n", "\n\n"))):
            path = Path(folder) / f"{plan.id}.{ending}"
            path.write_text(words, encoding="utf-8")
            copies.append(api.read(path))
    given = [Claim(str(n), text, documents=(plan.id,)) for n, text in enumerate(texts)]
    said = [[v.verdict for v in api.ClaimChecker([one]).check_claims(given)] for one in (plan, *copies)]
    alike = sum(len(set(verdicts)) == 1 for verdicts in zip(*said, strict=True))
    apart = {
        one.media_type: sum(a != b for a, b in zip(said[0], own, strict=True))
        for one, own in zip(copies, said[1:], strict=True)
    }
    print(f"{len(given)} claims in four formats: {alike} with one verdict; other than in the PDF: {apart}")
    return {"formats.same": alike / len(given)}


def _page(document: Document) -> str:
    """The document's blocks as a web page."""
    rows = [f"<html><head><title>{html.escape(document.title)}</title></head><body>"]
    for block in document.blocks:
        tag = {"heading": f"h{min(6, max(1, block.level))}", "title": "h1", "item": "li"}.get(str(block.kind), "p")
        rows.append(f"<{tag}>{html.escape(document.cut(block.span))}</{tag}>")
    return "\n".join([*rows, "</body></html>"])


def _markdown(document: Document) -> str:
    """The document's blocks as Markdown."""
    rows = []
    for block in document.blocks:
        mark = {"heading": "#" * min(6, max(1, block.level)) + " ", "title": "# ", "item": "- "}.get(
            str(block.kind), ""
        )
        rows.append(mark + " ".join(document.cut(block.span).split()))
    return "\n\n".join(rows)
