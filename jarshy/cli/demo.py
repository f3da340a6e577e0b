"""`jarshy demo`: try it all on this machine."""

import asyncio
import sys
from pathlib import Path

import click
import msgspec
from rich.console import Console

from jarshy.demo import as_json
from jarshy.demo.play import Play
from jarshy.newsroom import folder as texts
from jarshy.newsroom import script
from wire import settings

FOREVER = 1e12  # seconds: nothing served from a folder is backlog, however old


@click.command()
@click.option("--once", is_flag=True, help="End by itself when all is told; status 0 only if it was told right.")
@click.option(
    "--articles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Serve the *.txt of this folder in place of the bundled newsroom.",
)
@click.option(
    "--json", "as_lines", is_flag=True, help="One alert a line on standard output, all else on standard error."
)
def demo(once: bool, articles: Path | None, as_lines: bool) -> None:
    """Run the whole system here, with a small newsroom to read and a chat to write to."""
    console = Console(stderr=as_lines)
    asked = settings.read()
    if articles:
        asked = msgspec.structs.replace(asked, backlog_age=FOREVER)
        newsroom = _texts(articles)
    else:
        newsroom = script.load()
    play = Play(newsroom, asked, console, judged=articles is None)
    right = asyncio.run(play.run(once=once))
    if as_lines:
        for alert in sorted(play.seen.alerts.values(), key=lambda alert: alert.times.told):
            click.echo(as_json.line(alert))
    sys.exit(0 if right else 1)


def _texts(folder: Path) -> script.Newsroom:
    try:
        return texts.newsroom(folder)
    except texts.CannotServe as fault:
        raise click.ClickException(str(fault)) from fault
