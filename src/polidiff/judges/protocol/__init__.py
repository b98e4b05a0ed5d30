"""The protocol of the ``model`` judge: requests that anybody may answer, and answers that count only with proof.

A *request* holds items of one task: passages of documents, numbered, and what is asked of them. An *answer* names
labels and the words that decided. :func:`prove` lets a statement count only if its label is one of the task's and every
span stands in the passage that it names; whatever else is said is refused, and the reason is kept. Items are asked
twice, in another order; what the two answers don't agree on is undecided. Answers are kept with the places of their
passages and none of their words, so that a rerun asks only what is new.
"""

from polidiff.judges.protocol.answers import Refusal, Statement, prove
from polidiff.judges.protocol.asking import EndpointJudge, FolderJudge, Judge, KeptJudge, Progress, Recorder, ask
from polidiff.judges.protocol.calibration import Calibration, keep_calibration
from polidiff.judges.protocol.kept import KeptAnswer, Memory
from polidiff.judges.protocol.requests import AskedPassage, Item, Request, Task, item_of, pack
from polidiff.judges.protocol.tasks import TaskForm, right_share, task_form

__all__ = [
    "AskedPassage",
    "Calibration",
    "EndpointJudge",
    "FolderJudge",
    "Item",
    "Judge",
    "KeptAnswer",
    "KeptJudge",
    "Memory",
    "Progress",
    "Recorder",
    "Refusal",
    "Request",
    "Statement",
    "Task",
    "TaskForm",
    "ask",
    "item_of",
    "keep_calibration",
    "pack",
    "prove",
    "right_share",
    "task_form",
]
