"""The model behind a chat endpoint, and what polidiff asks of any model: one answer to one text."""

from __future__ import annotations

from typing import Protocol

from polidiff.encode.post import post, sendable
from polidiff.errors import InputError

LOCAL_TOKENS = 4096
"""The longest answer of a server on this machine, in its tokens: twenty answers of 60 words take half of it, and a
small model that rambles stops there. Hosted ones bound themselves, some under another name."""


class Model(Protocol):
    """A language model. ``identity`` names it in results; it must change when the answers would."""

    @property
    def identity(self) -> str:
        """The name under which its answers stand."""
        ...

    def answer(self, instruction: str, text: str) -> str:
        """Return the model's answer to ``text`` under ``instruction``. Raises InputError when there is none."""
        ...


class ChatModel:
    """The model behind ``ADDRESS/chat/completions`` (OpenAI's form, which local servers speak too).

    It is asked without chance (temperature 0, a fixed seed); whether the server heeds that is its own affair. Texts are
    sent to that address and nowhere else.
    """

    def __init__(self, address: str, model: str, key: str | None = None) -> None:
        """Take the address up to and with its version (``https://host/v1``); raises InputError for an open one."""
        self._address = f"{address.rstrip('/')}/chat/completions"
        self._model = model
        self._key = key
        host = sendable(address)
        self._bounds = {"max_tokens": LOCAL_TOKENS} if address.startswith("http://") else {}
        self.identity = f"{model} at {host}"

    def answer(self, instruction: str, text: str) -> str:
        """Return the first choice's words. Raises InputError."""
        said = post(
            self._address,
            {
                "model": self._model,
                "temperature": 0,
                "seed": 0,
                **self._bounds,
                "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": text}],
            },
            self._key,
        )
        try:
            content = said["choices"][0]["message"]["content"]
        except (KeyError, IndexError, TypeError):
            content = None
        if not isinstance(content, str):
            raise InputError(self._address, "the answer is not in OpenAI's form", "look at the address and the model")
        return content
