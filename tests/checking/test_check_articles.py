"""Articles: where they quote, who speaks, and what is checked against which document."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from check_texts import document, shelf

from polidiff.checking import check_article, find_quotes
from polidiff.model import Block, Quote, Verdict


def quotes(text: str, language: str = "en") -> list[Quote]:
    article = document(text, "article", "A piece", language=language, kind="article", quotes=True)  # type: ignore[arg-type]
    found = find_quotes(article, shelf())
    for quote in found:
        assert article.text[quote.start : quote.end] == quote.text
    return list(found)


def checked(text: str) -> list[Verdict]:
    article = document(text, "article", "A piece", kind="article", quotes=True)
    return list(check_article(article, shelf()).verdicts)


@pytest.mark.parametrize(
    "text",
    [
        "The British plan says “forty new pilot boats” are coming.",
        'The British plan says "forty new pilot boats" are coming.',
        "The British plan says ‘forty new pilot boats’ are coming.",
        "The British plan says 'forty new pilot boats' are coming.",
        "The British plan says «forty new pilot boats» are coming.",
        "The British plan says „forty new pilot boats“ are coming.",
        "The British plan says ``forty new pilot boats'' are coming.",
        "The British plan says â€œforty new pilot boatsâ€\u009d are coming.",
        "The British plan says \u0093forty new pilot boats\u0094 are coming.",
        "The British plan says “forty new pilot boats,” and more.",
        "The British plan says:\n\n> forty new pilot boats",
        "英国的计划写道：「forty new pilot boats」。",
        "英国的计划写道：『forty new pilot boats』。",
    ],
)
def test_marks_of_all_kinds(text: str) -> None:
    (found,) = quotes(text)
    assert found.text == "forty new pilot boats"
    assert found.cited_document == "uk-harbours"
    assert not found.third_party


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Britain’s plan promises “forty new pilot boats”.", "uk-harbours"),
        ("“Forty new pilot boats,” the U.K. plan says.", "uk-harbours"),
        ("In its Meadow Renewal Strategy, France wants “late mowing and more”.", "fr-meadows"),
        ("According to the French strategy, “two million trees” will grow.", "fr-meadows"),
        ("The French strategy is bold. It speaks of “two million trees” by rivers.", "fr-meadows"),
        ("While the British plan has boats, the French strategy wants “two million trees” instead.", "fr-meadows"),
        ("Boats matter, the wording “two million trees” does too.", None),
        ("The drafters chose the words “two million trees”.", None),
        ("中国的条例规定：“不得向运河倾倒废料”。", "cn-canal"),
        ("根据《运河保护条例》，“不得向运河倾倒废料”。", "cn-canal"),
        ("原文为“不得向运河倾倒废料”。", None),
        ("“Two million trees will grow,” reads the French strategy.", "fr-meadows"),
        ("Britain has a plan; the British one wants “forty new pilot boats”.", "uk-harbours"),
        (
            "Under the heading of trees, the French strategy tells farmers to plant “two million trees”.",
            "fr-meadows",
        ),
    ],
)
def test_the_document_that_a_quotation_is_ascribed_to(text: str, cited: str | None) -> None:
    (found,) = quotes(text)
    assert (found.cited_document, found.third_party) == (cited, False)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“Boats will not save us,” said Ada Okoro, who runs the port.", "Ada Okoro"),
        ("Ada Okoro from the Port Institute said the British plan flexes its “soft muscle on boats.”", "Ada Okoro"),
        ("In an essay for the Tide Review, Ada Okoro wrote that “boats will not save us”.", "Ada Okoro"),
        ("“Boats will not save us,” according to the Tide Review.", "the Tide Review"),
        ("The British plan is long — a text that one skipper called “a paper boat for the poor”.", "one skipper"),
        ("As the Tide Review put it, the British plan is “a paper boat for the poor”.", "the Tide Review"),
        ("As one official put it, “the British plan will sail”.", "one official"),
        ("The British plan “will sail,” one official said.", "one official"),
        ("“The British plan will sail,” as one senior official puts it.", "one senior official"),
        ("One official said that the British plan “will sail”.", "One official"),
        ("据晚报报道，王海指出，航道不应成为“少数人的游戏”。", "王海"),
        ("港口负责人王海说：“船只救不了我们”。", "港口负责人王海"),
    ],
)
def test_a_persons_words_are_not_charged_to_a_plan(text: str, speaker: str) -> None:
    (found,) = quotes(text)
    assert found.third_party
    assert found.cited_document is None
    assert found.speaker == speaker


NORTH = document(
    "Norwegian Climate Contribution\n\nNorway intends to cut its emissions by a quarter before 2031.",
    "north",
    jurisdiction="NO",
)
BLOC = document(
    "Contribution of the European Union\n\nThe EU and its Member States are committed to a binding target of three "
    "tenths.\n\nThe EU counts on no credits.",
    "bloc",
    jurisdiction="EU",
)
WORDS = "“committed to a binding target of three tenths”"


def of_two(text: str, language: str = "en") -> tuple[Quote, Verdict]:
    article = document(text, "article", "A piece", language=language, kind="article")  # type: ignore[arg-type]
    (quote,) = find_quotes(article, (NORTH, BLOC))
    (verdict,) = check_article(article, (NORTH, BLOC)).verdicts
    return quote, verdict


@pytest.mark.parametrize(
    "sentence",
    [
        "The European Union, for its part, wrote that it is {}.",
        "The EU, by contrast, said it was {}.",
        "The EU and its member states are {}.",
        "The European Union told the UN that it and its member states were {}.",
        "Unlike Norway, the European Union wrote that it is {}.",
        "Meanwhile Brussels declared itself {}.",
        "According to the European Union, it is {}.",
        "In the EU’s words, it is {}.",
        "The EU’s contribution says the member states are {}.",
        "The European Commission said that it is {}.",
        "The document from Brussels says they are {}.",
        "The bloc says it is {}.",
        "It is {}, the European Union said.",
        "They are {}, according to the EU.",
    ],
)
def test_who_is_named_in_the_sentence_of_a_quotation_speaks(sentence: str) -> None:
    quote, verdict = of_two("Norway intends to cut its emissions by a quarter. " + sentence.format(WORDS))
    assert (quote.cited_document, verdict.verdict, verdict.unsure) == ("bloc", "verbatim", False)


@pytest.mark.parametrize(
    "sentence",
    [
        "欧盟表示，其{}。",
        "与挪威不同，欧盟及其成员国承诺{}。",
        "而欧盟在其文件中写道，自己{}。",
        "根据欧盟的文件，{}。",
        "{}，欧盟委员会表示。",
    ],
)
def test_who_is_named_in_the_sentence_of_a_chinese_quotation_speaks(sentence: str) -> None:
    quote, verdict = of_two("挪威打算减少排放。" + sentence.format(WORDS), "zh")
    assert (quote.cited_document, verdict.verdict) == ("bloc", "verbatim")


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ("Programme of the Labour Party", "The Labour Party, for its part, wrote that it would"),
        ("Plan of the Ministry of Transport", "The Ministry of Transport, meanwhile, said that it would"),
        ("Lisbon City Strategy", "Lisbon, by contrast, said it would"),
        ("Italian Harbour Plan", "Italy, however, wrote that it would"),
    ],
)
def test_parties_ministries_and_cities_speak_in_their_own_sentence(head: str, named: str) -> None:
    other = document(f"{head}\n\nIn ten years the council will repaint all old tram stops by the sea.", "other")
    text = f"Norway intends to cut its emissions. {named} “repaint all old tram stops by the sea”."
    article = document(text, "article", "A piece", kind="article")
    (verdict,) = check_article(article, (NORTH, other)).verdicts
    assert verdict.cited_document != "north"
    assert verdict.verdict in ("verbatim", "third_party")


@pytest.mark.parametrize("sentence", ["It wrote that it is {}.", "Its plan is {}.", "The country says it is {}."])
def test_a_speaker_taken_from_the_sentence_before_is_never_blamed_for_sure(sentence: str) -> None:
    _, verdict = of_two("Norway intends to cut its emissions by a quarter. " + sentence.format(WORDS))
    assert verdict.verdict != "misattributed" or (verdict.unsure and verdict.confidence <= 0.5)


def test_words_laid_to_another_in_the_same_sentence_are_misattributed() -> None:
    _, verdict = of_two(f"The EU counts on no credits. Norway wrote that it is {WORDS}.")
    assert (verdict.verdict, verdict.cited_document, verdict.unsure) == ("misattributed", "north", False)


def test_who_speaks_behind_a_semicolon_speaks_of_what_follows() -> None:
    text = (
        "Britain’s plan says “forty new pilot boats”; France’s Meadow Renewal Strategy says “two million trees”. "
        "Britain’s plan says it must keep “forty new pilot boats”; France would plant “two million trees”."
    )
    assert [one.cited_document for one in quotes(text)] == ["uk-harbours", "fr-meadows", "uk-harbours", "fr-meadows"]


def test_a_name_with_a_version_in_brackets_speaks_for_itself_behind_a_semicolon() -> None:
    held = [
        document("Pilots shall rest for nine hours.", "fr-rest", "Rest Order of France"),
        document("Users should keep the tide tables at hand.", "tides", "Tide Safety Framework (V2.0)"),
    ]
    text = (
        "France says “Pilots shall rest for nine hours”; Tide Safety Framework (V2.0) says "
        "“Users should keep the tide tables at hand”."
    )
    article = document(text, "article", "A piece", kind="article", quotes=True)
    assert [one.cited_document for one in find_quotes(article, held)] == ["fr-rest", "tides"]


def test_they_wrote_goes_back_to_the_people_named_before() -> None:
    first, second = quotes(
        "Ada Okoro and Bo Lind said the British plan is a “paper boat.”\n\n"
        "But the harbour “will lose its winter trade to the south” as its rivals grow, they wrote."
    )
    assert first.third_party
    assert second.third_party
    assert second.speaker == "Ada Okoro and Bo Lind"


def test_a_person_quoted_from_the_plan_is_checked_against_the_plan() -> None:
    (made,) = checked(
        "In “Plan for Quiet Harbours,” Minister Ada Okoro said, “The ministry will fund forty new pilot boats.”"
    )
    assert (made.verdict, made.document, made.speaker) == ("verbatim", "uk-harbours", "Minister Ada Okoro")


def test_a_quotation_broken_by_he_said() -> None:
    first, second = quotes("“We are ready for winter,” said Ada Okoro, “and we will stay open.”")
    assert (first.text, second.text) == ("We are ready for winter", "and we will stay open.")
    assert second.third_party


def test_a_mangled_apostrophe_is_typography() -> None:
    (made,) = checked(
        "The British plan says â€œLighthouse keepers should be trained in first aid â€“ and in radio workâ€\u009d."
    )
    assert made.verdict == "typographic"


@pytest.mark.parametrize(
    ("opening", "closing", "apostrophe"),
    [
        ("=93", "=94", "=92"),
        ("=E2=80=9C", "=E2=80=9D", "=E2=80=99"),
        ("?", "?", "?"),
        ("\ufffd", "\ufffd", "\ufffd"),
        ("&#8220;", "&#8221;", "&#8217;"),
        ("â€œ", "â€", "â€™"),
    ],
)
def test_marks_that_a_mail_program_mangled_are_read_as_what_they_were(opening, closing, apostrophe) -> None:  # type: ignore[no-untyped-def]
    text = f"Britain{apostrophe}s plan says {opening}forty new pilot boats{closing} are coming. Who paid? Nobody asked."
    (made,) = checked(text)
    assert (made.text, made.verdict, made.cited_document) == ("forty new pilot boats", "verbatim", "uk-harbours")


def test_a_paragraph_over_several_lines_is_one() -> None:
    article = document("x", "article")
    text = "The British plan, which is long,\nsays that “forty new\npilot boats” are coming."
    wrapped = replace(article, text=text, blocks=(Block("paragraph", 0, len(text)),), pieces=())
    (made,) = check_article(wrapped, shelf()).verdicts
    assert (made.verdict, made.cited_document) == ("verbatim", "uk-harbours")


def test_nested_marks_belong_to_the_outer_quotation() -> None:
    (found,) = quotes("The British plan says “the council shall review ‘safe passage’ rules” soon.")
    assert found.text == "the council shall review ‘safe passage’ rules"


def test_an_apostrophe_opens_nothing() -> None:
    assert quotes("The port’s boats aren’t the mayor’s, and the skippers’ union won’t pay.") == []


def test_a_quotation_of_two_paragraphs() -> None:
    first, second = quotes("Ada Okoro said: “We are ready for winter.\n\n“We will stay open till spring.” She left.")
    assert first.text == "We are ready for winter."
    assert second.text == "We will stay open till spring."
    assert second.third_party


def test_a_mark_that_is_never_closed_ends_with_its_sentence() -> None:
    (found,) = quotes("The British plan wants “forty new pilot boats by 2031. That is a lot of boats.")
    assert found.text.startswith("forty new pilot boats by 2031")
    assert "That is" not in found.text


def test_titles_and_scare_quotes_are_no_quotations() -> None:
    assert (
        quotes(
            "A speech titled “The Future of Ports: A Strategy” was given. The “experts” left. 《运河保护条例》生效。"
        )
        == []
    )


def test_a_plan_known_by_a_digest_alone_cannot_be_confirmed() -> None:
    digest = document(
        "The boats are to be blue.", "uk-boats.digest.en", "Boats Plan (digest)", kind="digest", jurisdiction="UK"
    )
    article = document(
        "The British plan says “boats are to be blue”. The digest of the British plan says “boats are to be blue”.",
        "article",
    )
    original, own = check_article(article, [digest]).verdicts
    assert (original.verdict, original.cited_document) == ("not_found", "uk-boats")
    assert (own.verdict, own.document) == ("verbatim", "uk-boats.digest.en")


@pytest.mark.parametrize("name", ["uk", "uk-boats", "boats", "summary-2025"])
def test_a_digest_is_known_by_its_kind_whatever_its_file_is_called(name: str) -> None:
    digest = document("The boats are to be blue.", name, "Boats Plan (digest)", kind="digest", jurisdiction="UK")
    article = document(
        "The British plan says “boats are to be blue”. The digest of the British plan says “boats are to be blue”.\n"
        "The Boats Plan says “boats are to be blue”.",
        "article",
    )
    original, own, titled = check_article(article, [digest]).verdicts
    for verdict in (original, titled):
        assert (verdict.verdict, verdict.document) == ("not_found", None)
        assert "official text is not held" in verdict.reasons[0].text
    assert (own.verdict, own.document) == ("verbatim", name)


def test_two_digests_of_one_plan_confirm_nothing_of_it() -> None:
    digests = [
        document("The boats are to be blue.", "b", "Boats Plan (digest)", kind="digest", jurisdiction="UK"),
        document("船只应为蓝色。", "c", "船只计划（摘要）", language="zh", kind="digest", jurisdiction="UK"),
    ]
    article = document("Britain’s plan says “boats are to be blue”.", "article")
    (verdict,) = check_article(article, digests).verdicts
    assert (verdict.verdict, verdict.document) == ("not_found", None)


def test_an_official_text_beside_a_digest_of_its_title_is_what_an_article_means() -> None:
    documents = [
        document("The boats are to be blue.", "a", "Boats Plan (digest)", kind="digest", jurisdiction="UK"),
        document("All boats shall be blue.", "z", "Boats Plan", jurisdiction="UK"),
    ]
    article = document("The British plan says “boats shall be blue”.", "article")
    (verdict,) = check_article(article, documents).verdicts
    assert (verdict.verdict, verdict.document, verdict.cited_document) == ("verbatim", "z", "z")


def test_nothing_to_check() -> None:
    assert checked("It rained all day in the harbour, and nobody spoke.") == []
    assert checked("") == []


def test_two_thousand_quotations() -> None:
    text = "\n\n".join(f"The British plan says “forty new pilot boats by 2031” in part {n}." for n in range(2000))
    began = time.process_time()
    found = checked(text)
    assert len(found) == 2000
    assert {v.verdict for v in found} == {"verbatim"}
    assert time.process_time() - began < 20
