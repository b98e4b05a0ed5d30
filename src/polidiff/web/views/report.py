"""Report: the comparison as decided, as files to send on. They are made when asked for, and named by a fixed table."""

from __future__ import annotations

import io
import tempfile
import threading
import zipfile
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.web.pages import Page
from polidiff.web.routing import View, get
from polidiff.web.snapshot import Snapshot, Stamp
from polidiff.web.views.waiting import waiting
from polidiff.workspace import Reuse, Workspace, write_report
from polidiff.workspace.project import Compared

MEDIA = {
    "report.zip": "application/zip",
    "index.html": "text/html; charset=utf-8",
    "index.zh.html": "text/html; charset=utf-8",
    "comparison.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "comparison.json": "application/json",
}
"""The files that can be had, with their media types. What isn't in here can't be asked for."""

STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of the files in the archive: none, so that the same report is the same bytes."""

_lock = threading.Lock()
_last: dict[str, tuple[Stamp, dict[str, bytes]]] = {}


def show(page: Page) -> Response:
    """What can be downloaded, and what it is made with."""
    snapshot, fresh = page.desk.snapshot()
    if snapshot is None:
        return waiting(page, "report")
    with page.desk.workspace() as work:
        decided = sum(held.decided is not None for held in work.standings().values())
    method = [(name, value) for name, value in snapshot.comparison.method]
    return page.render(
        "report.html", here_is="report", fresh=fresh, files=list(MEDIA), method=method, decided=decided,
        documents=snapshot.comparison.documents,
    )  # fmt: skip


def download(page: Page) -> Response:
    """One of the files, always as a download: it is a page of its own, with its own policy."""
    name = page.request.path_params["name"]
    if name not in MEDIA:
        raise HTTPException(404)
    snapshot, _ = page.desk.snapshot(patience=20.0)
    if snapshot is None:
        return waiting(page, "report")
    data = _files(page, snapshot)[name]
    return Response(
        data, media_type=MEDIA[name], headers={"content-disposition": f'attachment; filename="{name}"'}
    )  # fmt: skip


def _files(page: Page, snapshot: Snapshot) -> dict[str, bytes]:
    """The report's files. The last ones are kept, since people take several."""
    where = page.desk.where
    with _lock:
        if where not in _last or _last[where][0] != snapshot.stamp:
            _last[where] = snapshot.stamp, _made(where, snapshot)
        return _last[where][1]


def _made(where: str, snapshot: Snapshot) -> dict[str, bytes]:
    compared = Compared(snapshot.comparison, Reuse(), snapshot.findings)
    with tempfile.TemporaryDirectory(prefix="polidiff-") as folder, Workspace.open(where) as work:
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in write_report(work, compared, Path(folder, "report"))
        }
    files = {name.removeprefix("report/"): data for name, data in files.items()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(f"report/{name}", STAMP), data, zipfile.ZIP_DEFLATED)
    return {**{name: data for name, data in files.items() if name in MEDIA}, "report.zip": packed.getvalue()}


VIEW = View("report", "/report", (get("/report", show), get("/report/{name}", download)))
