"""Words of the view Overview."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "overview.title": ("What they share, and where they part", "共识与分歧"),
    "overview.progress": ("{done} of {total} proposals decided", "{total} 项提议中已决定 {done} 项"),
    "overview.matrix": ("Documents by themes", "文件与主题"),
    "overview.matrix.how": (
        "Number of passages of each document on each theme. Follow a theme, or a number, to the provisions.",
        "各文件在各主题上的段落数。点选主题或数字可查看相关内容。",
    ),
    "overview.matrix.narrow": ("Narrower themes stand indented below theirs.", "子主题缩进列于所属主题之下。"),
    "overview.cell": ("{n} passages of {who} on {theme}", "{who}关于{theme}的 {n} 段"),
    "overview.cell.one": ("1 passage of {who} on {theme}", "{who}关于{theme}的 1 段"),
    "overview.apart": ("How far apart the documents stand", "各文件相距多远"),
    "overview.apart.how": (
        "0 where every provision of two documents has its counterpart in the other, 1 where none has: the "
        "probability that a provision stands alone, averaged over both.",
        "0 表示两份文件的每条内容在对方都有对应，1 表示全无对应：即一条内容在对方没有对应的概率，取双方平均。",
    ),
    "overview.apart.map": (
        "The map shows {kept} of the squared distances; only distances mean something, directions don’t.",
        "图中保留了 {kept} 的距离平方；只有距离有意义，方向没有意义。",
    ),
    "overview.apart.pair": ("{a} and {b}: {n}.", "{a}与{b}：{n}。"),
    "overview.review": ("Review the codes of this theme", "审核本主题的编码"),
    "overview.none": ("No document takes up this theme, as decided so far.", "按目前决定，没有文件谈到这一主题。"),
    "overview.decide": ("This finding, decided", "对本结论的决定"),
    "overview.leave": ("Leave it out of the report", "不列入报告"),
    "overview.left": ("Left out by decision:", "按决定不列入："),
    "overview.left.why": (
        "Somebody decided to leave this finding out. Accept it, and it is shown again.",
        "已有人决定不列入这一结论。如予接受，将重新显示。",
    ),
    "overview.turn": ("Other themes", "其他主题"),
}
