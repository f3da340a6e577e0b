"""The commands, one file a group; a fault of the user's ends with a clear sentence and a status other than 0.

A group's file is imported when its command is called: `jarshy rules check` waits neither for Kafka's client nor for
Apprise.
"""

import io
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Final

import click

COMMANDS: Final[Mapping[str, str]] = {
    "demo": "demo",
    "up": "services",
    "health": "services",
    "rules": "rules",
    "replay": "history",
    "verify": "history",
    "lexicon": "lexicon",
    "feeds": "feeds",
    "desks": "desks",
    "outbox": "outbox",
    "silences": "silences",
    "dead": "dead",
    "topics": "topics",
    "schemas": "schemas",
    "evaluate": "evaluate",
}
"""Each command and the file that has it."""


def plain() -> tuple[type[Exception], ...]:
    """Return the faults whose words are meant for people: shown without a traceback."""
    from alerts.outbox_file import OutboxFailed, OutboxUnusable
    from jarshy.embedded import EmbeddedBrokerError
    from jarshy.kept import Abandoned, ChildFailed
    from wire.broker import BrokerAway
    from wire.files import Problems

    return (
        EmbeddedBrokerError, Abandoned, ChildFailed, BrokerAway, Problems, TimeoutError, OutboxUnusable, OutboxFailed,
    )  # fmt: skip


class Lazy(click.Group):
    """A group whose `later` commands are imported when they are asked for; the others are its own."""

    later: Mapping[str, str] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of its own and the later commands."""
        return [*super().list_commands(ctx), *self.later]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a later command's file, and return the command."""
        if cmd_name not in self.later:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(f"jarshy.cli.{self.later[cmd_name]}"), cmd_name)
        return command


class _Jarshy(Lazy):
    later = COMMANDS

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except plain() as fault:
            raise click.ClickException(str(fault)) from fault


@click.group(cls=_Jarshy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jarshy")
def main() -> None:
    """Jarshy tells a desk of every bilateral meeting of Kazakhstan, once, with the words that prove it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Kazakh letters shows ? and no traceback
