"""One scale says how firmly a text speaks, wherever it is asked."""

from __future__ import annotations

import pytest

from polidiff.lang.modality import Step, cues, force, modal_free, step_of, step_of_class


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Ports must report.", Step.REQUIRED),
        ("港口必须报告。", Step.REQUIRED),
        ("Ports will report.", Step.INTENDED),
        ("Ports should report.", Step.ADVISED),
        ("港口宜报告。", Step.ADVISED),
        ("Ports are encouraged to report.", Step.ENCOURAGED),
        ("鼓励港口报告。", Step.ENCOURAGED),
        ("Ports may report.", Step.POSSIBLE),
        ("Ports should consider reports.", Step.ENCOURAGED),
        ("Executive Order 12 names the ports.", None),
        ("The ports opened in May 2025.", None),
        ("It takes political will.", None),
    ],
)
def test_the_step_of_a_text(text: str, step: Step | None) -> None:
    assert step_of(text) == step


def test_names_and_dates_are_no_words_of_force() -> None:
    text = "Executive Order 12 of 3 May 2025 may apply."
    assert [text[cue.start : cue.end] for cue in cues(text)] == ["may"]
    assert len(modal_free(text)) == len(text)
    assert force("Executive Order 12 names the ports.").cue == ""


def test_the_classes_of_laws_and_plans_stand_on_the_scale() -> None:
    assert step_of_class("law", "obligation") == step_of_class("plan", "mandate") == Step.REQUIRED
    plan = ["statement", "aspiration", "recommendation", "directive", "mandate"]
    law = ["none", "permission", "encouragement", "obligation"]
    for scale, labels in (("plan", plan), ("law", law)):
        steps = [step_of_class(scale, label) for label in labels]
        assert steps == sorted(set(steps))
