"""A day spoken of in a text, and the names of weekdays: what the modules of dates share."""

import re
from datetime import date
from typing import Final, NamedTuple

NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK: Final = 7
YEAR: Final = re.compile(r"^(?:19|20)\d\d$")


class When(NamedTuple):
    """A day (or range) spoken of; `day` is None when it cannot be told, `why` says why."""

    first: int
    last: int
    day: date | None
    end: date | None
    code: str  # explicit, weekday, today, month ...
    why: str = ""
    day_month: tuple[int, int] | None = None
