"""`jarshy topics`: the manifest, and its making on a broker."""

import click
from rich.console import Console
from rich.table import Table

from wire import broker, settings
from wire.topics import DAY, MANIFEST, Topic, named


@click.group()
def topics() -> None:
    """The topics: what they hold, and making them."""


@topics.command()
def init() -> None:
    """Create the topics that are not there yet; those that are stay as they are."""
    asked = settings.read()
    made = broker.create(asked, MANIFEST)
    click.echo(f"made {len(made)} of {len(MANIFEST)} topics at {asked.kafka}{': ' if made else ''}{', '.join(made)}")


@topics.command(name="list")
def list_() -> None:
    """Show the manifest."""
    asked = settings.read()
    table = Table(title="Topics", show_lines=False)
    table.add_column("topic", no_wrap=True)
    for heading in ("key", "kept", "what it is"):
        table.add_column(heading)
    for topic in MANIFEST:
        table.add_row(named(topic, asked.prefix), topic.key, _kept(topic), topic.about)
    Console().print(table)


def _kept(topic: Topic) -> str:
    return "newest of each key" if topic.cleanup == "compact" else f"{topic.retention // DAY} days"
