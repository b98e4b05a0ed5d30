"""What the page of two versions says for itself, in English and Chinese."""

from __future__ import annotations

DIFF: dict[str, tuple[str, str]] = {
    "diff.title": ("{title}: what changed", "{title}：版本变化"),
    "diff.kicker": ("Two versions in their own words", "以原文对照两个版本"),
    "diff.lede": (
        "Of {n} provisions, {still} say what they said. What changed is marked word by word below.",
        "共 {n} 条，其中 {still} 条措辞未变。以下逐词标出变化。",
    ),
    "diff.how": (
        "Provisions were paired by their words: the same words in the same order first, then the same words elsewhere, "
        "then like words. A provision is stronger or weaker where a word of duty, a hedge, an amount or a deadline "
        "changed.",
        "条款按措辞配对：先按顺序找相同措辞，再找移到别处的相同措辞，最后找相近措辞。义务用词、限定语、数额或期限有变化时，标为加强或减弱。",
    ),
    "diff.unchanged": ("unchanged", "未变"),
    "diff.translated": ("in the other language", "另一语言版本"),
    "diff.renumbered": ("renumbered", "编号变更"),
    "diff.retitled": ("under a renamed heading", "标题更名"),
    "diff.moved": ("moved", "移动"),
    "diff.reworded": ("reworded", "措辞改动"),
    "diff.strengthened": ("strengthened", "加强"),
    "diff.weakened": ("weakened", "减弱"),
    "diff.split": ("split", "拆分"),
    "diff.merged": ("merged", "合并"),
    "diff.dropped": ("dropped", "删除"),
    "diff.added": ("added", "新增"),
}
