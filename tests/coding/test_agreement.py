import json
from pathlib import Path

import pytest

from polidiff.cli import run
from polidiff.coding.agreement import kappa, load_codes
from polidiff.errors import InputError


def test_kappa_of_a_known_table() -> None:
    # Cohen 1960's own form: 20 and 15 on the diagonal, 5 and 10 off it: observed 0.70, by chance 0.50.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([("y", "y")] * 3) is None


def test_codes_are_read_from_tables_and_from_the_coders_own_lines(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("id,codes\n1,water; dams\n2,\n1,oaks\n", encoding="utf-8")
    assert load_codes(table) == {"1": frozenset({"water", "dams", "oaks"}), "2": frozenset()}
    lines = tmp_path / "b.jsonl"
    unsure = {"id": "oaks", "score": 0.2, "cues": [], "printed": False}
    line = {"document": "d", "provision": "p1", "themes": [{"id": "water", "score": 0.9, "cues": []}, unsure]}
    lines.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert load_codes(lines) == {"d p1": frozenset({"water"})}


@pytest.mark.parametrize("text", ["x,y\n1,2\n", "{}\n", '{"id": 1}\n', ""])
def test_a_file_without_codes_gets_one_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"odd\.csv") as caught:
        load_codes(path)
    assert "\n" not in str(caught.value)


def test_two_peoples_codes_are_compared_code_by_code(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("krippendorff", reason="the package that reckons alpha is not installed")
    rows = [("water", "water")] * 8 + [("oaks", "oaks")] * 6 + [("oaks", "water")] * 2
    for side, name in ((0, "a.csv"), (1, "b.csv")):
        body = "".join(f"{number},{row[side]}\n" for number, row in enumerate(rows))
        (tmp_path / name).write_text("id,codes\n" + body, encoding="utf-8")
    arguments = ["agreement", str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]
    assert run([*arguments, "--format", "jsonl"]) == 0
    record = json.loads(capfd.readouterr().out)
    assert record["units"] == 16
    # Krippendorff's alpha for nominal data, by hand: one less (n - 1) times the disagreeing over the expected pairs.
    assert record["alpha"]["value"] == pytest.approx(1 - 31 * 2 / (18 * 14), abs=1e-4)
    low, high = record["alpha"]["interval"]
    assert low < record["alpha"]["value"] <= high
    assert [code["code"] for code in record["codes"]] == ["oaks", "water"]
    assert [each["id"] for each in record["differences"]] == ["14", "15"]
    assert run([*arguments, "--list"]) == 0
    assert "14: oaks | water" in capfd.readouterr().out


def test_codings_of_different_units_cannot_be_compared(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name, unit in (("a.csv", "1"), ("b.csv", "2")):
        (tmp_path / name).write_text(f"id,codes\n{unit},x\n", encoding="utf-8")
    assert run(["agreement", str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]) == 2
    assert "no unit in common" in capfd.readouterr().err
