"""A file that crashes, hangs or bloats its reader costs one line, never the session."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest
from tests.readers.made_pdf import make_pdf, sentences

from polidiff.errors import EncryptedSource, SourceTooLarge, UnreadableSource
from polidiff.readers import read_bytes
from polidiff.readers.sandbox import client as isolation
from polidiff.readers.sandbox import pool as workers

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


@pytest.fixture(autouse=True)
def apart(monkeypatch):
    monkeypatch.setenv("POLIDIFF_INPROCESS", "0")
    yield
    workers.close()


def pdf(pages: int = 2) -> bytes:
    story: list[tuple[str, str]] = [("h1", "Harbours")]
    for page in range(1, pages + 1):
        story += [("bullet", sentences(1000 + page, 1)), ("p", sentences(page, 9)), ("break", "")]
    return make_pdf(story, head=lambda page: "The plan", foot=str)


LONG = pdf(60)
SAMPLES = {
    "long.pdf": pdf(30),
    "made.pdf": pdf(),
    "made.html": "<html><body><h1>Port</h1><p><b>Ships.</b> 船 😀 שלום e\u0301</p><li>x</body></html>".encode(),
    "made.xml": b'<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><body><article><num>1</num>'
    b"<content><p>Ships may enter.</p></content></article></body></act></akomaNtoso>",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_worker_reads_what_this_process_reads(name, monkeypatch):
    there = read_bytes(SAMPLES[name], name=name)
    monkeypatch.setenv("POLIDIFF_INPROCESS", "1")
    assert there == read_bytes(SAMPLES[name], name=name)
    assert there.text


def test_progress_is_passed_on():
    told: list[tuple[int, int]] = []
    document = read_bytes(pdf(9), name="made.pdf", progress=lambda done, total: told.append((done, total)))
    pages = len(document.pages)
    assert pages >= 9
    assert told[0][1] == pages
    assert told[-1] == (pages, pages)


def test_errors_keep_their_kind_and_their_line():
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = make_pdf([("p", "Secret.")], encrypt=StandardEncryption("word", canPrint=0))
    with pytest.raises(EncryptedSource, match=r"^made\.pdf: the PDF is locked"):
        read_bytes(data, name="made.pdf")


@posix
def test_a_crash_is_one_line_and_the_next_document_is_read(monkeypatch):
    monkeypatch.setattr(workers, "_BOOT", "import os; os.abort()")
    workers.close()
    with pytest.raises(UnreadableSource, match="the reader stopped") as caught:
        read_bytes(pdf(), name="made.pdf")
    assert "\n" not in str(caught.value)
    monkeypatch.undo()
    monkeypatch.setenv("POLIDIFF_INPROCESS", "0")
    assert "Harbours" in read_bytes(pdf(), name="made.pdf").text


@posix
def test_a_reader_that_is_killed_at_work_is_one_line():
    def kill():
        end = time.monotonic() + 20
        while time.monotonic() < end:
            for worker in list(started):
                os.kill(worker.process.pid, signal.SIGKILL)
                return
            time.sleep(0.005)

    started: list[workers.Worker] = []
    whole = workers.Worker.begin

    def begin(self, job, data):
        whole(self, job, data)
        if job["what"] == "read":
            started.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers.Worker, "begin", begin)
        thread = threading.Thread(target=kill)
        thread.start()
        with pytest.raises(UnreadableSource, match="the reader stopped"):
            read_bytes(LONG, name="made.pdf")
        thread.join()


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setenv("POLIDIFF_READ_SECONDS", "0.02")
    before = time.monotonic()
    with pytest.raises(SourceTooLarge, match="longer than"):
        read_bytes(LONG, name="made.pdf")
    assert time.monotonic() - before < 10


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="address space is bounded on Linux")
def test_a_reader_that_wants_too_much_memory_is_stopped(monkeypatch):
    monkeypatch.setattr(isolation, "MAX_WORKER_BYTES", 120 << 20)
    page = "<p>" + "harbour " * 40 + "</p>"
    with pytest.raises(UnreadableSource) as caught:
        read_bytes(("<html><body>" + page * 60_000 + "</body></html>").encode(), name="big.html")
    assert str(caught.value).startswith("big.html: ")


def test_where_no_process_can_be_started_it_reads_in_this_one(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    workers.close()
    assert "Harbours" in read_bytes(pdf(), name="made.pdf").text


def test_it_works_from_a_script_without_a_main_guard(tmp_path):
    (tmp_path / "made.pdf").write_bytes(pdf())
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent(
            """
            import polidiff
            for round in range(2):
                print(len(polidiff.read("made.pdf").pages))
            """
        )
    )
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    assert len(done.stdout.split()) == 2


@posix
def test_no_worker_outlives_its_session(tmp_path):
    (tmp_path / "made.pdf").write_bytes(pdf())
    code = (
        "import os, signal, polidiff\n"
        "from polidiff.readers.sandbox import pool as workers\n"
        "polidiff.read('made.pdf')\n"
        "print(*[w.process.pid for w in workers._idle], flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    pids = [int(word) for word in done.stdout.split()]
    assert pids
    end = time.monotonic() + 10
    while time.monotonic() < end and any(alive(pid) for pid in pids):
        time.sleep(0.05)
    assert not any(alive(pid) for pid in pids)


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        pass
    if sys.platform.startswith("linux"):
        return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
