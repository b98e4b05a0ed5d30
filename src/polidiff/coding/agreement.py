"""How far two coders agree, over units that both coded: Krippendorff's alpha and Cohen's kappa, with intervals.

Alpha comes from the ``krippendorff`` package (Krippendorff 2019, Content Analysis, ch. 12), kappa is Cohen's (1960).
Intervals are of a percentile bootstrap over the units (Efron 1979), the same every time.
"""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import TypeVar

from polidiff.errors import InputError
from polidiff.model.codec import JsonObject

__all__ = ["Agreement", "CodeAgreement", "agreement_of", "agreement_record", "kappa", "load_codes"]

Figure = tuple[float, float, float]
T = TypeVar("T")
_RESAMPLES, _OUTSIDE = 500, 0.025
_UNIT = ("id", "unit", "provision", "segment")
_CODES = ("codes", "code", "themes", "labels", "label", "tags")


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code: how often each coder gave it, how often both, and the figures with their intervals.

    A figure is (value, low, high), or None where it is undefined: nobody, or everybody, gave the code.
    """

    code: str
    a: int
    b: int
    both: int
    alpha: Figure | None
    kappa: Figure | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of two codings. ``how`` says what ``alpha`` was reckoned over."""

    units: int
    alpha: Figure | None
    how: str
    codes: tuple[CodeAgreement, ...]
    differences: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


def load_codes(path: str | Path) -> dict[str, frozenset[str]]:
    """Return the codes of each unit in a CSV table or in JSON Lines of ``polidiff code``.

    Rows of one unit are taken together; a unit with no code was coded with none. A code of ``polidiff code`` that isn't
    sure enough to be printed counts as not given. Raises InputError.
    """
    place = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(place, "not UTF-8 text", "save it as CSV in UTF-8") from None
    except OSError as error:
        raise InputError(place, f"cannot be read ({error.strerror or error})", "check the path") from None
    found: dict[str, set[str]] = {}
    if text.lstrip().startswith("{"):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                unit, codes = _record(line, f"{place}, line {number}")
                found.setdefault(unit, set()).update(codes)
    else:
        first = text.splitlines()[0] if text.strip() else ""
        rows = list(csv.DictReader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count)))
        names = {name.strip().lower(): name for name in (rows[0] if rows else {}) if name}
        unit_column = next((names[name] for name in _UNIT if name in names), None)
        code_column = next((names[name] for name in _CODES if name in names), None)
        if unit_column is None or code_column is None:
            raise InputError(place, "no columns “id” and “codes”", "name them so in the heading row")
        document = names.get("document")
        for row in rows:
            unit = (row[unit_column] or "").strip()
            if document is not None and (row[document] or "").strip():
                unit = f"{(row[document] or '').strip()} {unit}"
            given = {code.strip() for code in re.split(r"[;|；]", row[code_column] or "") if code.strip()}
            found.setdefault(unit, set()).update(given)
    return {unit: frozenset(codes) for unit, codes in found.items()}


def _record(line: str, place: str) -> tuple[str, list[str]]:
    try:
        data = json.loads(line)
        unit = str(data["id"]) if "id" in data else f"{data['document']} {data['provision']}"
        given = next(data[name] for name in _CODES if name in data)
        codes = [given] if isinstance(given, str) else [_code(c) for c in given if _said(c)]
    except (ValueError, KeyError, TypeError, StopIteration):
        raise InputError(place, "no unit with its codes", "give lines of: polidiff code --format jsonl") from None
    return unit, codes


def _code(given: object) -> str:
    return str(given["id"]) if isinstance(given, dict) else str(given)


def _said(given: object) -> bool:
    """Whether a code is said at all: of ``polidiff code`` one that isn't sure enough to be printed is not."""
    return not isinstance(given, dict) or given.get("printed") is not False


def agreement_of(a: Mapping[str, frozenset[str]], b: Mapping[str, frozenset[str]]) -> Agreement:
    """Return the agreement of two codings over the units that both hold; raises InputError where there are none."""
    units = [unit for unit in a if unit in b]
    if not units:
        raise InputError("agreement", "the two codings have no unit in common", "use the same ids in both")
    names = sorted({code for unit in units for code in a[unit] | b[unit]})
    alpha = _alpha()
    columns = {code: [(code in a[unit], code in b[unit]) for unit in units] for code in names}
    codes = tuple(
        CodeAgreement(
            code,
            sum(first for first, _ in pairs),
            sum(second for _, second in pairs),
            sum(first and second for first, second in pairs),
            _with_interval(pairs, alpha),
            _with_interval(pairs, kappa),
        )
        for code, pairs in columns.items()
    )
    if all(len(a[unit]) == len(b[unit]) == 1 for unit in units):
        how = "one code a unit"
        overall = _with_interval([(min(a[unit]), min(b[unit])) for unit in units], alpha)
    else:
        how = "each code given or not"
        groups = [[columns[code][at] for code in names] for at in range(len(units))]
        overall = _with_interval(groups, lambda drawn: alpha([pair for group in drawn for pair in group]))
    differences = tuple(
        (unit, tuple(sorted(a[unit] - b[unit])), tuple(sorted(b[unit] - a[unit])))
        for unit in units
        if a[unit] != b[unit]
    )
    return Agreement(len(units), overall, how, codes, differences)


def kappa(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Return Cohen's kappa of paired labels; None where chance alone would give full agreement."""
    total = len(pairs)
    labels = {label for pair in pairs for label in pair}
    chance = sum(sum(x == label for x, _ in pairs) * sum(y == label for _, y in pairs) for label in labels) / total**2
    if chance >= 1.0:
        return None
    return (sum(x == y for x, y in pairs) / total - chance) / (1.0 - chance)


def _alpha() -> Callable[[Sequence[tuple[object, object]]], float | None]:
    try:
        krippendorff = import_module("krippendorff")  # numpy; needed by this command alone
    except ImportError:
        raise InputError(
            "agreement", "the package krippendorff is not installed", "run: pip install krippendorff"
        ) from None

    def alpha(pairs: Sequence[tuple[object, object]]) -> float | None:
        place = {label: at for at, label in enumerate(sorted({x for pair in pairs for x in pair}, key=str))}
        if len(place) < 2:
            return None
        data = [[place[x] for x, _ in pairs], [place[y] for _, y in pairs]]
        return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))

    return alpha


def _with_interval(units: Sequence[T], measure: Callable[[Sequence[T]], float | None]) -> Figure | None:
    value = measure(units)
    if value is None:
        return None
    draws = random.Random(0)
    found = (measure(draws.choices(units, k=len(units))) for _ in range(_RESAMPLES))
    values = sorted(each for each in found if each is not None)
    if not values:
        return None
    low = values[int(len(values) * _OUTSIDE)]
    high = values[min(len(values) - 1, int(len(values) * (1 - _OUTSIDE)))]
    return round(value, 4), round(low, 4), round(high, 4)


def agreement_record(found: Agreement) -> JsonObject:
    """Return the record of ``polidiff agreement``."""
    return {
        "units": found.units,
        "alpha": _figure(found.alpha),
        "over": found.how,
        "codes": [
            {
                "code": code.code,
                "a": code.a,
                "b": code.b,
                "both": code.both,
                "alpha": _figure(code.alpha),
                "kappa": _figure(code.kappa),
            }
            for code in found.codes
        ],
        "differences": [{"id": unit, "a": list(first), "b": list(second)} for unit, first, second in found.differences],
    }


def _figure(value: Figure | None) -> JsonObject | None:
    return None if value is None else {"value": value[0], "interval": [value[1], value[2]]}
