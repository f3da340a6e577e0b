"""Alerts as a process that starts in a moment: forked from one that has imported all it needs.

A hundred starts of `python -m alerts` would spend their time on importing Apprise, not on what is tested.
"""

import multiprocessing as mp
import os
import signal
import sys
from pathlib import Path

import apprise

from alerts.__main__ import main
from tests.alerts.stage import SECRETS, TOKEN
from wire.settings import Settings, environment

apprise.Apprise.instantiate(f"tgram://{TOKEN}/1")  # its plugins are loaded at the first URL
apprise.Apprise.instantiate("slack://T0AAAAAA/B0BBBBBB/ccsecretccsecretcc")
_forks = mp.get_context("forkserver")


def _be(environ: dict[str, str], log: str) -> None:
    """Be the stage, as `python -m alerts` is, with an output of its own."""
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    for number in (1, 2):
        os.dup2(out, number)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main(environ))


class ForkedStage:
    """The stage as a forked process; every start has a log of its own."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        _forks.set_forkserver_preload(["tests.alerts.forked"])
        self.settings, self.folder, self.starts = settings, folder, 0
        self._process: mp.process.BaseProcess | None = None

    @property
    def log(self) -> Path:
        """Return where the last start writes."""
        return self.folder / f"alerts-{self.starts}.log"

    @property
    def said(self) -> str:
        """Return what the last start has written."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    @property
    def ended(self) -> bool:
        """Return whether the process is over."""
        return self._process is not None and self._process.exitcode is not None

    @property
    def status(self) -> int | None:
        """Return its exit status, negative for a signal; None while it runs."""
        return self._process.exitcode if self._process else None

    def start(self) -> None:
        """Start."""
        self.starts += 1
        environ = environment(self.settings) | SECRETS
        self._process = _forks.Process(target=_be, args=(environ, str(self.log)))
        self._process.start()

    def kill(self) -> None:
        """Kill it with -9."""
        assert self._process
        self._process.kill()
        self._process.join(60)

    def end(self) -> None:
        """Stop it as a supervisor would."""
        assert self._process
        self._process.terminate()
        self._process.join(60)
