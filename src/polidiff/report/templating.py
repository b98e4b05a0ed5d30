"""The template engine as every page of polidiff uses it, the report's and the workbench's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from polidiff.report.marks import safe

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(load: Callable[[str], str | None]) -> Environment:
    """Return an environment over ``load``, from a template's name to its text, or None where there is no such one.

    What templates are given is escaped and made safe, a name that isn't there is a fault, and nothing is global.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: safe(value) if type(value) is str else value,
    )
    made.globals.clear()
    return made
