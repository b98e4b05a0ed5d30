"""Strength of a provision in Chinese, on the scale of law or of plans.

Clauses that carry a duty on from an earlier 应当 (“并按照……履行备案手续”) are duties though they hold no modal word;
clauses of purpose, principle, definition, scope, sanction and entry into force bind nobody.
"""

from __future__ import annotations

import re

from polidiff.coding.strength_law import Strength

__all__ = ["law_strength_zh", "plan_strength_zh"]

_FORBID = re.compile(r"(?:一律)?(?:不得|禁止|严禁|不准|不应当?|不可以?|不允许|切勿)(?!不)")
_OBLIGE = re.compile(
    r"应当|必须|须(?!知|要|臾)|(?<![适相对响反供效感呼照顺因答])应(?=[\u4e00-\u9fff])(?!用|对|急|该地|答|聘|有尽|链|收|变|届|邀|试|激)|有义务|有责任|负有"
)
_ALLOW = re.compile(
    r"可以|有权|可(?=(?:以|向|依法|根据|按|由|在|采|要求|申请|不|作为|予以))(?!能)|不受[\u4e00-\u9fff]{0,12}限制|无需|不必|允许"
)
_ENCOURAGE = re.compile(
    r"鼓励|支持|推动|促进|引导|倡导|提倡|探索|扶持|推进|研究(?=制定|建立|出台|解决)|积极(?:参与|开展|推)"
)
_SANCTION = re.compile(
    r"予以(?:处罚|警告|通报|处分)|处以|罚款|责令|追究[\u4e00-\u9fff]{0,6}(?:责任)|给予[\u4e00-\u9fff]{0,8}(?:处罚|处分|警告)|没收|吊销|依照[^。；]{0,80}处罚|构成犯罪"
)
_SETTLES = re.compile(
    r"^为了?[^。]{2,200}(?:制定|根据)|制定本(?:办法|法|条例|规定)|本(?:办法|法|条例|规定)(?:所称|自)|是指|下列用语|自[^。]{2,20}起施行|适用本|不适用本|"
    r"^国家(?:坚持|实行|建立|对|保护|保障|统筹|加强)|坚持[^。]{2,40}(?:原则|方针|并重|相结合)|实行[^。]{0,30}(?:监管|管理|制度|原则)|"
    r"另有规定的?，?(?:从其|适用)|由[^。]{2,40}负责解释"
)
_DUTY_VERB = re.compile(
    r"^(?:并|且|同时)?(?:及时|依法|按照?[^，。]{2,40}?(?=履行|提供|予以|对|开展|承担|建立|标识|，)(?:，)?|在[^，。]{2,60}(?:，|中)|对[^，。]{2,60}|涉及[^，]{2,30}的，)?"
    r"(?:依法|及时|有效|主动|妥善)*(?:采取|使用|履行|承担|建立|健全|公布|公开|提供|遵守|遵循|保障|保护|加强|尊重|防止|防范|发现|制定|开展|进行|设置|受理|处理|"
    r"反馈|明确|接受|配合|保存|留存|报告|告知|标识|标注|停止|消除|说明|予以|取得|签订|确保|保证|落实|完善|提高|增强|组织|监督|指导|对)"
)
_RULES = re.compile(r"(?:规定|要求|标准|制度)(?:和[^。]{2,30}(?:要求|规定))?[。；]?$")

