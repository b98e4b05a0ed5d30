"""Sources: paths, names, addresses, standard input; and what people see when one is wrong."""

from __future__ import annotations

import io
import os
import sys
from importlib import resources

import pytest

from polidiff.errors import EncryptedSource, FetchError, InputError, SourceNotFound, UnreadableSource
from polidiff.readers import id_of, read, read_bytes
from polidiff.readers.catalog import catalog, known_names
from polidiff.readers.fetch import cache_folder, fetch, is_public
from polidiff.wording import reason_text


def one_line(error: InputError) -> str:
    text = str(error)
    assert "\n" not in text
    assert 20 < len(text) < 600
    return text


def test_a_bundled_digest_answers_to_its_name():
    for name in ("cn-global-ai-governance-2025.digest.en", "cn-global-ai-governance-2025.digest.zh"):
        document = read(name)
        assert (document.id, document.kind, document.jurisdiction) == (name, "digest", "CN")
        assert document.language == name[-2:]
        assert resources.files("polidiff").joinpath("samples", f"{name}.md").is_file()


def test_ids():
    assert id_of("a/b/plan.zh.html") == "plan.zh"
    assert id_of("plan") == "plan"
    assert read_bytes(b"Hello there.", name="x.txt", id="mine").id == "mine"
    assert read_bytes(b"Hello there.", name="x.txt", kind="translation").kind == "translation"


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"# Plan\n\n- Dig.\n")))
    document = read("-")
    assert (document.text, document.media_type) == ("Plan\nDig.", "text/markdown")


def test_a_wrong_path_names_near_ones(tmp_path):
    (tmp_path / "pond-plan.html").write_text("<p>x</p>")
    with pytest.raises(SourceNotFound) as caught:
        read(tmp_path / "pond-plam.html")
    assert "pond-plan.html" in one_line(caught.value)


def test_a_wrong_name_lists_the_known_ones():
    with pytest.raises(SourceNotFound) as caught:
        read("us-ai-action-plan-2052")
    assert "us-ai-action-plan-2025" in one_line(caught.value)


def test_a_folder(tmp_path):
    with pytest.raises(UnreadableSource, match="folder"):
        read(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_no_permission(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(UnreadableSource, match="permission"):
        read(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\x00", "nothing but"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG picture"),
        (b"PK\x03\x04rubbish", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office file"),
        (b"{\\rtf1\\ansi Hello}", "Rich Text"),
        (bytes(range(256)) * 20, "not text"),
        (b"\xff\xfeH\x00i\x00\x00\xd8!\x00", "byte-order mark"),
    ],
)
def test_what_is_no_document_is_said_in_one_line(data, words):
    for name in ("plan.pdf", "plan.html", "plan"):
        with pytest.raises(UnreadableSource) as caught:
            read_bytes(data, name=name)
        assert words in one_line(caught.value)
        assert str(caught.value).startswith(name)


def test_a_protected_office_file():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(EncryptedSource):
        read_bytes(data, name="plan.docx")


def test_content_decides_and_not_the_name():
    html = b"<html><body><p>Towns shall dig ponds.</p></body></html>"
    assert read_bytes(html, name="plan.txt").media_type == "text/html"
    assert read_bytes(b"Towns shall dig ponds < 3 m deep.", name="plan.html").media_type == "text/plain"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("plan.pdf", b"Towns shall dig ponds.", "says PDF, but the file is plain text"),
        ("plan.pdf", b"<html><body><p>Towns shall dig ponds.</p></body></html>", "says PDF, but the file is HTML"),
        ("plan.docx", b"# Plan\n\n- Towns shall dig ponds.\n", "says DOCX, but the file is plain text"),
    ],
)
def test_a_name_that_promises_another_format_is_told(name: str, data: bytes, said: str):
    assert [said in reason_text(one.reason, "en") for one in read_bytes(data, name=name).warnings] == [True]
    assert read_bytes(data, name=name.partition(".")[0]).warnings == ()


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "127.0.0.1",
        "169.254.169.254",
        "192.168.1.1",
        "100.64.0.1",
        "224.0.0.1",
        "0.0.0.0",
        "::1",
        "::ffff:10.0.0.1",
        "fe80::1%eth0",
        "fc00::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::7f00:1",
        "240.0.0.1",
        "nonsense",
    ],
)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "::ffff:8.8.8.8", "2606:4700::1111"])
def test_addresses_that_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/x",
        "ftp://example.org/x",
        "file:///etc/passwd",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://user:word@example.org/",
        "https://",
        "https://exa mple.org:99999/",
    ],
)
def test_forbidden_addresses_are_not_opened(address, tmp_path, monkeypatch):
    monkeypatch.setenv("POLIDIFF_CACHE", str(tmp_path))
    with pytest.raises(FetchError) as caught:
        read(address)
    one_line(caught.value)


def test_a_cached_copy_is_used_only_while_its_hash_holds(tmp_path, monkeypatch):
    import hashlib

    monkeypatch.setenv("POLIDIFF_CACHE", str(tmp_path))
    monkeypatch.setattr("socket.getaddrinfo", lambda *a, **k: (_ for _ in ()).throw(OSError("no network")))
    entry = catalog()["uk-ai-opportunities-2025"]
    path = cache_folder() / entry.file
    path.parent.mkdir(parents=True)
    body = b"<html><body><h1>Pond plan</h1><p>Towns shall dig ponds.</p></body></html>"
    path.write_bytes(body)
    path.with_name(path.name + ".sha256").write_text(hashlib.sha256(body).hexdigest())
    assert fetch(entry.id) == path
    document = read(entry.id)
    assert (document.id, document.title, document.source) == (entry.id, entry.title, entry.address)
    path.write_bytes(body + b" ")
    with pytest.raises(FetchError, match=r"cannot be found.*; check the network"):
        fetch(entry.id)


def test_every_catalogued_document_has_its_facts():
    for ident, entry in catalog().items():
        assert entry.address.startswith("https://")
        assert entry.rights
        assert entry.sha256 == "" or len(entry.sha256) == 64
        assert ident in known_names()
