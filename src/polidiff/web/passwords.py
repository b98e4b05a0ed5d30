"""The password of a group: kept as a hash by argon2, and tried a few times only."""

from __future__ import annotations

import threading
import time
from collections import deque

from polidiff.errors import InputError

PASSWORD = "web.password"
"""The setting of a workspace that holds the hash."""

LEAST = 10
"""Characters of a password."""

TRIES, WINDOW = 5, 300.0
"""Wrong passwords from one address, and the seconds in which they count, before it has to wait."""

TRIES_OF_ALL = 50
"""The same for all addresses together."""

_one_at_a_time = threading.Lock()


def hashed(password: str) -> str:
    """Return the hash of a password. Raises InputError for a short one, and where argon2 isn't installed."""
    if len(password) < LEAST:
        raise InputError("--auth", f"the password has fewer than {LEAST} characters", "choose a longer one")
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        remedy = "install it with: pip install 'polidiff[auth]'"
        raise InputError("--auth", "needs the package argon2-cffi", remedy) from error
    return PasswordHasher().hash(password)


def is_password(held: str, given: str) -> bool:
    """Whether ``given`` is the password of the hash ``held``. One is worked out at a time: each takes 64 MB."""
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    with _one_at_a_time:
        try:
            return PasswordHasher().verify(held, given[:1000])
        except (Argon2Error, InvalidHashError):
            return False


class Tries:
    """Wrong passwords by address. Threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wrong: dict[str, deque[float]] = {}

    def wait(self, address: str) -> int:
        """Return how many seconds an address has to wait before it may try again; 0 where it needn't."""
        now = time.monotonic()
        with self._lock:
            for one, times in list(self._wrong.items()):
                while times and now - times[0] > WINDOW:
                    times.popleft()
                if not times:
                    del self._wrong[one]
            own = self._wrong.get(address, deque())
            if len(own) >= TRIES or sum(map(len, self._wrong.values())) >= TRIES_OF_ALL:
                first = own[0] if own else min(times[0] for times in self._wrong.values())
                return int(WINDOW - (now - first)) + 1
            return 0

    def missed(self, address: str) -> None:
        """Take a wrong password down."""
        with self._lock:
            self._wrong.setdefault(address, deque()).append(time.monotonic())
