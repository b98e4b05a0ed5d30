"""Two made plans, one in English and one in Chinese, compared by hand: what the report's tests read."""

from __future__ import annotations

from dataclasses import replace

from polidiff.model import (
    Absence,
    Actor,
    ArticleCheck,
    Block,
    Box,
    ClaimVerdict,
    Code,
    Codebook,
    Coding,
    Comparison,
    Difference,
    Document,
    Edit,
    Evidence,
    Finding,
    Match,
    Note,
    Notice,
    Page,
    Passage,
    PassagePair,
    Piece,
    Position,
    Provision,
    Reason,
    Span,
    Theme,
    Unique,
    Verdict,
)

# theme, strength, lead, forum, posture, cue words, position (or ""), text
NORTH: list[tuple[str, str, str, str, str, list[str], str, str]] = [
    (
        "open",
        "directive",
        "Digital Office",
        "national",
        "competition",
        ["open models", "lead the world"],
        "",
        "The Digital Office shall support open models so that Northland can lead the world in shared software.",
    ),
    (
        "open",
        "recommendation",
        "",
        "none",
        "neutral",
        ["open repositories"],
        "",
        "Universities should publish code in open repositories.",
    ),
    ("open", "aspiration", "", "none", "neutral", ["open models"], "", "Small firms may build on open models freely."),
    (
        "skills",
        "directive",
        "Ministry of Work",
        "national",
        "neutral",
        ["skills", "training"],
        "",
        "The Ministry of Work shall fund skills and training in every county.",
    ),
    (
        "skills",
        "recommendation",
        "",
        "none",
        "neutral",
        ["literacy"],
        "",
        "Schools should teach digital literacy early.",
    ),
    (
        "rules",
        "mandate",
        "Rules Board",
        "national",
        "neutral",
        ["remove", "red tape"],
        "rules:loosen",
        "The Rules Board must remove red tape that slows new systems, and report each year on what it has struck.",
    ),
    (
        "rules",
        "directive",
        "",
        "national",
        "neutral",
        ["fewer permits"],
        "rules:loosen",
        "Builders shall need fewer permits for new halls.",
    ),
    ("rules", "statement", "", "none", "neutral", ["burden"], "", "A light burden lets small makers try things."),
    (
        "export",
        "mandate",
        "Trade Office",
        "allied",
        "competition",
        ["export controls"],
        "",
        "The Trade Office must tighten export controls on fast chips together with allies.",
    ),
    (
        "export",
        "directive",
        "Trade Office",
        "national",
        "competition",
        ["location checks"],
        "",
        "The Trade Office shall study location checks on fast chips.",
    ),
    (
        "defence",
        "directive",
        "Army Staff",
        "national",
        "competition",
        ["army"],
        "",
        "The Army Staff shall test learning systems for the army.",
    ),
    (
        "power",
        "directive",
        "Grid Council",
        "national",
        "neutral",
        ["grid", "power plants"],
        "",
        "The Grid Council shall widen the grid and keep power plants open past their closing date.",
    ),
    ("power", "recommendation", "", "none", "neutral", ["data halls"], "", "Data halls should sit close to power."),
    (
        "safety",
        "directive",
        "Test Institute",
        "national",
        "neutral",
        ["evaluate", "risk"],
        "",
        "The Test Institute shall evaluate strong systems for risk before wide use.",
    ),
    (
        "forum",
        "directive",
        "Foreign Office",
        "allied",
        "competition",
        ["allies", "standards"],
        "forum:bloc",
        "The Foreign Office shall write standards with allies and resist those of rivals.",
    ),
    ("data", "recommendation", "", "national", "neutral", ["data sets"], "", "Agencies should open their data sets."),
    (
        "public",
        "directive",
        "Cabinet Office",
        "national",
        "neutral",
        ["public services"],
        "",
        "The Cabinet Office shall bring learning systems into public services by 2027, with 40 million crowns.",
    ),
    ("public", "recommendation", "", "none", "neutral", ["counters"], "", "Counters should stay open for people."),
    (
        "research",
        "directive",
        "Science Fund",
        "national",
        "competition",
        ["basic research"],
        "",
        "The Science Fund shall pay for basic research that keeps Northland first.",
    ),
    ("research", "aspiration", "", "none", "neutral", ["laboratories"], "", "Laboratories that learn will come."),
]
SOUTH: list[tuple[str, str, str, str, str, list[str], str, str]] = [
    (
        "open",
        "recommendation",
        "",
        "multilateral",
        "cooperation",
        ["开源社区"],
        "",
        "各国应共同建设开源社区，分享代码和经验。",
    ),
    ("open", "recommendation", "", "none", "neutral", ["开放资源"], "", "应开放资源，降低使用门槛。"),
    ("skills", "recommendation", "", "none", "neutral", ["素养", "技能"], "", "应提高民众的数字素养和技能。"),
    (
        "rules",
        "directive",
        "",
        "multilateral",
        "cooperation",
        ["加强监管"],
        "rules:tighten",
        "各方应加强监管，并协调彼此的规则。",
    ),
    ("rules", "recommendation", "", "none", "neutral", ["分级管理"], "rules:tighten", "应实行分级管理，逐级审查。"),
    (
        "gap",
        "recommendation",
        "",
        "multilateral",
        "cooperation",
        ["数字鸿沟", "发展中国家"],
        "",
        "应帮助发展中国家，缩小数字鸿沟。",
    ),
    ("gap", "aspiration", "", "multilateral", "cooperation", ["援助"], "", "鼓励各方提供援助，让所有人受益。"),
    ("green", "recommendation", "", "none", "neutral", ["节能"], "", "应推广节能的算法和低功耗芯片。"),
    (
        "safety",
        "recommendation",
        "",
        "multilateral",
        "cooperation",
        ["风险", "测试"],
        "",
        "应共同测试高风险系统并互通风险信息。",
    ),
    (
        "forum",
        "recommendation",
        "联合国",
        "multilateral",
        "cooperation",
        ["联合国", "标准"],
        "forum:all",
        "应在联合国框架下制定标准，人人都能参与。",
    ),
    ("data", "recommendation", "", "multilateral", "cooperation", ["数据"], "", "应促进数据依法有序自由流动。"),
    (
        "public",
        "recommendation",
        "公共部门",
        "none",
        "neutral",
        ["公共服务"],
        "",
        "公共部门应率先把智能系统用于公共服务。",
    ),
    ("research", "recommendation", "", "multilateral", "cooperation", ["联合研究"], "", "应通过联合研究寻求突破。"),
]
THEMES = [
    ("research", "growth", "Research and development", "研究与开发"),
    ("open", "growth", "Open-source and open-weight models", "开源与开放权重模型"),
    ("power", "means", "Energy and the grid", "能源与电网"),
    ("data", "means", "Data as a resource", "数据资源"),
    ("green", "means", "Sustainability", "可持续发展"),
    ("skills", "people", "Skills and literacy", "技能与素养"),
    ("public", "people", "Government and public services", "政府与公共服务"),
    ("rules", "rules", "Regulation", "监管"),
    ("safety", "rules", "Safety testing", "安全测试"),
    ("export", "world", "Export controls", "出口管制"),
    ("defence", "world", "Defence", "国防"),
    ("forum", "world", "International forums and standards", "国际场合与标准"),
    ("gap", "world", "Capacity building", "能力建设"),
]
HEADS = (
    ("growth", "Innovation and industry", "创新与产业"),
    ("means", "Infrastructure and inputs", "基础设施与要素"),
    ("people", "People and public services", "人才与公共服务"),
    ("rules", "Safety and regulation", "安全与监管"),
    ("world", "International engagement", "国际交往"),
)
ALL_SEARCHED = (Reason.of("absence.searched", n=4, passages=2), Reason.of("absence.no_words"))
POSITIONS = {
    "rules": (Position("loosen", "loosen rules", "放松规则", ()), Position("tighten", "tighten rules", "收紧规则", ())),
    "forum": (
        Position("bloc", "with allies alone", "仅与盟友", ()),
        Position("all", "open to all", "向所有国家开放", ()),
    ),
}


