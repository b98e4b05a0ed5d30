"""A change of each visible kind to a report is found, also where the forger writes the manifest anew."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from tests.verification.changes import KINDS, Tried, tried

from polidiff import api, rebuild
from polidiff.cli import main
from polidiff.export import export


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    return tried(tmp_path_factory.mktemp("tampered") / "made")


@pytest.mark.slow
@pytest.mark.parametrize("forged", [False, True], ids=["manifest as it was", "manifest forged"])
def test_changes_of_every_kind_are_found(report: Tried, forged: bool) -> None:
    before = report.verify()
    assert before.ok, before.lines()
    assert before.unchecked == ()
    random, missed, made = Random(18 + forged), [], Counter[str]()
    while sum(made.values()) < 5 * len(KINDS):
        kind = list(KINDS)[sum(made.values()) % len(KINDS)]
        changed = report.change(random, kind, forged=forged)
        if changed is not None:
            made[kind] += 1
            if not changed[1].problems and not changed[1].unchecked:
                missed.append(f"{kind}: {changed[0]}")
    assert missed == []


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("index.html", "Ministry of Science", "Ministry of Defence", r"index.html, line \d+, in or after"),
        ("comparison.json", '"page": 2', '"page": 3', r"comparison.json, (findings|provisions|article).*page"),
        ("manifest.json", "in-toto.io", "in-tutu.io", r"manifest.json, _type: it has “https://in-tutu"),
        ("documents/north.txt", "40 million", "90 million", "documents/north.txt, document north: its SHA-256"),
    ],
)
def test_the_place_of_a_change_is_named(report: Tried, name: str, old: str, new: str, said: str) -> None:
    path = report.report / name
    held = path.read_bytes()
    assert old.encode() in held
    path.write_bytes(held.replace(old.encode(), new.encode(), 1))
    try:
        found = "\n".join(report.verify().lines())
    finally:
        path.write_bytes(held)
    assert re.search(said, found), found


def test_a_run_from_the_sources_gives_the_same_bytes(report: Tried, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    shutil.copytree(report.report.parent, folder)
    proof = rebuild.verify(folder / "report")
    assert proof.ok, proof.lines()
    assert dict(proof.checked)["files that a new run from the sources gives to the byte"] > 8


def test_a_signed_report_is_checked_by_the_public_key(report: Tried, tmp_path: Path, capsys) -> None:
    pytest.importorskip("cryptography")
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    folder = tmp_path / "made"
    shutil.copytree(report.report.parent, folder)
    keys = []
    for name in ("mine", "other"):
        key = Ed25519PrivateKey.generate()
        (tmp_path / name).write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        public = tmp_path / f"{name}.pub"
        public.write_bytes(
            key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
        )
        keys.append(public)
    target = str(folder / "report")
    assert run(["verify", target, "--check-signature", str(keys[0])]) == 1
    assert "there is no signature" in capsys.readouterr().out
    assert run(["verify", target, "--sign", str(tmp_path / "mine")]) == 0
    assert run(["verify", target, "--check-signature", str(keys[0])]) == 0
    assert "signed by mine.pub" in capsys.readouterr().out
    assert run(["verify", target, "--check-signature", str(keys[1])]) == 1
    assert "by the key other.pub" in capsys.readouterr().out
    export(folder / "report", "docx", language="zh")
    assert run(["verify", target, "--check-signature", str(keys[0])]) == 1
    assert "the signature is of another manifest" in capsys.readouterr().out
    assert run(["verify", target, "--sign", str(keys[0])]) == 2


def test_an_export_into_the_folder_is_named_in_the_manifest(report: Tried, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    shutil.copytree(report.report.parent, folder)
    (folder / "report" / "stray.svg").write_text("<svg/>")
    export(folder / "report", "svg", language="zh")
    found = api.verify(folder / "report")
    assert found.problems == ()
    assert found.unchecked == ("stray.svg: not in the manifest, and nothing says what it should be",)


def run(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return int(left.value.code or 0)
