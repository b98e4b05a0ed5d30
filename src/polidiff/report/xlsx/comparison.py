"""The sheets of a comparison: findings, passages, provisions side by side, what stands in one alone, codes, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from polidiff.comparison.passages import passage_of
from polidiff.model import Absence, ArticleCheck, Document, Finding, Passage
from polidiff.report.anchors import theme_anchor
from polidiff.report.briefing.article import headline
from polidiff.report.counts import decided
from polidiff.report.figures.every import charts
from polidiff.report.many import MARKS, clusters_grid, is_many, themes_grid
from polidiff.report.names import finding_name
from polidiff.report.passages import ReportContext, relation_said
from polidiff.report.themes import by_whom, heads, verdict
from polidiff.report.view import PAGES, method_rows
from polidiff.report.xlsx.cells import Cell, Column, Link, Sheet, called, columns
from polidiff.wording import Locale, reason_text, say, term

Rows = Iterator[Sequence[Cell]]


def comparison_sheets(bench: ReportContext) -> tuple[Sheet, ...]:
    """Every sheet of the comparison but its method."""
    labels = [party.label for party in bench.parties]
    own = [column for label in labels for column in columns("passages:10 words:56 page:16 source:14 place:12", label)]
    many = is_many(bench)
    figures = (*_FIGURES, *(Column("", 18, label) for label in labels), Column("finding", 22))
    return (
        Sheet("findings", (*_FINDINGS, *(() if many else own), *_FURTHER), _findings(bench)),
        Sheet("passages", _PASSAGES, _passages(bench)),
        Sheet("side_by_side", _SIDES, _side_by_side(bench)),
        Sheet("only_in_one", _ONLY, _only(bench)),
        *([Sheet("clusters", _CLUSTERS, _clusters(bench))] if bench.comparison.clusters else []),
        *([Sheet("positions", _POSITIONS, _positions(bench))] if bench.comparison.stances else []),
        Sheet("codes", _CODES, _codes(bench)),
        Sheet("figures", figures, _grids(bench) if many else _figures(bench)),
    )


_FINDINGS = columns("theme:30 headline:60 finding:14 in:24 part_of:24 differs_in:22")
_FURTHER = columns("what_each_says:44 reasons:50 on_the_page:14 head:24 theme_zh:24 decision:14 why:30")
"""``decision`` and ``why`` are empty: what is typed there comes back (:mod:`polidiff.report.xlsx.typed`)."""
_FIGURES = columns("figure:36 group:26 row:34")


def _findings(bench: ReportContext) -> Rows:
    """A row a finding: with the strongest passage of each document, and links to it on the page and in its source."""
    names = {finding.theme: _theme(bench, finding) for finding in bench.comparison.findings}
    for position, finding in enumerate(bench.comparison.findings):
        row: list[Cell] = [
            _theme(bench, finding),
            headline(bench, finding),
            verdict(bench, finding),
            ", ".join(bench.party[document].label for document in finding.documents),
            names.get(bench.comparison.within.get(finding.theme, ""), ""),
            ", ".join(term("differs", difference.kind, bench.tongue) for difference in finding.differs),
        ]
        for party in () if is_many(bench) else bench.parties:
            passages = [passage for passage in finding.passages if passage.document == party.id]
            best = max(passages, key=lambda passage: passage.score, default=None)
            row.append(len(passages))
            row += (
                (best.text, on_page(bench, best), in_source(bench, best.document, best.page), place(best))
                if best is not None
                else (None, None, None, None)
            )
        row += [
            "\n".join(
                f"{term('differs', d.kind, bench.tongue)}: "
                + "; ".join(f"{bench.party[i].label}: {v}" for i, v in d.values)
                for d in finding.differs
            ),
            "\n".join(map(bench.reason, finding.reasons)),
            Link(f"external:{PAGES[bench.tongue]}#{theme_anchor(position)}", say("open", bench.tongue)),
            _head(bench, finding),
            finding.name_zh,
            "",
            "",
        ]
        yield row


def _head(bench: ReportContext, finding: Finding) -> str:
    names = {head: (name, name_zh) for head, name, name_zh in bench.comparison.codebook.heads}
    return names.get(finding.head, (finding.head, finding.head))[bench.tongue == "zh"]


def _theme(bench: ReportContext, finding: Finding) -> str:
    return finding_name(finding, bench.tongue)


_PASSAGES = columns(
    "theme:30 finding:14 document:20 words:80 on_the_page:16 source:14 number:10 path:44 strength:16 score:8 "
    "provision:14 place:14"
)


def _passages(bench: ReportContext) -> Rows:
    """Every passage of every finding, best first."""
    for finding in bench.comparison.findings:
        for passage in sorted(finding.passages, key=lambda one: (-one.score, one.document, one.start)):
            provision = bench.provisions.get((passage.document, passage.provision))
            coding = bench.codings.get((passage.document, passage.provision))
            yield (
                _theme(bench, finding), verdict(bench, finding),
                called(bench, passage.document), passage.text, on_page(bench, passage),
                in_source(bench, passage.document, passage.page),
                (provision.number or "") if provision is not None else "", " › ".join(passage.path),
                coding.strength.id if coding is not None else "", passage.score, passage.provision, place(passage),
            )  # fmt: skip


def _every(bench: ReportContext) -> tuple[Finding, ...]:
    """The findings on themes, then the decided ones on matters."""
    return (*bench.comparison.findings, *decided(bench.comparison))


def _level(bench: ReportContext, finding: Finding) -> str:
    return say("cell.theme" if finding.matter is None else "cell.matter", bench.tongue)


_SIDES = columns(
    "theme:26 kind:10 finding:18 score:8 relation:20 differs_in:20 document:16:A provision:14:A page:14:A words:60:A "
    "document:16:B provision:14:B page:14:B words:60:B place:14:A place:14:B path:40:A path:40:B reasons:50 "
    "rationale:14 link_strength:12 rests_on:40 decision:14 why:30"
)


def _side_by_side(bench: ReportContext) -> Rows:
    """The passages that answer each other, theme by theme and then matter by matter, best first."""
    for finding in _every(bench):
        by_place = {(passage.document, passage.provision): passage for passage in finding.passages}
        for pair in finding.pairs:
            if not {(pair.source_document, pair.source), (pair.document, pair.id)} <= by_place.keys():
                continue
            left, right = by_place[pair.source_document, pair.source], by_place[pair.document, pair.id]
            match, _ = bench.match(left, right)
            yield (
                _theme(bench, finding), _level(bench, finding), verdict(bench, finding), pair.score,
                term("relation", relation_said(match) or match.relation, bench.tongue) if match else "",
                ", ".join(term("differs", kind, bench.tongue) for kind in match.differs) if match else "",
                called(bench, left.document), left.provision, on_page(bench, left), left.text,
                called(bench, right.document), right.provision, on_page(bench, right), right.text,
                place(left), place(right), " › ".join(left.path), " › ".join(right.path),
                "\n".join(map(bench.reason, match.reasons)) if match else "",
                term("rationale", match.rationale, bench.tongue) if match and match.rationale else "",
                match.strength if match and match.strength is not None else "", by_whom(bench, finding), "", "",
            )  # fmt: skip


_ONLY = columns(
    "theme:30 kind:10 only_in:18 on_the_page:14 words:70 path:40 silent:18 searched:10 search_finds:12 nearest:70 "
    "nearness:10 terms_tried:50 place:14 rests_on:40"
)


def _only(bench: ReportContext) -> Rows:
    """Each passage of a theme or matter that a document is silent on, with the search that was made where one was."""
    for finding in (one for one in _every(bench) if one.finding == "only"):
        silent = [party.id for party in bench.parties if party.id not in finding.documents]
        searches = {absence.document: absence for absence in finding.absences}
        for document in silent:
            for passage in finding.passages:
                yield (
                    _theme(bench, finding), _level(bench, finding), called(bench, passage.document),
                    on_page(bench, passage), passage.text, " › ".join(passage.path), called(bench, document),
                    *_searched(searches.get(document)), place(passage), by_whom(bench, finding),
                )  # fmt: skip


def _searched(absence: Absence | None) -> tuple[Cell, ...]:
    """How a document was searched that is silent: passages, chance of finding, the nearest and how near, terms."""
    if absence is None:
        return None, None, "", None, ""
    near = absence.nearest[0] if absence.nearest else None
    found = (near.text, near.score) if near else ("", None)
    return absence.searched, absence.probability, *found, ", ".join(absence.terms)


_CLUSTERS = columns(
    "no:8 documents:10 weakest_pair:10 document:20 words:80 on_the_page:16 source:14 score:8 no_answer:12 "
    "answers_some:12 provision:14 place:14"
)


def _clusters(bench: ReportContext) -> Rows:
    """A row a member of each cluster, and one for each document that is missing, with the nearest that it has."""
    for cluster in bench.comparison.clusters:
        count = len({member.document for member in cluster.members})
        head = (cluster.id, count, cluster.score)
        for member in cluster.members:
            one = passage_of(bench.provisions[member.document, member.provision])
            yield (
                *head, called(bench, one.document), one.text, on_page(bench, one),
                in_source(bench, one.document, one.page), member.score, None, None, one.provision, place(one),
            )  # fmt: skip
        for gone in cluster.missing:
            near = None if gone.nearest is None else passage_of(bench.provisions[gone.document, gone.nearest])
            yield (
                *head, called(bench, gone.document), near.text if near else "", on_page(bench, near) if near else None,
                in_source(bench, gone.document, near.page) if near else None, gone.nearest_score, gone.probability,
                "✓" if gone.chained else "", gone.nearest or "", place(near) if near else "",
            )  # fmt: skip


_POSITIONS = columns("theme:34 respect:16 document:18 commitments:14 value:10 low:10 high:10 opposed:10")


def _positions(bench: ReportContext) -> Rows:
    """Where each document stands on each theme, from 1 to -1, with the interval that chance leaves."""
    for one in bench.comparison.stances:
        theme = bench.comparison.codebook.theme(one.theme)
        yield (
            theme.name_zh if bench.tongue == "zh" else theme.name, term("respect", one.respect, bench.tongue),
            called(bench, one.document), one.count, one.value, one.low, one.high, "✓" if one.opposed else "",
        )  # fmt: skip


_CODES = columns(
    "document:18 provision:14 page:8 words:70 themes:34 positions:24 strength:16 lead:26 others:30 means:24 "
    "forum:16 posture:16 cue_words:34 path:40 place:14"
)


def _codes(bench: ReportContext) -> Rows:
    """Every provision with what the coder says of it."""
    comparison = bench.comparison
    for document, provisions, codings in zip(
        comparison.documents, comparison.provisions, comparison.codings, strict=True
    ):
        for provision, coding in zip(provisions, codings, strict=True):
            cues = {document.cut(cue) for code in coding.themes for cue in code.cues}
            yield (
                called(bench, document.id), provision.number or provision.id, provision.page_start, provision.text,
                ", ".join(code.id for code in coding.themes), ", ".join(code.id for code in coding.positions),
                coding.strength.id, ", ".join(actor.name for actor in coding.lead),
                ", ".join(actor.name for actor in coding.others), ", ".join(code.id for code in coding.instruments),
                coding.forum.id, coding.posture.id, ", ".join(sorted(cues)), " › ".join(provision.path),
                f"{provision.start}-{provision.end}",
            )  # fmt: skip


def _figures(bench: ReportContext) -> Rows:
    """The table of every figure."""
    for chart in charts(bench, heads(bench)):
        for group, rows in chart.groups:
            for row in rows:
                yield (chart.title, group, row.label, *row.shown, row.note)


def _grids(bench: ReportContext) -> Rows:
    """Of many documents, themes and groups by document."""
    for grid in (themes_grid(bench), clusters_grid(bench, len(bench.comparison.clusters))):
        for row in grid.rows:
            yield (grid.title, "", row.name, *(MARKS[cell] for cell in row.cells), row.note or str(row.count))


_METHOD = columns("what:34 value:90 note:70")


def method_sheet(bench: ReportContext, check: ArticleCheck | None) -> Sheet:
    """Versions, hashes, warnings, limits."""
    return Sheet("method", _METHOD, _method(bench, check))


def _method(bench: ReportContext, check: ArticleCheck | None) -> Rows:
    tongue = bench.tongue
    yield from (
        (name, value, "") for name, value in method_rows(bench.comparison.method, tongue, bench.comparison.codebook)
    )
    for document in (*bench.comparison.documents, *((check.article,) if check is not None else ())):
        yield from _about(document, tongue)
    yield say("about.limits", tongue), say("method.limits", tongue), ""


def _about(document: Document, tongue: Locale) -> Rows:
    cautions = {"digest": "caution.digest", "translation": "caution.translation"}
    caution = say(cautions[document.kind], tongue) if document.kind in cautions else ""
    yield f"{document.id}: {say('about.title', tongue)}", document.title, ""
    yield f"{document.id}: {say('about.kind', tongue)}", term("kind", document.kind, tongue), caution
    yield f"{document.id}: {say('about.source', tongue)}", document.source, ""
    yield f"{document.id}: {say('hash.source', tongue)}", document.sha256, ""
    yield f"{document.id}: {say('hash.text', tongue)}", document.text_sha256, say("about.places", tongue)
    for notice in document.warnings:
        page = say("page.number", tongue, number=notice.page) if notice.page else ""
        yield f"{document.id}: {say('about.note', tongue)}", reason_text(notice.reason, tongue), page


def place(passage: Passage) -> str:
    """Where a passage stands in its document's text."""
    return f"{passage.start}-{passage.end}"


def on_page(bench: ReportContext, passage: Passage) -> Cell:
    """A link to the passage in the full text on the page, by its page number where it has one."""
    anchor = bench.anchors.provision(passage.document, passage.provision)
    shown = bench.page(bench.documents[passage.document], passage.page) or say("open", bench.tongue)
    return Link(f"external:{PAGES[bench.tongue]}#{anchor}", shown) if anchor is not None else shown


def in_source(bench: ReportContext, document: str, page: int | None) -> Cell:
    """A link to the document where it was published; of a PDF, to the page."""
    held = bench.documents.get(document)
    if held is None or not held.source.startswith(("https://", "http://")):
        return None
    pdf = held.media_type == "application/pdf" and page is not None
    return Link(
        f"{held.source.partition('#')[0]}#page={page}" if pdf else held.source,
        say("page.number", bench.tongue, number=page) if pdf else say("open", bench.tongue),
    )
