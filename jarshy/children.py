"""Child processes that never outlive us: argv -> own session -> stop: TERM, grace, KILL."""

import asyncio
import atexit
import ctypes
import math
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

# Below Linux's range for outgoing connections (32768 up): a client that keeps knocking at a port of
# that range while its broker restarts can be given that very port as its own end, and talk to itself.
PORTS = range(15_000, 30_000)
TAIL_BYTES = 32_768
PIPE_BYTES = 65_536
MOST_AT_ONCE = 2**20
LONGEST_LOG = 16 * 2**20


def free_port() -> int:
    """A port of 127.0.0.1 that nobody has, kept from everybody but who listens there by this number.

    It is bound until this process ends, so that it can be given to nobody else before its own server is up;
    a server that sets SO_REUSEADDR, as they all do, may listen beside that.
    """
    for port in random.sample(PORTS, 200):
        with socket.socket() as ours, suppress(OSError):
            ours.bind(("127.0.0.1", port))  # without SO_REUSEADDR: nobody else may have it bound
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            ours.detach()
            return port
    raise OSError("200 ports of 127.0.0.1 were tried and none is free")


def dies_with_us(death: signal.Signals) -> Callable[[], None] | None:
    """What a child runs before its exec so that the kernel signals it when this process ends (Linux only).

    The kernel watches the *thread* that forked, so a child started from a passing thread would be ended with
    that thread: there the exit hook of `Child` has to do, and this is None.
    """
    if not sys.platform.startswith("linux") or threading.current_thread() is not threading.main_thread():
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl  # looked up here: between fork and exec, only call it
    parent, set_pdeathsig = os.getpid(), 1

    def before_exec() -> None:
        prctl(set_pdeathsig, int(death), 0, 0, 0)
        if os.getppid() != parent:  # we ended between the fork and the prctl
            os._exit(1)

    return before_exec


def last_lines(log: Path, count: int = 20) -> list[str]:
    """The end of a log, for the sentence that says why a child ended."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL_BYTES))
            return file.read().decode("utf-8", "replace").splitlines()[-count:]
    except FileNotFoundError:
        return []


def how_it_ended(code: int) -> str:
    """An exit code in words: `ended with code 3`, `was ended by SIGKILL`."""
    if code >= 0:
        return f"ended with code {code}"
    with suppress(ValueError):
        return f"was ended by {signal.Signals(-code).name}"
    return f"was ended by signal {-code}"


class Child:
    """One long-lived child in a session of its own, its output in a log file."""

    def __init__(
        self,
        argv: Sequence[str],
        log: Path,
        env: Mapping[str, str] | None = None,
        death: signal.Signals = signal.SIGKILL,
    ) -> None:
        """`env` is laid over our environment; `death` is what the kernel sends it when we die."""
        self.argv, self.log, self.env, self.death = tuple(argv), log, dict(env or {}), death
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, output: int | None = None) -> None:
        """Start it, its output to the file descriptor `output` or, without one, to the end of its log."""
        if self.alive:
            raise RuntimeError(f"{self.argv[0]} runs already, as process {self.pid}")
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.argv,
                env=os.environ | self.env,
                stdin=subprocess.DEVNULL,
                stdout=log if output is None else output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # the terminal's Ctrl-C is for us; we tell the child
                preexec_fn=dies_with_us(self.death),  # noqa: PLW1509 (it takes no lock)
            )
        atexit.register(self.kill)

    @property
    def pid(self) -> int | None:
        """Its process id while it is ours to signal, else None."""
        return self._process.pid if self._process else None

    @property
    def alive(self) -> bool:
        """True while it has not ended; a paused child is alive."""
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """How it ended: negative is a signal; None while it lives or before it started."""
        return self._process.poll() if self._process else None

    def ask(self) -> None:
        """Ask it to end (SIGTERM), paused or not; `kill` sweeps up its own children."""
        if self._process and self.alive:
            os.kill(self._process.pid, signal.SIGTERM)
            os.kill(self._process.pid, signal.SIGCONT)

    def stop(self, grace: float = 10.0) -> None:
        """Ask, and insist after `grace` seconds; harmless when it has ended."""
        self.ask()
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(grace)
        self.kill()

    def kill(self) -> None:
        """End it at once, like a power cut, with whatever it left behind in its session."""
        if self._process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        atexit.unregister(self.kill)

    def pause(self) -> None:
        """Freeze it (SIGSTOP): connections stay open and nothing answers."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a paused child go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self._process and self.alive:
            os.killpg(self._process.pid, number)


class Journal:
    """What a child prints: a pipe to NAME.log, which is kept below a size, and the lines for whoever listens."""

    def __init__(self, log: Path, longest: int = LONGEST_LOG) -> None:
        """Beyond `longest` bytes NAME.log becomes NAME.log.1, and the one before is forgotten."""
        self.log, self.longest = log, longest
        self._pipe, self.entry = os.pipe()  # `entry` is for the child's output
        os.set_blocking(self._pipe, False)
        self._part = b""

    def opened(self) -> None:
        """Let go of our copy of `entry` once the child has its own."""
        os.close(self.entry)

    def read(self) -> list[str]:
        """Keep what has come, and return its lines; an unfinished line waits for its end."""
        gained = b""
        with suppress(BlockingIOError):
            while len(gained) < MOST_AT_ONCE and (more := os.read(self._pipe, PIPE_BYTES)):
                gained += more
        self._keep(gained)
        *whole, self._part = (self._part + gained).split(b"\n")
        if len(self._part) > PIPE_BYTES:
            whole, self._part = [*whole, self._part], b""
        return [line.decode("utf-8", "replace").rstrip("\r") for line in whole]

    def close(self) -> list[str]:
        """Return the last lines, even an unfinished one; descendants that still print are not heard."""
        lines = self.read()
        os.close(self._pipe)
        return [*lines, self._part.decode("utf-8", "replace")] if self._part else lines

    def _keep(self, gained: bytes) -> None:
        if gained:
            if self.log.exists() and self.log.stat().st_size + len(gained) > self.longest:
                self.log.rename(self.log.with_name(f"{self.log.name}.1"))
            with self.log.open("ab") as file:
                file.write(gained)


def wait_until(true: Callable[[], bool], seconds: float, every: float = 0.02) -> bool:
    """Ask until it is true or the time is over; the last answer."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() >= end:
            return False
        time.sleep(every)
    return True


async def eventually(true: Callable[[], bool], seconds: float = math.inf, every: float = 0.05) -> bool:
    """`wait_until` for coroutines."""
    end = time.monotonic() + seconds
    while True:
        if true():
            return True
        if time.monotonic() >= end:
            return False
        await asyncio.sleep(every)
