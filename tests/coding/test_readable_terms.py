from polidiff.coding import BUNDLED, load_codebook, readable_terms
from polidiff.model import Theme


def theme(en: tuple[str, ...], zh: tuple[str, ...] = ()) -> Theme:
    return Theme("t", "", "T", "T", "d", "", "", en, zh)


def test_signs_of_the_term_language_are_not_shown() -> None:
    shown = readable_terms(theme(("share ... threat", "deregulat*", "R&D")), "en")
    assert shown == ("share … threat", "deregulat…", "R&D")
    assert readable_terms(theme((), ("加强...管理", "监管")), "zh") == ("加强…管理", "监管")


def test_forms_of_one_term_are_shown_once() -> None:
    assert readable_terms(theme(("data center", "data-centre", "data centers")), "en") == ("data center",)


def test_no_bundled_term_shows_a_sign() -> None:
    for name in BUNDLED:
        for each in load_codebook(name).themes:
            for language in ("en", "zh"):
                assert not [t for t in readable_terms(each, language) if "*" in t or "..." in t]
