"""The drawing of the house shows the imports as they are."""

from __future__ import annotations

import re

from tools.draw_house import TARGET, draw, drawing, rooms


def test_the_drawing_is_fresh() -> None:
    assert TARGET.read_text(encoding="utf-8") == drawing(), "run: python -m tools.draw_house"


def test_every_room_is_drawn_and_an_import_is_a_dot() -> None:
    assert {"readers", "comparison", "cli", "model"} <= set(rooms())
    made = draw(["cli", "model"], {("cli", "model")})
    assert re.findall(r">(\w+)</text>", made) == ["cli", "cli", "model", "model"]
    assert made.count("<circle") == 1
