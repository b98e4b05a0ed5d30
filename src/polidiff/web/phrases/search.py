"""Words of the view Search."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "search.title": ("Search", "检索"),
    "search.question": ("Words, “a phrase”, or a question", "词语、“短语”或问题"),
    "search.how": ("By", "方式"),
    "search.how.both": ("words and meaning", "词语和语义"),
    "search.how.words": ("words", "词语"),
    "search.how.meaning": ("meaning", "语义"),
    "search.theme": ("Theme", "主题"),
    "search.actor": ("Who acts", "行动者"),
    "search.strength": ("Strength", "力度"),
    "search.document": ("Documents", "文件"),
    "search.any": ("any", "不限"),
    "search.do": ("Search", "检索"),
    "search.lede": (
        "Ask in English or Chinese; meaning reaches across both languages. Words in quotation marks stand together.",
        "可用英文或中文提问，语义检索可跨越两种语言。引号中的词语须连在一起、原样出现。",
    ),
    "search.total": ("{n} provisions", "{n} 条内容"),
    "search.total.one": ("1 provision", "1 条内容"),
    "search.total.most": ("the best {n} or more provisions", "最相关的 {n} 条及更多内容"),
    "search.loose": (
        "No provision holds all of the words; these hold some of them, or are near in meaning.",
        "没有内容包含全部词语；以下包含其中一部分，或语义相近。",
    ),
    "search.none": (
        "Nothing was found. Try fewer words, words of the text’s own language, or by meaning.",
        "没有找到。请减少词语，使用文本本身的语言，或按语义检索。",
    ),
    "search.building": (
        "The documents are being made ready to be searched. Load the page again in a moment.",
        "正在为检索做准备，请稍后刷新。",
    ),
    "search.partly": (
        "Some documents aren’t ready yet: they are found by their words, not by meaning or codes.",
        "部分文件尚未就绪：暂时只能按词语查找，不能按语义或编码查找。",
    ),
    "search.near": ("nearness {n}", "接近度 {n}"),
    "search.results": ("What was found", "检索结果"),
    "search.pages": ("Pages of results", "结果页"),
    "search.page": ("Page {n}", "第 {n} 页"),
    "search.before": ("Before", "上一页"),
    "search.after": ("After", "下一页"),
    "search.took": ("{n} ms", "{n} 毫秒"),
}
