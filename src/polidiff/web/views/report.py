"""Report: the comparison as decided, as files to send on. They are made when asked for, and named by a fixed table."""

from __future__ import annotations

import io
import tempfile
import threading
import zipfile
from pathlib import Path

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.export import export
from polidiff.output import FolderWriter
from polidiff.report import brief_body, brief_file
from polidiff.web.pages import Page
from polidiff.web.routing import View, get, post
from polidiff.web.settings import is_loopback
from polidiff.web.snapshot import Snapshot, Stamp
from polidiff.web.views.waiting import waiting
from polidiff.wording import Locale
from polidiff.workspace import Reuse, Workspace, write_report
from polidiff.workspace.audit import audit_trail
from polidiff.workspace.project import Compared

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MEDIA = {
    "report.zip": "application/zip",
    "brief.docx": DOCX,
    "brief.zh.docx": DOCX,
    "brief.md": "text/markdown; charset=utf-8",
    "brief.zh.md": "text/markdown; charset=utf-8",
    "index.html": "text/html; charset=utf-8",
    "index.zh.html": "text/html; charset=utf-8",
    "comparison.xlsx": XLSX,
    "comparison.docx": DOCX,
    "comparison.zh.docx": DOCX,
    "comparison.pdf": "application/pdf",
    "comparison.zh.pdf": "application/pdf",
    "csv.zip": "application/zip",
    "annotations.jsonld": "application/ld+json",
    "comparison.json": "application/json",
    "decisions.csv": "text/csv; charset=utf-8",
}
"""The files that can be had, with their media types. What isn't in here can't be asked for."""

SENT = (DOCX, "text/html; charset=utf-8", "application/pdf", "text/markdown; charset=utf-8")
"""Media types that people read."""

EXPORTS: dict[str, tuple[str, Locale]] = {
    "comparison.docx": ("docx", "en"),
    "comparison.zh.docx": ("docx", "zh"),
    "comparison.pdf": ("pdf", "en"),
    "comparison.zh.pdf": ("pdf", "zh"),
    "csv.zip": ("csv", "en"),
    "annotations.jsonld": ("webannotation", "en"),
}
"""Those that :func:`polidiff.export.export` makes of the report, with its format and language."""

STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of the files in an archive: none, so that the same report is the same bytes."""

_lock = threading.Lock()
_last: dict[str, tuple[Stamp, dict[str, bytes], dict[str, bytes]]] = {}


def show(page: Page) -> Response:
    """What can be downloaded, and what it is made with."""
    snapshot, fresh = page.desk.snapshot()
    if snapshot is None:
        return waiting(page, "report")
    with page.desk.workspace() as work:
        decided = sum(held.decided is not None for held in work.standings().values())
    method = [(name, value) for name, value in snapshot.comparison.method]
    return page.render(
        "report.html", here_is="report", fresh=fresh, groups=_groups(page.tongue), method=method, decided=decided,
        documents=snapshot.comparison.documents, reading=_reading(page), alone=is_loopback(page.settings.host),
    )  # fmt: skip


def _groups(tongue: Locale) -> list[tuple[str, list[str]]]:
    """The files as people take them: to send on in the reader's language, the same in the other, data and proof."""
    send = [name for name, media in MEDIA.items() if media in SENT]
    chinese = [name for name in send if ".zh." in name]
    english = [name for name in send if ".zh." not in name]
    own, other = (chinese, english) if tongue == "zh" else (english, chinese)
    rest = [name for name in MEDIA if name not in send]
    return [("send", own), ("other", other), ("data", rest)]


def _reading(page: Page) -> str:
    """The address at which others read and decide nothing, where one was made and the reader may know it."""
    key = page.desk.reading_key
    if not key or page.reader:
        return ""
    base = page.request.base_url
    return f"{base.scheme}://{base.netloc}/?read={key}"


