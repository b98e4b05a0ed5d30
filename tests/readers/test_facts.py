"""What a document says of itself: short name, issuer, country, date, kind; and what the user says instead."""

from __future__ import annotations

import pytest

from polidiff.errors import InputError
from polidiff.readers import read_bytes
from polidiff.readers.choices import Choices
from polidiff.readers.names import kind_of, short_name


def read(text: str, name: str = "pond.md", **said: str):
    return read_bytes(text.encode(), name=name, choices=Choices(**said))


@pytest.mark.parametrize(
    ("title", "name", "kind"),
    [
        ("WINNING THE PONDS: AMERICA’S AI ACTION PLAN", "Winning the Ponds: America’s AI Action Plan", "plan"),
        ("REGULATION (EU) 2031/1 OF THE EUROPEAN PARLIAMENT on ponds (Pond Act)", "Pond Act", "regulation"),
        ("Regulation (EU) 2031/1 of the European Parliament and of the Council of 2 May 2031 on ponds",
         "Regulation (EU) 2031/1", "regulation"),
        ("Winning the Ponds: AMERICA’S AI ACTION PLAN", "Winning the Ponds: America’s AI Action Plan", "plan"),
        ("Pond Action Plan", "Pond Action Plan", "plan"),
        ("Water for everyone and everywhere, now and for all time to come: the National Strategy for Ponds",
         "the National Strategy for Ponds", "strategy"),
        ("国务院关于印发《全国池塘保护规划》的通知", "全国池塘保护规划", "plan"),
        ("池塘管理暂行办法", "池塘管理暂行办法", "measures"),
    ],
)  # fmt: skip
def test_short_names_and_kinds(title: str, name: str, kind: str) -> None:
    language = "zh" if title[0] >= "\u3400" else "en"
    assert (short_name(title, language), kind_of(title)) == (name, kind)


def test_a_long_title_is_cut_at_a_word() -> None:
    name = short_name("A very long title about ponds, wells, ditches, frogs, reeds, herons and all that lives by them")
    assert len(name) <= 60
    assert name.endswith("…")
    assert " a" not in name[-3:]


def test_chinese_measures_have_country_issuer_and_date() -> None:
    document = read(
        "# 池塘管理暂行办法\n\n（2031年7月10日国家互联网信息办公室令第15号公布 自2031年8月15日起施行）\n\n"
        "第一条 为了保护池塘，制定本办法。\n\n第二条 不得填塘。\n"
    )
    assert (document.jurisdiction, document.date, document.genre) == ("CN", "2031-07-10", "measures")
    assert document.issuer == "国家互联网信息办公室"


def test_the_date_at_the_end_of_a_chinese_notice() -> None:
    document = read(
        "# 关于保护池塘的意见\n\n各省人民政府要保护池塘。\n\n"
        + "要保护池塘，保护青蛙。\n\n" * 300
        + "国务院办公厅\n\n2031年8月21日\n"
    )
    assert (document.jurisdiction, document.date, document.issuer) == ("CN", "2031-08-21", "国务院办公厅")


def test_an_english_plan_has_its_issuer_country_and_date() -> None:
    document = read(
        "# Pond Action Plan\n\nDepartment for Science, Innovation and Technology\n\nPublished 13 January 2031\n\nDig.\n"
    )
    assert (document.issuer, document.jurisdiction) == ("Department for Science, Innovation and Technology", "GB")
    assert document.date == "2031-01-13"


def test_a_date_on_which_something_takes_effect_or_is_due_is_not_the_documents() -> None:
    document = read("# Ponds of Somewhere\n\nTowns shall dig by 3 May 2031 and fill from 1 June 2032 on.\n")
    assert (document.date, document.jurisdiction, document.issuer) == (None, None, None)


def test_what_the_user_says_counts_and_is_told() -> None:
    document = read("# Pond Plan\n\nDig.\n", country="Canada", date="2031-05")
    assert (document.jurisdiction, document.date) == ("CA", "2031-05")
    assert ["by hand" in notice.message for notice in document.warnings] == [True, True]
    with pytest.raises(InputError, match="no date"):
        Choices(date="May")


def test_a_document_that_speaks_of_one_country_alone_is_of_it() -> None:
    said = "Japan will dig ponds. Japanese towns will count frogs.\n\n" * 6
    assert read(f"# Pond Basic Plan\n\n{said}").jurisdiction == "JP"
    assert (
        read(f"# Pond Basic Plan\n\n{said}{said.replace('Japan', 'Korea').replace('Koreaese', 'Korean')}").jurisdiction
        is None
    )


