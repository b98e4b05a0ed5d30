"""The workbench as a reader meets it: each view in both languages, links that keep their state, decisions by form."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient
from tests.web.conftest import Bench, item_of, token_of
from tests.workspace import test_stakes
from tests.workspace.plans import NOON, write_plan

from polidiff.report.names import Party
from polidiff.web.views.distance import placed
from polidiff.workspace import Workspace

VIEWS = (
    "/",
    "/documents",
    "/review",
    "/search",
    "/search?q=computing",
    "/browse?table=provisions",
    "/report",
    "/work",
    "/documents/north",
)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_every_view_answers_in_both_languages(browser: TestClient, view: str, tongue: str) -> None:
    answer = browser.get(f"{view}{'&' if '?' in view else '?'}lang={tongue}")
    assert answer.status_code == 200
    page = html.fromstring(answer.text)
    assert page.get("lang") == ("zh-Hans" if tongue == "zh" else "en")
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//main[@id='content']")
    assert page.xpath("//a[@class='skip' and @href='#content']")
    assert not page.xpath("//*[@style]|//style|//script[not(@src)]|//*[@onclick]")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for link in page.xpath("//nav//a/@href"):
        assert f"lang={tongue}" in link


def test_the_language_is_remembered(browser: TestClient) -> None:
    browser.get("/?lang=zh")
    assert "概览" in browser.get("/documents").text
    assert "概览" not in browser.get("/documents?lang=en").text


def test_the_overview_leads_to_the_provisions(browser: TestClient) -> None:
    page = html.fromstring(browser.get("/").text)
    link = page.xpath("//table[contains(@class,'matrix')]//th/a")[0]
    theme = browser.get(link.get("href"))
    shown = html.fromstring(theme.text)
    assert link.text in shown.xpath("//h1")[0].text_content()
    assert any(quote.text_content().strip() for quote in shown.xpath("//blockquote"))
    place = shown.xpath("//a[@class='in-full']/@href")[0]
    text = browser.get(place)
    assert html.fromstring(text.text).xpath("//*[@id='here']//mark[@class='lit']")


def test_the_overview_shows_every_distance_in_a_table(browser: TestClient) -> None:
    page = html.fromstring(browser.get("/").text)
    [drawing] = page.xpath("//*[local-name()='svg'][@class='map']")
    assert len(drawing.xpath(".//*[local-name()='text'][@class='map-l']")) == 3
    cells = [cell.text_content() for cell in page.xpath("//div[@class='apart']//td[@class='n']")]
    assert len(cells) == 9
    assert all(0 <= float(cell) <= 1 for cell in cells if cell != "–")


def test_a_filter_stays_in_the_address(browser: TestClient) -> None:
    kinds = html.fromstring(browser.get("/?kind=only").text).xpath("//table[contains(@class,'matrix')]//tr/@class")
    assert {kind.split()[0] for kind in kinds} == {"group", "k-only"}


def test_a_decision_by_form_is_kept_and_can_be_undone(browser: TestClient, workspace: Path) -> None:
    page = browser.get("/review?kind=links").text
    name = item_of(page)
    answer = browser.post(
        "/review?kind=links", data={"token": token_of(page), "at": name, "verb": "reject", "by": "Ada", "why": "no"}
    )
    assert answer.status_code == 303
    with Workspace.open(workspace) as work:
        [row] = work.rows()
        assert (row.verb, row.by, row.why) == ("reject", "Ada", "no")
    after = browser.get(answer.headers["location"]).text
    assert item_of(after) != name
    assert "You decide as Ada." in after
    undone = browser.post("/review/undo?kind=links", data={"token": token_of(after), "id": row.id})
    assert undone.status_code == 303
    with Workspace.open(workspace) as work:
        assert not any(held.heads for held in work.standings().values())


def test_a_relation_is_chosen_and_shown(browser: TestClient, workspace: Path) -> None:
    page = browser.get("/review?kind=links").text
    name = item_of(page)
    browser.post("/review", data={"token": token_of(page), "at": name, "verb": "subset_of", "by": "Ada"})
    with Workspace.open(workspace) as work:
        [held] = work.standings().values()
        assert held.decided is not None
        assert held.decided.value == "subset_of"
    assert "the first is part of the second" in browser.get("/review", params={"at": name, "show": "all"}).text


def fields_of(page: str) -> dict[str, str]:
    """What the form that decides says without being asked."""
    return {one.get("name"): one.get("value") for one in html.fromstring(page).xpath("//form[@id='decide']//input")}


def test_two_who_decide_on_the_same_page_are_at_odds_and_told(browser: TestClient, workspace: Path) -> None:
    """Bob decides while Ada looks at the page; hers doesn't override his, and she sees what he said."""
    page = browser.get("/review?kind=links").text
    name = item_of(page)
    fields = {
        field.get("name"): field.get("value") for field in html.fromstring(page).xpath("//form[@id='decide']//input")
    }
    browser.post("/review?kind=links", data={**fields, "verb": "reject", "by": "Bob", "why": "too broad"})
    answer = browser.post("/review?kind=links", data={**fields, "verb": "accept", "by": "Ada"})
    told = browser.get(answer.headers["location"]).text
    assert item_of(told) == name
    assert "People are at odds here" in told
    assert "too broad" in told
    settled = {
        field.get("name"): field.get("value") for field in html.fromstring(told).xpath("//form[@id='decide']//input")
    }
    browser.post("/review?kind=links", data={**settled, "verb": "reject", "by": "Ada"})
    with Workspace.open(workspace) as work:
        [held] = work.standings().values()
        assert held.decided is not None
        assert (held.decided.verdict, held.decided.by) == ("reject", "Ada")