_MUST = re.compile(r"必须|务必|不得|严禁|禁止|严格|确保|须(?=[\u4e00-\u9fff])(?!知|要)|有义务")
_SHOULD = re.compile(
    r"应当|(?<![适相对响反供效感呼照顺因答])应(?=[\u4e00-\u9fff])(?!用|对|急|链|答|聘|变)|宜|鼓励|可以|可(?=(?:以|考虑|探索|通过|由))|建议|倡导|提倡|呼吁|探索|研究(?=制定|建立|出台|设立)|考虑|争取|支持各国|欢迎"
)
_HOPE = re.compile(
    r"力争|争取|目标是|愿景|努力|希望|期待|致力于|到20\d\d年|成为[^。]{2,20}(?:中心|高地|强国|前列)|迈上|愿(?:同|与)"
)
_ORDER = re.compile(
    r"^(?:(?:进一步|加快|大力|积极|持续|深入|全面|统筹|着力|稳步|切实|有序|充分|依法|不断|扎实|重点|系统|前瞻|强化|深化)*)(?:推动|推进|建设|建立|健全|完善|加强|加快|制定|支持|实施|开展|构建|打造|培育|发展|提升|提高|"
    r"强化|深化|优化|促进|组织|设立|布局|扩大|推广|落实|引导|培养|保障|聚焦|突破|攻克|拓展|夯实|营造|鼓励|探索|研究|出台|依托|围绕|发挥|壮大|实现|搭建|开放|共享|加大|丰富|创新|抓|坚持|统筹|改造|整合|汇聚|部署)"
)
_LOOKING = re.compile(r"^(?:积极|稳步|鼓励|有序)*(?:探索|研究|鼓励)")
_CLAUSES = re.compile(r"[。；;\n]")


def law_strength_zh(text: str) -> Strength:
    """Return the deontic class of a provision of Chinese law, with its cue."""
    forbid, oblige = _FORBID.search(text), _OBLIGE.search(text)
    settles, sanction = _SETTLES.search(text), _SANCTION.search(text)
    if settles is not None and (oblige is None or settles.start() <= oblige.start()) and forbid is None:
        return Strength("none", 0.75)
    if sanction is not None and oblige is None and (forbid is None or sanction.start() < forbid.start()):
        return Strength("none", 0.75)
    for label, found in (("prohibition", forbid), ("obligation", oblige)):
        other = oblige if label == "prohibition" else forbid
        if found is not None and (other is None or found.start() < other.start()):
            return Strength(label, 0.9, found.span())
    allow, encourage = _ALLOW.search(text), _ENCOURAGE.search(text)
    if (
        encourage is not None
        and (allow is None or encourage.start() < allow.start())
        and _early(text, encourage.start())
    ):
        return Strength("encouragement", 0.8, encourage.span())
    if allow is not None:
        return Strength("permission", 0.85, allow.span())
    duty = _DUTY_VERB.match(text) or re.search(r"(?:，|的，)(?:并)?依法(?:承担|履行|予以|取得|接受)", text)
    if duty is not None:
        return Strength("obligation", 0.6, duty.span())
    if text.startswith("《") and _RULES.search(text):
        return Strength("obligation", 0.5)
    return Strength("none", 0.6)


def _early(text: str, at: int) -> bool:
    """Whether a word opens its clause, after at most a subject or a way of doing it."""
    clause = re.split(r"[，。；：]", text[:at])[-1]
    return len(clause) <= 12 and not clause.endswith(("等", "的", "以", "供"))


def plan_strength_zh(text: str) -> Strength:
    """Return how firmly a provision of a Chinese plan commits, with its cue."""
    offset = 0
    weakest: Strength | None = None
    for clause in _CLAUSES.split(text):
        found = _plan_clause(clause.strip(), text, offset)
        offset += len(clause) + 1
        if found is None:
            continue
        if found.label != "aspiration":
            return found
        weakest = weakest or found
    return weakest or Strength("statement", 0.65)


def _plan_clause(clause: str, text: str, offset: int) -> Strength | None:
    if not clause:
        return None
    base = text.index(clause, offset) if clause in text[offset:] else offset

    def cued(label: str, score: float, match: re.Match[str]) -> Strength:
        return Strength(label, score, (base + match.start(), base + match.end()))

    must, should, order = _MUST.search(clause), _SHOULD.search(clause), _ORDER.match(clause)
    if must is not None and (should is None or must.start() < should.start()) and (order is None or must.start() < 12):
        return cued("mandate", 0.85, must)
    looking = _LOOKING.match(clause)
    if looking is not None:
        return cued("recommendation", 0.8, looking)
    if order is not None:
        return cued("directive", 0.8, order)
    hope = _HOPE.search(clause)
    if should is not None and (hope is None or should.start() <= hope.start()):
        return cued("recommendation", 0.8, should)
    if hope is not None:
        return cued("aspiration", 0.65, hope)
    later = re.search(r"[，、](?=(?:加快|推动|建立|加强|完善|推进|支持|促进))", clause)
    return cued("directive", 0.55, later) if later is not None else None
