"""`jarshy silences`: what nobody wants to hear for a while: by whom, why, till when; nothing is lost by it."""

from datetime import UTC, datetime, timedelta

import click

from alerts.rates import parse_span
from alerts.silences import WHAT, Silence
from jarshy.cli import outbox, shown


@click.group()
def silences() -> None:
    """Hold what a desk does not want to hear for a while; it is told in one digest afterwards."""


@silences.command()
@click.option("--story", default="", help="A story's id, or the short one of its messages.")
@click.option("--rule", default="", help="A rule's id: alerts that no other rule wants.")
@click.option("--country", default="", help="A partner country, such as UZ.")
@click.option("--feed", default="", help="A feed's id: alerts that no other feed tells.")
@click.option("--for", "span", required=True, help="How long: 30min, 8h, 2d.")
@click.option("--author", required=True, help="Who wants it.")
@click.option("--reason", required=True, help="Why.")
def add(span: str, author: str, reason: str, **what: str) -> None:
    """Hold alerts on which every given line fits; at once, also for what waits already."""
    what = {line: value.strip().lstrip("#") for line, value in what.items()}
    if not any(what.values()):
        raise click.UsageError(f"say what: {', '.join(f'--{line}' for line in WHAT)}; nobody may silence everything")
    try:
        seconds = parse_span(span)
    except ValueError as error:
        raise click.BadParameter(f"{error}: such as 30min, 8h, 2d", param_hint="--for") from error
    now = datetime.now(UTC)
    wish = Silence(0, now + timedelta(seconds=seconds), author.strip(), reason.strip(), **what)
    if not (seconds and wish.author and wish.reason):
        raise click.UsageError("a silence needs an end, an author and a reason")
    with outbox.opened() as kept:
        id = kept.silence(wish, now)
    click.echo(f"silence {id} holds {wish} till {_when(wish.until)}; `jarshy silences end {id}` ends it sooner")


@silences.command(name="list")
def list_() -> None:
    """Show the silences that are in force."""
    with outbox.opened() as kept:
        found = kept.silences(datetime.now(UTC))
    if not found:
        click.echo("nothing is silenced")
        return
    rows = [(str(each.id), *(getattr(each, line) for line in WHAT), each.author, each.reason, _when(each.until))
            for each in found]  # fmt: skip
    shown.console().print(shown.table("", ("id", *WHAT, "author", "reason", "till (UTC)"), rows))


@silences.command()
@click.argument("id", type=int)
def end(id: int) -> None:
    """End silence ID now: what it held goes out, in one digest."""
    with outbox.opened() as kept:
        ended = kept.end_silence(id, datetime.now(UTC))
    if not ended:
        raise click.ClickException(f"there is no silence {id} in force: `jarshy silences list`")
    click.echo(f"silence {id} is over: what it held goes out within half a minute")


def _when(then: datetime) -> str:
    return f"{then:%Y-%m-%d %H:%M}"
