"""The forms of the tasks: what is asked in words, and which labels an answer may have (``tasks.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["TaskForm", "limits", "right_share", "task_form"]


@dataclass(frozen=True, slots=True)
class TaskForm:
    """One task. ``sides`` says which labels need words of two documents, ``proved`` which need words at all.

    ``question`` names the facts that are the question; ``by_passages`` says whether the passages are as well.
    """

    name: str
    version: int
    instructions: str
    labels: tuple[str, ...]
    proved: frozenset[str]
    sides: frozenset[str]
    many: bool
    question: frozenset[str]
    by_passages: bool

    def schema(self, codes: tuple[str, ...] = ()) -> dict[str, Any]:
        """Return the JSON Schema of an answer; ``codes`` are the labels where the task takes them from a codebook."""
        return {
            "type": "object",
            "required": ["id", "model", "answers"],
            "properties": {
                "id": {"type": "string", "description": "the request's id"},
                "model": {"type": "string", "description": "the name of who answers"},
                "answers": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["id", "label"],
                        "properties": {
                            "id": {"type": "string", "description": "the item's id"},
                            "label": {"enum": list(self.labels or codes)},
                            "spans": {
                                "type": "array",
                                "description": "[passage number, exact words], or [passage number, start, end]",
                                "items": {"type": "array"},
                            },
                            "probability": {"type": "number", "minimum": 0, "maximum": 1},
                        },
                    },
                },
            },
        }


@cache
def task_form(name: str) -> TaskForm:
    """Return the form of the task ``name``; KeyError for a name that isn't one."""
    data = _data()
    one = data["tasks"][name]
    return TaskForm(
        name=name,
        version=one["version"],
        instructions=f"{one['instructions'].strip()}\n\n{data['form'].strip()}",
        labels=tuple(one["labels"]),
        proved=frozenset(one["proved"]),
        sides=frozenset(one["sides"]),
        many=one["many"],
        question=frozenset(one["question"]),
        by_passages=one["by_passages"],
    )


def right_share(task: str, model: str) -> float | None:
    """How likely an answer of ``model`` is right that both askings agree on, from labels; None where none are known."""
    counted = _data()["right"].get(task, {}).get(model)
    return None if counted is None else (counted[0] + 1) / (counted[1] + 2)


def limits() -> tuple[int, int]:
    """Return the most items and the most words of one request."""
    data = _data()
    return data["items"], data["words"]


@cache
def _data() -> dict[str, Any]:
    import tomllib

    return tomllib.loads((files("polidiff.judges.protocol") / "tasks.toml").read_text(encoding="utf-8"))
