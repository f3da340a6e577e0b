"""`python -m alerts` as a child process of a test: started, killed, ended, and what it logged."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from wire.settings import Settings, environment

ROOT = Path(__file__).parents[2]
TOKEN = "110201543:AAsecretsecretsecretsecret-x"
HOOK = "T0AAAAAA/B0BBBBBB/ccsecretccsecretcc"
SECRETS = {"TELEGRAM": TOKEN, "HOOK": HOOK}


class Stage:
    """The stage as a child process; every start has a log of its own."""

    def __init__(self, settings: Settings, folder: Path, secrets: dict[str, str] | None = None) -> None:
        self.settings, self.folder = settings, folder
        self.secrets = SECRETS if secrets is None else secrets
        self.starts = 0
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.starts += 1
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JARSHY_")}
        with self.log.open("wb") as log:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "alerts"],
                cwd=ROOT,
                env=kept | environment(self.settings) | self.secrets,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def log(self) -> Path:
        return self.folder / f"alerts-{self.starts}.log"

    @property
    def logs(self) -> str:
        return "".join(path.read_text("utf-8") for path in sorted(self.folder.glob("alerts-*.log")))

    def kill(self) -> None:
        assert self.child
        self.child.kill()
        self.child.wait(60)

    def end(self) -> int:
        """Stop it as a supervisor would, and return its exit status."""
        assert self.child
        self.child.send_signal(signal.SIGTERM)
        return self.child.wait(120)

    def ended(self) -> int:
        assert self.child
        return self.child.wait(120)
