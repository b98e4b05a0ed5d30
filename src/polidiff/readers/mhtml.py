"""Pages saved whole by a browser (``.mhtml``, ``.mht``; RFC 2557): the page inside of the message."""

from __future__ import annotations

from dataclasses import dataclass

from polidiff.errors import UnreadableSource


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The page's bytes as the browser had them, the encoding that its part names, and where it was loaded from."""

    data: bytes
    charset: str
    address: str


def page_of(data: bytes, name: str) -> SavedPage:
    """Return the page that ``data`` holds: the part that the message names as its start, else its first HTML part.

    Raises UnreadableSource where there is none.
    """
    from email import message_from_bytes

    message = message_from_bytes(data)
    start = str(message.get_param("start") or "").strip()
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    pages.sort(key=lambda part: not start or str(part.get("Content-ID") or "").strip() != start)
    for page in pages:
        body = page.get_payload(decode=True)
        if isinstance(body, bytes) and body.strip():
            address = str(page.get("Content-Location") or message.get("Snapshot-Content-Location") or "").strip()
            return SavedPage(body, str(page.get_content_charset() or ""), address)
    raise UnreadableSource(name, "the saved page (MHTML) holds no HTML", "save the page again as HTML")
