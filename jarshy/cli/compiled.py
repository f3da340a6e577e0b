"""The configuration as commands use it: JARSHY_CONFIG -> lexicon -> rules -> pipeline, said while it compiles."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import Progress

from streams.lexicon import Lexicon
from streams.pipeline import Pipeline
from streams.rules.finder import finder
from streams.rules.known import known
from streams.rules.load import Checked, check_rules, load_rules
from wire import settings

T = TypeVar("T")


def folder() -> Path:
    """Return the configuration folder, or end with what to set."""
    config = settings.read().config
    if not config.is_dir():
        raise click.ClickException(f"there is no folder {config}: set JARSHY_CONFIG to the one with rules and lexicon")
    return config


def lexicon(config: Path) -> Lexicon:
    """Compile the lexicon; raises Problems."""
    with waiting("compiling the lexicon"):
        return Lexicon.compile(config / "lexicon")


def rules(config: Path, files: Sequence[Path] | None = None) -> Checked:
    """Check the rules of the folder, or of `files`; raises Problems of the lexicon."""
    knows = known(lexicon(config), config)
    return check_rules(config, knows, finder, files, lambda paths: progress("checking", paths, len(paths)))


def pipeline(config: Path) -> Pipeline:
    """Return what reads articles; raises Problems when the lexicon or the rules are broken."""
    words = lexicon(config)
    return Pipeline(words, load_rules(config, known(words, config), finder))


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say on standard error what takes its time, where somebody is watching."""
    with Console(stderr=True).status(f"{what} ..."):
        yield


def progress(what: str, sequence: Iterable[T], total: int) -> Iterator[T]:
    """Yield a sequence with a bar on standard error, where somebody is watching."""
    console = Console(stderr=True)
    shown = Progress(
        console=console,
        transient=True,
        disable=not console.is_terminal,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    with shown as bar:
        yield from bar.track(sequence, total=total, description=what)
