"""What the workbench must not do: serve strangers, follow forms of other sites, read paths, run a document's words."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from starlette.routing import Route
from starlette.testclient import TestClient
from tests.web.conftest import Bench, item_of, token_of
from tests.workspace.plans import NOON, SOUTH, write_plan

from polidiff.coding import load_codebook
from polidiff.errors import FetchError, InputError
from polidiff.web.passwords import Tries, hashed
from polidiff.web.views.uploads import clean_id, clean_name
from polidiff.web.worker import Order, carry_out
from polidiff.workspace import Workspace
from polidiff.workspace.originals import original_key

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>"
PAGES = ("/", "/documents", "/review?show=all", "/search?q=evil", "/browse?table=provisions&q=evil", "/report", "/work")


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8477", "127.0.0.1.evil.example", "", "[::1", "localhost.evil"]
)
def test_a_strange_host_is_refused(browser: TestClient, host: str) -> None:
    answer = browser.get("/documents", headers={"host": host})
    assert answer.status_code == 421
    assert "north" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8477", "127.0.0.1", "[::1]:8477", "LOCALHOST:9000"])
def test_this_machine_is_served_by_all_its_names(browser: TestClient, host: str) -> None:
    assert browser.get("/documents", headers={"host": host}).status_code == 200


def test_every_answer_carries_the_policy(browser: TestClient) -> None:
    for place in ("/", "/static/page.css", "/nowhere", "/work.json", "/report/comparison.json"):
        headers = browser.get(place).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    assert browser.get("/", headers={"host": "evil"}).headers["x-content-type-options"] == "nosniff"


def test_no_form_is_taken_without_its_token(browser: TestClient, workspace: Path) -> None:
    page = browser.get("/review").text
    form = {"at": item_of(page), "verb": "reject", "by": "Ada"}
    token = token_of(page)
    for given in ({}, {"token": ""}, {"token": "0" * 32}, {"token": token[:-1]}):
        assert browser.post("/review", data={**form, **given}).status_code == 403
    browser.cookies.clear()
    assert browser.post("/review", data={**form, "token": token}).status_code == 403
    with Workspace.open(workspace) as work:
        assert not work.rows()


def test_every_route_that_changes_something_asks_for_the_token(browser: TestClient) -> None:
    routes = [route for route in browser.app.routes if isinstance(route, Route)]  # type: ignore[attr-defined]
    posts = [route.path for route in routes if "POST" in (route.methods or ())]
    assert len(posts) >= 7
    for path in posts:
        answer = browser.post(re.sub(r"\{[^}]*\}", "1", path), data={"by": "Ada"})
        assert answer.status_code == 403, path
    assert all(not {"PUT", "DELETE", "PATCH"} & set(route.methods or ()) for route in routes)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(browser: TestClient, headers: dict[str, str]) -> None:
    page = browser.get("/review").text
    form = {"at": item_of(page), "verb": "reject", "by": "Ada", "token": token_of(page)}
    assert browser.post("/review", data=form, headers=headers).status_code == 403
    own = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert browser.post("/review", data=form, headers=own).status_code == 303


def test_with_a_token_nothing_is_shown_without_it(bench: Bench) -> None:
    client = bench(token="right-token", host="0.0.0.0")
    for place in ("/", "/documents", "/static/page.css", "/work.json", "/nowhere", "/?token=wrong", "/?token="):
        answer = client.get(place)
        assert answer.status_code == 401, place
        assert "right-token" not in answer.text
        assert "set-cookie" not in answer.headers
    assert client.post("/review", data={"verb": "reject"}).status_code == 401


def test_the_token_leaves_the_address(bench: Bench) -> None:
    client = bench(token="right-token", host="0.0.0.0")
    answer = client.get("/search?q=chips&token=right-token&how=words")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/search?q=chips&how=words"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "right-token" not in cookie
    assert client.get(answer.headers["location"]).status_code == 200
    assert client.get("/%2Fevil.example/?token=right-token").headers["location"].startswith("/evil.example")


def test_behind_a_password_nothing_is_shown_without_it(bench: Bench) -> None:
    pytest.importorskip("argon2")
    held = hashed("a long group password")
    client = bench(password=held, host="0.0.0.0")
    for place in ("/", "/documents", "/report/comparison.json", "/work.json", "/article"):
        answer = client.get(place)
        assert answer.status_code == 303, place
        assert answer.headers["location"].startswith("/login"), place
    assert client.post("/review", data={"verb": "reject"}).status_code == 303
    page = client.get("/login?next=/side")
    assert "North and South" not in page.text
    form = {"token": token_of(page.text), "next": "/side"}
    assert client.post("/login", data={**form, "password": "wrong"}).status_code == 401
    answer = client.post("/login", data={**form, "password": "a long group password"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/side")
    assert client.get("/side").status_code == 200
    assert client.post("/login", data={**form, "next": "//evil.example", "password": "x"}).status_code in (401, 403)
    out = client.post("/logout", data={"token": token_of(client.get("/documents").text)})
    assert out.headers["location"] == "/login"
    assert client.get("/side").status_code == 303


def test_who_guesses_a_password_has_to_wait() -> None:
    tries = Tries()
    for _ in range(5):
        assert tries.wait("10.0.0.1") == 0
        tries.missed("10.0.0.1")
    assert 0 < tries.wait("10.0.0.1") <= 301
    assert tries.wait("10.0.0.2") == 0
    for number in range(50):
        tries.missed(f"10.0.1.{number}")
    assert tries.wait("10.0.0.2") > 0


def test_a_short_password_is_refused() -> None:
    with pytest.raises(InputError, match="fewer than 10"):
        hashed("short")


def test_an_address_for_reading_reads_and_decides_nothing(bench: Bench, workspace: Path) -> None:
    client = bench(token="right-token", host="0.0.0.0")
    client.get("/?token=right-token")
    token = token_of(client.get("/report").text)
    assert client.post("/report/share", data={"token": token}).status_code == 303
    [address] = re.findall(r"\?read=([\w-]+)", client.get("/report").text)
    client.cookies.clear()
    answer = client.get(f"/?read={address}&lang=en")
    assert answer.headers["location"] == "/?lang=en"
    page = client.get("/review?lang=en").text
    assert "deciding needs" in page
    assert address not in client.get("/report").text
    name, token = item_of(page), token_of(page)
    answer = client.post("/review", data={"token": token, "at": name, "verb": "accept", "by": "Eve"})
    assert answer.status_code == 403
    with Workspace.open(workspace) as work:
        assert not work.rows()
    client.cookies.clear()
    client.get("/?token=right-token")
    client.post("/report/share", data={"token": token_of(client.get("/report").text)})
    client.cookies.clear()
    assert client.get(f"/?read={address}").status_code == 401


def test_the_trail_of_decisions_holds_no_formula(browser: TestClient, workspace: Path) -> None:
    page = browser.get("/review?kind=links").text
    form = {"token": token_of(page), "at": item_of(page), "verb": "accept", "by": "=Ada", "why": "+SUM(A1)"}
    assert browser.post("/review", data=form).status_code == 303
    rows = list(csv.DictReader(io.StringIO(browser.get("/report/decisions.csv").content.decode("utf-8-sig"))))
    assert [(row["by"], row["decision"], row["why"], row["state"]) for row in rows] == [
        ("'=Ada", "accept", "'+SUM(A1)", "holds")
    ]


def test_a_made_up_session_is_none(bench: Bench) -> None:
    client = bench(token="right-token", host="0.0.0.0")
    client.cookies.set("polidiff-8477", "abc.0123456789abcdef0123456789abcdef")
    assert client.get("/").status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/..%2fsettings.py",
        "/static/%2fetc%2fpasswd",
        "/static/....//settings.py",
        "/static/page.css%00.py",
        "/documents/..%2f..%2fetc%2fpasswd",
        "/documents//etc/passwd",
        "/documents/%2e%2e/%2e%2e/work.polidiff",
        "/report/..%2fwork.polidiff",
        "/report/texts%2fnorth.txt",
        "/themes/..%2f..%2fetc",
    ],
)
def test_no_path_is_read(browser: TestClient, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "/etc/passwd", "http://example.org/", "-", "us-plan", "ftp://a/b", "HTTPS:/x", ""]
)
def test_only_https_addresses_are_taken(browser: TestClient, address: str) -> None:
    token = token_of(browser.get("/documents").text)
    answer = browser.post("/documents/address", data={"token": token, "address": address})
    assert answer.headers["location"] == "/documents?problem=url"
    assert not browser.app.state.desk.work.tasks()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1:8477",
        "[::1]",
        "169.254.169.254",
        "10.0.0.1",
        "192.168.1.1",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
    ],
)
def test_no_address_of_this_machine_or_its_network_is_fetched(workspace: Path, host: str) -> None:
    with pytest.raises(FetchError, match="no public address"):
        carry_out(str(workspace), Order("add", f"https://{host}/latest/meta-data", "x"), lambda *_: None)


@pytest.mark.parametrize("source", ["/etc/passwd", "pyproject.toml", "-", "file:///etc/passwd", "http://127.0.0.1/"])
def test_the_reading_process_opens_no_path(workspace: Path, source: str) -> None:
    with pytest.raises(InputError, match="no https address"):
        carry_out(str(workspace), Order("add", source, "x"), lambda *_: None)


def test_an_unknown_digest_is_refused(browser: TestClient) -> None:
    token = token_of(browser.get("/documents").text)
    answer = browser.post("/documents/sample", data={"token": token, "name": "../../etc/passwd"})
    assert answer.headers["location"] == "/documents?problem=name"


def evil_workspace(folder: Path) -> Path:
    """A workspace with script in its title, a document's name, title and words, a codebook, a note, and a name."""
    path = folder / "evil.polidiff"
    evil_html = (
        f"<html><head><title>Plan &lt;script&gt;alert(0)&lt;/script&gt;</title></head><body><h1>Evil {EVIL}</h1>"
        "<h2>Computing &lt;img src=x onerror=alert(4)&gt;</h2><ul><li>The Ministry of Evil "
        "&lt;script&gt;alert(5)&lt;/script&gt; should fund a national computing centre for AI research.</li>"
        "<li>The Ministry &quot;onmouseover=alert(6) should train teachers.</li></ul>"
        "<script>alert(7)</script></body></html>"
    )
    book = load_codebook("ai-plans")
    themes = tuple(replace(t, name=f"{t.name} {EVIL}", name_zh=EVIL, definition=EVIL) for t in book.themes)
    with Workspace.init(path, when=NOON, title=f"Work {EVIL}") as work:
        source = folder / "x.html"
        source.write_text(evil_html, encoding="utf-8")
        work.add(source, when=NOON, id="<script>alert(8)</script>")
        work.add(write_plan(folder, "south", SOUTH), when=NOON)
        work.compare(codebook=replace(book, themes=themes, heads=tuple((i, EVIL, EVIL) for i, _, _ in book.heads)))
        for item in work.queue()[:3]:
            work.decide(item.target, "note", by=f"Eve {EVIL}", when=NOON, why=EVIL)
    return path


