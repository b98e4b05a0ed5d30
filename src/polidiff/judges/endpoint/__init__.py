"""A language model behind an endpoint of the OpenAI form: off unless named, and its words count only with proof.

Nothing here runs on the default path. What a model says of a text is an answer in words; :func:`cue` decides whether
the words that it gives for it stand in the text, and a statement without such words is dropped by whoever asked.
"""

from polidiff.encode.post import KEY, post
from polidiff.judges.endpoint.chat import ChatModel, Model
from polidiff.judges.endpoint.guard import cue, objects
from polidiff.judges.endpoint.kept import KeptAnswers

__all__ = ["KEY", "ChatModel", "KeptAnswers", "Model", "cue", "objects", "post"]
