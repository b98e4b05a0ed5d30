"""Bytes to text by what they are: byte-order mark, UTF-8, UTF-16/32, GB18030, Big5, Windows-1252, in this order."""

from __future__ import annotations

import codecs
import re
import unicodedata

from polidiff.errors import UnreadableSource

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# The most frequent characters of modern written Chinese, simplified and traditional: more than a tenth of any prose.
_COMMON_HAN = frozenset(
    "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過子说說"
    "产產种種面而方后後多定行学學法所民得经經与與及等应應当當者或其务務理全"
)

_TWICE = re.compile("â€[\\x80-\\x9f]")
"""A quotation mark whose bytes were read as Windows-1252: its last character is a control one there, and no damage."""
_LEAST_BYTES = 16
"""Least bytes in which UTF-16 or UTF-32 is looked for without a byte-order mark, or Chinese without common characters.

In fewer, almost any bytes are some character."""


def decode(data: bytes, *, name: str, declared: str | None = None) -> tuple[str, str]:
    """Return the text of ``data`` and the encoding it was read with. Line ends are kept; a byte-order mark is not.

    ``declared`` is the encoding that the document itself names (an HTML ``meta``): it is used where the bytes are
    valid in it and not plainly something else. Raises UnreadableSource for bytes that are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark) and not (encoding == "utf-16-le" and data[2:4] == b"\x00\x00"):
            return _strict(data[len(mark) :], encoding, name), encoding
    if b"\x00" in data[:65536]:
        wide = _wide(data)
        if wide is not None:
            return wide
    text = _try(data, "utf-8")
    if text is not None and _is_text(text):
        return text, "utf-8"
    if declared is not None and declared.lower().replace("_", "-") not in {"utf-8", "utf8", "utf-16", "unicode"}:
        encoding = _alias(declared)
        text = _try(data, encoding)
        if text is None and encoding == "gb18030":
            text = data.decode("gb18030", "replace")
            if text.count("\ufffd") * 1000 > len(text):
                text = None
        if text is not None and _is_text(text):
            return text, encoding
    guess = _damaged(data) or _chinese(data) or _western(data)
    if guess is None:
        raise UnreadableSource(
            name, "the bytes are not text in any encoding known here", "check that the file is a document"
        )
    return guess


def _alias(declared: str) -> str:
    name = declared.strip().lower().replace("_", "-")
    if name in {"gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb-2312"}:
        return "gb18030"
    if name in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252"}:
        return "cp1252"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _strict(data: bytes, encoding: str, name: str) -> str:
    """Decode what a byte-order mark promised; a cut-off last character is dropped, anything else is an error."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data, False)
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            name,
            f"the file begins with a byte-order mark of {encoding.upper()} but breaks its rules at byte {error.start}",
            "save it again as UTF-8",
        ) from None


def _is_text(text: str) -> bool:
    """Whether at most one character in 500 is a control character (no prose holds more)."""
    sample = _TWICE.sub("", text[:200_000])
    return len(_CONTROLS.findall(sample)) * 500 <= len(sample)


def _plausible(text: str) -> bool:
    """Whether the characters are those of prose: Latin, Han, kana, hangul, Greek, Cyrillic, Arabic, punctuation."""
    sample = text[:20_000]
    if not sample:
        return False
    good = sum(
        c in "\t\n\r\f"
        or " " <= c <= "~"
        or "\xa0" <= c <= "\u06ff"
        or "\u2010" <= c <= "\u2044"
        or "\u3000" <= c <= "\u30ff"
        or "\u4e00" <= c <= "\u9fff"
        or "\uac00" <= c <= "\ud7a3"
        or "\uff00" <= c <= "\uffef"
        for c in sample
    )
    return good * 100 >= len(sample) * 97


def _wide(data: bytes) -> tuple[str, str] | None:
    """Return UTF-16 or UTF-32 text that has no byte-order mark, or None.

    Fewer than :data:`_LEAST_BYTES` bytes show nothing. In more, nearly all must be assigned characters of the scripts
    of prose, and many of them letters. Random bytes make such characters too (Han above all), but spread over the whole
    block, while a text has common ones.
    """
    if len(data) < _LEAST_BYTES:
        return None
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        text = _try(data[: len(data) - len(data) % width], encoding)
        if text and _is_text(text) and _plausible(text) and _worded(text):
            return text, encoding
    return None


def _worded(text: str) -> bool:
    """Whether ``text`` is written: assigned, two in five letters or digits, Han only with common ones."""
    sample = text[:20_000]
    kinds = [unicodedata.category(c) for c in sample]
    if sum(kind in ("Cn", "Co", "Cs") for kind in kinds) * 100 > len(sample):
        return False
    if sum(kind[0] in "LN" for kind in kinds) * 5 < 2 * len(sample):
        return False
    han = [c for c in sample if "\u4e00" <= c <= "\u9fff"]
    common = sum(c in _COMMON_HAN for c in han)
    return len(han) * 5 < len(sample) or common * 20 >= len(han)


def _chinese(data: bytes) -> tuple[str, str] | None:
    """Return GB18030 or Big5 text, or None: the common characters of Chinese must be there, and pairs must be usual.

    Pairs of GB 2312 have both bytes at 0xA1 or above; four of ten pairs in Big5 text do not.
    """
    high = sum(byte >= 0x80 for byte in data[:100_000])
    if high < 4:
        return None
    for encoding in ("gb18030", "big5", "big5hkscs"):
        text = _try(data, encoding)
        if text is None or not _is_text(text):
            continue
        han = [c for c in text[:100_000] if "\u4e00" <= c <= "\u9fff"]
        if len(han) * 2 * 10 < high * 6:
            continue
        common = sum(c in _COMMON_HAN for c in han)
        usual = sum(c.encode(encoding)[-1] >= 0xA1 for c in han) if encoding == "gb18030" else len(han)
        if usual * 10 >= len(han) * 9 and (common * 20 >= len(han) or (len(han) < 40 and len(data) >= _LEAST_BYTES)):
            return text, encoding
    return None


def _western(data: bytes) -> tuple[str, str] | None:
    text = _try(data, "cp1252")
    if text is None or not _is_text(text):
        return None
    odd = sum(c >= "\x80" for c in text[:100_000])
    return (text, "cp1252") if odd * 3 <= min(len(text), 100_000) else None


def _damaged(data: bytes) -> tuple[str, str] | None:
    """Return UTF-8 text with a few broken bytes, each shown as U+FFFD, or None.

    Other encodings make no valid sequences by chance: ten whole ones for each broken one show UTF-8.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(c >= "\x80" for c in text) - broken
    return (text, "utf-8") if whole >= 10 * broken and _is_text(text) else None
