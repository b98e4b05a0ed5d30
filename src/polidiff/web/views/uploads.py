"""What comes in by form becomes an order to add a document: bytes, an address, or a bundled digest. Never a path."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from starlette.datastructures import UploadFile
from starlette.responses import Response

from polidiff.readers.catalog import bundled
from polidiff.readers.sources import id_of
from polidiff.web.pages import Page
from polidiff.web.worker import Order
from polidiff.workspace.originals import original_key

LONGEST = 80
"""Characters of a document's id."""

_ODD = re.compile(r"[^\w.]+", re.UNICODE)


def clean_id(name: str) -> str:
    """Return an id that can stand in a name, an address and a file name: letters, digits, dots, single hyphens."""
    made = _ODD.sub("-", name.replace("_", "-"))
    made = re.sub(r"-{2,}", "-", re.sub(r"\.{2,}", ".", made)).strip("-.")
    return made[:LONGEST].strip("-.")


def clean_name(name: str) -> str:
    """Return a file's name without folders and without characters that can't be seen."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in base if c.isprintable())[-120:].strip() or "document"


def upload(page: Page) -> Response:
    """Take uploaded files on the page of the documents."""
    return page.go("/documents", problem="" if take_files(page) else "file")


def take_files(page: Page) -> int:
    """Take uploaded files: their bytes go into the workspace, and reading them begins. Return how many came.

    One that can't be read is told by itself, and the others go on. Files whose names would give them one id get
    different ones, unless an id was asked for.
    """
    files = [one for one in page.form["*"].getlist("file") if isinstance(one, UploadFile) and one.filename]
    given = clean_id(str(page.form.get("id", ""))) if len(files) == 1 else ""
    taken: dict[str, str] = {}
    for name, data in _read(files):
        digest = hashlib.sha256(data).hexdigest()
        ident = given or _free(clean_id(id_of(name)) or "document", digest, taken)
        order = Order("add", f"upload:{digest}", name, ident)
        if not data:
            page.desk.work.refuse(order, "empty")
            continue
        with page.desk.workspace() as work:
            work.store.keep({original_key(digest): data})
        page.desk.work.add(order)
    return len(files)


def _free(ident: str, digest: str, taken: dict[str, str]) -> str:
    """An id that no other file of this upload has; the same bytes keep theirs."""
    number, name = 1, ident
    while taken.setdefault(name, digest) != digest:
        number += 1
        name = f"{ident}-{number}"
    return name


def _read(files: list[UploadFile]) -> Iterator[tuple[str, bytes]]:
    for one in files:
        one.file.seek(0)
        yield clean_name(one.filename or ""), one.file.read()


def fetch(page: Page) -> Response:
    """Take an address. The reading process fetches it, and refuses what isn't public."""
    address = str(page.form.get("address", "")).strip()
    if not address.lower().startswith("https://") or len(address) > 2000 or not address.isprintable():
        return page.go("/documents", problem="url")
    given = clean_id(str(page.form.get("id", "")))
    page.desk.work.add(Order("add", "https://" + address[8:], address, given))
    return page.go("/documents")


def sample(page: Page) -> Response:
    """Take a digest that comes with the package."""
    name = str(page.form.get("name", ""))
    if name not in bundled():
        return page.go("/documents", problem="name")
    page.desk.work.add(Order("add", name, name))
    return page.go("/documents")
