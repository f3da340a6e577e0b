"""`jarshy silences`: what nobody wants to hear for a while: by whom, why, till when; nothing is lost by it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import click

from alerts.naming import short_id
from alerts.rates import parse_span
from alerts.silences import WHAT, About, Silence, silenced
from jarshy.cli import outbox, shown
from wire.files import suggest


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
    what["country"] = what["country"].upper()
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
        id, came = kept.silence(wish, now), kept.abouts()
    click.echo(f"silence {id} holds {wish} till {_when(wish.until)}; `jarshy silences end {id}` ends it sooner")
    if came:
        click.echo(_fits(wish, came, now))


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


def _fits(wish: Silence, came: Sequence[About], now: datetime) -> str:
    """Return how much of what came so far it would have held: a word that is misspelled holds nothing."""
    fit = sum(silenced(each, [wish], now) is not None for each in came)
    if fit:
        return f"it fits {fit} of the {shown.counted(len(came), 'alert')} that came so far"
    known = {
        "story": {short_id(each.story) for each in came}, "country": {each.country for each in came},
        "rule": {rule for each in came for rule in each.rules}, "feed": {feed for each in came for feed in each.feeds},
    }  # fmt: skip
    strange = [(line, value) for line in WHAT if (value := getattr(wish, line)) and value not in known[line]]
    near = [f"{value}: {mend}" for line, value in strange if (mend := suggest(value, sorted(known[line])))]
    none = (
        f"none of the {shown.counted(len(came), 'alert')} that came so far would have been held: is it spelled right?"
    )
    return "; ".join((none, *near))


def _when(then: datetime) -> str:
    return f"{then:%Y-%m-%d %H:%M}"
