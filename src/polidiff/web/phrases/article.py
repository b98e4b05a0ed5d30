"""Words of the view Article."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "article.title": ("An article, held against the documents", "以文件核查文章"),
    "article.lede": (
        "Paste an article or upload it. Each quotation and each statement about the documents gets a verdict, with the "
        "passage, the page and the changed words.",
        "粘贴或上传文章。其中每处引文和每个关于文件的说法都会得到判断，并附段落、页码和改动的词语。",
    ),
    "article.text": ("The article's text", "文章正文"),
    "article.file": ("Or a file (text, Word, PDF, HTML)", "或文件（文本、Word、PDF、HTML）"),
    "article.send": ("Check it", "开始核查"),
    "article.pasted": ("Pasted text", "粘贴的文字"),
    "article.empty": ("Paste a text or choose a file.", "请粘贴文字或选择文件。"),
    "article.documents": (
        "It is held against all {n} documents of the workspace.",
        "将与工作区中全部 {n} 份文件核对。",
    ),
    "article.no.documents": (
        "Add a document first: there is nothing to check against.",
        "请先添加文件：目前没有可核对的内容。",
    ),
    "article.held": ("Checked articles", "已核查的文章"),
    "article.none": ("None yet.", "暂无。"),
    "article.counts": ("{quotes} quotations, {claims} claims", "引文 {quotes} 处，说法 {claims} 个"),
    "article.against": ("against {names}", "对照 {names}"),
    "article.get": ("Download {name}", "下载 {name}"),
    "article.caution": (
        "Read the passages before you rely on a verdict: on claims set aside, three in four were right.",
        "采用判断前请先阅读段落：在预留的说法上，判断约有四分之三正确。",
    ),
    "work.article": ("Checking {name}", "核查 {name}"),
}
