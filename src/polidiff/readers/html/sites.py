"""What is known of publishers' pages: where they put the document, and what their classes mean. Data, no code paths.

Each rule is a fact about a publisher's template, not about one document. An unknown page needs none of them.
"""

from __future__ import annotations

CONTAINERS: tuple[str, ...] = (
    # gov.uk publications (govspeak) and guidance
    "//div[contains(concat(' ', normalize-space(@class), ' '), ' govspeak ')]",
    # EUR-Lex: the act as published, and consolidated or older texts
    "//div[@id='docHtml']",
    "//div[contains(concat(' ', normalize-space(@class), ' '), ' eli-container ')]",
    "//div[@id='TexteOnly']",
    "//div[@id='text']//div[contains(@class, 'tabContent')]",
    # legislation.gov.uk
    "//div[@id='viewLegSnippet' or @id='viewLegContents']",
    # Federal Register, GovInfo, Congress
    "//div[@id='fulltext_content_area']",
    "//div[contains(concat(' ', normalize-space(@class), ' '), ' generated-text-container ')]",
    # WordPress (whitehouse.gov since 2017 and very many agencies)
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' entry-content ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' wp-block-post-content ')]",
    # Chinese ministries: cac.gov.cn, gov.cn, mfa.gov.cn and fmprc.gov.cn, miit.gov.cn, the TRS system of most others
    "//*[@id='BodyLabel']",
    "//*[@id='UCAP-CONTENT']",
    "//*[@id='News_Body_Txt_A']",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' TRS_Editor ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' trs_editor_view ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' TRS_UEDITOR ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' pages_content ')]",
    "//*[@id='con_con' or @id='zoom' or @id='Zoom']",
    # Drupal bodies (European Commission, many agencies)
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' field--name-body ')]",
)
"""XPath of the elements that hold the document, most certain first."""

CLASS_HEADINGS: dict[str, int] = {
    # EUR-Lex: parts, titles, chapters, sections, articles; 'sti' is the heading's second line
    "oj-ti-section-1": 1,
    "oj-ti-section-2": 1,
    "oj-ti-grseq-1": 2,
    "oj-ti-art": 3,
    "oj-sti-art": 3,
    "oj-ti-tbl": 4,
    "ti-section-1": 1,
    "ti-section-2": 1,
    "ti-grseq-1": 2,
    "ti-art": 3,
    "sti-art": 3,
    "title-division-1": 1,
    "title-division-2": 1,
    "title-article-norm": 3,
    "stitle-article-norm": 3,
    "title-annex-1": 1,
    "title-annex-2": 1,
    # legislation.gov.uk
    "legparttitle": 1,
    "legpartno": 1,
    "legpblocktitle": 2,
    "legchaptertitle": 2,
    "legp1grouptitle": 3,
    "legscheduletitle": 1,
    "legscheduleno": 1,
    # legislation.gov.au (Word's styles) and laws-lois.justice.gc.ca
    "acthead1": 1,
    "acthead2": 2,
    "acthead3": 3,
    "acthead4": 4,
    "acthead5": 5,
    "marginalnote": 6,
}
"""Classes that set a paragraph as a heading, with its level. Names in lower case."""

CLASS_TITLES: frozenset[str] = frozenset({"oj-doc-ti", "doc-ti", "title-doc-first", "title-doc-last", "legtitle"})
"""Classes that set a line of the document's title."""

CLASS_CENTRED: frozenset[str] = frozenset(
    {"oj-doc-ti", "doc-ti", "oj-ti-art", "oj-ti-section-1", "text-center", "aligncenter"}
)
"""Classes whose style centres."""

CLASS_BOLD: frozenset[str] = frozenset({"oj-bold", "bold", "font-bold", "fw-bold"})
CLASS_ITALIC: frozenset[str] = frozenset({"oj-italic", "italic", "font-italic"})
"""Classes that set words bold or in italics."""

CLASS_APART: frozenset[str] = frozenset(
    {"leglhs", "legrhs", "legp1no", "legp2no", "legp3no", "sectionlabel", "lawlabel"}
)
"""Classes of inline elements that the page prints apart from the words before and behind them: labels, mostly."""

CLASS_LABELS: dict[str, bool] = {"grid-list-column-1": True, "no-parag": False}
"""Classes of elements that hold a label, with the words in the next; whether they are an item of a list (EUR-Lex)."""

CLASS_MARKS: frozenset[str] = frozenset({"modref", "arrow"})
"""Classes of EUR-Lex's marks that tell which act brought the words behind them."""

CLASS_DROP: frozenset[str] = frozenset(
    {
        "govuk-visually-hidden",
        "visually-hidden",
        "sr-only",
        "screen-reader-text",
        "visuallyhidden",
        "element-invisible",
        "headerlink",
        "header-anchor",
        "anchor-link",
        "reversefootnote",
        "footnote-backref",
        "footnote-back",
        "back-to-top",
        "skip-link",
        "wb-invisible",
        "wb-inv",
        "mw-editsection",
        "print-link",
        "gem-c-print-link",
        "noprint",
        "no-print",
        "legcommentarylink",
        "legbreadcrumb",
        "hd-date",
        "oj-hd-date",
        "oj-hd-lg",
        "oj-hd-ti",
        "oj-hd-oj",
    }
)
"""Classes of what a page shows to nobody, or prints around the document. Names in lower case."""
