"""The page that shows a document as it was read and split."""

from __future__ import annotations

import base64
import re
import zlib
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from tests.readers.made_pdf import make_pdf, sentences

from polidiff.cli.root import root
from polidiff.report.structure import structure

ARTICLE = "# Ports\n\nPorts shall:\n\n- open the yard, and\n- list \u5546\u8239 \U0001f600.\n\nThe end of it.\n"


class Page(HTMLParser):
    """Collects ids, links and the words of elements with ``data-start``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words: list[tuple[int, int, str]] = []
        self.tags: list[str] = []
        self._open: list[tuple[str, int, int, list[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            self.links.append(given["href"])
        if "data-start" in given:
            self._open.append((tag, int(given["data-start"]), int(given["data-end"]), []))

    def handle_data(self, data):
        for _, _, _, words in self._open:
            words.append(data)

    def handle_endtag(self, tag):
        if self._open and self._open[-1][0] == tag:
            _, start, end, words = self._open.pop()
            self.words.append((start, end, "".join(words)))


def made(tmp_path, name: str, data: bytes) -> tuple[str, Page]:
    (tmp_path / name).write_bytes(data)
    html = structure(tmp_path / name)
    return html, Page(html)


def pdf() -> bytes:
    story = [("h1", "Harbours")]
    for part in range(1, 12):
        story += [("p", sentences(part, 6)), ("bullet", sentences(100 + part, 2))]
    return make_pdf(story, foot=str, columns=2)


@pytest.mark.parametrize(("name", "data"), [("plan.md", ARTICLE.encode()), ("plan.pdf", pdf())])
def test_every_word_shown_is_cut_and_every_link_leads_somewhere(tmp_path, name, data):
    from polidiff import read, split

    html, page = made(tmp_path, name, data)
    document = read(tmp_path / name)
    assert page.words
    for start, end, words in page.words:
        assert document.text[start:end] == words
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    for provision in split(document):
        assert f"p-{provision.id}" in page.ids
        assert f"b-{provision.id}" in page.ids
    assert html == structure(tmp_path / name)


def test_it_works_from_disk_alone(tmp_path):
    html, page = made(tmp_path, "plan.pdf", pdf())
    assert "script" not in page.tags
    assert all(link.startswith(("#", "data:")) for link in page.links)
    assert "default-src 'none'" in html.replace("&#39;", "'")


def test_the_pages_are_drawn_and_the_boxes_lie_on_their_words(tmp_path):
    from polidiff import read

    html, _ = made(tmp_path, "plan.pdf", pdf())
    document = read(tmp_path / "plan.pdf")
    pictures = re.findall(r"data:image/png;base64,([\w+/=]+)", html)
    assert len(pictures) == len(document.pages)
    png = base64.b64decode(pictures[0])
    assert png.startswith(b"\x89PNG")
    size = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    body = png[png.index(b"IDAT") + 4 :]
    rows = zlib.decompressobj().decompress(body)
    assert len(rows) == size[1] * (1 + (size[0] + 1) // 2)  # four bits a pixel
    assert len(set(rows)) > 10
    for x, y, width, height in re.findall(
        r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)"', html
    ):
        assert 0 < float(width) < 300  # no box spans the gutter of the two columns
        assert float(height) > 0
        assert float(x) > 60
        assert float(y) > 30


def test_pages_where_the_readers_differ_come_first(tmp_path):
    from polidiff.model import Notice, Reason
    from polidiff.provisions import split
    from polidiff.readers import read
    from polidiff.report.structure import structure_page

    (tmp_path / "plan.pdf").write_bytes(pdf())
    document = read(tmp_path / "plan.pdf")
    object.__setattr__(
        document,
        "warnings",
        (Notice(Reason.of("second_reader.failed")), Notice(Reason.of("readers_differ.page", here=1, there=0), 2)),
    )
    html = structure_page(document, split(document))
    assert html.index("two readers disagree") < html.index("second reader could not") < html.index("<main>")
    assert 'href="#page-2"' in html


def test_the_words_of_a_document_cannot_break_the_page(tmp_path):
    html, page = made(
        tmp_path, "x.md", b"# A\n\n- Open <script>alert(1)</script> & \"it\" 'now' &lt;b&gt;.\n- Shut it.\n"
    )
    assert "<script" not in html
    assert any("alert(1)" in words for _, _, words in page.words)


def test_the_command_writes_the_file_or_standard_output(tmp_path):
    source = tmp_path / "plan.md"
    source.write_text(ARTICLE)
    target = tmp_path / "out" / "plan.html"
    done = CliRunner().invoke(root, ["split", str(source), "--format", "html", "-o", str(target)])
    assert done.exit_code == 0
    assert done.output.strip() == str(target)
    shown = CliRunner().invoke(root, ["split", str(source), "--format", "html"])
    assert shown.output == target.read_text(encoding="utf-8")
    wrong = CliRunner().invoke(root, ["split", str(source), "-o", str(target)])
    assert wrong.exit_code == 2