def test_without_a_name_nothing_is_decided(browser: TestClient, workspace: Path) -> None:
    page = browser.get("/review").text
    answer = browser.post("/review", data={"token": token_of(page), "at": item_of(page), "verb": "accept"})
    assert answer.status_code == 400
    assert "fill in your name" in answer.text
    with Workspace.open(workspace) as work:
        assert not work.rows()


def test_a_second_coder_sees_nothing_of_the_first(browser: TestClient) -> None:
    page = browser.get("/review?kind=links").text
    name = item_of(page)
    browser.post("/review", data={"token": token_of(page), "at": name, "verb": "reject", "by": "Ada", "why": "secret"})
    browser.cookies.delete("polidiff-by")
    blind = browser.get("/review", params={"blind": "1", "at": name}).text
    assert "secret" not in blind
    browser.post("/review?blind=1", data={"token": token_of(blind), "at": name, "verb": "accept", "by": "Bob"})
    assert "People are at odds here" in browser.get("/review", params={"at": name}).text
    assert html.fromstring(browser.get("/review").text).xpath("//tr[contains(., 'Ada') and contains(., 'Bob')]")


def test_a_provision_is_split_by_form(browser: TestClient, workspace: Path) -> None:
    with Workspace.open(workspace) as work:
        found = next(p for p in work.places().documents["north"][1] if p.leaf and "train teachers" in p.text)
    page = browser.get("/provision", params={"document": "north", "at": found.start}).text
    assert "train teachers" in page
    form = {"token": token_of(page), "document": "north", "at": found.start, "by": "Ada"}
    browser.post("/provision", data={**form, "what": "split", "words": "in artificial"})
    with Workspace.open(workspace) as work:
        assert any(p.text == "in artificial intelligence." for p in work.places().documents["north"][1])


def test_words_that_stand_twice_split_nothing(browser: TestClient) -> None:
    page = browser.get("/provision?document=north&at=60").text
    form = {"token": token_of(page), "document": "north", "at": 60, "by": "Ada", "what": "split", "words": "e"}
    answer = browser.post("/provision", data=form)
    assert answer.status_code == 400
    assert "stand exactly once" in answer.text