def test_no_words_of_a_document_a_name_a_note_or_a_codebook_run(bench: Bench, tmp_path: Path) -> None:
    client = bench(evil_workspace(tmp_path))
    client.cookies.set("polidiff-by", "%3Cscript%3Ealert(9)%3C/script%3E")
    seen: set[str] = set()
    wanted = [*PAGES, "/?lang=zh"]
    while wanted and len(seen) < 60:
        place = wanted.pop(0)
        if place in seen:
            continue
        seen.add(place)
        answer = client.get(place)
        assert answer.status_code == 200, place
        if not answer.headers["content-type"].startswith("text/html"):
            assert answer.headers["content-disposition"].startswith("attachment"), place
            assert answer.headers["x-content-type-options"] == "nosniff", place
            continue
        page = html.fromstring(answer.text)
        assert not page.xpath("//script[not(starts-with(@src, '/static/'))]"), place
        assert not [name for name in page.xpath("//@*/..") for key in name.attrib if key.lower().startswith("on")], (
            place
        )
        assert not page.xpath("//img|//iframe|//object|//embed|//base|//style|//*[@style]"), place
        assert not page.xpath("//a[not(starts-with(@href, '/') or starts-with(@href, '#'))]"), place
        wanted += [link for link in page.xpath("//main//a/@href") if not link.startswith(("#", "/report/"))]
    assert any(place.startswith("/themes/") for place in seen)
    assert any(place.startswith("/provision") for place in seen)
    assert any(place.startswith("/documents/") for place in seen)