def share(page: Page) -> Response:
    """Make an address for reading; the one before opens nothing any more."""
    page.desk.make_reading_key()
    return page.go("/report", "share")


READ = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts allow-downloads allow-modals"
)
"""The policy of a report's page that is read in place: a page apart, without our cookies; its own policy, which allows
one style and one script by their hashes, stands in it besides."""


def read(page: Page) -> Response:
    """The report's page, to be read at once, as it would be from a disk."""
    name = page.request.path_params["name"]
    if name not in ("index.html", "index.zh.html"):
        raise HTTPException(404)
    snapshot, _ = page.desk.snapshot(patience=20.0)
    if snapshot is None:
        return waiting(page, "report")
    data = _file(page.desk.where, snapshot, name)
    return Response(data, media_type=MEDIA[name], headers={"content-security-policy": READ})


def brief(page: Page) -> Response:
    """The comparison told in two pages, each sentence with its passages."""
    snapshot, fresh = page.desk.snapshot()
    if snapshot is None:
        return waiting(page, "report")
    told = snapshot.brief(page.tongue)
    body = Markup(brief_body(snapshot.comparison, told))
    return page.render("brief.html", here_is="report", fresh=fresh, told=told, body=body)


def download(page: Page) -> Response:
    """One of the files, always as a download: it is a page of its own, with its own policy."""
    name = page.request.path_params["name"]
    if name not in MEDIA:
        raise HTTPException(404)
    snapshot, _ = page.desk.snapshot(patience=20.0)
    if snapshot is None:
        return waiting(page, "report")
    if name == "decisions.csv":
        with page.desk.workspace() as work:
            data = audit_trail(work)
    else:
        data = _file(page.desk.where, snapshot, name)
    return Response(data, media_type=MEDIA[name], headers={"content-disposition": f'attachment; filename="{name}"'})


def _file(where: str, snapshot: Snapshot, name: str) -> bytes:
    """One file. The last report is kept with what was made of it, since people take several."""
    with _lock:
        if where not in _last or _last[where][0] != snapshot.stamp:
            _last[where] = snapshot.stamp, _made(where, snapshot), {}
        _, files, others = _last[where]
        if name in files:
            return files[name]
        if name not in others:
            others[name] = _other(snapshot, files, name)
        return others[name]


def _other(snapshot: Snapshot, files: dict[str, bytes], name: str) -> bytes:
    """A file that isn't in the report's folder."""
    if name == "report.zip":
        return _packed(files, "report")
    if name.startswith("brief."):
        told = snapshot.brief("zh" if ".zh." in name else "en")
        return brief_file(snapshot.comparison, told, name.rpartition(".")[2])
    return _exported(files, *EXPORTS[name])


def _made(where: str, snapshot: Snapshot) -> dict[str, bytes]:
    """The report's files by their names in its folder."""
    compared = Compared(snapshot.comparison, Reuse(), snapshot.findings)
    with tempfile.TemporaryDirectory(prefix="polidiff-") as folder, Workspace.open(where) as work:
        made = write_report(work, compared, Path(folder, "report"))
        return {path.relative_to(Path(folder, "report")).as_posix(): path.read_bytes() for path in made}


def _exported(files: dict[str, bytes], to: str, tongue: Locale) -> bytes:
    """What is made of the report, as one file."""
    with tempfile.TemporaryDirectory(prefix="polidiff-") as folder:
        writer = FolderWriter(Path(folder, "report"))
        for name, data in files.items():
            writer.data(name, data)
        writer.commit()
        made = {path.name: path.read_bytes() for path in export(Path(folder, "report"), to, language=tongue)}
    return next(iter(made.values())) if len(made) == 1 else _packed(made, to)


def _packed(files: dict[str, bytes], folder: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", STAMP), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


VIEW = View(
    "report",
    "/report",
    (
        get("/report", show),
        get("/report/brief", brief),
        get("/report/read/{name}", read),
        post("/report/share", share),
        get("/report/{name}", download),
    ),
)