def test_the_report_can_be_downloaded_and_holds_the_decision(browser: TestClient) -> None:
    page = browser.get("/review?kind=links").text
    browser.post("/review", data={"token": token_of(page), "at": item_of(page), "verb": "reject", "by": "Ada"})
    answer = browser.get("/report/comparison.json")
    assert answer.headers["content-disposition"] == 'attachment; filename="comparison.json"'
    assert [row["decision"] for row in answer.json()["decisions"]] == ["reject"]
    assert browser.get("/report/report.zip").content[:2] == b"PK"
    assert browser.get("/report/comparison.docx").content[:2] == b"PK"
    assert browser.get("/report/csv.zip").content[:2] == b"PK"


def test_a_workspace_with_one_document_says_what_is_missing(bench: Bench, tmp_path: Path) -> None:
    from tests.workspace.plans import NOON, NORTH, write_plan

    with Workspace.init(tmp_path / "one.polidiff", when=NOON) as work:
        work.add(write_plan(tmp_path, "north", NORTH), when=NOON)
    client = bench(tmp_path / "one.polidiff")
    assert "One more document is needed" in client.get("/").text
    for view in ("/review", "/report"):
        assert "Two documents are needed" in client.get(view).text
    assert client.get("/documents").status_code == 200


def test_what_isnt_there_is_said_plainly(browser: TestClient) -> None:
    for place in (
        "/nowhere",
        "/documents/nothing",
        "/themes/none",
        "/review?at=x%23y",
        "/provision?document=north&at=9999999",
    ):
        answer = browser.get(place)
        assert answer.status_code == 404, place
        assert "Traceback" not in answer.text
        assert "There is no such page" in answer.text


def test_a_finding_is_left_out_and_put_back(browser: TestClient) -> None:
    place = html.fromstring(browser.get("/").text).xpath("//table[contains(@class,'matrix')]//th/a/@href")[0]
    page = browser.get(place).text
    fields = {one.get("name"): one.get("value") for one in html.fromstring(page).xpath("//*[@id='decide']//input")}
    browser.post(place, data={**fields, "by": "Ada", "verb": "reject", "why": "not asked"})
    desk = browser.app.state.desk  # type: ignore[attr-defined]
    assert desk.snapshot(30)[1]
    left = html.fromstring(browser.get("/").text)
    assert not left.xpath(f"//table//th/a[@href='{place}']")
    assert left.xpath(f"//p/a[@href='{place}']")
    page = browser.get(place).text
    assert "not asked" in page
    fields = {one.get("name"): one.get("value") for one in html.fromstring(page).xpath("//*[@id='decide']//input")}
    browser.post(place, data={**fields, "verb": "accept"})
    assert desk.snapshot(30)[1]
    assert html.fromstring(browser.get("/").text).xpath(f"//table//th/a[@href='{place}']")


def test_each_undecided_theme_says_what_is_missing_and_is_decided_on_its_page(bench: Bench, tmp_path: Path) -> None:
    with Workspace.init(tmp_path / "open.polidiff", when=NOON) as work:
        work.add(write_plan(tmp_path, "north", test_stakes.NORTH), when=NOON)
        work.add(write_plan(tmp_path, "south", test_stakes.SOUTH), when=NOON)
        work.compare(codebook=test_stakes.BOOK)
    browser = bench(tmp_path / "open.polidiff")
    page = html.fromstring(browser.get("/?lang=en").text)
    rows = page.xpath("//ul[@id='open']/li")
    assert rows
    assert all(row.xpath(".//a/@href") and row.xpath("string(.//span)").strip() for row in rows)
    name = "AI in health care"
    assert "its likeliest passage is asked" in next(row for row in rows if name in row.text_content()).text_content()
    place = "/themes/sector_health"
    shown = html.fromstring(browser.get(place).text)
    assert shown.xpath("//blockquote")
    kind = shown.xpath("//*[@id='decide']//button/@value")[0]
    assert kind in ("shared", "only")
    browser.post(
        place, data={"token": token_of(browser.get(place).text), "by": "Ada", "verb": kind, "why": "I read it"}
    )
    assert browser.app.state.desk.snapshot(30)[1]  # type: ignore[attr-defined]
    page = html.fromstring(browser.get("/?lang=en").text)
    assert name not in page.xpath("//ul[@id='open']/li/a/bdi/text()")
    assert page.xpath(f"//table[contains(@class,'matrix')]//a[starts-with(@href,'{place}')]")
    assert "decided by Ada: I read it" in page.text_content()
    told = html.fromstring(browser.get(place).text).text_content()
    assert "decided by Ada: I read it" in told
    assert "decided by Ada: I read it" in html.fromstring(browser.get("/report/brief?lang=en").text).text_content()


