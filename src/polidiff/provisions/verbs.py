"""Whether the words of a list item say that something is to be done: an action, not a piece of evidence."""

from __future__ import annotations

import re

# Base forms with which plans of several governments open their measures.
_VERBS_WORDS = """
accelerate accept achieve act adapt add address adopt advance advise advocate agree align allocate allow amend
analyse analyze announce appoint apply approve arrange ask assemble assess assign assist assure attract audit
authorise authorize avoid award ban begin benchmark boost bolster bring broaden build call carry champion change
clarify close collaborate collect combat combine commission commit communicate compile complete conduct confirm
consider consolidate construct consult continue contribute convene coordinate co-ordinate counter couple create cut
declare deepen define deliver demonstrate deploy design designate determine develop devise direct disseminate
distribute diversify draft draw drive educate eliminate embed embrace empower enable encourage enforce engage
enhance enlarge ensure equip establish evaluate examine exempt expand expedite explore export extend facilitate
finalise finalize finance focus form formalise formulate foster fund gather give grant grow guarantee guide
harmonise harmonize harness help hold host identify implement improve include incentivise incentivize incorporate
increase inform initiate innovate inspire institute integrate intensify introduce invest investigate invite issue
join keep launch lead learn leverage limit lower maintain make manage mandate map maximise maximize measure mitigate
mobilise mobilize modernise modernize monitor move negotiate nurture observe offer open operationalize optimise
optimize organise organize oversee participate partner permit pilot plan plug position prepare preserve prevent
prioritise prioritize procure produce prohibit promote protect provide publish pursue put raise reaffirm recognise
recognize recommend recruit reduce refine reform refrain regulate reinforce reject remove renew repeal replace
report require research rescind resolve respect respond restore restrict retain review revise safeguard scale secure
seek select send set shape share simplify speed spend standardise standardize start stimulate streamline strengthen
study submit supply support survey sustain tackle take target task test track train transform translate treat
uncover undertake unlock update upgrade uphold use utilise utilize verify work
"""
_VERBS = frozenset(_VERBS_WORDS.split())
_DUTY = re.compile(
    r"\b(?:should|shall|must|will|(?:is|are) (?:to|encouraged|required|requested|invited|called|urged)|need(?:s)? to|"
    r"has to|have to|commits? to|calls? (?:on|for)|agrees? to|we)\b",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?:Led by|Through|Working with|In (?:partnership|collaboration|coordination|cooperation)|By \w+)\b[^.]{0,300},"
)
_ZH_DUTY = re.compile(
    r"应|须|必须|不得|禁止|鼓励|支持|推动|推进|促进|加强|加快|建立|建设|完善|健全|制定|开展|探索|构建|打造|提升|提高|"
    r"培育|培养|引导|实施|组织|落实|强化|深化|优化|发展|扩大|保障|坚持|倡导|共同|研究|发挥|统筹|布局|突破|呼吁|拓展|壮大|"
    r"创新|规范|确保|增强|营造|搭建|赋能|丰富|畅通|夯实|聚焦|依托|围绕|编制|出台|设立|举办|参与|普及|降低|尊重|防范|加大"
)


def states_action(text: str, language: str) -> bool:
    """Whether ``text`` states an action: an imperative, who leads, or what must be done."""
    words = text.strip().lstrip("*_“‘\"'（(")
    if language == "zh" or (words and ord(words[0]) > 0x2E7F):
        return bool(_ZH_DUTY.search(words[:60]))
    return is_imperative(words) or bool(_LED.match(words)) or bool(_DUTY.search(words[:140]))


def is_imperative(text: str) -> bool:
    """Whether English ``text`` opens with the base form of a verb with which measures open."""
    match = re.match(r"(?:(?:[A-Z][a-z]+ly|Also|Further|Then|To)\s+)?([A-Za-z-]+)", text.strip())
    if match is None:
        return False
    return match.group(1).casefold() in _VERBS
