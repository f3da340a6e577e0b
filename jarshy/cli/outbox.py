"""`jarshy outbox`: what is owed, held, sent and refused, to whom and why; and what people decide on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

import click
from rich.text import Text

from alerts.outbox import Outbox
from jarshy.cli import shown
from wire import settings

OPEN: Final = ("owed", "held", "sending", "retrying", "parked")
STATES: Final = (*OPEN, "sent", "dead", "suppressed")
_COUNTED: Final = {"possible-duplicates": "possible duplicates", "outgoing": "records that Kafka is still to be told"}
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
    """Look into what alerts owes and has sent, and decide on it."""


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
        headings = ("id", "receiver", "state", "kind", "tries", "owed (UTC)", "story", "why")
        shown.console().print(shown.table("", headings, map(_row, rows[-last:])))
    if len(rows) > last:
        click.echo(f"the newest {last} of {len(rows)}")
    said = ", ".join(f"{number} {_COUNTED.get(state, state)}" for state, number in counts.items() if number)
    click.echo(said or "nothing was ever owed")


@outbox.command()
@click.argument("id")
def retry(id: str) -> None:
    """Let delivery ID go now: one that is held, waits for its next try, or is dead."""
    with opened() as kept:
        fault = kept.release(id)
    if fault:
        raise click.ClickException(f"{id} cannot be sent: {fault}")
    click.echo(f"{id} goes out within half a minute")


@outbox.command()
@click.argument("id")
@click.option("--reason", required=True, help="Why nobody is to be told: it is kept, and published.")
def drop(id: str, reason: str) -> None:
    """End delivery ID unsent; what it says counts as told to its receiver."""
    with opened() as kept:
        fault = kept.drop(id, reason, datetime.now(UTC))
    if fault:
        raise click.ClickException(f"{id} cannot be dropped: {fault}")
    click.echo(f"{id} is dropped")


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
