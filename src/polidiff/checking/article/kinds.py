"""The kinds of documents, and the patterns by which an article names one: by kind and maker, year, number or title."""

from __future__ import annotations

import re

from polidiff.lang.countries import place_pattern


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


KINDS = _listed(
    "plan strategy act order measures framework policy paper blueprint agenda guidelines guidance guideline rules law "
    "regulation memorandum memo code bill directive declaration roadmap programme program charter report decree "
    "statute convention treaty principles proposal manifesto"
)
KINDS_ZH = _listed(
    "计划 方案 战略 办法 法案 条例 意见 规划 行动纲领 倡议 宣言 法令 行政令 蓝图 白皮书 框架 指南 规定 法"
)
LEAST_ZH = 4  # characters of a Chinese title from which on a part of it stands for the whole (个人信息保护法)
SMALL = frozenset(_listed("the a an of on for and in to by with its their new national"))
TITLE_TAIL = re.compile(r"\s*[(（](?:digest|summary|摘要|概要)[)）]\s*$", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[\u4e00-\u9fff]")
_ANY_PLACE, _ANY_PLACE_ZH = place_pattern(), place_pattern(chinese=True)
_KIND = "|".join(KINDS)
_MIDDLE = (
    r"(?:(?!(?:He|She|It|They|We|His|Her|Their|The|But|And|In|On|This|That)\b)(?-i:[A-Z][\w&/-]*|AI)(?:['’]s)?|\d{4}|"
    r"new|latest|own|national|draft|proposed|recent|government|government['’]s|artificial|intelligence|action|federal|"
    r"governance|global|official|ambitious|so-called|and|of|on|for|opportunities|industrial|policy|landmark|sweeping)"
)
BY_PLACE = re.compile(
    rf"(?:\b(?P<digest>digest|summary)\s+(?:of|to)\s+)?(?:\bthe\s+)?\b(?P<place>{_ANY_PLACE})(?:['’]\u200b*s?)?"
    rf"(?P<middle>(?:\s+{_MIDDLE}){{0,7}}?)\s+(?P<kind>{_KIND}|document|text|digest|summary|(?-i:one|version)|white\s+paper|executive\s+order)\b"
    rf"(?:\s+(?P<tail>digest|summary)\b)?",
    re.IGNORECASE,
)
OF_PLACE = re.compile(
    rf"(?:\b(?P<digest>digest|summary)\s+(?:of|to)\s+)?\bthe\s+(?P<middle>(?:[\w-]+\s+){{0,4}}?)(?P<kind>{_KIND})\s+"
    rf"(?:of|from|by|in)\s+(?:the\s+)?(?P<place>{_ANY_PLACE})\b",
    re.IGNORECASE,
)
BY_PLACE_ZH = re.compile(
    rf"(?P<place>{_ANY_PLACE_ZH})(?:政府)?(?:的|发布的|公布的|版)?(?P<middle>[^，。；：“”《》、]{{0,14}}?)"
    rf"(?:《(?P<title>[^》]{{2,40}})》|(?P<kind>{'|'.join(KINDS_ZH)}))(?:的?(?P<tail>摘要|概要))?"
)
OF_YEAR = re.compile(
    rf"\bthe\s+(?:19|20)\d{{2}}\s+(?:(?:AI|executive|action|national|federal|artificial|intelligence)\s+){{0,4}}(?:{_KIND}|text|version|document)\b",
    re.IGNORECASE,
)
CITED_YEAR = re.compile(
    rf"\b(?:{_KIND})\s+(?:of|from)\s+((?:19|20)\d\d)\b|\b(?:{_KIND})\s*\(((?:19|20)\d\d)\)|"
    rf"(?:\bthe|\bits|\btheir|['’]s)\s+((?:19|20)\d\d)\s+(?:[\w-]+\s+){{0,3}}?(?:{_KIND})\b|"
    rf"((?:19|20)\d\d)\s*年(?:发布|公布|出台|通过)?的?(?:《|[^，。；]{{0,8}}?(?:{'|'.join(KINDS_ZH)}))",
    re.IGNORECASE,
)
"""A year by which a document is cited (“the plan of 2019”, “the 2019 plan”): it says nothing of what stands in it."""
CODE = re.compile(r"(?<![\w-])[A-Z]{1,4}-\d{1,4}(?:-\d{1,4})+(?![\w-])")
NAMED_FOR = re.compile(
    rf"\b(?P<name>[A-Z]\w{{3,}})(?:['’]s)?\s+(?:administration(?:['’]s)?\s+)?(?:{_KIND}|text|document|administration)\b"
)
CODED = re.compile(r"(?<![a-z])[a-z]{1,4}-\d{1,4}-\d{1,3}(?!\d)")
TITLE_ZH = re.compile(r"《(?P<title>[^》]{2,60})》(?:的?[（(]?(?P<tail>摘要|概要)[)）]?)?")
SHORT_TITLE_ZH = re.compile(r"《(?P<title>[\u4e00-\u9fff]{1,6})》")
NO_STATUS = re.compile(
    r"\s*[（(](?:暂行|试行|草案|征求意见稿|节选|全文|[^（()）]{0,20}年[^（()）]{0,20})[)）]\s*$|[《》\s]"
)
PARTED = re.compile(r"[^\w]|[而与和及、据]")
"""What may stand before a short name."""
