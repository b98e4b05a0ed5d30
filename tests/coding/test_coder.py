from polidiff.coding import load_codebook
from polidiff.coding.coder import cued
from polidiff.coding.themes import MENTIONED, THRESHOLD
from polidiff.model import Coding, Document, Provision, Scale, Span


def plan(
    *texts: str, path: tuple[str, ...] = (), lead_in: str = "", scale: Scale = "plan", mentions: bool = False
) -> tuple[Document, list[Coding]]:
    body = lead_in + "\n" if lead_in else ""
    provisions = []
    for number, text in enumerate(texts):
        start = len(body)
        body += text + "\n"
        span = Span(0, len(lead_in)) if lead_in else None
        provisions.append(Provision("d", str(number), None, "item", path, text, start, start + len(text), lead_in=span))
    document = Document("d", "d", "und", "", "text/plain", body, ())
    return document, list(
        cued(document, provisions, load_codebook(), scale=scale, least=MENTIONED if mentions else THRESHOLD)
    )


def themes(text: str, path: tuple[str, ...] = (), *, mentions: bool = False) -> set[str]:
    return {found.id for found in plan(text, path=path, mentions=mentions)[1][0].themes}


def test_every_cue_cuts_words_of_the_document() -> None:
    document, codings = plan(
        "Led by the Ministry of Energy (MOE), publish rules for data centres with the Grid Agency and allies.",
        "应建立开源社区，由国家网信部门会同有关部门制定标准。",
    )
    for made in codings:
        codes = (*made.themes, *made.positions, *made.instruments, made.strength, made.posture, made.forum)
        spans = [cue for found in codes for cue in found.cues] + [a.span for a in (*made.lead, *made.others)]
        assert spans
        assert all(document.cut(span).strip() == document.cut(span) != "" for span in spans)


def test_a_narrow_theme_brings_its_broader_one_with_no_lower_score() -> None:
    codes = {found.id: found.score for found in plan("Build new power grids and transmission lines.")[1][0].themes}
    assert codes["energy"] >= codes["grid"]


def test_several_subjects_in_one_list_are_all_heard_by_a_comparison() -> None:
    wanted = {"manufacturing_robotics", "sector_health", "sector_agriculture"}
    assert wanted <= themes("Bring AI to manufacturing, health care, schools and agriculture.", mentions=True)
    assert wanted <= themes("把人工智能用于制造、医疗和农业。", mentions=True)


def test_a_word_inside_another_subjects_term_does_not_count() -> None:
    assert "environment" in themes("Promote low-power chips.")
    assert "semiconductors" not in themes("Promote low-power chips.")
    assert "semiconductors" not in themes("推广低功耗芯片。")


def test_a_provision_about_nothing_in_the_book_is_left_uncoded() -> None:
    assert themes("The committee meets on Tuesdays and thanks its guests.") == set()
    assert themes("会议于每周二召开。") == set()


def test_a_heading_counts_where_the_words_themselves_are_silent() -> None:
    assert "biosecurity" in themes("Report progress each spring.", ("Biosecurity and pathogens",))


def test_the_same_word_on_two_sides_is_told_apart() -> None:
    for one, other, theme in [
        (
            "Remove ideological bias from models that the state buys.",
            "Eliminate algorithmic bias and discrimination.",
            "bias",
        ),
        (
            "Repeal onerous regulations on AI.",
            "Governments should coordinate regulation of AI with one another.",
            "regulation",
        ),
        (
            "Waive environmental review when plants are built.",
            "Set energy efficiency standards for the climate.",
            "environment",
        ),
        ("清除繁文缛节，放松监管。", "各国应协调政策和监管。", "regulation"),
    ]:
        sides = [
            {found.id for found in plan(text)[1][0].positions if found.id.startswith(f"{theme}:")}
            for text in (one, other)
        ]
        assert all(sides), (one, other, sides)
        assert not sides[0] & sides[1], (one, other, sides)


def test_posture_and_forum() -> None:
    cases = [
        ("Deny our adversaries access to chips and counter their influence.", "competition", None),
        ("Countries should jointly set rules through the United Nations.", "cooperation", "multilateral"),
        ("各国应共同制定规则，支持联合国发挥作用。", "cooperation", "multilateral"),
        ("Work with allies and like-minded partners on controls.", "cooperation", "allied"),
        ("Federal agencies train their staff.", "neutral", "national"),
        ("Adversarial robustness is hard.", "neutral", "none"),
    ]
    for text, posture, forum in cases:
        made = plan(text)[1][0]
        assert made.posture.id == posture, text
        assert forum is None or made.forum.id == forum, text


def test_instruments_name_the_means() -> None:
    assert plan("Fund fellowships for students.")[1][0].instruments[0].id == "funding"
    assert {found.id for found in plan("禁止出售个人数据，并制定标准。")[1][0].instruments} >= {
        "prohibition",
        "standards",
    }


def test_an_item_takes_the_strength_of_the_words_that_introduce_it() -> None:
    document, codings = plan("a risk file;", "a list of tests.", lead_in="Providers shall keep:", scale="law")
    assert [made.strength.id for made in codings] == ["obligation", "obligation"]
    assert document.cut(codings[0].strength.cues[0]) == "shall"


def test_coding_twice_gives_the_same() -> None:
    texts = ("Led by DOE, invest in grids.", "应推动数据跨境流动。")
    assert plan(*texts)[1] == plan(*texts)[1]


def test_an_item_that_goes_on_in_its_lead_ins_sentence_is_governed_by_it() -> None:
    _, codings = plan(
        "the sale of a log; this shall not apply to museums;", lead_in="The following is prohibited:", scale="law"
    )
    assert codings[0].strength.id == "prohibition"


def test_a_heading_that_only_labels_parts_of_sections_names_no_subject() -> None:
    text = "We will do so soon."
    body = "".join(f"{text}\n" for _ in range(3))
    size = len(text) + 1
    provisions = [
        Provision("d", str(n), None, "item", (title, "Training of staff"), text, n * size, n * size + len(text))
        for n, title in enumerate(["Biosecurity", "Power grid", "Copyright"])
    ]
    codings = cued(Document("d", "d", "en", "", "text/plain", body, ()), provisions, load_codebook())
    assert [made.themes[0].id for made in codings] == ["biosecurity", "grid", "copyright"]
