"""`jarshy schemas`: the JSON Schemas of records and files, generated into docs/schemas."""

import json
from pathlib import Path

import click

from jarshy import published

FOLDER = Path("docs/schemas")


@click.group()
def schemas() -> None:
    """JSON Schemas of the published records and of the files people write."""


@schemas.command()
def write() -> None:
    """Write docs/schemas anew; what would break a reader of a published record is refused."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    broken = [fault for name, text in published.schemas().items() for fault in _breaks(FOLDER / name, text)]
    if broken:
        raise click.ClickException("readers would break; raise the version in the record's tag:\n" + "\n".join(broken))
    for name, text in published.schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        click.echo(FOLDER / name)
    page = FOLDER.parent / "asyncapi.json"
    page.write_text(published.asyncapi(), encoding="utf-8")
    click.echo(page)


def _breaks(kept: Path, text: str) -> list[str]:
    if not kept.exists():
        return []
    return [
        f"{kept.name}: {fault}" for fault in published.breaks(json.loads(kept.read_text("utf-8")), json.loads(text))
    ]
