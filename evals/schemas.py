"""Write ``docs/schema/``: a JSON Schema of every output. A test fails on stale ones."""

from __future__ import annotations

import json
from pathlib import Path

from polidiff.model.outputs import OUTPUTS, schema

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "schema"


def schemas() -> dict[str, str]:
    """File name → content of every schema."""
    return {f"{name}.json": json.dumps(schema(name), ensure_ascii=False, indent=1) + "\n" for name in OUTPUTS}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    made = schemas()
    for path in FOLDER.glob("*.json"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
