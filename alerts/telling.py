"""How an alert is told to one receiver, now."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from alerts.frames import Frame
from wire.records import AlertKind


class Telling(NamedTuple):
    """What the message is to its receiver, and in which words; `replaces`: it takes the first message's place."""

    kind: AlertKind
    fresh: frozenset[str]  # ids of the claims that are new to it
    frame: Frame
    zone: ZoneInfo
    now: datetime
    replaces: bool = False

    @property
    def whole(self) -> bool:
        """Return whether it must say everything: the reader has nothing else before him."""
        return self.replaces or self.kind in (AlertKind.FIRST, AlertKind.UNKNOWN)

    @property
    def brief(self) -> bool:
        """Return whether what is new is enough."""
        return self.kind is AlertKind.UPDATE and not self.replaces
