"""`jarshy up` runs the real feeds; `jarshy health` asks a running stage how it is."""

import asyncio
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

import click
import httpx
from rich.console import Console
from rich.markup import escape

from jarshy import system
from jarshy.children import last_lines
from jarshy.kept import Patience, State, Status
from jarshy.supervise import Supervisor
from wire import settings
from wire.settings import EMBEDDED, Settings

AT_LEAST_ONE = click.IntRange(min=1)


@click.command()
@click.option("--workers", type=AT_LEAST_ONE, default=1, show_default=True, help="How many stream workers.")
@click.option("--collectors", type=AT_LEAST_ONE, default=1, show_default=True, help="How many share the feeds.")
def up(workers: int, collectors: int) -> None:
    """Run collectors, streams and alerts on the feeds of config/feeds.yaml, until Ctrl-C."""
    from jarshy.cli import compiled  # asks for the lexicon, for which `health` would wait each time

    compiled.folder()
    asked = settings.read()
    _make(system.logs_of(asked.data))
    asyncio.run(_up(asked, workers, collectors, Console(stderr=True)))


def _make(logs: Path) -> None:
    """Make the folder of the logs, or end with what to set."""
    try:
        logs.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=logs):  # the folder may be there, and another user's
            pass
    except OSError as error:
        raise click.ClickException(
            f"{logs} cannot be written ({error.strerror}): set JARSHY_DATA to a folder that can, on a disk that stays"
        ) from error


async def _up(asked: Settings, workers: int, collectors: int, console: Console) -> None:
    logs = system.logs_of(asked.data)

    def say(words: str) -> None:
        console.print(f"[dim]{datetime.now():%H:%M:%S}[/] {words}", highlight=False)

    def say_status(status: Status) -> None:
        if status.state is not State.STARTING:
            say(escape(str(status)))
        if status.state is State.FAILED:
            say(f"[red]{status.name} is given up, the rest goes on; its last words:[/]")
            console.print(*last_lines(logs / f"{status.name}.log", 6), sep="\n", markup=False, highlight=False)

    patience = Patience(give_up=None if asked.kafka != EMBEDDED else 5)  # a Kafka of others comes back some day
    async with (
        Supervisor(logs, patience=patience, on_change=say_status, others_go_on=True) as supervisor,
        system.engine(asked, supervisor, say) as ours,
    ):
        if ours.embedded:
            say("[yellow]this broker forgets everything when it stops: for lasting use set JARSHY_KAFKA[/]")
        for process in system.stages(ours, workers=workers, collectors=collectors):
            supervisor.start(process)
        say(f"feeds, rules and desks from {asked.config}/, logs in {logs}/; Ctrl-C stops")
        await supervisor.until_stopped()


@click.command()
@click.option("--live", is_flag=True, help="Ask whether it makes progress, not whether it is ready.")
def health(live: bool) -> None:
    """Ask the stage whose JARSHY_HEALTH_PORT this is; status 0 when it is well (docker compose asks so)."""
    port = settings.read().health_port
    if not port:
        raise click.ClickException("JARSHY_HEALTH_PORT is not set: set it to the stage's own")
    try:
        answer = httpx.get(f"http://127.0.0.1:{port}/{'live' if live else 'ready'}", timeout=5, trust_env=False)
    except httpx.HTTPError as error:
        raise click.ClickException(f"nothing answers on 127.0.0.1:{port} ({error})") from error
    click.echo(answer.text)
    raise SystemExit(0 if answer.status_code == 200 else 1)
