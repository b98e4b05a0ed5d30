"""The names of the workbook's sheets and columns in Chinese. In English they stand where the sheets are made."""

from __future__ import annotations

SHEETS: dict[str, str] = {
    "Findings": "结论",
    "Passages": "段落",
    "Side by side": "对照",
    "Only in one": "仅见一方",
    "Clusters": "各文件之间",
    "Codes": "编码",
    "Figures": "图表",
    "Quotations": "引文",
    "Claims": "说法",
    "Method": "方法",
}

COLUMNS: dict[str, str] = {
    "Theme": "主题",
    "Documents": "文件数",
    "Weakest pair": "最弱一对",
    "Chance of no answer": "无对应的可能性",
    "Answers some": "部分对应",
    "Finding": "结论",
    "In": "见于",
    "Part of": "所属主题",
    "Differs in": "差别在于",
    "What each says": "各方说法",
    "Reasons": "理由",
    "On the page": "网页",
    "Head": "类别",
    "主题": "主题（中文）",
    "Passages": "段落数",
    "Words": "文字",
    "Words there": "文字",
    "Page": "页码",
    "Source": "来源",
    "Place": "位置",
    "Document": "文件",
    "Number": "编号",
    "Path": "标题",
    "Strength": "力度",
    "Score": "分数",
    "Provision": "条目",
    "Relation": "关系",
    "Rationale": "关系依据",
    "Strength (0 to 10)": "关系强度（0至10）",
    "Only in": "仅见于",
    "Silent": "未谈及",
    "Searched": "检索条数",
    "Chance that a search finds it": "检索命中率",
    "Nearest passage there": "最接近的段落",
    "Nearness": "接近度",
    "Terms tried": "检索词",
    "Themes": "主题",
    "Positions": "立场",
    "Lead": "牵头",
    "Others": "参与",
    "Means": "手段",
    "Forum": "场合",
    "Posture": "姿态",
    "Cue words": "依据词语",
    "Figure": "图",
    "Group": "组",
    "Row": "行",
    "No": "序号",
    "Verdict": "结论",
    "Quotation": "引文",
    "Speaker": "说话者",
    "Cited": "所称出处",
    "Found in": "见于",
    "Changes": "改动",
    "Warnings": "注意",
    "Confidence": "把握",
    "Claim": "说法",
    "About": "所涉文件",
    "Left out": "略去",
    "Said too by": "另见于",
    "What": "项目",
    "Value": "内容",
    "Note": "说明",
}


def column(name: str) -> str:
    """A column's name in Chinese; a document's name or a letter behind it stays (``Words: Northland``, ``Page A``)."""
    for mark in (": ", " "):
        first, joint, last = name.partition(mark) if mark == ": " else name.rpartition(mark)
        if joint and (mark == ": " or len(last) == 1) and first in COLUMNS:
            return f"{COLUMNS[first]}{joint}{last}"
    return COLUMNS.get(name, name)
