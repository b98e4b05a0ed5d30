"""From the view to HTML: the template, the style sheet and the script in one file, under a strict policy."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from polidiff.report.against import AgainstView
from polidiff.report.briefing.page import BriefPage
from polidiff.report.changed import DiffView
from polidiff.report.checked import CheckView
from polidiff.report.corrected import CorrectedPage
from polidiff.report.figures import svg as drawing
from polidiff.report.templating import environment
from polidiff.report.view import PageView
from polidiff.wording import say

if TYPE_CHECKING:
    from jinja2 import Environment

HOME = files("polidiff.report")


def render(view: PageView | CheckView | DiffView | AgainstView | BriefPage | CorrectedPage, template: str) -> str:
    """The page that ``template`` makes of ``view``.

    Styles and the script are allowed by their hash alone, and nothing may be loaded.
    """
    style, script = _static("page.css"), _static("page.js")
    policy = (
        f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        _environment()
        .get_template(template)
        .render(
            view=view,
            policy=policy,
            style=Markup(style),
            script=Markup(script),
            t=lambda key, **fields: say(key, view.tongue, **fields),
            dot=drawing.dot,
            disc=lambda series, count, x: drawing.disc(series, count, view.charts[0].top, x),
        )
    )


@cache
def _environment() -> Environment:
    return environment(lambda name: HOME.joinpath("templates", name).read_text(encoding="utf-8"))


@cache
def _static(name: str) -> str:
    return HOME.joinpath("static", name).read_text(encoding="utf-8")


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
