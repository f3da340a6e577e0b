"""`jarshy dead`: what could not be worked on: look at it, send it again, or let it go.

The newest message of a key counts: a letter that was replayed or dropped is followed by an empty one.
"""

from collections.abc import Mapping, Sequence

import click
from rich.text import Text

from jarshy.cli import shown
from wire import broker, settings
from wire.records import DeadLetter, decode
from wire.settings import Settings
from wire.topics import DEAD_LETTERS, MANIFEST, Topic, named

SHOWN = 2_000  # characters of the original


@click.group()
def dead() -> None:
    """Dead letters: what could not be worked on, and why."""


@dead.command(name="list")
def list_() -> None:
    """List the letters that are neither replayed nor dropped."""
    letters = waiting(settings.read())
    if not letters:
        click.echo("no dead letters")
        return
    rows = [
        (
            key,
            f"{letter.at:%Y-%m-%d %H:%M:%S}",
            letter.stage,
            f"{letter.size:,}",
            letter.reason.code,
            letter.reason.text,
        )
        for key, letter in letters.items()
    ]
    shown.console().print(shown.table("", ("letter", "at", "stage", "bytes", "why", "what it says"), rows))


@dead.command()
@click.argument("key", metavar="LETTER")
def show(key: str) -> None:
    """Show one letter: where it came from, why it is here, and its original bytes."""
    letter = _one(waiting(settings.read()), key)
    to = shown.console()
    to.print(Text(f"{letter.topic} partition {letter.partition} offset {letter.offset}", "bold"))
    to.print(f"{letter.stage}, {letter.at:%Y-%m-%d %H:%M:%S}: {letter.reason.code}: {letter.reason.text}", markup=False)
    if letter.detail:
        to.print(Text(letter.detail, "dim"))
    original = letter.value.decode("utf-8", "backslashreplace")
    to.print(Text(original[:SHOWN]))
    if letter.size > len(letter.value) or len(original) > SHOWN:
        to.print(Text(f"... {letter.size:,} bytes in all, {len(letter.value):,} of them kept", "dim"))


@dead.command()
@click.argument("keys", metavar="[LETTER]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every letter.")
def replay(keys: tuple[str, ...], every: bool) -> None:
    """Send the original bytes to their topic again: after the fault was mended."""
    ours = settings.read()
    chosen = _chosen(waiting(ours), keys, every)
    for key, letter in chosen.items():
        _origin(ours, key, letter)
    publisher = broker.Publisher(ours, "dead")
    try:
        for key, letter in chosen.items():
            sent = publisher.send(_origin(ours, key, letter), (letter.key or b"").decode(), letter.value)
            publisher.wait([sent])
            publisher.wait([publisher.send(DEAD_LETTERS, key, None)])  # only now is the letter settled
            click.echo(f"{key}: sent to {letter.topic} again")
    finally:
        publisher.close()


@dead.command()
@click.argument("keys", metavar="[LETTER]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every letter.")
def drop(keys: tuple[str, ...], every: bool) -> None:
    """Let letters go: they are listed no more."""
    ours = settings.read()
    chosen = _chosen(waiting(ours), keys, every)
    publisher = broker.Publisher(ours, "dead")
    try:
        publisher.wait([publisher.send(DEAD_LETTERS, key, None) for key in chosen])
    finally:
        publisher.close()
    click.echo(f"dropped {len(chosen)}")


def waiting(ours: Settings) -> dict[str, DeadLetter]:
    """Return the letters nobody has settled, by key, oldest first."""
    letters: dict[str, DeadLetter] = {}
    for message in broker.read_all(ours, DEAD_LETTERS):
        if message.value is None:
            letters.pop(message.key, None)
        else:
            letters[message.key] = decode(DeadLetter, message.value)
    return letters


def _chosen(letters: Mapping[str, DeadLetter], keys: Sequence[str], every: bool) -> Mapping[str, DeadLetter]:
    if every:
        return letters
    if not keys:
        raise click.ClickException("name the letters (`jarshy dead list` shows them), or say --all")
    return {key: _one(letters, key) for key in keys}


def _one(letters: Mapping[str, DeadLetter], key: str) -> DeadLetter:
    if key not in letters:
        raise click.ClickException(f"there is no dead letter {key}: `jarshy dead list` shows those there are")
    return letters[key]


def _origin(ours: Settings, key: str, letter: DeadLetter) -> Topic:
    """Return the topic a letter came from; what cannot go back whole is refused."""
    topics = {named(topic, ours.prefix): topic for topic in MANIFEST}
    if letter.topic not in topics:
        raise click.ClickException(f"{key}: it came from no topic of ours ({letter.topic or letter.stage})")
    if letter.size > len(letter.value):
        raise click.ClickException(f"{key}: only the first {len(letter.value):,} of {letter.size:,} bytes were kept")
    return topics[letter.topic]
