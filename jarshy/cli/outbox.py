"""`jarshy outbox`: what is owed, sent and refused, to whom and why, as the outbox's file has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import click
from rich.text import Text

from alerts.outbox import Outbox
from jarshy.cli import shown
from wire import settings

OPEN: Final = ("owed", "held", "sending", "retrying", "parked")
STATES: Final = (*OPEN, "sent", "dead", "suppressed")
COLOURS: Final = {"sent": "green", "parked": "red", "dead": "red", "retrying": "yellow", "sending": "yellow"}


@contextmanager
def opened() -> Iterator[Outbox]:
    """Open the outbox of JARSHY_DATA, which must be there: alerts may be at work on it."""
    path = settings.read().data / "outbox.db"
    if not path.exists():
        raise click.ClickException(f"there is no outbox {path}: alerts has not run here, or set JARSHY_DATA to where")
    kept = Outbox(path)
    try:
        yield kept
    finally:
        kept.close()


@click.group()
def outbox() -> None:
    """Look into what alerts owes and has sent."""


@outbox.command(name="list")
@click.option("--receiver", help="Only this receiver's.")
@click.option("--state", "states", type=click.Choice(STATES), multiple=True, help="Only in this state; may repeat.")
@click.option("--all", "every", is_flag=True, help="Also what is sent, dead or suppressed.")
@click.option("--last", default=50, show_default=True, type=click.IntRange(min=1), help="The newest so many.")
def list_(receiver: str | None, states: tuple[str, ...], every: bool, last: int) -> None:
    """Show the deliveries that are still open, each with its state and the reason for it."""
    wanted = states or (STATES if every else OPEN)
    with opened() as kept:
        counts = kept.counts()
        rows = [row for row in kept.rows(receiver) if row["state"] in wanted]
    if rows:
        headings = ("id", "receiver", "state", "kind", "tries", "owed", "story", "why")
        shown.console().print(shown.table("", headings, map(_row, rows[-last:])))
    if len(rows) > last:
        click.echo(f"the newest {last} of {len(rows)}")
    said = ", ".join(f"{number} {state}" for state, number in counts.items() if number)
    click.echo(said or "nothing was ever owed")


def _row(row: dict[str, Any]) -> tuple[str | Text, ...]:
    state = Text(row["state"], COLOURS.get(row["state"], ""))
    why = ": ".join(part for part in (row["reason"], row["why"]) if part)
    return (
        row["id"],
        row["receiver"],
        state,
        row["kind"],
        str(row["attempt"]),
        row["owed"][:19].replace("T", " "),
        row["story"],
        why,
    )
