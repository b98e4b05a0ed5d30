"""The sentences in which the pipeline gives its reasons (regular expressions), and each of them in Chinese."""

from __future__ import annotations

FORMS: tuple[tuple[str, str], ...] = (
    (r"no provision of (.+) is coded with this theme", r"\1 没有归入本主题的条款"),
    (r"(\d+) provisions? of (.+) coded with it", r"\2 有 \1 条归入本主题"),
    (r"(\S+) only touches it in passing", r"\1 只是顺带提及"),
    (r"they take different sides \((.+)\)", r"双方立场不同（\1）"),
    (r"(\S+) decided by (.+)", r"\2 判定为 \1"),
    (r"words that point to it: (.+)", r"指向它的词语：\1"),
    (r"words in common: (.+)", r"共有词语：\1"),
    (r"both coded (.+)", r"同归主题：\1"),
    (r"terms in both languages: (.+)", r"两种语言中的对应词：\1"),
    (r"closeness in meaning (\S+), word by word (\S+)", r"含义接近度 \1，逐词 \2"),
    (r"closeness in meaning (.+)", r"含义接近度 \1"),
    (
        r"All (\d+) provisions were searched for the theme's terms and, by meaning, "
        r"for the (\d+) strongest passages? on it and the theme's definition\. "
        r"None of them holds one of the theme's words\.",
        r"已在全部 \1 条条款中查找本主题的词语"
        r"，并按含义查找最有力的 \2 段相关文字和本主题的定义。没有一条含有本主题的词语。",
    ),
    (
        r"All (\d+) provisions were searched for the theme's terms and, by meaning, "
        r"for the (\d+) strongest passages? on it and the theme's definition\. "
        r"(\d+) of them holds? one of the theme's words .+ shown first\.",
        r"已在全部 \1 条条款中查找本主题的词语，并按含义查找最有力的 \2 段相关文字和本主题的定义。"
        r"有 \3 条含有本主题的词语，经判断另有所指，列在最前。",
    ),
    (r"The same characters stand in the document\.", "文件中有完全相同的文字。"),
    (r"The same words stand in the document; only typesetting differs\.", "文件中有相同的词语，仅排版不同。"),
    (r"A comma, colon or semicolon differs\.", "有一处逗号、冒号或分号不同。"),
    (r"“(.+)” is the article's own punctuation\.", r"“\1”是文章自己的标点。"),
    (r"One or two words: they may stand there by chance\.", "仅一两个词，可能是偶合。"),
    (r"The quotation holds no letters or digits\.", "引文中没有文字或数字。"),
    (
        r"The official text of (\S+) is not held: only a digest in other words is held \((.+)\)\. "
        r"No wording can be confirmed or refuted\.",
        r"未收存 \1 的官方文本，只有另行措辞的摘要（\2），因此无法证实或否定其措辞。",
    ),
    (
        r"The official text of (\S+) is not held: it is not among the documents\. "
        r"No wording can be confirmed or refuted\.",
        r"未收存 \1 的官方文本，因此无法证实或否定其措辞。",
    ),
    (
        r"Nothing like these words was found after searching all of (\d+) documents?\. "
        r"The quotation is in another language than the document: it can only be a translation of it\.",
        r"在全部 \1 份文件中都没有找到类似的文字。引文与文件语言不同，只能是译文。",
    ),
    (
        r"Nothing like these words was found after searching all of (\d+) documents?\."
        r"(?: The cited document (\S+) is not held\.)?(.*)",
        r"在全部 \1 份文件中都没有找到类似的文字。\3",
    ),
    (
        r"The words stand in (\S+); the article ascribes them to (\S+), which (?:is not held|does not hold them)\.",
        r"这些文字见于 \1，而文章说它们出自 \2。",
    ),
    (
        r"Ascribed to (.+), not to a document at hand; it is not checked against one\.",
        r"文章说这是 \1 的话，不是所收文件的话，因此不作核对。",
    ),
    (r"The same words stand in (\S+)\.", r"相同的文字见于 \1。"),
    (r"(\d+) true fragments are joined without a mark\.", r"\1 段原文被拼接在一起而未加标明。"),
    (r"“(.+)” stands in (\S+), page (\d+)\.", r"“\1”见于 \2 第 \3 页。"),
    (r"“(.+)” stands in (\S+)\.", r"“\1”见于 \2。"),
    (r"Like the passage shown, with one edit and no mark\.", "与所示段落相近，有 1 处未标明的改动。"),
    (r"Like the passage shown, with (\d+) edits and no mark\.", r"与所示段落相近，有 \1 处未标明的改动。"),
    (
        r"Like the passage shown, with other punctuation or signs and no mark\.",
        "与所示段落相近，标点或符号不同而未标明。",
    ),
    (r"The change touches an actor\.", "改动涉及行动者。"),
    (r"The change touches a number\.", "改动涉及数字。"),
    (r"The change touches a negation\.", "改动涉及否定。"),
    (r"The change touches a modality\.", "改动涉及语气强弱。"),
    (r"The article ascribes the words to (\S+)\.", r"文章说这些文字出自 \1。"),
    (
        r"The document's own words, with omissions and bracketed words marked as the article's\.",
        "文件自己的文字，删节和方括号内的词均已标明。",
    ),
    (r"The document's own words, with omissions marked as the article's\.", "文件自己的文字，删节已标明。"),
    (
        r"The document's own words, with bracketed words marked as the article's\.",
        "文件自己的文字，方括号内的词已标明。",
    ),
    (
        r"The document's own words, with bracketed letters marked as the article's\.",
        "文件自己的文字，方括号内的字母已标明。",
    ),
    (r"The parts stand far apart in the document\.", "各部分在文件中相距很远。"),
    (r"In its sentence the document denies or rejects it: “(.+)”", r"在原句中，文件否定或拒绝了它：“\1”"),
    (
        r"In its sentence the document has it with a prefix that turns it round: “(.+)”",
        r"在原句中，该词带有使意思相反的前缀：“\1”",
    ),
    (r"In its sentence the document says it under a condition: “(.+)”", r"在原句中，文件是有条件地这样说的：“\1”"),
    (
        r"In its sentence the document reports it as the view of others: “(.+)”",
        r"在原句中，文件转述的是他人的看法：“\1”",
    ),
    (
        r"In its sentence the words stand inside of a quotation: somebody else is speaking: “(.+)”",
        r"在原句中，这些文字是引语，说话的是他人：“\1”",
    ),
    (r"The words left out carry a negation: (.+)\.", r"略去的文字含有否定：\1。"),
    (r"The words left out carry a modality: (.+)\.", r"略去的文字改变语气强弱：\1。"),
    (
        r"The official text is not held: (\S+) is a digest of it in other words\. "
        r"No wording can be confirmed or refuted\.",
        r"未收存官方文本，\1 只是另行措辞的摘要，因此无法证实或否定其措辞。",
    ),
    # claims
    (
        r"The passage speaks of (\d+) of the claim's (\d+) telling words: (.+)\.",
        r"该段谈到说法 \2 个关键词中的 \1 个：\3。",
    ),
    (
        r"The passage is near the claim in meaning, though it shares none of its words\.",
        "该段与说法含义相近，但没有共有的词语。",
    ),
    (r"Each of the (\d+) things that it lists has a passage of its own\.", r"所列 \1 项各有段落为据。"),
    (r"The claim says “(.+)” where the document says “(.+)”\.", r"文章说“\1”，文件说“\2”。"),
    (
        r"The claim says “(.+)”, firmer than anything in the document's sentence\.",
        r"文章说“\1”，比文件原句的语气都强。",
    ),
    (
        r"The claim says “(.+)”; nothing in the document's sentence forbids or stops it\.",
        r"文章说“\1”，而文件原句没有禁止或制止的意思。",
    ),
    (r"The claim says “(.+)”; the document limits it: “(.+)”\.", r"文章说“\1”，而文件有所限定：“\2”。"),
    (r"The claim says “(.+)”; the document's sentence does not go so far\.", r"文章说“\1”，而文件原句没有说到这一步。"),
    (
        r"The claim tells it as done \(“(.+)”\); the document does not\.",
        r"文章说得像已经完成（“\1”），文件并没有这样说。",
    ),
    (
        r"The claim says “(.+)”, the document “(.+)”: one allows or asks for what the other does not\.",
        r"文章说“\1”，文件说“\2”：一方允许或要求的，另一方并不如此。",
    ),
    (r"The claim says “(.+)”, the document “(.+)”\.", r"文章说“\1”，文件说“\2”。"),
    (
        r"The claim says “(.+)” and the document “(.+)”, so that they point different ways\.",
        r"文章说“\1”，文件说“\2”，两者方向相反。",
    ),
    (
        r"The claim turns round with “(.+)” what the document says without such a word\.",
        r"文章用“\1”把意思反了过来，文件没有这样的词。",
    ),
    (
        r"The document turns round with “(.+)” what the claim says without such a word\.",
        r"文件用“\1”表示相反的意思，文章没有这样的词。",
    ),
    (r"The claim says (.+), the document (.+)\.", r"文章说 \1，文件说 \2。"),
    (r"The claim names (.+), the document (.+)\.", r"文章说的是 \1，文件说的是 \2。"),
    (
        r"All (\d+) sentences of the document were searched: none names (.+)\.",
        r"已查遍文件全部 \1 个句子，没有一句提到\2。",
    ),
    (
        r"Whether the document names (.+) can't be told: no word for it in its language is known\.",
        r"无法判断文件是否提到\1：不知道它在文件语言中的说法。",
    ),
    (r"It quotes words that the document does not have like that: (.+)", r"所引文字与文件原文不符：\1"),
    (r"The document names (.+) once\.", r"文件提到\1一次。"),
    (r"The document names (.+) in (\d+) sentences\.", r"文件有 \2 个句子提到\1。"),
    (
        r"All (\d+) sentences of the document were searched\. None of them speaks of the claim's subject\.",
        r"已查遍文件全部 \1 句，没有一句谈到该说法的主题。",
    ),
    (
        r"All (\d+) sentences of the document were searched\. "
        r"The nearest passage uses the claim's words but says something else\.",
        r"已查遍文件全部 \1 句。最接近的段落用词相同，说的却是另一回事。",
    ),
    (
        r"All (\d+) sentences of the document were searched\. Even the nearest passage says nothing about: (.+)\.",
        r"已查遍文件全部 \1 句。连最接近的段落也没有谈到：\2。",
    ),
    (
        r"All of the agreement was searched and no clause of the kind says it\.",
        "已查遍整份协议，没有一条这样规定。",
    ),
    (
        r"A clause of the kind that agreements have for this; it is known by: (.+)\.",
        r"协议中此类条款的常见写法，依据词语：\1。",
    ),
    (
        r"The document has (\d+) (.+) by its own structure; the claim says (.+)\.",
        r"按文件自身的结构有 \1 个 \2；文章说 \3。",
    ),
    (
        r"Of (\d+) provisions coded for it: competition (\S+) \(95% interval (\S+) to (\S+)\); "
        r"cooperation (\S+) \(95% interval (\S+) to ([^)]+)\)\.( The intervals do not part the two\.)?",
        r"在编码的 \1 条条款中：竞争占 \2（95% 区间 \3 至 \4），合作占 \5（95% 区间 \6 至 \7）。",
    ),
    (r"The document (\S+) is not held, so nothing can be said of it\.", r"未收存文件 \1，无从判断。"),
    (
        r"Only a digest of (\S+) is held: the claim was tested on the digest, not on the official text\.",
        r"仅有 \1 的摘要：该说法是与摘要而非官方文本核对的。",
    ),
    (
        r"(.+) is a digest: the claim was tested on the digest, not on the official text\.",
        r"\1 是摘要：该说法是与摘要而非官方文本核对的。",
    ),
    (
        r"It can only translate the document; the passage nearest in meaning \((\S+)\) is given, not checked\.",
        r"引文与文件语言不同，只能是译文；此处列出含义最接近的段落（\1），未作核对。",
    ),
    # versions
    (r"“(.+)” became “(.+)”", r"“\1”改为“\2”"),
    (r"“(.+)” went", r"删去“\1”"),
    (r"“(.+)” came", r"增加“\1”"),
    (r"what was allowed is forbidden", "原允许，现禁止"),
    (r"what was forbidden is allowed", "原禁止，现允许"),
    (r"it was turned round", "意思相反"),
    (r"the deadline is shorter", "期限缩短"),
    (r"the deadline is longer", "期限延长"),
    (r"it is due earlier", "到期提前"),
    (r"it is due later", "到期推后"),
    (r"the least that is asked for is higher", "最低要求提高"),
    (r"the least that is asked for is lower", "最低要求降低"),
    (r"a threshold in (.+) was changed", r"门槛（\1）有变"),
    (r"the amount in (.+) was raised", r"数额（\1）提高"),
    (r"the amount in (.+) was lowered", r"数额（\1）降低"),
)