def test_the_documents_to_be_compared_can_be_chosen(browser: TestClient, workspace: Path) -> None:
    with Workspace.open(workspace) as work:
        work.compare(["north", "south"])
    token = token_of(browser.get("/documents").text)
    answer = browser.post("/documents/compare", data={"token": token, "document": ["north", "south"]})
    assert answer.headers["location"] == "/documents"
    assert browser.app.state.desk.snapshot(30)[1]  # type: ignore[attr-defined]
    heads = html.fromstring(browser.get("/").text).xpath("//table[contains(@class,'matrix')]/thead//th")
    assert len(heads) == 4
    assert html.fromstring(browser.get("/documents").text).xpath("//input[@type='checkbox'][@checked]/@value") == [
        "north",
        "south",
    ]
    one = browser.post("/documents/compare", data={"token": token, "document": "north"})
    assert one.headers["location"] == "/documents?problem=choice"


def test_too_many_documents_are_not_compared_but_searched(bench: Bench, tmp_path: Path) -> None:
    from tests.workspace.plans import NOON, write_plan

    with Workspace.init(tmp_path / "many.polidiff", when=NOON) as work:
        for number in range(13):
            lines = [f"# Plan {number}", f"- The council should build bridge number {number}."]
            work.add(write_plan(tmp_path, f"plan{number}", lines), when=NOON)
    client = bench(tmp_path / "many.polidiff")
    assert "Too many documents" in client.get("/").text
    assert len(html.fromstring(client.get("/search?q=bridge&how=words").text).xpath("//ol/li")) == 13


def test_the_result_is_read_in_place(browser: TestClient) -> None:
    page = html.fromstring(browser.get("/?lang=en").text)
    assert page.xpath("//section[contains(@class, 'news')]//li")
    told = browser.get("/report/brief?lang=en")
    assert html.fromstring(told.text).xpath("//ol[@class='notes']/li/blockquote")
    opened = browser.get("/report/read/index.html")
    assert opened.headers["content-type"].startswith("text/html")
    assert "content-disposition" not in opened.headers
    assert "sandbox" in opened.headers["content-security-policy"]
    assert browser.get("/report/read/comparison.json").status_code == 404
    assert browser.get("/report/brief.zh.docx").content[:2] == b"PK"
    assert browser.get("/report/brief.md").text.startswith("#")


def test_words_are_quoted_with_their_source(browser: TestClient, workspace: Path) -> None:
    with Workspace.open(workspace) as work:
        text = work.places().documents["north"][0].text
    start = text.index("The Ministry of Education")
    end = text.index("artificial intelligence.") + len("artificial intelligence")
    page = html.fromstring(browser.get(f"/quote?document=north&start={start}&end={end}&lang=en").text)
    given = {one.get("aria-labelledby").removeprefix("f-"): one.text_content() for one in page.xpath("//textarea")}
    words = "The Ministry of Education should train teachers in artificial intelligence"
    assert given["text"] == f"“{words}” (Northland AI plan)"
    assert given["markdown"] == f"> {words}\n>\n> — *Northland AI plan*\n"
    assert given["footnote"] == f"Northland AI plan: “{words}”."
    assert f"annote = {{{words}}}" in given["bibtex"]
    assert f"N2  - {words}" in given["ris"].splitlines()
    for wrong in ("start=5&end=5", "start=0&end=999999", "start=x&end=4"):
        assert browser.get(f"/quote?document=north&{wrong}").status_code == 404


