"""What the supervisor keeps running, how patient it is, how a child stands, and what ends it all."""

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from jarshy.children import last_lines


class Process(msgspec.Struct, frozen=True, kw_only=True):
    """A child to keep running: `env` is laid over ours; `ready` says when it has begun its work."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = {}
    ready: Callable[[], Awaitable[bool]] | None = None
    hopeless: frozenset[int] = frozenset()
    """Exit codes that another start would not mend."""


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How deaths are taken, in seconds; `give_up` quick deaths in a row are a failure, None never."""

    first: float = 0.5
    longest: float = 30.0
    quick: float = 10.0
    give_up: int | None = 5
    grace: float = 15.0

    def pause(self, quick_deaths: int) -> float:
        """The wait before the next start: doubled at each quick death."""
        return min(self.longest, self.first * 2.0 ** min(max(quick_deaths - 1, 0), 30))


class State(StrEnum):
    """Where a child stands."""

    STARTING = "starting"
    RUNNING = "running"
    RESTARTING = "restarting"
    FAILED = "failed"
    STOPPED = "stopped"


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """A child as an operator sees it."""

    name: str
    state: State
    pid: int | None = None
    restarts: int = 0
    last_end: str = ""
    """`ended with code 3`, `was ended by SIGKILL`; empty before any end."""
    last_words: str = ""
    """The last line it printed before that end: what it died of, as a rule."""
    next_start: float | None = None
    """Seconds until the next start, while restarting."""

    def __str__(self) -> str:
        """`streams: restarting, ended with code 1 (OSError: ...)`."""
        if self.state not in (State.RESTARTING, State.FAILED):
            return f"{self.name}: {self.state}"
        why = f" ({self.last_words})" if self.last_words else ""
        return f"{self.name}: {self.state}, {self.last_end}{why}"


class ChildFailed(Exception):
    """A child died too often; the text has the end of its log."""

    def __init__(self, status: Status, log: Path) -> None:
        lines = "\n  ".join(last_lines(log, 20))
        super().__init__(f"{status.name} {status.last_end} and is given up; its log {log} ends:\n  {lines}")
        self.status, self.log = status, log


class Abandoned(Exception):
    """Something beside the children failed, and with it the whole; the text says what."""


class StoppedByUser(Exception):
    """SIGINT or SIGTERM came while work was under way."""
