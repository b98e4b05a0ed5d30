"""Orders: sections, lettered subsections, run-in titles, what is a letter and what a Roman numeral."""

from __future__ import annotations

from split_docs import by_id, document

from polidiff.provisions import outline, split

ORDER = document(
    ("paragraph", "By the authority that the charter gives me, I order as follows:"),
    ("paragraph", "Section 1. Purpose. Ponds are for everyone. They stay open."),
    ("paragraph", "Sec. 2. Definitions. For the purposes of this order:"),
    *[("paragraph", f"({c}) The term “{c * 3}” means a kind of pond.") for c in "abcdefg"],
    ("paragraph", "(h) The term “hut” means a house that:"),
    ("paragraph", "(i) stands near a pond; or"),
    ("paragraph", "(ii) floats on one."),
    ("paragraph", "(i) The term “ice” means frozen water."),
    ("paragraph", "(j) The term “jar” means a vessel."),
    ("paragraph", "Sec. 3. Keeping Ponds Clean. 3.1. Counting Frogs. (a) The Warden shall:"),
    ("paragraph", "(i) count the frogs, as section 2(h)(ii) of this order says; and"),
    ("paragraph", "(ii) report on them."),
    ("paragraph", "(b) Subsection (a) of this section does not bind ducks."),
    ("paragraph", "3.2. Feeding. No one shall feed the frogs."),
    ("paragraph", "Sec. 4. Review. The Warden shall look at:"),
    ("paragraph", "(i) depth; and"),
    ("paragraph", "(ii) mud."),
    ("paragraph", "THE POND HOUSE,"),
    ("paragraph", "May 1, 2031."),
)


def test_a_letter_after_h_is_a_letter_and_a_numeral_below_h_is_a_numeral() -> None:
    found = by_id(split(ORDER))
    assert found["sec-2.h.i"].text == "stands near a pond; or"
    assert found["sec-2.h.i"].number == "2(h)(i)"
    assert found["sec-2.i"].text.startswith("The term “ice”")
    assert found["sec-2.i"].number == "2(i)"


def test_own_text_of_a_section_is_a_provision_beside_its_subsections() -> None:
    found = by_id(split(ORDER))
    assert (found["sec-2.0"].kind, found["sec-2.0"].number) == ("section", "2")
    assert found["sec-2.0"].text == "For the purposes of this order:"
    assert not found["sec-2"].leaf
    assert found["sec-1"].leaf
    assert found["sec-1"].text == "Ponds are for everyone. They stay open."


def test_numbered_subsections_give_their_number_and_title() -> None:
    found = by_id(split(ORDER))
    point = next(p for p in found.values() if p.number == "3.1(a)(i)")
    assert point.path == ("Keeping Ponds Clean", "Counting Frogs")
    assert ORDER.cut(point.lead_in) == "The Warden shall:"
    assert [(h.level, h.title, h.number) for h in outline(ORDER)][2:5] == [
        (1, "Keeping Ponds Clean", "3"),
        (2, "Counting Frogs", "3.1"),
        (2, "Feeding", "3.2"),
    ]


def test_a_section_without_letters_is_one_provision_whose_points_hang_below() -> None:
    found = by_id(split(ORDER))
    assert found["sec-4"].text.startswith("The Warden shall look at:")
    assert found["sec-4"].text.endswith("mud.")
    assert found["sec-4.ii"].kind == "point"


def test_signature_and_date_belong_to_no_provision() -> None:
    assert not any("POND HOUSE" in p.text or "2031" in p.text for p in split(ORDER))


def test_references_name_the_provision() -> None:
    found = by_id(split(ORDER))
    point = next(p for p in found.values() if p.number == "3.1(a)(i)")
    assert point.refs == ("sec-2.h.ii",)


def test_a_reference_at_the_start_of_a_line_is_no_section() -> None:
    made = document(
        ("paragraph", "Section 1. Aim. Keep to"),
        ("paragraph", "Section 3 of the Pond Act in all things."),
        ("paragraph", "Sec. 2. Means. Do so."),
    )
    assert [h.title for h in outline(made)] == ["Aim", "Means"]
    assert by_id(split(made))["sec-1"].text.endswith("in all things.")


LIMITS = (
    "Section 1. Limits. (a) Nothing here shall limit:  \n(i) the powers of the Warden; or  \n"
    "(ii) those of ducks.  \n(b) This order binds no frog."
)


def test_lines_of_one_paragraph_that_open_with_labels_are_points() -> None:
    made = document(
        ("paragraph", LIMITS),
        ("paragraph", "Sec. 2. Start. At once."),
    )
    numbers = [p.number for p in split(made) if p.leaf]
    assert numbers == ["1(a)(i)", "1(a)(ii)", "1(b)", "2"]


def test_a_section_word_and_its_number_on_two_lines_open_one_section() -> None:
    from polidiff.readers import read_bytes

    body = (
        "By the authority vested in me, it is hereby ordered:\n\n<u>Section</u>\n<u>1</u>. <u>Purpose</u>.  Ponds\n"
        "stay.\n\n"
        "<u>Sec</u>.\n<u>2</u>. <u>Duties</u>.  (a)  Towns\nshall dig.\n\n(b)  Frogs stay.\n\n"
        "<u>Sec</u>.\n<u>3</u>. <u>Force</u>.  This order is in force.\n"
    )
    page = "<html><body>" + "".join(f"<p>{part}</p>" for part in body.split("\n\n")) + "</body></html>"
    plain = body.replace("<u>", "").replace("</u>", "")
    for name, text in (("order.md", body), ("order.html", page), ("order.txt", plain)):
        found = split(read_bytes(text.encode(), name=name))
        assert [p.number for p in found if p.kind == "section" and not p.id.endswith(".0")] == ["1", "2", "3"], name
        assert [p.text for p in found if p.number == "2(b)"] == ["Frogs stay."], name
