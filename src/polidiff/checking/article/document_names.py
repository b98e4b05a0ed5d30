"""How an article names the documents at hand: by title, by government and kind ("China's plan"), or by a pronoun."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from polidiff.checking.article.aliases import Hints, explained
from polidiff.checking.article.identity import Identity, beside_digest, family, numbers
from polidiff.checking.article.kinds import (
    BY_PLACE,
    BY_PLACE_ZH,
    CODE,
    CODED,
    KINDS,
    KINDS_ZH,
    LEAST_ZH,
    NAMED_FOR,
    NO_STATUS,
    OF_PLACE,
    OF_YEAR,
    PARTED,
    SHORT_TITLE_ZH,
    SMALL,
    TITLE_TAIL,
    TITLE_ZH,
    WORD,
)
from polidiff.checking.quotes.folding import Key
from polidiff.lang.countries import code_of, country_of, how_named, places_of
from polidiff.lang.titles import first_words, party_of, stateless
from polidiff.lang.words import has_cjk
from polidiff.model import Document, Span
from polidiff.readers.names import party_on_cover


@dataclass(frozen=True, slots=True)
class Mention:
    """A held document named in the article at ``span``.

    ``digest_only`` means that the official text is meant and only a digest of it is held: ``id`` is then that of the
    original, or of the digest where the digest's id does not tell its original's.
    """

    id: str
    span: Span
    digest_only: bool = False
    strong: bool = True


@lru_cache(maxsize=2048)
def _words(text: str) -> frozenset[str]:
    words = (re.sub(r"['’]s?$", "", w.casefold()) for w in WORD.findall(text))
    return frozenset(w for w in words if w and w not in SMALL)


def _short_names(document: Document) -> tuple[str, ...]:
    title = stateless(document.title)
    return (
        stateless(document.name or document.title),
        party_of(document.issuer or ""),
        party_of(title),
        party_on_cover(document),
        first_words(title),
    )


def government(document: Document) -> str | None:
    """Return whose document it is: as recorded, else by its id, title or opening; None when nothing says so."""
    if document.jurisdiction:
        return country_of(document.jurisdiction) or code_of(document.jurisdiction)
    for part in re.split(r"[-_.\s]", document.id.casefold()):
        if part in ("us", "usa", "uk", "gb", "cn", "eu", "jp", "kr", "sg", "hk", "un") or len(part) > 4:
            code = country_of(part)
            if code is not None:
                return code
    for text in (document.title, document.text[:1500], document.text[:12000]):
        counts = Counter(place.code for place in places_of(text))
        if counts:
            best = max(sorted(counts), key=lambda c: counts[c])
            if counts[best] * 2 > counts.total():
                return best
    return "CN" if document.language == "zh" else None


def _headlines(text: str, title: str) -> tuple[str, ...]:
    """Lines at the head of a document that may be its title where the reader took another: short, and of a kind."""
    found = []
    opening = True
    for line in [line.strip() for line in text[:6000].split("\n") if line.strip()][:40]:
        opening = opening and len(line) < 200
        if line == title or line[-1] in ".;:。；：,，" or len(line) > 110:
            continue
        words = _words(line)
        if (line.endswith(KINDS_ZH) and 5 <= len(line) <= 40 and "、" not in line) or (
            opening and 3 <= len(words) <= 12 and words & set(KINDS) and not any(c.isdigit() for c in line)
        ):
            found.append(line)
    return tuple(found[:2])


@dataclass(frozen=True, slots=True)
class _Named:
    """What a text names: held documents, and places where it names another."""

    found: list[Mention]
    strangers: list[Span]

    def holds(self, span: Span) -> bool:
        """Whether a held document is named there already."""
        return any(mention.span.overlaps(span) for mention in self.found)

    def add(self, target: tuple[str, bool] | None, span: Span) -> None:
        """File a place where a held document is named."""
        if target is not None and not self.holds(span):
            self.found.append(Mention(target[0], span, target[1]))


class DocumentNames:
    """The documents at hand under the names that an article may give them."""

    def __init__(self, documents: Sequence[Document], language: str = "en") -> None:
        self.documents = tuple(documents)
        self.places = {d.id: government(d) for d in documents}
        self.titles = {d.id: TITLE_TAIL.sub("", d.title).strip() for d in documents}
        self.names = {d.id: (self.titles[d.id], *_headlines(d.text, self.titles[d.id])) for d in documents}
        self.identities = {d.id: Identity.of(d) for d in documents}
        self.families = {name: identity.family for name, identity in self.identities.items()}
        self.held = {d.id for d in documents}
        self.written = self._written()
        self.originals: dict[str, str] = {}
        digests = [d for d in documents if d.is_digest]
        for digest in sorted(digests, key=lambda d: (d.language != language, d.id)):
            self.originals.setdefault(self._original(digest), digest.id)

    def _original(self, digest: Document) -> str:
        """The id of the text that a digest is of: as its own id tells it, else that of a held document of its title."""
        stem = digest.id.split(".digest")[0]
        if stem != digest.id:
            return stem
        title = Key.of(self.titles[digest.id]).data
        same = [d.id for d in self.documents if not d.is_digest and title and Key.of(self.titles[d.id]).data == title]
        return min(same, default=digest.id)

    def _target(self, document_id: str, digest: bool) -> tuple[str, bool]:
        """The id that an article means, and whether only a digest of it is held."""
        named = next((d for d in self.documents if d.id == document_id and d.is_digest), None)
        if named is None:
            return document_id, False
        original = self._original(named)
        if digest:
            return self.originals.get(original, document_id), False
        return original, original == document_id or original not in self.held

    def resolve(self, title: str, place: str | None, kind: str | None, digest: bool = False) -> tuple[str, bool] | None:
        """Return the document that goes by ``title``, of the government ``place``, of this ``kind``; None if unsure.

        The second value is True when only a digest of that document is held.
        """
        scored, missing = self._scored(title, place, kind, digest)
        if not scored:
            return None
        ranked = sorted(scored, key=lambda i: (-scored[i], i))
        best = ranked[0]
        near = [i for i in ranked if scored[best] - scored[i] < 0.1]
        if len(near) > 1 and not missing.issuperset(near):
            return None
        return best, best in missing

    def _scored(
        self, title: str, place: str | None, kind: str | None, digest: bool
    ) -> tuple[dict[str, float], set[str]]:
        """How well each document that can be meant answers a name, and those of which only a digest is held."""
        wanted = _words(title)
        scored: dict[str, float] = {}
        missing: set[str] = set()
        for document in self.documents:
            if digest and self.originals and not document.is_digest:
                continue
            mine = self.places[document.id]
            overlap, names = 0.0, _words(self.titles[document.id])
            for name in self.names[document.id]:
                words = _words(name)
                if len(title) >= LEAST_ZH and has_cjk(title) and title in name:
                    overlap, names = 1.0, words
                share = len(wanted & words) / max(1, min(len(words), max(len(wanted), 2)))
                if share > overlap:
                    overlap, names = share, words
            score = overlap
            if place is not None:
                if mine is not None and mine != place:
                    continue
                score += mine == place
            if kind is not None and kind.casefold().rstrip("s") in {w.rstrip("s") for w in names}:
                score += 0.15
            if score < 0.75 or not self.identities[document.id].may_be(title):
                continue
            target, absent = self._target(document.id, digest)
            if absent:
                missing.add(target)
            scored[target] = max(scored.get(target, 0.0), score)
        return scored, missing

    def mentions(self, text: str, base: int = 0) -> list[Mention]:
        """Return where ``text`` names a held document, in order; ``base`` is added to the spans."""
        return self.named(text, base)[0]

    def named(self, text: str, base: int = 0) -> tuple[list[Mention], list[Span]]:
        """Return where ``text`` names a held document, and where one that isn't held; each in order."""
        sorted_out = _Named([], [])
        self._numbers(text, sorted_out)
        for document in self.documents:
            for span in self._title_spans(text, document):
                sorted_out.add(self._target(document.id, beside_digest(text, span)), span)
        self._by_place(text, sorted_out)
        self._by_year(text, sorted_out)
        self._chinese(text, sorted_out)
        self._by_name(text, sorted_out)
        self._explained(text, sorted_out)
        found = sorted_out.found
        shifted = (Mention(m.id, Span(m.span.start + base, m.span.end + base), m.digest_only) for m in found)
        unknown = (Span(s.start + base, s.end + base) for s in sorted_out.strangers if not sorted_out.holds(s))
        return sorted(shifted, key=lambda m: m.span), sorted(unknown)

    def _numbers(self, text: str, into: _Named) -> None:
        """Documents named by a number of their own (“Executive Order 14179”)."""
        for match in CODE.finditer(text):
            coded = re.compile(rf"(?<![a-z0-9]){re.escape(match.group())}(?![a-z0-9])", re.IGNORECASE)
            holding = [d.id for d in self.documents if coded.search(f"{d.id} {d.title} {d.name}")]
            span = Span(match.start(), match.end())
            if len(holding) == 1:
                into.add(self._target(holding[0], False), span)
            elif not holding and any(CODED.search(d.id) for d in self.documents):
                into.strangers.append(span)
        for start, end, number in numbers(text):
            holding = [d.id for d in self.documents if self.identities[d.id].has_number(number)]
            if len(holding) == 1:
                into.add(self._target(holding[0], False), Span(start, end))
            elif not holding:
                into.strangers.append(Span(start, end))

    def _by_place(self, text: str, into: _Named) -> None:
        """Documents named by whose they are (“the American plan”, “the plan of France”)."""
        for pattern in (BY_PLACE, OF_PLACE):
            for match in pattern.finditer(text):
                if match.group("place") in ("us", "un"):
                    continue
                kind = match.group("kind").casefold()
                digest = bool(match.group("digest") or match.groupdict().get("tail")) or kind in ("digest", "summary")
                title = f"{match.group('middle')} {match.group('kind')}"
                span = Span(match.start(), match.end())
                self._sort(title, country_of(match.group("place")), match.group("kind"), digest, span, into)

    def _by_year(self, text: str, into: _Named) -> None:
        """Documents named by their year (“the 2023 order”)."""
        for match in OF_YEAR.finditer(text):
            span = Span(match.start(), match.end())
            if not into.holds(span):
                fits = [d.id for d in self.documents if self._is_of_year(d, match.group())]
                if family(match.group()) is None and not any(mention.id in fits for mention in into.found):
                    continue
                into.add(self._target(fits[0], False) if len(fits) == 1 else None, span)
                into.strangers.extend([] if fits else [span])

    def _chinese(self, text: str, into: _Named) -> None:
        """Documents named in Chinese, by their title in its marks or by whose they are."""
        for match in TITLE_ZH.finditer(text):
            target = self.resolve(match.group("title"), None, None, bool(match.group("tail")))
            into.add(target, Span(match.start(), match.end()))
        for match in BY_PLACE_ZH.finditer(text):
            title = match.group("title") or match.group("kind") or ""
            span = Span(match.start(), match.end())
            self._sort(title, country_of(match.group("place")), None, bool(match.group("tail")), span, into)

    def _by_name(self, text: str, into: _Named) -> None:
        """Documents that go by somebody's name (“the Vought memo”), where only one of several at hand has it."""
        for match in NAMED_FOR.finditer(text) if len(self.documents) > 1 else ():
            span = Span(match.start(), match.end())
            if how_named(match["name"]) in (None, "government") and not any(
                span.overlaps(one) for one in into.strangers
            ):
                fits = self.of_word(match["name"])
                into.add((fits[0], fits[0] not in self.held) if len(fits) == 1 else None, span)

    def _explained(self, text: str, into: _Named) -> None:
        """Documents named by a short form that the text explains, or by its kind (《规划》) where one fits."""
        named = [(mention.span, mention.id) for mention in into.found]
        for span, name in list(explained(text, [*named, *((span, None) for span in into.strangers)])):
            if name is not None:
                into.add((name, next(m.digest_only for m in into.found if m.id == name)), span)
            elif not into.holds(span):
                into.strangers.append(span)
        for match in SHORT_TITLE_ZH.finditer(text):
            span = Span(match.start(), match.end())
            means = {m.id for m in into.found if self._is_of_kind(m.id, match["title"])}
            if len(means) == 1 and not any(span.overlaps(stranger) for stranger in into.strangers):
                into.add(self._target(means.pop(), False), span)

    def _is_of_kind(self, name: str, kind: str) -> bool:
        """Whether a title of a document ends in these characters (《规划》 of a 教育规划)."""
        return any(NO_STATUS.sub("", title).endswith(kind) for title in self.names.get(name, ()))

    def meant(self, name: str) -> str:
        """The id that an article means by a document at hand: the original's where only a digest of it is held."""
        return self._target(name, False)[0]

    def of_word(self, word: str) -> tuple[str, ...]:
        """The ids of the documents in whose text a name stands (“the Vought memo” of the one that he signed)."""
        pattern = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
        return tuple(sorted({self.meant(d.id) for d in self.documents if pattern.search(d.text)}))

    def of_body(self, body: str) -> tuple[str, ...]:
        """The ids of the documents in whose title or first lines such a body (“commission”) is named as its maker."""
        word = re.compile(rf"\b{body}\b", re.IGNORECASE)
        fits = [d.id for d in self.documents if word.search(f"{d.title} {d.issuer or ''} {d.text[:600]}")]
        return tuple(sorted(map(self.meant, fits)))

    def hints(self) -> Hints:
        """The words that mean a document where a sentence speaks of it."""
        return Hints(self.documents, self.places, self.titles)

    def _sort(self, title: str, place: str | None, kind: str | None, digest: bool, span: Span, into: _Named) -> None:
        """File a name as one of a held document's, or as a stranger's."""
        if any(span.overlaps(stranger) for stranger in into.strangers):
            return
        into.add(self.resolve(title, place, kind, digest), span)
        if family(title) is not None and not self._scored(title, place, kind, digest)[0]:
            into.strangers.append(span)

    def _is_of_year(self, document: Document, name: str) -> bool:
        """Whether a year and a kind (“the 2023 order”) fit a document whose own are known."""
        identity = self.identities[document.id]
        kind = family(name)
        return bool(identity.years) and (kind is None or identity.family == kind) and identity.may_be(name)

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """The ids of documents that “the order” may mean: those of that word in title or id, else of its family."""
        word = re.compile(rf"\b{re.escape(kind)}\b" if kind.isascii() else re.escape(kind), re.IGNORECASE)
        given = {d.id: f"{' '.join(self.names[d.id])} {d.id} {d.genre or ''}".replace("-", " ") for d in self.documents}
        named = [name for name, words in given.items() if word.search(words)]
        wanted = family(kind)
        fits = named or [name for name in given if wanted and self.families.get(name) == wanted]
        return tuple(sorted(map(self.meant, fits)))

    def _title_spans(self, text: str, document: Document) -> list[Span]:
        spans = []
        key = Key.of(text)
        for name, wanted, called in self.written[document.id]:
            at = key.data.find(wanted)
            while at >= 0:
                end = int(key.at[at + len(wanted) - 1]) + 1
                closing = name[-1] in ")）" and text[end : end + 1] in (")", "）")
                span = Span(int(key.at[at]), end + closing)
                if not called or PARTED.search(text, max(0, span.start - 1), span.start) or span.start == 0:
                    spans.append(span)
                at = key.data.find(wanted, at + 1)
        return spans

    def _written(self) -> dict[str, list[tuple[str, bytes, bool]]]:
        """The names by which each document may be written, longest first: as written, folded, and whether it is
        what polidiff itself calls it (:mod:`polidiff.lang.titles`), where no other is called so."""
        short = {one.id: {*_short_names(one)} for one in self.documents}
        written = {}
        for one in self.documents:
            others = set().union(*(names for name, names in short.items() if name != one.id))
            called = {name for name in short[one.id] - others if len(name) >= (3 if has_cjk(name) else 5)}
            title = self.titles[one.id]
            parts = (re.split(r"\s*[:：—–]\s+", title)[0], title.rsplit(": ", 1)[-1])
            names = {*self.names[one.id], *parts, one.id, one.name, *self._issuers(one), *called}
            folded = [(name, Key.of(name).data) for name in sorted(names, key=lambda n: (-len(n), n))]
            written[one.id] = [
                (name, wanted, name in called)
                for name, wanted in folded
                if name in called or (len(wanted) >= 8 and len(_words(name)) >= 2)
            ]
        return written

    def _issuers(self, document: Document) -> list[str]:
        """Who issued a document, where that tells it apart from another of its country (two parties' manifestos)."""
        beside = [one for one in self.documents if self.places[one.id] == self.places[document.id]]
        issuers = [one.issuer for one in beside]
        if len(beside) < 2 or document.issuer is None or issuers.count(document.issuer) > 1:
            return []
        return [document.issuer]

    def is_government(self, text: str) -> bool:
        """Return whether ``text`` names a government and nothing else ("Washington", "the British government")."""
        words = re.sub(r"^(?:the|both)\s+", "", text.strip(), flags=re.IGNORECASE)
        words = re.sub(r"\s+(?:government|administration|side|authorities)$|政府$", "", words, flags=re.IGNORECASE)
        return country_of(re.sub(r"\s+", " ", words)) is not None

    def is_title(self, text: str) -> bool:
        """Return whether ``text`` is the title of a held document."""
        wanted = Key.of(text).data
        return any(wanted and wanted == Key.of(name).data for names in self.names.values() for name in names)
