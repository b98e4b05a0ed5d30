"""Marks around words: whatever spans are given, the words stay whole and the elements nest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from polidiff.report.marks import Mark, marked, merged

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1, max_size=40)
SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["mark", "span", "ins"])), max_size=6
)


@given(TEXT, SPANS)
def test_words_stay_whole_and_elements_nest(text: str, spans: list[tuple[int, int, str]]) -> None:
    size = len(text)
    marks = [Mark(min(a, b, size), min(max(a, b), size), tag) for a, b, tag in spans]
    out = str(marked(text, 0, size, marks))
    open_tags: list[str] = []
    for token in out.replace(">", "<").split("<")[1::2]:
        if token.startswith("/"):
            assert open_tags.pop() == token[1:]
        else:
            open_tags.append(token.split()[0])
    assert not open_tags
    if text.isprintable():
        assert html.fromstring(f"<pre>x{out}</pre>").text_content() == "x" + text


@given(TEXT, SPANS)
def test_every_mark_covers_its_words(text: str, spans: list[tuple[int, int, str]]) -> None:
    size = len(text)
    if not text.isprintable():
        return
    marks = [
        Mark(min(a, b, size), min(max(a, b), size), "mark", (("class", f"m{n}"),)) for n, (a, b, _) in enumerate(spans)
    ]
    tree = etree.fromstring(f"<p>{marked(text, 0, size, marks)}</p>")
    for mark in marks:
        if mark.start < mark.end:
            name = mark.attributes[0][1]
            assert (
                "".join("".join(e.itertext()) for e in tree.iter("mark") if e.get("class") == name)
                == (text[mark.start : mark.end])
            )


def test_a_crossed_mark_keeps_one_id() -> None:
    out = str(marked("abcdef", 0, 6, [Mark(0, 4, "span", (("id", "x"),)), Mark(2, 6, "ins", (("id", "y"),))]))
    assert out.count('id="x"') == 1
    assert out.count('id="y"') == 1


def test_what_html_cannot_hold_is_shown_as_missing() -> None:
    assert str(marked("a\x00b\ud800c\rd", 0, 7)) == "a\ufffdb\ufffdc&#13;d"


def test_spans_that_touch_are_joined() -> None:
    assert merged([(3, 5), (0, 2), (5, 6), (1, 2), (9, 9)]) == [(0, 2), (3, 6)]
