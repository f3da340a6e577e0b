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
@click.option("--alter", is_flag=True, help="Give the topics that are there the manifest's settings, too.")
def init(*, alter: bool) -> None:
    """Create the topics that are not there yet; of those that are, say what differs from the manifest."""
    asked = settings.read()
    made = broker.create(asked, MANIFEST)
    click.echo(f"made {len(made)} of {len(MANIFEST)} topics at {asked.kafka}{': ' if made else ''}{', '.join(made)}")
    differences = broker.differing(asked, [each for each in MANIFEST if named(each, asked.prefix) not in made])
    for each in differences:
        click.echo(f"{each.topic}: {each.setting} is {each.is_}, the manifest has {each.wanted}")
    if differences and alter:
        broker.alter(asked, differences)
        click.echo("set as the manifest has it")
    elif differences:
        click.echo("left as they are; `jarshy topics init --alter` sets them as the manifest has it")


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
