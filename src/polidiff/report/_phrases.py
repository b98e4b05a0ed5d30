"""What the page says for itself, in English and Chinese. ``key.one`` is the form for a number of one."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "title": ("{titles}: what they share and where they part", "{titles}：共识与分歧"),
    "kicker": ("Public documents compared in their own words", "以原文对照公共文件"),
    "switch": ("中文", "English"),
    "and": ("and", "与"),
    "gap": (" ", ""),
    "skip": ("Skip to the findings", "跳到结论"),
    "nav": ("Parts of this page", "本页各部分"),
    "glance": ("At a glance", "一览"),
    "themes": ("Theme by theme", "逐题对照"),
    "article": ("The article, checked", "文章核查"),
    "texts": ("The full texts", "全文"),
    "method": ("How this was made", "方法"),
    "to.top": ("Back to the top", "回到页首"),
    "to.chart": ("Back to the chart", "回到图表"),
    "to.fulltext": ("Read the full text", "阅读全文"),
    "to.quote": ("Quotation {n} in the article", "文章中的第 {n} 处（引文）"),
    "to.claim": ("Claim {n} in the article", "文章中的第 {n} 处（说法）"),
    "pages": ("{n} pages", "{n} 页"),
    "pages.one": ("1 page", "1 页"),
    "provisions": ("{n} provisions", "{n} 条内容"),
    "provisions.one": ("1 provision", "1 条内容"),
    "page.number": ("p. {number}", "第 {number} 页"),
    "page.labelled": ("p. {number} (printed {label})", "第 {number} 页（印作 {label}）"),
    "nothing": ("nothing said", "未提及"),
    "caution.digest": (
        "This is a summary in somebody’s own words. Nothing in it may be quoted as the plan.",
        "本文是他人用自己的话写成的摘要，其中任何句子都不得当作该文件原文引用。",
    ),
    "caution.translation": (
        "This is a translation: the original’s words decide.",
        "本文为译文，以原文为准。",
    ),
    "digest.rule": (
        "{who} are held as digests only. A quotation ascribed to a digest is checked like any other; "
        "one ascribed to its original cannot be found here, whatever the digest says.",
        "{who}均仅有摘要。引自摘要的文字照常核对；声称引自原文的文字在此无从查证，不论摘要如何表述。",
    ),
    "digest.rule.one": (
        "{who} is held as a digest only. A quotation ascribed to a digest is checked like any other; "
        "one ascribed to its original cannot be found here, whatever the digest says.",
        "{who}仅有摘要。引自摘要的文字照常核对；声称引自原文的文字在此无从查证，不论摘要如何表述。",
    ),
    "lede.none": (
        "The codebook finds no theme in either text.",
        "编码表在各文件中均未发现任何主题。",
    ),
    "lede.counts": (
        "Of {n} themes that either text takes up, {shared} are shared, {divergent} divergent, and {only} in one "
        "alone{solos}.{passing}",
        "两份文件共涉及 {n} 个主题：{shared} 个共有，{divergent} 个存在分歧，{only} 个仅见于一方{solos}。{passing}",
    ),
    "lede.counts.many": (
        "Of {n} themes that any of the {m} texts takes up, {shared} are shared by all, {divergent} "
        "divergent, and {only} missing from at least one{solos}.{passing}",
        "{m} 份文件共涉及 {n} 个主题：{shared} 个为各方共有，{divergent} 个存在分歧，"
        "{only} 个至少有一方未涉及{solos}。{passing}",
    ),
    "lede.passing": (
        " On {n} more each has a word, but some text only touches them in passing.",
        "另有 {n} 个主题各方均有涉及，但有文件只是顺带提及。",
    ),
    "lede.passing.one": (
        " On one more each has a word, but some text only touches it in passing.",
        "另有 1 个主题各方均有涉及，但有文件只是顺带提及。",
    ),
    "lede.solos.many": (", among them {who}", "（其中{who}）"),
    "lede.narrower": (
        "{n} narrower themes are shown within them.",
        "其下另列 {n} 个子主题。",
    ),
    "lede.narrower.one": ("One narrower theme is shown within them.", "其下另列 1 个子主题。"),
    "word.notes": (
        "Every passage stands in a footnote in the document’s own words, with its page and its place in the text.",
        "每一段落均以脚注列出文件原文，并注明页码和在文本中的位置。",
    ),
    "word.also": ("{who}: {n} further passages, the strongest of them", "{who}：另有 {n} 段，其中最有力的"),
    "word.also.one": ("{who}: 1 further passage", "{who}：另有 1 段"),
    "open": ("open", "打开"),
    "about.title": ("title", "标题"),
    "about.kind": ("kind", "性质"),
    "about.source": ("source", "来源"),
    "about.note": ("note", "提示"),
    "about.limits": ("Limits", "局限"),
    "about.places": ("Places are offsets into this text.", "位置是该文本中的起止。"),
    "within": ("Narrower themes within it", "其下的子主题"),
    "theme.within": ("part of {theme}", "属于{theme}"),
    "lede.solos": (": {who}", "（{who}）"),
    "lede.alone": ("{k} only in {who}", "{k} 个仅见于{who}"),
    "lede.over": ("Where both speak, they differ most often in {what}.", "在各方都谈到的主题上，差异最常见于{what}。"),
    "lede.over.many": (
        "Where all of them speak, they differ most often in {what}.",
        "在各方都谈到的主题上，差异最常见于{what}。",
    ),
    "lede.spread": ("The others: {what}.", "其余：{what}。"),
    "lede.spread.item": ("{n} in {who}", "见于{who}的 {n} 个"),
    "lede.spread.count": ("{n} in {k} of the {m} texts", "见于 {m} 份中 {k} 份的 {n} 个"),
    "lede.over.item": ("{what} ({n} themes)", "{what}（{n} 个主题）"),
    "lede.over.item.one": ("{what} (1 theme)", "{what}（1 个主题）"),
    "lede.gap": (
        "They weigh {theme} most differently: {x} of the passages of {high}, {y} of those of {low}.",
        "侧重相差最大的是{theme}：占{high}相关段落的 {x}，占{low}的 {y}。",
    ),
    "verdict.only": ("Only in {who}", "仅见于{who}"),
    "tally.some": ("In some, not all", "部分文件提及"),
    "read.as.law": ("read as a law: its “shall” and 应当 are duties", "按法律读取：“应当”和 shall 均视为义务"),
    "label.dated": ("{where}, {date}", "{where}（{date}）"),
    "tally.passing": ("Touched in passing by some", "有一方仅顺带提及"),
    "sign.passing": ("in passing", "顺带提及"),
    "passing.in": ("Shared, in passing in {who}", "共有，{who}仅顺带提及"),
    "deck.shared": (
        "{who} take it up, and nothing that was coded sets them apart.",
        "{who}都谈到这一主题，编码未见差别。",
    ),
    "deck.shared.differs": (
        "{who} take it up on the same side, and differ in {what}.",
        "{who}都谈到这一主题，立场不相冲突，差别在于{what}。",
    ),
    "deck.divergent": ("{who} take it up, and part over {what}.", "{who}都谈到这一主题，分歧在于{what}。"),
    "deck.divergent.plain": ("{who} take it up, and part.", "{who}都谈到这一主题，但存在分歧。"),
    "deck.only": (
        "{who} takes it up in {n} passages. No passage on it was found in {silent}.",
        "{who}有 {n} 段谈到这一主题，{silent}中未找到相关段落。",
    ),
    "deck.only.one": (
        "{who} takes it up in 1 passage. No passage on it was found in {silent}.",
        "{who}有 1 段谈到这一主题，{silent}中未找到相关段落。",
    ),
    "chart.themes": ("What each text takes up, and where they meet", "各文件谈了什么，在哪里相遇"),
    "chart.themes.caption": (
        "Number of passages on each theme: ● shared, ◆ divergent, ○ only in one.",
        "各主题的段落数：● 共有，◆ 分歧，○ 仅见一方。",
    ),
    "chart.distance": ("How far apart their emphasis stands", "侧重相差多远"),
    "chart.distance.caption": (
        "Each theme’s share of all passages of that text in this comparison, widest gap first.",
        "各主题占该文件全部入选段落的比例，按差距由大到小排列。",
    ),
    "chart.firmness": ("How firmly they speak", "措辞有多坚决"),
    "chart.firmness.caption": (
        "Share of each text’s provisions at each strength, and their number.",
        "各文件内容按力度划分的比例与数量。",
    ),
    "chart.stance": ("Against whom, with whom, and where", "与谁竞争，与谁合作，在何处"),
    "chart.stance.caption": (
        "Share of each text’s provisions that show a posture or name a forum, and their number.",
        "表明姿态或提到场合的内容占各文件的比例与数量。",
    ),
    "chart.posture": ("Posture", "姿态"),
    "chart.forum": ("Forum", "场合"),
    "field": ("Where each theme stands", "各主题的位置"),
    "field.caption": (
        "Left: in {left} alone. Right: in {right} alone. Between them, what both take up. "
        "Discs and squares grow with the number of passages. Follow a theme to its passages.",
        "左侧仅见于{left}，右侧仅见于{right}，中间为双方都谈到的主题。图形大小表示段落数。点选主题可查看其段落。",
    ),
    "field.both": ("In both", "双方都有"),
    "only.in": ("Only in", "仅见于"),
    "numbers": ("Every theme in numbers", "全部主题的数字"),
    "rest.rows": ("The other {n} themes", "其余 {n} 个主题"),
    "rest.rows.one": ("The other theme", "其余 1 个主题"),
    "col.themes": ("Theme", "主题"),
    "col.distance": ("Theme", "主题"),
    "col.firmness": ("Strength", "力度"),
    "col.stance": ("Label", "类别"),
    "col.finding": ("Finding", "结论"),
    "sign.shared": ("shared", "共有"),
    "sign.divergent": ("divergent", "分歧"),
    "howto": (
        "Each text speaks in its own words, in its own language, cut from the page that is named. Marked are",
        "各文件均以原文原语呈现，并注明所在页码。标记说明：",
    ),
    "mark.same": ("words in common", "共同的词语"),
    "mark.parts": ("words that set them apart", "体现差别的词语"),
    "mark.cue": ("words that point to the theme", "指向主题的词语"),
    "filter": ("Show", "显示"),
    "filter.all": ("All themes", "全部主题"),
    "why": ("Why this finding", "为何得出此结论"),
    "definition": ("The theme, as defined:", "主题定义："),
    "differs.caption": ("In what they differ", "差别所在"),
    "answers": ("Across from each other", "两段相互对应"),
    "parted": ("Where they part", "分歧所在"),
    "pair.differs": ("They differ in", "差别在于"),
    "score": ("match {n}", "匹配度 {n}"),
    "nearness": ("nearness {n}", "接近度 {n}"),
    "also": ("Also on this theme", "同一主题的其他段落"),
    "column.none": ("No further passage of {who}.", "{who}无其他段落。"),
    "more.pairs": ("{n} more pairs", "另有 {n} 组对应段落"),
    "more.pairs.one": ("1 more pair", "另有 1 组对应段落"),
    "more.places": ("{n} more passages", "另有 {n} 段"),
    "more.places.one": ("1 more passage", "另有 1 段"),
    "more.passages": ("{n} more passages of {who}", "{who}另有 {n} 段"),
    "more.passages.one": ("1 more passage of {who}", "{who}另有 1 段"),
    "in.full": ("in the full text", "见全文"),
    "in.full.label": ("This passage in the full text of {who}", "见全文：{who}"),
    "tag.lead": ("lead: {names}", "牵头：{names}"),
    "tag.others": ("with {names}", "参与：{names}"),
    "tag.digest": ("digest", "摘要"),
    "clusters": ("Across all documents", "各文件之间"),
    "clusters.how": (
        "Provisions that all answer one another: each was held against each of the others, for A may answer B and B "
        "answer C without A answering C. A provision stands in one cluster at most.",
        "互相呼应的条款：每一条都与其余各条逐一比对过，因为甲对应乙、乙对应丙，甲未必对应丙。一条条款至多归入一组。",
    ),
    "clusters.left": ("{n} more stand in the workbook.", "另有 {n} 组见于工作簿。"),
    "clusters.caption": ("Which document has a part in which cluster", "各组见于哪些文件"),
    "clusters.col": ("Cluster", "组"),
    "clusters.in": ("has a part", "见于此"),
    "clusters.out": ("missing", "未见"),
    "cluster.title": ("{n} documents, closeness at least {score}", "{n} 份文件，接近度不低于 {score}"),
    "cluster.missing": (
        "{who} has no part in it. Chance that nothing there answers: {p}.",
        "{who}未见于此组。其中无对应条款的可能性：{p}。",
    ),
    "cluster.chained": (
        "{who} has no part in it: its nearest passage answers some of these and not all. Chance that nothing there "
        "answers: {p}.",
        "{who}未见于此组：最接近的段落只对应其中一部分。其中无对应条款的可能性：{p}。",
    ),
    "cluster.nearest": ("The nearest passage there", "其中最接近的段落"),
    "absence.title": ("{who} is silent", "{who}未谈及"),
    "absence.short": ("silent on this theme", "未谈及此题"),
    "absence.searched": (
        "All {n} of its provisions were searched by words and by meaning.",
        "已按词语和语义检索其全部 {n} 条内容。",
    ),
    "absence.searched.one": (
        "Its one provision was searched by words and by meaning.",
        "已按词语和语义检索其仅有的 1 条内容。",
    ),
    "absence.risk": (
        "Such a search is not proof: in tests on provisions labelled by hand it missed {risk} of the themes.",
        "检索并非铁证：在人工标注的条款上测试时，漏掉了 {risk} 的主题。",
    ),
    "absence.terms": ("Terms tried:", "检索词："),
    "absence.nearest": ("The {n} nearest passages, judged not to be on it", "最接近但判为不属此题的 {n} 段"),
    "absence.nearest.one": ("The nearest passage, judged not to be on it", "最接近但判为不属此题的 1 段"),
    "article.howto": (
        "Every quotation and every claim about the documents, held against them. The label behind each says what was "
        "found and leads to its card, which shows the document’s own words. Quotations are underlined, claims have a "
        "dotted line.",
        "文章中的每处引文和每个涉及文件的说法均与文件核对。其后的标签说明结果，并通往列出文件原文的卡片。引文加下划线，说法加点线。",
    ),
    "all.quote": ("{n} quotations", "{n} 处引文"),
    "all.quote.one": ("1 quotation", "1 处引文"),
    "all.claim": ("{n} claims", "{n} 个说法"),
    "all.claim.one": ("1 claim", "1 个说法"),
    "one.quote": ("Quotation", "引文"),
    "one.claim": ("Claim", "说法"),
    "amiss": ("{n} to look at first", "请先看这 {n} 处"),
    "amiss.one": ("1 to look at first", "请先看这 1 处"),
    "loose": ("Quotations and claims that stand in no article", "不在文章中的引文和说法"),
    "verdicts": ("What the documents say of this paragraph", "文件与本段的对照"),
    "warning": ("Mind the context:", "注意："),
    "left.out": ("Left out of the passage’s list:", "文章略去了原文所列的："),
    "says.too": ("Another document says it too:", "另一份文件也这样说："),
    "answers.it": ("The comparison sets this across from it:", "对照中与之相应的段落："),
    "nearest": ("The {n} nearest other passages", "其他最接近的 {n} 段"),
    "nearest.one": ("The nearest other passage", "其他最接近的 1 段"),
    "leaving": ("What the article leaves out", "文章略去了什么"),
    "leaving.howto": (
        "Claims that use a part of a list and leave out the rest, or credit one document where another speaks to "
        "it as well.",
        "有的说法只取所列内容的一部分，有的只归于一方而另一方也有论及。",
    ),
    "untested": ("{n} statements not tested", "{n} 个说法未作核对"),
    "untested.one": ("1 statement not tested", "1 个说法未作核对"),
    "untested.not_held": ("about a document that is not among those given", "所说的文件不在给出的文件之中"),
    "untested.said_by_others": ("said by a person or another paper", "出自他人或其他报道之口"),
    "untested.several": ("about several documents at once", "同时说到几份文件"),
    "untested.too_little": ("too little of its own to test", "自身内容太少，无从核对"),
    "no.claim": ("No claim about the documents was found in the article.", "文章中没有找到关于这些文件的说法。"),
    "check.kicker": ("An article held against the documents that it speaks of", "以原文核对文章"),
    "check.title": ("{title}: checked against the documents", "{title}：与文件核对"),
    "check.article": ("The article, and what the documents say", "文章与文件对照"),
    "check.lede": ("{what} were held against {n} documents.", "已将{what}与 {n} 份文件核对。"),
    "check.lede.one": ("{what} were held against one document.", "已将{what}与 1 份文件核对。"),
    "check.lede.none": (
        "No quotation and no claim about the documents was found in it.",
        "文中未发现引文或涉及文件的说法。",
    ),
    "check.lede.amiss": (
        "{n} of them are not as the documents have it, or were not found.",
        "其中 {n} 处与文件不符或未能找到。",
    ),
    "check.lede.amiss.one": (
        "One of them is not as the documents have it, or was not found.",
        "其中 1 处与文件不符或未能找到。",
    ),
    "check.lede.well": ("All of them are as the documents have it.", "均与文件相符。"),
    "check.lede.warned": (
        "{n} quotations are right to the letter and come with a warning.",
        "另有 {n} 处引文文字无误，但须注意上下文。",
    ),
    "check.lede.warned.one": (
        "One quotation is right to the letter and comes with a warning.",
        "另有 1 处引文文字无误，但须注意上下文。",
    ),
    "check.how": (
        "The article’s quotations were looked for, word by word, in every document; a quotation is called "
        "verbatim only where its characters stand there. Its statements about the documents were held against every "
        "sentence of them: numbers, who acts, how firmly, negations, scope.",
        "引文逐词在每份文件中查找，只有字符完全相同才称为“逐字相符”。涉及文件的说法则与文件的每一句核对：数字、行动者、力度、否定、范围。",
    ),
    "check.limits": (
        "This was done by a program. Verdicts on quotations follow from the words; those on claims are its "
        "reading, and about one in three is wrong on claims that it never saw. Read the passage before you "
        "print a verdict.",
        "以上由程序完成。引文的结论由文字本身得出；对说法的结论是程序的解读，对从未见过的说法约有三分之一会出错。发表之前请先阅读原文。",
    ),
    "check.proof": (
        "Every passage on this page stands in its document at the offsets that the page records. To prove it, in the "
        "folder of this page:",
        "本页每一段落均在所属文件的相应位置，页面记录了其起止。如需验证，请在本页所在文件夹运行：",
    ),
    "the.article": ("The article", "文章"),
    "edit.says.replace": ("The article has {quote} where the document has {source}", "文件作{source}，文章作{quote}"),
    "edit.says.insert": ("The article adds {quote}", "文章添加了{quote}"),
    "edit.says.delete": ("The article leaves out {source}", "文章删去了{source}"),
    "edit.matters": (": this changes {what}", "：改变了{what}"),
    "elsewhere": ("The same words also stand in", "同样的文字还见于"),
    "confidence": ("confidence {n}", "把握 {n}"),
    "cited.quote": ("cited as {who}", "所称出处：{who}"),
    "cited.claim": ("about {who}", "所涉文件：{who}"),
    "texts.howto": (
        "As read from the source: typesetting undone, nothing else changed. A link from a passage lights it up here. A "
        "long text is folded under its title.",
        "按来源读取：仅还原排版，未作其他改动。由段落链接而来时，对应文字会高亮。较长的文本收在标题之下。",
    ),
    "texts.paper": (
        "On paper each theme has at most two pairs of passages, narrower themes their line alone, and the full texts "
        "are left out. All of it is in the page itself, and the passages name their pages.",
        "打印时每个主题最多列两组段落，子主题只列一行，并略去全文。全部内容在网页中，各段均注明页码。",
    ),
    "method.how": (
        "Each document was read, split into provisions, and each provision coded with the themes of the "
        "codebook by the words "
        "that stand in it. Provisions of different documents were set across from each other by their words "
        "and by their "
        "meaning. A theme is shared when all take it up, divergent when they take different sides on it, and "
        "only in one "
        "when the others are silent.",
        "各文件经读取后拆分为条目，再依其中词语按编码表归入主题。不同文件的条目依词语和语义相互对应。各方都谈到的主题为“共有”，"
        "立场相异者为“分歧”，其他各方未谈者为“仅见一方”。",
    ),
    "method.limits": (
        "This was done by a program. It can miss a passage that speaks to a theme in unusual words, and read "
        "a side into a "
        "word that was used otherwise. Read the passages before you cite a finding.",
        "以上由程序完成。它可能遗漏以不常见措辞谈及主题的段落，也可能误读词语的立场。引用结论之前，请先阅读原文段落。",
    ),
    "method.verify": ("Prove it", "自行验证"),
    "method.verify.how": (
        "Every passage on this page stands in its document at the offsets that the page records. To prove "
        "it, in the folder "
        "of this page:",
        "本页每一段落均在所属文件的相应位置，页面记录了其起止。如需验证，请在本页所在文件夹运行：",
    ),
    "method.made": ("What it was made with", "所用材料与工具"),
    "hash.source": ("SHA-256 of the file", "文件 SHA-256"),
    "hash.text": ("SHA-256 of the text", "文本 SHA-256"),
    "warnings": ("Notes from reading {who}", "读取{who}时的提示"),
    "colophon": ("Made with polidiff from the documents named above.", "由 polidiff 根据以上文件生成。"),
}
