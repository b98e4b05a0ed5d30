"""Words of the view Report."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "out.title": ("Report", "报告"),
    "out.lede": (
        "The comparison as decided so far, to send on. Each file says what it was made with, and polidiff verify "
        "proves its quotations.",
        "按目前决定生成的比较结果，可供转发。每个文件都注明生成依据，引文可用 polidiff verify 验证。",
    ),
    "out.files": ("Files", "文件"),
    "out.what": ("What", "内容"),
    "out.for": ("For", "用途"),
    "out.get": ("Download {name}", "下载 {name}"),
    "out.index.html": ("One page, in English, to read and to print", "英文网页，可阅读和打印"),
    "out.index.zh.html": ("The same page in Chinese", "中文网页"),
    "out.comparison.xlsx": (
        "Workbook: findings, passages, codes, method",
        "工作簿：结论、段落对照、编码、方法",
    ),
    "out.comparison.docx": ("Word document, the passages as footnotes", "Word 文档（英文），段落列为脚注"),
    "out.comparison.zh.docx": ("The same in Chinese", "Word 文档（中文）"),
    "out.comparison.pdf": ("The page as PDF", "英文网页的 PDF"),
    "out.comparison.zh.pdf": ("The Chinese page as PDF", "中文网页的 PDF"),
    "out.csv.zip": ("Tables (CSV) with their description", "数据表（CSV）及其说明"),
    "out.annotations.jsonld": ("Passages as W3C Web Annotations", "W3C 网络标注格式的段落"),
    "out.comparison.json": ("All of it for programs, with every decision", "供程序使用的全部数据，含每项决定"),
    "out.report.zip": (
        "Everything: both pages, workbook, data, figures, and the texts that the proof needs",
        "全部内容：两种语言的网页、工作簿、数据、图表以及验证所需的文本",
    ),
    "out.verify": ("To prove it, unpack the folder and run", "如需验证，请解压后运行"),
    "out.made": ("What it was made with", "生成依据"),
    "out.decided": ("Decisions that hold", "有效的决定"),
}
