"""Who leads and who takes part in a provision in Chinese, and in a law who bears the duty."""

from __future__ import annotations

import re

from polidiff.coding.actors import Cast
from polidiff.model import Actor, Span

__all__ = ["chinese_actors"]

_NAMED = re.compile(
    r"联合国(?:[\u4e00-\u9fff]{2,4}组织)?|国务院(?:有关部门|[\u4e00-\u9fff]{2,10}?(?:主管部门|部门))?|中央网信办|国家网信办|"
    r"国家[\u4e00-\u9fff]{0,8}?(?:网信部门|办公室|委员会|部门|总局|局|委|办)|"
    r"(?:工业和信息化|教育|科技|科学技术|公安|财政|商务|人力资源社会保障|交通运输|农业农村|外交|生态环境|自然资源|住房城乡建设|文化和旅游|民政|司法)部|"
    r"(?:网信|发展改革|教育|科技|工业和信息化|公安|广播电视|新闻出版|电信|市场监管)(?=等部门|、[\u4e00-\u9fff、]{2,40}等部门)|"
    r"(?:国家|省|市|县|各级|地方)[\u4e00-\u9fff]{0,6}?(?:人民政府|政府)|公安机关|有关(?:主管)?部门|行业主管部门|行业组织|公共部门|国际电信联盟|国际标准化组织|国际电工委员会"
)
_ROLE = re.compile(
    r"(?:[\u4e00-\u9fff]{0,10}?服务)?(?:提供者|使用者)|[\u4e00-\u9fff]{0,8}?(?:运营者|处理者|经营者|生产者|开发者|研发者|部署者)|"
    r"任何(?:组织|个人|单位)(?:和个人)?|网络(?:运营者|平台)|平台企业|各国"
)
_DUTY = re.compile(
    r"(?:[^，。；]{0,12}?)(?:应当|应|须|必须|不得|可以|要|负责|牵头|依据职责|依据各自职责|依法|承担|会同|联合|制定|组织|指导|发布|统筹|有权)"
)
_LEAD = re.compile(r"(?:由)?(?P<a>[\u4e00-\u9fff、（）]{2,40}?)(?:牵头|负责|主管|统筹|组织实施)")
_JOINT = re.compile(r"(?:会同|联合|配合|协同|商)(?P<b>[\u4e00-\u9fff、]{2,40})")


def chinese_actors(text: str, offset: int, *, law: bool) -> Cast:
    """Return the actors of a provision's ``text``, which begins at ``offset`` of its document.

    With ``law`` the bearer of a duty (提供者, 使用者) counts as the one who leads.
    """
    joint = [(match.start("b"), match.end("b")) for match in _JOINT.finditer(text)]
    lead: dict[str, Actor] = {}
    others: dict[str, Actor] = {}
    slots: list[Span] = []
    led = {span for match in _LEAD.finditer(text) for span in range(match.start("a"), match.end("a"))}

    def actor(start: int, end: int) -> Actor:
        return Actor(text[start:end], Span(offset + start, offset + end))

    for match in _NAMED.finditer(text):
        made = actor(*match.span())
        if any(start <= match.start() < end for start, end in joint):
            others.setdefault(made.name, made)
        elif match.start() in led or _subject(text, match.start(), match.end()) or text[: match.start()].endswith("由"):
            lead.setdefault(made.name, made)
        elif re.search(r"(?:依托|通过|支持)[\u4e00-\u9fff、和]{0,24}$", text[: match.start()]):
            others.setdefault(made.name, made)
        else:
            continue
        slots.append(made.span)
    if law:
        for match in _ROLE.finditer(text):
            if _subject(text, match.start(), match.end()):
                made = actor(*match.span())
                lead.setdefault(made.name, made)
    taken = {name: made for name, made in others.items() if name not in lead}
    return Cast(sorted(lead.values(), key=lambda a: a.span), sorted(taken.values(), key=lambda a: a.span), slots)


def _subject(text: str, start: int, end: int) -> bool:
    """Whether the words at ``start:end`` open a clause (alone or in a list of bodies) and carry its duty."""
    before = re.split(r"[。；，：\n]", text[:start])[-1]
    if before and not re.fullmatch(r"[\u4e00-\u9fff、和及与（）]*[、和及与]|第[\u4e00-\u9fff]+条\s*|\s*", before):
        return False
    after = text[end:]
    listed = re.match(r"(?:等)?(?:部门)?(?:[、和及与][\u4e00-\u9fff]{2,12})*(?:等(?:部门|机构|组织))?，?", after)
    rest = after[listed.end() :] if listed else after
    return _DUTY.match(rest) is not None or _DUTY.match(after) is not None
