"""Draw the house from the imports: python -m tools.draw_house writes docs/images/house.svg.

Rooms stand in the order of the contract in pyproject.toml, the doors at the top. A dot says that a room imports the one
below whose column it stands in; nothing can stand above the stairs, or the contract is broken.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "images" / "house.svg"
ROW, LEFT, TOP, WORDS = 26, 132, 100, 16
"""Height of a row and width of a column, where they begin, and the type's size, in pixels."""


def rooms(root: Path = ROOT) -> list[str]:
    """Return the rooms from the top down, those of one layer side by side."""
    contract = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ][0]
    layers = (layer.split("|") for layer in contract["layers"])
    return [name.strip().removeprefix("polidiff.") for layer in layers for name in layer]


def imports(names: Sequence[str]) -> set[tuple[str, str]]:
    """Return which room imports which, directly, from the modules' own imports."""
    graph = grimp.build_graph("polidiff", cache_dir=None)
    found = set()
    for module in graph.modules:
        for other in graph.find_modules_directly_imported_by(module):
            a, b = (name.split(".")[1] if "." in name else "" for name in (module, other))
            if a != b and a in names and b in names:
                found.add((a, b))
    return found


def draw(names: Sequence[str], edges: set[tuple[str, str]]) -> str:
    """Return the drawing as SVG."""
    width, height = LEFT + ROW * len(names) + 20, TOP + ROW * len(names) + 20
    made = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="sans-serif" font-size="{WORDS - 3}" role="img" aria-label="Which room imports which">',
        f'<rect width="{width}" height="{height}" fill="#fffdf7"/>',
    ]
    for at, name in enumerate(names):
        y, x = TOP + ROW * at, LEFT + ROW * at
        shade = "#f3eee0" if at % 2 else "#fbf8ef"
        made.append(f'<rect x="0" y="{y}" width="{width}" height="{ROW}" fill="{shade}"/>')
        made.append(f'<text x="{LEFT - 10}" y="{y + WORDS + 1}" text-anchor="end" fill="#222">{escape(name)}</text>')
        head = f"rotate(-60 {x + ROW // 2} {TOP - 8})"
        made.append(f'<text x="{x + ROW // 2}" y="{TOP - 8}" transform="{head}" fill="#222">{escape(name)}</text>')
    for at, name in enumerate(names):
        y = TOP + ROW * at
        made.append(f'<rect x="{LEFT + ROW * at}" y="{y}" width="{ROW}" height="{ROW}" fill="#cfc4a5"/>')
        for column, other in enumerate(names):
            if (name, other) in edges:
                made.append(f'<circle cx="{LEFT + ROW * column + ROW // 2}" cy="{y + ROW // 2}" r="5" fill="#1a4a86"/>')
    return "\n".join([*made, "</svg>"]) + "\n"


def drawing() -> str:
    """Return the drawing of the house as it is."""
    names = rooms()
    return draw(names, imports(names))


if __name__ == "__main__":
    TARGET.write_text(drawing(), encoding="utf-8")
