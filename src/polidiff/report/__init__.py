"""The report room: one page that works from disk, a workbook, and figures.

::

    page(comparison, check, language="en")   one self-contained HTML file: no network, readable without scripts
    article_page(check, method)              the same of one article's check, without a comparison
    docx(comparison, check)                  a .docx file with the passages as footnotes
    workbook(comparison, check)              an .xlsx file that an analyst would send on
    figures(comparison, language="en")       name → SVG

All three are functions of their arguments: the same comparison gives the same bytes.
"""

from __future__ import annotations

from polidiff.model import ArticleCheck, Comparison
from polidiff.model.against import Against
from polidiff.model.briefs import Brief
from polidiff.model.versions import VersionDiff
from polidiff.wording import LOCALES, Locale

__all__ = [
    "against_body",
    "against_page",
    "against_workbook",
    "article_body",
    "article_page",
    "article_word_document",
    "article_workbook",
    "brief",
    "brief_body",
    "brief_file",
    "briefs",
    "corrected_files",
    "diff_body",
    "diff_page",
    "figure_files",
    "page",
    "word_document",
    "workbook",
]


def page(
    comparison: Comparison, check: ArticleCheck | None = None, *, language: Locale = "en", told: Brief | None = None
) -> str:
    """The comparison as one HTML page in ``language``; ``told`` is its brief, where it is made already.

    The page links to its twin in the other language under the names ``index.html`` and ``index.zh.html``. Each passage
    carries ``data-document``, ``data-start`` and ``data-end``; its text content is ``document.text[start:end]``.
    """
    from polidiff.report.render import render
    from polidiff.report.view import page_view

    return render(page_view(comparison, check, language, told), "page.html.j2")


def article_page(
    check: ArticleCheck, method: tuple[tuple[str, str], ...] = (), *, language: Locale = "en", linked: str = ""
) -> str:
    """An article's check as one HTML page: the article, and beside it what the documents say.

    The page links to its twin in the other language under the names ``article.html`` and ``article.zh.html``.
    ``method`` holds pairs of a name and a value, as in a comparison; ``linked`` is JSON-LD to embed.
    """
    from polidiff.report.checked import check_view
    from polidiff.report.render import render

    return render(check_view(check, method, language, linked), "check.html.j2")


def article_body(check: ArticleCheck, *, language: Locale = "en") -> str:
    """The middle of an article's page, without head and method, for a page that has its own; it needs ``page.css``."""
    from polidiff.report.checked import check_view
    from polidiff.report.render import render

    return render(check_view(check, (), language), "check_body.html.j2")


def corrected_files(check: ArticleCheck, *, language: Locale = "en") -> dict[str, bytes]:
    """The corrected article as a page and as Word with comments and tracked suggestions, and a letter to the desk."""
    from polidiff.report.corrected import PAGES, corrected_page
    from polidiff.report.docx.corrected import build, build_letter
    from polidiff.report.render import render

    suffix = ".zh" if language == "zh" else ""
    return {
        PAGES[language]: render(corrected_page(check, language), "corrected.html.j2").encode("utf-8", "surrogatepass"),
        f"article.corrected{suffix}.docx": build(check, language),
        f"article.letter{suffix}.docx": build_letter(check, language),
    }


def diff_page(found: VersionDiff, *, language: Locale = "en") -> str:
    """Two versions of a document as one HTML page: what changed, both sides, the words marked.

    The page links to its twin in the other language under the names ``diff.html`` and ``diff.zh.html``.
    """
    from polidiff.report.changed import diff_view
    from polidiff.report.render import render

    return render(diff_view(found, language), "diff.html.j2")


def diff_body(found: VersionDiff, *, language: Locale = "en") -> str:
    """What changed between two versions as the middle of a page that has its own head; it needs ``page.css``."""
    from polidiff.report.changed import diff_view
    from polidiff.report.render import render

    return render(diff_view(found, language), "diff_body.html.j2")


def against_page(found: Against, *, language: Locale = "en") -> str:
    """One document against all others as one HTML page: what is new, missing, borrowed, and what was searched.

    The page links to its twin in the other language under the names ``against.html`` and ``against.zh.html``.
    """
    from polidiff.report.against import against_view
    from polidiff.report.render import render

    return render(against_view(found, language), "against.html.j2")