@pytest.mark.parametrize("title", ["Contents", "TABLE OF CONTENTS", "目 录"])
def test_a_table_of_contents_is_no_title(title: str) -> None:
    text = f"# {title}\n\n## Roads\n\nThe city shall mend its roads.\n"
    document = read_bytes(text.encode(), name="city-plan-2021.md")
    assert document.title == "city-plan-2021"


def test_a_memorandum_is_called_by_its_subject() -> None:
    document = read(
        "MEMORANDUM FOR THE HEADS OF POND OFFICES\n\nFROM: A. Frog\n\nSUBJECT: Keeping Ponds Open to Everyone\n\n"
        + "Each office opens its ponds. " * 20,
        "memo.txt",
    )
    assert (document.title, document.name) == ("Keeping Ponds Open to Everyone",) * 2
    assert document.genre == "order"


def test_an_order_is_one_by_its_words_and_not_by_a_kind_that_its_title_speaks_of() -> None:
    document = read(
        "# Ensuring a Framework for Ponds\n\nBy the authority vested in me, it is hereby ordered:\n\n"
        + "Sec. 1. Each pond is open. \n\n" * 200
        + "The costs for publication of this order shall be borne by the Department of Commerce.\n"
    )
    assert document.genre == "order"
    assert document.issuer is None


def test_a_letterhead_is_no_title() -> None:
    document = read("# Ministry of Ponds\n\n# Pond Development Plan\n\n" + "Ponds are dug. " * 20)
    assert (document.title, document.genre) == ("Pond Development Plan", "plan")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("POND PARTY Manifesto 2031", "Pond Party Manifesto 2031"),
        ("Rules for Keeping Ponds and Wells: FROGS AND REEDS", "Rules for Keeping Ponds and Wells: Frogs and Reeds"),
        ("Pond and Ditch Risk Management Framework and Toolbox (PDR 1.0)",
         "Pond and Ditch Risk Management Framework and Toolbox"),
        ("Code of Practice for Keepers of Ponds and Ditches: Safety and Reeds Chapter",
         "Code of Practice for Keepers of…: Safety and Reeds Chapter"),
        ("RÈGLEMENT (UE) 2031/7 DU PARLEMENT EUROPÉEN ET DU CONSEIL établissant un cadre pour les étangs",
         "Règlement (UE) 2031/7"),
    ],
)  # fmt: skip
def test_short_names_keep_what_tells(title: str, name: str) -> None:
    assert short_name(title) == name


def test_an_amended_text_has_the_date_of_its_latest_amendment() -> None:
    document = read(
        "# 某某市池塘管理条例\n\n2025年9月9日 某某市第十二届人民代表大会常务委员会第二次会议通过\n\n"
        "2030年12月23日 某某市第十三届人民代表大会常务委员会第二十二次会议修正\n\n第一条 为了保护池塘，制定本条例。\n"
    )
    assert document.date == "2030-12-23"
    assert "人民代表大会常务委员会" in (document.issuer or "")
    act = read("# Pond Act\n\nPassed on 3 May 2021, as amended on 4 June 2025\n\nPonds must be kept clean.\n")
    assert act.date == "2025-06-04"


def test_the_day_from_which_on_a_text_is_in_force_is_its_date_where_it_has_no_other() -> None:
    body = "第一条 为了保护池塘，制定本条例。\n\n" + "第二条 不得填塘，不得捕蛙。\n\n" * 300
    assert read(f"# 某某市池塘管理条例\n\n{body}第三条 本条例自2036年1月1日起施行。\n").date == "2036-01-01"
    assert read("# Rules on ponds\n\nPonds are kept. These rules come into force on 2 May 2031.\n").date == "2031-05-02"
    assert read("# Rules on ponds\n\nAll frogs shall be counted by 2 May 2031.\n").date is None


def test_front_matter_and_titles_say_facts_under_other_names() -> None:
    front = (
        "---\nelection_year: 1955\nparty_name: Pond Party\ncountry: Ireland\n---\n\n# Ponds for all\n\nWe shall dig.\n"
    )
    document = read(front)
    assert (document.date, document.issuer, document.jurisdiction) == ("1955", "Pond Party", "IE")
    act = read("# The Pond Protection Act, 2021\n\nEnacted by the Parliament of Zambia.\n\nPonds must be kept.\n")
    assert (act.date, act.jurisdiction) == ("2021", "ZM")
    assert read("# Pond Strategy 2031\n\nWe shall dig.\n").date is None


def test_an_issuer_is_no_piece_of_a_sentence() -> None:
    document = read("# 池塘条例\n\n区水务行政部门在区人民政府的统一领导下管理池塘。\n\n区人民政府应当保护池塘。\n")
    assert document.issuer is None
