"""How long a search takes: ``python -m benchmarks.search [DOCUMENTS] [PROVISIONS]`` (1,000 of 100 provisions each).

Documents are made from a list of words, in English and Chinese, with codes by chance and vectors by chance: a product
of matrices takes as long whatever is in them. Questions are encoded as they are in the workbench. Each kind of search
is asked many times in turn; the median and the 95th percentile are printed, in milliseconds, and the median of asking
the same again, when the question needn't be encoded.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator

import numpy as np

from polidiff.model import Actor, Code, Coding, Provision, Span
from polidiff.ranking.index import How
from polidiff.ranking.passage import Passage
from polidiff.ranking.query import question
from polidiff.web.finder import Finder
from polidiff.workspace.corpus import Block, Filter, Index

_WORDS = """
agency council ministry department bureau office state government industry company school university worker teacher
student farmer hospital court parliament citizen network energy water road grid power plant chip model data center
software research science standard rule test report plan budget fund grant loan tax permit licence market trade export
import border port security safety risk harm audit review board public private local national regional global open
closed new old large small fast slow strong weak clean green digital human shared common joint early late annual
should must may will shall support build train protect share measure publish require promote limit develop improve
monitor coordinate establish encourage expand reduce adopt apply use
"""
WORDS = _WORDS.split()
CHARACTERS = (
    "政府部门企业学校大学研究科学数据中心模型算力能源电力网络安全风险标准规则测试报告计划预算资金税收市场贸易"
    "出口进口国家地方全球合作发展教师学生培训保护共享开放推动加强建设完善鼓励支持应当必须可以"
)
THEMES = [f"theme{n}" for n in range(70)]
STRENGTHS = ("mandate", "directive", "recommendation", "aspiration", "statement")


def made(documents: int, provisions: int, chance: random.Random) -> Iterator[Block]:
    """Yield documents of made-up sentences, one in five of them in Chinese."""
    vectors = np.random.default_rng(7)
    for number in range(documents):
        name, chinese = f"document-{number:04}", number % 5 == 4
        rows, codings, start = [], [], 0
        for index in range(provisions):
            if chinese:
                text = "".join(chance.choices(CHARACTERS, k=chance.randint(20, 70))) + "。"
            else:
                text = " ".join(chance.choices(WORDS, k=chance.randint(12, 45))).capitalize() + "."
            span = Span(start, start + len(text))
            rows.append(
                Provision(name, f"p{index}", None, "item", ("Part",), text, *span, language="zh" if chinese else "en")
            )
            codings.append(
                Coding(
                    name,
                    f"p{index}",
                    themes=tuple(Code(theme, 0.8) for theme in chance.sample(THEMES, 2)),
                    lead=(Actor(f"Ministry {chance.randint(1, 400)}", span),),
                    strength=Code(chance.choice(STRENGTHS), 0.9),
                )
            )
            start = span.end + 1
        yield Block(
            name,
            name,
            tuple(rows),
            tuple(Passage(row.text, row.language, "Part") for row in rows),
            tuple(codings),
            np.rint(vectors.standard_normal((provisions, 512)) * 45).astype(np.float32),
        )


SEARCHES: tuple[tuple[str, str, How, Filter], ...] = (
    ("words", "{a} {b}", "words", Filter()),
    ("a frequent word", "should", "words", Filter()),
    ("a phrase", '"{a} {b}"', "words", Filter()),
    ("Chinese words", "数据中心", "words", Filter()),
    ("meaning", "how does the {a} {b} the {c}?", "meaning", Filter()),
    ("both", "how does the {a} {b} the {c}?", "both", Filter()),
    ("both, one theme", "how does the {a} {b} the {c}?", "both", Filter(theme="theme3")),
    ("both, actor and strength", "{a} {b}", "both", Filter(actor="ministry 12", strength="mandate")),
    ("a theme alone", "", "both", Filter(theme="theme9")),
    ("two documents", "{a} {b}", "both", Filter(documents=("document-0001", "document-0002"))),
)


def main() -> None:
    """Build the index, ask, and print."""
    given = [int(one) for one in sys.argv[1:]]
    documents, provisions = (given + [1000, 100][len(given) :])[:2]
    chance = random.Random(7)
    started, cpu = time.perf_counter(), time.process_time()
    index = Index.of(list(made(documents, provisions, chance)))
    print(
        f"{documents:,} documents, {index.size:,} provisions: made and indexed in "
        f"{time.perf_counter() - started:.1f} s ({time.process_time() - cpu:.1f} s of processor)"
    )
    finder = Finder("", None)  # type: ignore[arg-type]
    finder.encode("warm up")
    print(f"{'search':<28}{'median':>9}{'p95':>9}{'again':>9}   found")
    for name, form, how, narrowed in SEARCHES:
        first, again, found = [], [], 0
        for _ in range(40):
            text = form.format(a=chance.choice(WORDS), b=chance.choice(WORDS), c=chance.choice(WORDS))
            for times in (first, again):
                began = time.perf_counter()
                found = index.search(question(text), how, narrowed, finder.encode).total
                times.append((time.perf_counter() - began) * 1000)
        print(f"{name:<28}{np.median(first):>9.1f}{np.quantile(first, 0.95):>9.1f}{np.median(again):>9.1f}   {found}")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