def document(identifier: str, title: str, language: str, rows: list, kind: str = "official") -> Document:
    """A document of a title, a heading, a paragraph a row, and a note; four rows a page."""
    text, blocks, pieces = title, [Block("title", 0, len(title), 1)], [Piece(0, len(title), 1, Box(1, 72, 60, 400, 80))]
    for number, row in enumerate(rows):
        if number % 5 == 0:
            heading = f"Part {number // 5 + 1}" if language == "en" else f"第{'一二三四五'[number // 5]}部分"
            start = len(text) + 1
            text += "\n" + heading
            blocks.append(Block("heading", start, len(text), 2))
            pieces.append(Piece(start, len(text), number // 4 + 1, Box(number // 4 + 1, 72, 90, 200, 100)))
        start = len(text) + 1
        text += "\n" + row[-1]
        blocks.append(Block("item", start, len(text), 0, "•"))
        page = number // 4 + 1
        pieces.append(Piece(start, len(text), page, Box(page, 72, 100, 400, 120)))
    note = "Printed by the maker." if language == "en" else "编者注。"
    start = len(text) + 1
    text += "\n" + note
    pages = tuple(Page(n + 1, 595, 842, str(n) if n else None) for n in range((len(rows) - 1) // 4 + 1))
    return Document(
        id=identifier,
        title=title,
        language=language,
        sha256="0" * 64,
        media_type="text/plain",
        text=text,
        blocks=tuple(blocks),
        pieces=tuple(pieces),
        pages=pages,
        notes=(Note("1", start, len(text), blocks[2].end, 1),),
        kind=kind,
        source=f"https://example.org/{identifier}",
        date="2025-07-23" if language == "en" else "2025-07-26",
        jurisdiction="Northland" if language == "en" else "Southland",
        warnings=(Notice(Reason.of("readers_differ.page", here=12, there=9), 2),),
    )


def parts(doc: Document, rows: list) -> tuple[tuple[Provision, ...], tuple[Coding, ...]]:
    """A container for each part, then a provision and its coding for each row."""
    provisions, codings = [], []
    path: tuple[str, ...] = ()
    for block in doc.blocks:
        if block.kind == "heading":
            path = (doc.text[block.start : block.end],)
        if block.kind != "item":
            continue
        row = rows[len(provisions)]
        provisions.append(
            Provision(
                doc.id,
                f"{doc.id}-{len(provisions) + 1}",
                f"{len(provisions) + 1}",
                "action",
                path,
                doc.text[block.start : block.end],
                block.start,
                block.end,
                *doc.pages_of(block.span),
                language=doc.language,
            )
        )
        codings.append(coding(doc, provisions[-1], row))
    return tuple(provisions), tuple(codings)


def coding(doc: Document, provision: Provision, row: tuple) -> Coding:
    """What the row says of its provision."""
    theme, strength, lead, forum, posture, cues, position, _ = row
    spans = tuple(find(doc, provision, word) for word in cues)
    verb = next((word for word in ("must", "shall", "should", "may", "应", "鼓励") if word in provision.text), None)
    where = next((w for w in ("allies", "联合国", "各国", "共同", "彼此") if w in provision.text), None)
    return Coding(
        doc.id,
        provision.id,
        themes=(Code(theme, 0.8, spans),),
        positions=(Code(position, 0.9, spans[:1]),) if position else (),
        lead=(Actor(lead, find(doc, provision, lead)),) if lead else (),
        strength=Code(strength, 0.9, (find(doc, provision, verb),) if verb else ()),
        posture=Code(posture, 0.8, spans[-1:] if posture != "neutral" else ()),
        forum=Code(forum, 0.8, (find(doc, provision, where),) if where and forum != "none" else ()),
    )


def find(doc: Document, provision: Provision, word: str) -> Span:
    """The span of ``word`` inside the provision."""
    start = doc.text.lower().index(word.lower(), provision.start, provision.end)
    return Span(start, start + len(word))


def passage(provision: Provision, code: Coding, score: float = 0.8) -> Passage:
    """The provision as evidence."""
    return Passage(
        provision.document,
        provision.id,
        provision.path,
        provision.text,
        provision.start,
        provision.end,
        provision.page_start,
        score,
        code.themes[0].cues,
    )


def compared(documents: list[Document], rows: list[list]) -> Comparison:
    """The comparison of ``documents`` by what ``rows`` say of them."""
    made = [parts(doc, run) for doc, run in zip(documents, rows, strict=True)]
    findings, matches = [], []
    for theme, head, name, name_zh in THEMES:
        own = [[(p, c) for p, c in zip(*run, strict=True) if c.themes[0].id == theme] for run in made]
        speaking = [doc for doc, run in zip(documents, own, strict=True) if run]
        if not speaking:
            continue
        pairs, differs, reasons = [], [], []
        for document, run in zip(documents, own, strict=True):
            reasons.append(Reason.of("theme.coded", 0.8, n=len(run), document=document.id))
        if len(speaking) == len(documents):
            for i, (a, b) in enumerate(zip(own[0], own[1], strict=False)):
                score = 0.71 - 0.1 * i
                pairs.append(PassagePair(a[0].document, a[0].id, b[0].document, b[0].id, score))
                words = ((a[1].themes[0].cues[0], b[1].themes[0].cues[0]),)
                why = (Reason.of("meaning.near", score, near=round(score, 2)),)
                kinds = ("forum",) if a[1].forum.id != b[1].forum.id else ()
                matches.append(
                    Match(a[0].document, a[0].id, b[0].document, b[0].id, score, "intersects_with", why, kinds, words)
                )
            lead = [run[0][1] for run in own]
            if theme in POSITIONS:
                sides = [next(c for _, c in run if c.positions) for run in own[:2]]
                values = tuple((c.document, c.positions[0].id.split(":")[1]) for c in sides)
                named = {p.id: p.name for p in POSITIONS[theme]}
                differs.append(Difference("direction", tuple((d, named[v]) for d, v in values)))
            if lead[0].strength.id != lead[1].strength.id:
                differs.append(Difference("strength", tuple((c.document, c.strength.id) for c in lead)))
            if lead[0].forum.id != lead[1].forum.id:
                differs.append(Difference("forum", tuple((c.document, c.forum.id) for c in lead)))
        silent = [doc for doc, run in zip(documents, own, strict=True) if not run]
        kind = "only" if silent else "divergent" if theme in POSITIONS else "shared"
        absences = []
        for doc in silent:
            index = documents.index(doc)
            near = tuple(
                passage(p, replace(c, themes=(Code("x", 0.1),)), 0.31)
                for p, c in list(zip(*made[index], strict=True))[:3]
            )
            absences.append(Absence(doc.id, len(made[index][0]), ("arms", "army", "军队"), near, 0.93, ALL_SEARCHED))
        findings.append(
            Finding(
                theme,
                name,
                name_zh,
                head,
                kind,
                tuple(d.id for d in speaking),
                tuple(differs),
                tuple(passage(p, c) for run in own for p, c in run),
                tuple(pairs),
                tuple(reasons),
                tuple(absences),
            )
        )
    themes = tuple(
        Theme(t, h, n, z, f"What is said of {n.lower()}.", "", "", (), (), None, "", POSITIONS.get(t, ()))
        for t, h, n, z in THEMES
    )
    first = made[0][0][0]
    return Comparison(
        tuple(documents),
        tuple(run[0] for run in made),
        tuple(run[1] for run in made),
        Codebook("made", "1", "A made codebook", HEADS, themes),
        tuple(matches),
        (Unique(documents[0].id, first.id, documents[1].id, 0.4, made[1][0][0].id, 0.5, len(made[1][0])),),
        tuple(findings),
        (("polidiff", "0.0"), ("encoder", "none"), ("codebook", "made 1")),
    )


def comparison() -> Comparison:
    """The made comparison that most tests read."""
    north = document("north", "Northland’s Plan to Come First", "en", NORTH)
    south = document("south", "南岛智能治理倡议（摘要）", "zh", SOUTH, "digest")
    return compared([north, south], [NORTH, SOUTH])


def three() -> Comparison:
    """The made comparison with a third document, which speaks to some themes alone."""
    north = document("north", "Northland’s Plan to Come First", "en", NORTH)
    south = document("south", "南岛智能治理倡议（摘要）", "zh", SOUTH, "digest")
    west = document("west", "Westland’s Small Plan", "en", NORTH[3:16])
    return compared([north, south, west], [NORTH, SOUTH, NORTH[3:16]])


QUOTED = [
    ("verbatim", "Universities should publish code in open repositories."),
    ("typographic", "Data halls should sit close to power"),
    ("trimmed", "The Rules Board must remove red tape … and report each year"),
    ("altered", "The Ministry of Work should fund skills and training in every town."),
    ("spliced", "Schools should teach the army."),
    ("misattributed", "应开放资源，降低使用门槛。"),
    ("third_party", "This is the best plan that I ever read."),
    ("translated", "Countries should build open communities together."),
    ("not_found", "Northland will buy every chip."),
]


CLAIMED = [
    ("supported", "Northland wants open models."),
    ("overstated", "Northland will teach every child digital literacy."),
    ("contradicted", "Northland puts the Army Staff in charge of export controls."),
    ("not_found", "Northland promises free bread."),
]


def check(made: Comparison | None = None) -> ArticleCheck:
    """A made article with one quotation for each verdict, and one claim for each."""
    made = made or comparison()
    north, south = made.documents[:2]
    text = "Two plans, one week"
    blocks = [Block("title", 0, len(text), 1)]
    verdicts = []
    for number, (verdict, words) in enumerate(QUOTED, start=1):
        before = f"\nThe plan of {'Northland' if number % 2 else 'Southland'} says: “"
        start = len(text) + len(before)
        text += before + words + f"” and so on, for sentence {number}."
        blocks.append(Block("paragraph", start - len(before) + 1, len(text)))
        verdicts.append(_verdict(number, verdict, words, start, north, south))
    claims = []
    for number, (label, words) in enumerate(CLAIMED, start=1):
        start = len(text) + 1
        text += "\n" + words
        blocks.append(Block("paragraph", start, len(text)))
        claims.append(_claim(number, label, words, start, north, south))
    article = Document(
        id="article",
        title="Two plans, one week",
        language="en",
        sha256="1" * 64,
        media_type="text/plain",
        text=text,
        blocks=tuple(blocks),
        kind="article",
    )
    return ArticleCheck(article, (north, south), tuple(verdicts), tuple(claims))


def _span(doc: Document, words: str) -> Span:
    start = doc.text.index(words)
    return Span(start, start + len(words))


def _claim(number: int, label: str, words: str, start: int, north: Document, south: Document) -> ClaimVerdict:
    """A claim with its passage; the first leaves out a part of it, and the other document says it too."""
    says = {
        "supported": "The Digital Office shall support open models",
        "overstated": "Schools should teach digital literacy early.",
        "contradicted": "The Trade Office must tighten export controls on fast chips together with allies.",
        "not_found": "Data halls should sit close to power.",
    }[label]
    span = _span(north, says)
    passage = Evidence("north", span, north.pages_of(span)[0], 0.8)
    extra = [Evidence(d.id, _span(d, w), None, 0.6) for d, w in ((north, "shared software"), (south, "应开放资源"))]
    return ClaimVerdict(
        f"c{number}",
        words,
        label,
        start,
        start + len(words),
        "north",
        ("north",),
        evidence=() if label == "not_found" else (passage,),
        ranked=(passage, extra[0]),
        reasons=(Reason.of("words.misquoted", 1.0, quote=f"a made reason for {label}"),),
        omissions=(extra[0],) if label == "supported" else (),
        elsewhere=(extra[1],) if label == "supported" else (),
        confidence=0.7,
    )


def _verdict(number: int, verdict: str, words: str, start: int, north: Document, south: Document) -> Verdict:
    held, spans, edits = north, (), ()
    if verdict in {"verbatim", "typographic"}:
        spans = (_span(north, words),)
    elif verdict == "trimmed":
        spans = (_span(north, "The Rules Board must remove red tape"), _span(north, "and report each year"))
    elif verdict == "altered":
        spans = (_span(north, "The Ministry of Work shall fund skills and training in every county."),)
        edits = (
            Edit(
                "replace",
                "should",
                "shall",
                Span(21, 27),
                _span(north, "shall fund")._replace(end=_span(north, "shall fund").start + 5),
                "modality",
            ),
            Edit(
                "replace", "town", "county", Span(words.index("town"), words.index("town") + 4), _span(north, "county")
            ),
        )
    elif verdict == "spliced":
        spans = (_span(north, "Schools should teach"), _span(north, "the army."))
    elif verdict in {"misattributed", "translated"}:
        held = south
        spans = (
            _span(
                south,
                "应开放资源，降低使用门槛。"
                if verdict == "misattributed"
                else "各国应共同建设开源社区，分享代码和经验。",
            ),
        )
    found = bool(spans)
    return Verdict(
        f"q{number}",
        "quote",
        words,
        start,
        start + len(words),
        "The plan of Northland",
        verdict,
        held.id if found else None,
        held.pages_of(spans[0])[0] if found else None,
        spans,
        " … ".join(held.cut(s) for s in spans) if found else None,
        edits,
        (Reason.of("words.misquoted", 1.0, quote=f"a made reason for {verdict}"),),
        (Reason.of("distance.far"),) if held is south else (),
        (("south", _span(south, "应")),) if verdict == "verbatim" else (),
        0.9,
        "north",
    )
