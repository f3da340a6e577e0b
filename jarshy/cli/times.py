"""Times as people type them: 2026-11-08, 2026-11-08T09:30+05:00, 7d, 12h, 30m (ago) -> datetime in UTC."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import click

_AGO = re.compile(r"(\d{1,4})([dhm])")
_UNITS: Final = {"d": "days", "h": "hours", "m": "minutes"}


class Moment(click.ParamType):
    """A point in time; one without a zone is UTC's."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the moment, or say what it should look like."""
        if isinstance(value, datetime):
            return value
        if ago := _AGO.fullmatch(value):
            return datetime.now(UTC) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no time: write 7d, 12h, 30m (ago), 2026-11-08 or 2026-11-08T09:30+05:00")
        return at if at.tzinfo else at.replace(tzinfo=UTC)


MOMENT = Moment()
