"""How much a text commits to: the words of force, of scope, of exception and of completion, in English and Chinese.

A claim is firmer than its passage when its word of force stands higher than the one that governs the passage's words in
common. Both languages share one scale, so that a Chinese claim can be laid beside an English passage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from polidiff.lang.data import load_list
from polidiff.lang.words import has_cjk

__all__ = ["Force", "bans", "breadth", "done", "duty", "exceptions", "force", "wholes"]

MUST, WILL, STATED, SHOULD, ENCOURAGED, POSSIBLE = 5, 4, 4, 3, 2, 1

_ENGLISH: tuple[tuple[int, str], ...] = (
    (
        MUST,
        r"must|shall|(?:is|are|be|been|was|were|being|get|gets)\s+(?:\w+ly\s+|now\s+)?(?:required|obliged|obligated|"
        r"compelled|forced|bound|ordered|made)\s+to|required|(?:have|has|had)\s+to|needs?\s+to|mandator(?:y|ily)|"
        r"compulsory|obligatory|(?<!non-)binding|mandat(?:e|es|ed|ing)|requir(?:e|es|ing)|obliges?|compels?|"
        r"prohibits?|(?:is|are|be|been|was|were|being)\s+(?:\w+ly\s+)?prohibited|forbidden|banned",
    ),
    (WILL, r"will|(?:is|are)\s+to(?=\s+[a-z]+)|ha(?:s|ve)\s+decided|guarante(?:es?|ed)|certainly|definitely|"
           r"commits?\s+to|pledges?\s+to"),
    (SHOULD, r"should|ought\s+to|would|recommend(?:s|ed|ation)?|calls?\s+(?:for|on|up)|urg(?:es?|ed)|wants?|"
             r"asks?|asked|wishes"),
    (
        ENCOURAGED,
        r"encourag(?:e|es|ed|ing)|invit(?:e|es|ed)|seeks?\s+to|aims?\s+to|where\s+(?:possible|appropriate|"
        r"practicable|applicable|necessary)|"
        r"as\s+appropriate|to\s+the\s+(?:greatest|maximum|fullest)?\s*(?:possible\s+)?extent|striv(?:e|es|ing)|"
        r"voluntar(?:y|ily)|"
        r"(?:should|could|must)\s+(?:also\s+)?(?:consider|explore|seek|aim|look|strive)|in\s+principle",
    ),
    (
        POSSIBLE,
        r"explor(?:e|es|ing|ed)|could|may|might|possib(?:le|ly|ility)|potential(?:ly)?|examin(?:e|es|ing)|"
        r"consider(?:s|ing|ed)?|"
        r"evaluate\s+(?:whether|the\s+need)|investigat(?:e|ing)|pilot(?:s|ed|ing)?|options?|if\s+adopted|"
        r"proposed|likely|expected|perhaps|up\s+to|can\s+(?:reach|amount|rise|run|go|be\s+as)|as\s+much\s+as",
    ),
)  # fmt: skip
_CHINESE: tuple[tuple[int, str], ...] = (
    (MUST, r"必须|应当|务必|不得|禁止|严禁|强制|有义务|一律|责令|须(?=[\u4e00-\u9fff])(?!知)|要求|需要|需"),
    (WILL, r"将|会(?=[\u4e00-\u9fff])(?!议|同|员|计)|要(?=[\u4e00-\u9fff])(?!求|点|素)"),
    (SHOULD, r"(?<![适相对响反供效感])应(?=[\u4e00-\u9fff])(?!用|对|急|当)|建议|主张|呼吁|宜"),
    (ENCOURAGED, r"鼓励|支持|推动|促进|引导|倡导|提倡|争取|自愿"),
    (POSSIBLE, r"探索|研究|考虑|可以|可能|可(?=[\u4e00-\u9fff])(?!靠|控|持|信|见)|试点|有望"),
)
_COMPILED = {
    name: tuple((level, re.compile(rf"\b(?:{cue})\b" if name == "en" else cue, re.IGNORECASE)) for level, cue in cues)
    for name, cues in (("en", _ENGLISH), ("zh", _CHINESE))
}
_VERBS = frozenset(load_list("imperatives")["verbs"])
_OPENING = re.compile(
    r"^\W*(?:\(?\w{1,3}[.)]\s+)?(?:(?:Led|Chaired|Managed)\s+by[^,]*?(?:\([^)]*\))?[^a-z]*?,\s+|"
    r"Through[^,]*,\s+)?(?:\w+ly\s+)?(?P<verb>[A-Za-z-]+)"
)
_DONE = re.compile(
    r"\b(?:ha(?:s|ve)|had)\s+(?:already\s+|now\s+|been\s+|\w+ly\s+)*\w+(?:ed|en|wn|ne|nt|t|d|de|come|made|set|"
    r"put|built|given)\b|"
    r"\b(?:is|are)\s+now\s+\w+(?:ed|n)\b|\balready\b|\bwas\b|\bwere\b|已经|已(?=[\u4e00-\u9fff])(?!知)|设立了|建立了|成立了"
)
_EXCEPT = re.compile(
    r"\b(?:except(?:ions?)?|unless|other\s+than|provided\s+that|save\s+where|apart\s+from|only\s+(?:if|where|"
    r"when|to\s+the\s+extent)|"
    r"(?:shall|do|does|will|would)\s+not\s+(?:apply|cover)|not\s+apply\s+to|in\s+so\s+far\s+as|to\s+the\s+extent|"
    r"where\s+(?:appropriate|applicable|possible|necessary|practicable)|"
    r"as\s+appropriate|in\s+(?:certain|some|specific|applicable|particular)\s+\w+|subject\s+to|for\s+example|"
    r"such\s+as|if|"
    r"limited\s+to|whose|eligible|relevant|certain|some|most|many|several|particular|specific|selected|serious|"
    r"significant|high-risk)\b|"
    r"除外|除了|另有规定|情节严重|的情形|具有|部分|有关|依法|必要时|条件",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:all|every(?:one|body|thing|where)?|any(?:one|body|thing)?|always|never|no\s+one|nobody|none|"
    r"entire(?:ly)?|whole|"
    r"wholly|completely|totally|fully|solely|exclusively|only|each|without\s+exception|no\s+matter|whatever|"
    r"regardless|"
    r"under\s+all\s+circumstances|in\s+all\s+cases|universal(?:ly)?|altogether|nationwide|worldwide|"
    r"across\s+the\s+board|outright|alone)\b|"
    r"所有|全部|一切|任何|每个|每一|各类|全都|全面|一律|只有|仅|完全|总是|从不|永远",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;:.。；]\s|,\s+(?:and|but|while|whereas)\s+(?:the|it|they|we|that)\b")
_NOT_WHOLE = re.compile(
    r"\b(?:above|after|at|of|for|not)\s+all\b|\ball\s+(?:the\s+)?more\b|\bthan\s+any\b|\bat\s+any\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Force:
    """How firmly a text speaks, 1 (possible) to 5 (must), and the word that says so ('' where none does)."""

    level: float
    cue: str


def force(text: str, places: Sequence[tuple[int, int]] = ()) -> Force:
    """Return the force of ``text`` where its words at ``places`` (offsets) stand: of the nearest word before them.

    Without such a word it is an instruction (“Publish …”) or a plain statement.
    """
    chinese = has_cjk(text)
    found = [
        (match.start(), match.end(), level, match.group())
        for level, pattern in _COMPILED["zh" if chinese else "en"]
        for match in pattern.finditer(text)
    ]
    inside = [
        row
        for row in found
        if not any(o[0] <= row[0] and row[1] <= o[1] and o[1] - o[0] > row[1] - row[0] for o in found)
    ]
    if inside:
        middle = sorted(start for start, _ in places)[len(places) // 2] if places else 0
        before = [row for row in inside if row[0] <= middle] if places else inside
        if not places:
            near = max(inside, key=lambda row: (row[2], -row[0]))
            return Force(float(near[2]), near[3])
        if before:
            near = max(before, key=lambda row: row[0])
            if not _BREAK.search(text[near[1] : middle]):
                return Force(float(near[2]), near[3])
    opening = _OPENING.match(text)
    if not chinese and opening is not None and opening["verb"].lower() in _VERBS:
        return Force(4.0, opening["verb"])
    return Force(float(STATED), "")


def done(text: str) -> str:
    """Return the words that say that a thing has been done (“has approved”), or ''."""
    match = _DONE.search(text)
    return match.group() if match else ""


def wholes(text: str) -> list[str]:
    """Return the words by which a text takes in everything or nothing but one thing (“all”, “never”, “only”)."""
    idle = [(m.start(), m.end()) for m in _NOT_WHOLE.finditer(text)]
    return [m.group() for m in _WHOLE.finditer(text) if not any(a <= m.start() < b for a, b in idle)]


_ONE = frozenset(["only", "solely", "exclusively", "alone", "只有", "仅"])


def breadth(word: str) -> str:
    """The one word by which a word of :func:`wholes` is compared: “solely” and “exclusively” are “only”."""
    low = word.lower()
    return "only" if low in _ONE else low


def exceptions(text: str) -> list[str]:
    """Return the words by which a text takes in a part only, or lets something out."""
    return [match.group() for match in _EXCEPT.finditer(text)]


_DUTIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "free",
        re.compile(
            r"\b(?:need(?:s)?\s+not|needn[’']t|(?:do|does|is|are|be|will|would)\s+not\s+(?:have\s+to|need|"
            r"be\s+required|be\s+obliged|required|obliged)|"
            r"(?:is|are|be)\s+(?:\w+ly\s+)?(?:allowed|permitted|free|exempt(?:ed)?|optional|voluntary)|"
            r"without\s+having\s+to|no\s+(?:duty|obligation|requirement)|"
            r"not\s+(?:be\s+)?(?:mandatory|compulsory|obligatory|required))\b|可以|允许|无需|不必|不需要|无须|不用(?!户)|有权|豁免",
            re.IGNORECASE,
        ),
    ),
    (
        "ban",
        re.compile(
            r"\b(?:(?:must|shall|may|should|can)\s+not|cannot|mustn[’']t|(?:is|are|be|"
            r"been)\s+(?:\w+ly\s+)?(?:prohibited|banned|forbidden|outlawed|barred|not\s+(?:be\s+)?(?:allowed|"
            r"permitted)|illegal|unlawful)|"
            r"prohibits?|bans?|forbids?|outlaws?|bars?|may\s+never|should\s+never|must\s+never)\b|不得|禁止|严禁|不能|不允许|不可",
            re.IGNORECASE,
        ),
    ),
    (
        "duty",
        re.compile(
            r"\b(?:must|shall|(?:has|have|had)\s+to|(?:is|are|be)\s+(?:required|obliged|bound)\s+to|requires?|"
            r"oblige[sd]?|mandatory|compulsory|mandates?)\b|"
            r"必须|应当|务必|有义务|(?<![适相对响反供效感])应(?=[\u4e00-\u9fff])(?!用|对|急)|须(?=[\u4e00-\u9fff])(?!知)",
            re.IGNORECASE,
        ),
    ),
)


def duty(text: str) -> tuple[str, str] | None:
    """Whether ``text`` lays down a duty (``duty``), forbids (``ban``) or leaves free (``free``), with the words."""
    for kind, pattern in _DUTIES:
        match = pattern.search(text)
        if match is not None:
            return kind, match.group()
    return None


_BANS = re.compile(
    r"\b(?:not|no|never|nor|without|cannot|stop(?:s|ped|ping)?|end(?:s|ed|ing)?|halts?|refus(?:e|es|al)|den(?:y|ies|ied|ial)|"
    r"block(?:s|ed|ing)?|restrict\w*|exclu(?:de|des|ded|ding|sion)|prevent(?:s|ed|ing)?|remov(?:e|es|ed|ing|al)|"
    r"eliminat\w+|withdr\w+|revok\w+|rescind\w*|repeal\w*|prohibit\w*|ban(?:s|ned|ning)?|bar(?:s|red|ring)?|"
    r"forb[aei]\w+|outlaw\w*|illegal|unlawful|\w+n[’']t)\b|不得|禁止|严禁|不能|不允许|不可|不准|停止|取消|拒绝|杜绝|限制|制止|非法",
    re.IGNORECASE,
)


def bans(text: str) -> bool:
    """Whether ``text`` has any word by which a thing may be kept from being done."""
    return _BANS.search(text) is not None
