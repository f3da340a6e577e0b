"""The commands, one file a group; a fault of the user's ends with a clear sentence and a status other than 0."""

import click

from jarshy.cli import demo, evaluate, schemas, services, topics
from jarshy.embedded import EmbeddedBrokerError
from jarshy.supervise import Abandoned, ChildFailed
from wire.broker import BrokerAway
from wire.files import Problems

PLAIN = (EmbeddedBrokerError, Abandoned, ChildFailed, BrokerAway, Problems, TimeoutError)
"""Faults whose words are meant for people: shown without a traceback."""


class _Jarshy(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except PLAIN as fault:
            raise click.ClickException(str(fault)) from fault


@click.group(cls=_Jarshy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jarshy")
def main() -> None:
    """Jarshy tells a desk of every bilateral meeting of Kazakhstan, once, with the words that prove it."""


main.add_command(demo.demo)
main.add_command(services.up)
main.add_command(services.health)
main.add_command(topics.topics)
main.add_command(schemas.schemas)
main.add_command(evaluate.evaluate)