def test_documents_are_narrowed_by_country_year_and_kind(browser: TestClient, workspace: Path) -> None:
    from tests.workspace.plans import NOON

    from polidiff.workspace.corrections import correct

    with Workspace.open(workspace) as work:
        correct(work, "north", {"jurisdiction": "GB", "date": "2025-01-13"}, when=NOON)
        correct(work, "south", {"jurisdiction": "US", "date": "2026-01-13"}, when=NOON)

    def held(query: str) -> list[str]:
        page = html.fromstring(browser.get(f"/documents?lang=en{query}").text)
        return [str(one) for one in page.xpath("//th[@scope='row']//a/@href")]

    assert len(held("")) == 3
    assert held("&country=GB") == ["/documents/north?lang=en"]
    assert held("&year=2026") == ["/documents/south?lang=en"]
    assert len(held("&kind=official")) == 3
    assert held("&country=GB&year=2026") == []


def test_the_table_of_themes_is_shaded_by_how_much_is_said(browser: TestClient) -> None:
    page = html.fromstring(browser.get("/").text)
    shades = {cell.text_content().strip(): cell.get("class") for cell in page.xpath("//td[contains(@class, 'h-')]")}
    counts = {int(words): shade for words, shade in shades.items() if words.isdigit()}
    assert counts[max(counts)] == "n h-5"
    assert all(shade == "n h-0" for words, shade in shades.items() if not words.isdigit())


def test_the_review_says_what_decisions_teach_and_uses_it_when_asked(browser: TestClient, workspace: Path) -> None:
    from tests.workspace.plans import NOON

    from polidiff.workspace import tuning

    assert "After 10 decisions on theme codes" in browser.get("/review?lang=en").text
    with Workspace.open(workspace) as work:
        codes = [item for item in work.queue(make=False) if item.target.kind == "code"]
        for item in codes:
            work.decide(item.target, "reject" if item.score < 0.6 else "accept", by="Ada", when=NOON)
    desk = browser.app.state.desk  # type: ignore[attr-defined]
    desk.wake()
    assert desk.snapshot(60)[1]
    page = browser.get("/review?lang=en").text
    assert f"{len(codes)} decisions teach the coder" in page
    gains = "Use it from now on" in page
    answer = browser.post("/review/learn", data={"token": token_of(page), "what": "keep"})
    assert answer.headers["location"] == "/review#teach"
    with Workspace.open(workspace) as work:
        assert (tuning.kept(work.store) is not None) == gains
    assert desk.snapshot(60)[1]
    browser.post("/review/learn", data={"token": token_of(page), "what": "forget"})
    with Workspace.open(workspace) as work:
        assert tuning.kept(work.store) is None


def test_names_on_the_map_stand_beside_one_another_and_inside_of_it() -> None:
    names = (
        "Harbours",
        "A plan for lakes, rivers and all the harbours",
        "关于加强湖泊河流与港口保护工作的若干意见",
        "Lakes",
    )
    parties = tuple(Party(n, str(n), one, one, one, "abcd"[n], "en", False) for n, one in enumerate(names))
    points = placed(parties, [(0.0, 0.3), (-0.1, -0.1), (-0.13, -0.16), (0.2, -0.18)], 260.0)
    assert points[0].label == "Harbours"
    assert points[2].label.endswith("…")
    lines = []
    for one in points:
        wide = sum(13.2 if char > "\u2fff" else 6.6 for char in one.label)
        left = one.left - {"start": 0.0, "middle": wide / 2, "end": wide}[one.anchor]
        lines.append((left, left + wide, one.base))
        assert left >= 0
        assert left + wide <= 360
        assert 10 <= one.base <= 260
    for at, one in enumerate(lines):
        for other in lines[at + 1 :]:
            assert one[1] <= other[0] or other[1] <= one[0] or abs(one[2] - other[2]) >= 12