def against_body(found: Against, *, language: Locale = "en") -> str:
    """The middle of that page, for one that has its own head; it needs ``page.css``."""
    from polidiff.report.against import against_view
    from polidiff.report.render import render

    return render(against_view(found, language), "against_body.html.j2")


def against_workbook(found: Against, *, language: Locale = "en") -> bytes:
    """One document against all others as an .xlsx file: its provisions, what is missing, what was searched."""
    from polidiff.report.xlsx.workbook import build_against

    return build_against(found, language)


def figure_files(comparison: Comparison, *, language: Locale = "en") -> dict[str, str]:
    """The figures as SVG documents by name.

    ``themes``, ``distance``, ``firmness``, ``stance``, ``positions``, ``directions``, ``deadlines``, and ``money`` for
    the currency that is named most (``money-eur`` for another).

    A figure that would be empty is left out; of many documents there is none, the page has a table of all.
    """
    from polidiff.report.figures.every import charts
    from polidiff.report.figures.svg import svg
    from polidiff.report.many import is_many
    from polidiff.report.passages import ReportContext
    from polidiff.report.themes import heads
    from polidiff.report.words import made_from

    bench = ReportContext(comparison, language)
    if is_many(bench):
        return {}
    foot = made_from(bench)
    return {chart.name: svg(chart, bench.parties, language, foot) for chart in charts(bench, heads(bench))}


def word_document(comparison: Comparison, check: ArticleCheck | None = None, *, language: Locale = "en") -> bytes:
    """The comparison as a .docx file in ``language``: each finding in a sentence, its passages as footnotes."""
    from polidiff.report.docx.document import build

    return build(comparison, check, language)


def article_word_document(
    check: ArticleCheck, method: tuple[tuple[str, str], ...] = (), *, language: Locale = "en"
) -> bytes:
    """An article's check as a .docx file in ``language``; ``method`` as in :func:`article_page`."""
    from polidiff.report.checked import bare
    from polidiff.report.docx.document import build

    return build(bare(check, method), check, language)


def article_workbook(
    check: ArticleCheck, method: tuple[tuple[str, str], ...] = (), *, language: Locale = "en"
) -> bytes:
    """An article's check as an .xlsx file: quotations, claims, method; ``method`` as in :func:`article_page`."""
    from polidiff.report.checked import bare
    from polidiff.report.xlsx.workbook import build

    return build(bare(check, method), check, language)


def brief(comparison: Comparison, *, language: Locale = "en") -> Brief:
    """The comparison told in sentences, each with the passages that it rests on."""
    from polidiff.report.briefing.article import brief as made
    from polidiff.report.passages import ReportContext

    return made(ReportContext(comparison, language))


def briefs(comparison: Comparison) -> tuple[Brief, ...]:
    """The brief in every language."""
    return tuple(brief(comparison, language=tongue) for tongue in LOCALES)


def brief_body(comparison: Comparison, told: Brief) -> str:
    """A brief as the middle of a page that has its own head; it needs ``page.css``."""
    from polidiff.report.briefing.page import brief_page
    from polidiff.report.render import render

    return render(brief_page(comparison, told), "brief_part.html.j2")


def brief_file(comparison: Comparison, told: Brief, to: str) -> bytes:
    """A brief as a file: ``docx``, ``html`` or ``md``, each with its passages as notes. ValueError for another form."""
    if to == "docx":
        from polidiff.report.docx.brief import build

        return build(comparison, told)
    if to == "html":
        from polidiff.report.briefing.page import brief_page
        from polidiff.report.render import render

        return render(brief_page(comparison, told), "brief.html.j2").encode("utf-8", "surrogatepass")
    if to == "md":
        from polidiff.report.briefing.markdown import markdown

        return markdown(comparison, told).encode("utf-8", "surrogatepass")
    raise ValueError(to)


def workbook(comparison: Comparison, check: ArticleCheck | None = None, *, language: Locale = "en") -> bytes:
    """The comparison as an .xlsx file: findings, passages, provisions side by side, codes, figures, article, method."""
    from polidiff.report.xlsx.workbook import build

    return build(comparison, check, language)
