"""A pytest plugin that reads everything the suite printed and its processes logged: no planted secret may be in it.

reports' sections, *.log and topics' dumps under the run's folder --grep--> leaks: each fails the run
"""

import re
from pathlib import Path

import pytest

PLANTED = re.compile(rb"AAsecretsecret|ccsecretcc|three-dogs")
"""Parts of the bot token, the webhook and the password that tests give to the processes they start."""


class Overheard:
    """Listens in the process that collects the reports: the only one, or xdist's first."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self.leaks: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Look at what a test printed; a failure's own traceback may show what the test itself holds."""
        for name, text in report.sections:
            if name.startswith("Captured log"):
                continue  # pytest hears even the loggers that nobody listens to: what is logged is in std streams too
            if PLANTED.search(text.encode(errors="replace")):
                self.leaks.append(f"{report.nodeid}: {name}")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Look at every log of the processes that the run started, and fail the run when one holds a secret."""
        factory = getattr(self._config, "_tmp_path_factory", None)  # pytest has no public name for it here
        folder: Path | None = factory.getbasetemp() if factory else None
        if folder:
            logs = (path for path in folder.rglob("*.log") if path.is_file())
            self.leaks += [str(path) for path in logs if PLANTED.search(path.read_bytes())]
        if self.leaks:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say where the secrets were overheard."""
        if self.leaks:
            terminalreporter.section("secrets were overheard", red=True)
            for leak in self.leaks:
                terminalreporter.line(leak)