def test_a_hostile_address_of_a_page_is_shown_as_words(browser: TestClient) -> None:
    for place in ("/search", "/review", "/documents", "/"):
        query = dict.fromkeys(("q", "actor", "theme", "kind", "document", "show", "problem", "did", "lang"), EVIL)
        answer = browser.get(place, params=query)
        assert answer.status_code == 200, place
        if not answer.headers["content-type"].startswith("text/html"):
            assert answer.headers["content-disposition"].startswith("attachment"), place
            assert answer.headers["x-content-type-options"] == "nosniff", place
            continue
        page = html.fromstring(answer.text)
        assert not page.xpath("//script[not(starts-with(@src, '/static/'))]|//img|//*[@onload]")


@pytest.mark.parametrize("declared", [True, False])
def test_an_upload_over_the_bound_is_refused_and_nothing_kept(bench: Bench, workspace: Path, declared: bool) -> None:
    client = bench(max_upload=20_000)
    token = token_of(client.get("/documents").text)
    body = (
        b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n' + token.encode() + b"\r\n--x\r\n"
        b'Content-Disposition: form-data; name="file"; filename="big.txt"\r\n\r\n'
        + b"word " * 40_000
        + b"\r\n--x--\r\n"
    )
    chunks = (body[at : at + 8192] for at in range(0, len(body), 8192))
    content = body if declared else chunks
    answer = client.post("/documents", content=content, headers={"content-type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 413
    assert "over the bound" in answer.text
    assert not client.app.state.desk.work.tasks()  # type: ignore[attr-defined]


def test_other_forms_are_bounded_too(bench: Bench) -> None:
    client = bench(max_form=5_000)
    page = client.get("/review").text
    form = {"token": token_of(page), "at": item_of(page), "verb": "note", "why": "x" * 6_000, "by": "Ada"}
    assert client.post("/review", data=form).status_code == 413


def test_an_upload_is_named_without_its_folders(browser: TestClient, workspace: Path) -> None:
    token = token_of(browser.get("/documents").text)
    data = b"# A plan\n\n- The council should act.\n"
    answer = browser.post(
        "/documents", data={"token": token}, files={"file": ("..\\..\\../etc/pass<b>wd--x.md", data, "text/plain")}
    )
    assert answer.status_code == 303
    [task] = browser.app.state.desk.work.tasks()  # type: ignore[attr-defined]
    assert task.order.id == "pass-b-wd-x"
    assert "/" not in task.order.name
    assert "\\" not in task.order.name
    done = carry_out(str(workspace), task.order, lambda *_: None)
    assert done["document"] == "pass-b-wd-x"
    with Workspace.open(workspace) as work:
        key = original_key(task.order.source.partition(":")[2])
        assert work.store.results([key])[key] == data


@pytest.mark.parametrize(
    "name", ["a/../../b.pdf", "", "...", "--", "#=--.txt", "人工智能.pdf", "x" * 400, "a\u202eb.pdf", "a b.md"]
)
def test_ids_are_fit_for_names_addresses_and_files(name: str) -> None:
    made = clean_id(name)
    assert not set(made) & set("/\\#=?&%<>\"' \u202e")
    assert "--" not in made
    assert ".." not in made
    assert len(made) <= 80
    assert clean_name(name)
    assert clean_name(name).isprintable()


def test_a_fault_shows_nothing_of_the_inside(browser: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    desk = browser.app.state.desk  # type: ignore[attr-defined]
    work, desk.work = desk.work, None
    answer = browser.get("/work?q=secret")
    desk.work = work
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "NoneType" not in answer.text
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "secret" not in said
