"""The supervisor of `jarshy up` and the demo: start | watch | back off | again; stop: TERM, grace, KILL."""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from jarshy.children import LONGEST_LOG, Child, Journal, eventually, how_it_ended, last_lines
from jarshy.kept import Abandoned, ChildFailed, Patience, Process, State, Status, StoppedByUser

T = TypeVar("T")
TICK = 0.05
LONGEST_WORDS = 300
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Runs named children until it is told to stop; use it as `async with`.

    `on_line(name, line)` hears every line a child prints, `on_change(status)` every change of state; all of
    it is in `logs/NAME.log` too.
    """

    def __init__(
        self,
        logs: Path,
        *,
        patience: Patience | None = None,
        on_line: Callable[[str, str], None] | None = None,
        on_change: Callable[[Status], None] | None = None,
        longest_log: int = LONGEST_LOG,
        others_go_on: bool = False,
    ) -> None:
        """Assemble; `others_go_on`: a child that is given up ends the whole only when it was the last."""
        self.logs, self.patience = logs, patience or Patience()
        self._others_go_on = others_go_on
        self._longest_log = longest_log
        self._on_line, self._on_change = on_line, on_change
        self._statuses: dict[str, Status] = {}
        self._keepers: dict[str, asyncio.Task[None]] = {}
        self._why: BaseException | None = None
        self._over = asyncio.Event()
        self._at_once = False

    @property
    def statuses(self) -> tuple[Status, ...]:
        """How every child stands, in the order of their first start."""
        return tuple(self._statuses.values())

    def log(self, name: str) -> Path:
        """Where a child's output is kept."""
        return self.logs / f"{name}.log"

    async def __aenter__(self) -> Self:
        self.logs.mkdir(parents=True, exist_ok=True)
        self._loop = asyncio.get_running_loop()
        for number in SIGNALS:
            self._loop.add_signal_handler(number, self._signalled, number)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        for number in SIGNALS:
            self._loop.remove_signal_handler(number)

    def start(self, process: Process) -> None:
        """Start a child and keep it running; a name is used once."""
        if process.name in self._statuses:
            raise ValueError(f"there is a child named {process.name} already")
        self._tell(Status(name=process.name, state=State.STARTING))
        self._keepers[process.name] = self._loop.create_task(self._keep(process), name=f"keep {process.name}")
        self._keepers[process.name].add_done_callback(self._kept)

    async def running(self, *names: str, seconds: float = 60.0) -> None:
        """Wait until these children (none named: all) run; TimeoutError names the ones that do not."""

        def late() -> list[str]:
            wanted = names or tuple(self._statuses)
            return [name for name in wanted if self._statuses[name].state is not State.RUNNING]

        if not await self.during(eventually(lambda: not late(), seconds)):
            raise TimeoutError(f"not ready after {seconds:.0f} s: {', '.join(late())}")

    async def during(self, work: Awaitable[T]) -> T:
        """Do some work while the children run; what ends the supervisor ends the work, and is raised."""
        task, over = asyncio.ensure_future(work), asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait((task, over), return_when=asyncio.FIRST_COMPLETED)
            if self._why and not task.done():
                raise self._why
            return await task
        finally:
            over.cancel()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def until_stopped(self) -> None:
        """Wait for SIGINT, SIGTERM or SIGHUP; raises ChildFailed or Abandoned when it ends otherwise."""
        await self._over.wait()
        if self._why and not isinstance(self._why, StoppedByUser):
            raise self._why

    def abandon(self, words: str) -> None:
        """End it all because something beside the children failed; may be called from any thread."""
        self._loop.call_soon_threadsafe(self._finish, Abandoned(words))

    async def stop(self) -> None:
        """Stop every child, all at once: SIGTERM, the grace, SIGKILL; another Ctrl-C cuts the grace short."""
        for keeper in self._keepers.values():
            keeper.cancel()
        await asyncio.gather(*self._keepers.values(), return_exceptions=True)

    async def _keep(self, process: Process) -> None:
        quick_deaths = restarts = 0
        try:
            while True:
                began = time.monotonic()
                end = await self._live(process)
                quick_deaths = quick_deaths + 1 if time.monotonic() - began < self.patience.quick else 0
                if end in process.hopeless or quick_deaths == self.patience.give_up:
                    return self._give_up(process.name, how_it_ended(end))
                pause = self.patience.pause(quick_deaths)
                restarts += 1
                self._change(
                    process.name, state=State.RESTARTING, pid=None, restarts=restarts,
                    last_end=how_it_ended(end), last_words=self._last_words(process.name), next_start=pause,
                )  # fmt: skip
                await asyncio.sleep(pause)
        except OSError as problem:  # no such program, no process to be had
            self._give_up(process.name, f"could not be started ({problem})")
        except asyncio.CancelledError:
            self._change(process.name, state=State.STOPPED, pid=None, next_start=None)
            raise

    def _kept(self, keeper: asyncio.Task[None]) -> None:
        """A fault of our own, or of a listener, must not leave a child unwatched in silence."""
        if not keeper.cancelled() and (fault := keeper.exception()):
            self._finish(fault)

    async def _live(self, process: Process) -> int:
        """One life of a child, from its start to its end."""
        child = Child(process.argv, self.log(process.name), process.env, death=signal.SIGTERM)
        journal = Journal(child.log, self._longest_log)
        try:
            child.start(journal.entry)
        except OSError:
            journal.close()
            raise
        finally:
            journal.opened()
        self._change(process.name, state=State.STARTING, pid=child.pid, next_start=None)
        herald = asyncio.create_task(self._herald(process))
        try:
            while child.alive:
                await asyncio.sleep(TICK)
                self._pass_on(process.name, journal.read())
            return child.exit_code or 0
        finally:
            herald.cancel()
            await self._end(child, journal)

    async def _end(self, child: Child, journal: Journal) -> None:
        def ended() -> bool:
            self._pass_on(child.log.stem, journal.read())  # or a child with much to say at its end would hang
            return not child.alive or self._at_once

        try:
            child.ask()
            await eventually(ended, self.patience.grace)
        finally:
            child.kill()
            self._pass_on(child.log.stem, journal.close())

    async def _herald(self, process: Process) -> None:
        while process.ready:
            with suppress(OSError):  # nothing listens there yet
                if await process.ready():
                    break
            await asyncio.sleep(2 * TICK)
        self._change(process.name, state=State.RUNNING)

    def _pass_on(self, name: str, lines: list[str]) -> None:
        if self._on_line:
            for line in lines:
                self._on_line(name, line)

    def _give_up(self, name: str, end: str) -> None:
        self._change(name, state=State.FAILED, pid=None, last_end=end, last_words=self._last_words(name))
        if not self._others_go_on or all(each.state is State.FAILED for each in self.statuses):
            self._finish(ChildFailed(self._statuses[name], self.log(name)))

    def _last_words(self, name: str) -> str:
        return "".join(last_lines(self.log(name), 1)).strip()[:LONGEST_WORDS]

    def _signalled(self, number: signal.Signals) -> None:
        self._at_once = self._why is not None
        self._finish(StoppedByUser(number.name))

    def _finish(self, why: BaseException) -> None:
        self._why = self._why or why
        self._over.set()

    def _change(self, name: str, **changes: Any) -> None:
        self._tell(msgspec.structs.replace(self._statuses[name], **changes))

    def _tell(self, status: Status) -> None:
        self._statuses[status.name] = status
        if self._on_change:
            self._on_change(status)
