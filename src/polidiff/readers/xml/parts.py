"""What a reader of XML hands over, and names without their namespace."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from polidiff.readers.draft import Draft, NoteDraft


@dataclass(slots=True)
class XmlParts:
    """What an XML file gives a Document."""

    drafts: list[Draft]
    notes: list[NoteDraft]
    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)


def local(el: Any) -> str:
    """Return an element's name without its namespace, or nothing for a comment."""
    return str(el.tag).rpartition("}")[2] if isinstance(el.tag, str) else ""
