"""A pytest plugin: what the suite makes, it removes.

TMPDIR of all processes is a folder of the run's own --at the end--> empty, and nothing new beside the code, or it fails
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

OF_OTHERS = (".", "pymp-", "hsperfdata", "scoped_dir", "playwright")
"""Python's, Java's and Chromium's own: a process that a test kills cannot remove them."""


class Leftovers:
    """Looks after the process that collects the reports and all that it starts: the only one, or xdist's first."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self.left: list[str] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Name the folder before xdist starts its processes."""
        self._code = set(self._beside_the_code())
        self._folder: Path = self._config._tmp_path_factory.mktemp("temporary")  # type: ignore[attr-defined]
        os.environ["TMPDIR"] = str(self._folder)
        tempfile.tempdir = None  # to be asked for anew

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Look once xdist's processes have ended, and fail the run when something is there."""
        made = (str(path) for path in self._folder.iterdir() if not path.name.startswith(OF_OTHERS))
        self.left = sorted([*made, *(set(self._beside_the_code()) - self._code)])
        if self.left:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _beside_the_code(self) -> Iterator[str]:
        """Yield what is where the suite runs, but the caches of its tools."""
        return (str(path) for path in self._config.rootpath.iterdir() if not path.name.startswith("."))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was left."""
        if self.left:
            terminalreporter.section("left behind", red=True)
            for name in self.left:
                terminalreporter.line(name)
