"""Stream workers as processes of ours: kept at a number, started again when they end, counted by how they ended."""

import sys
from collections import Counter
from pathlib import Path

from jarshy.children import Child, how_it_ended
from wire import settings as environment
from wire.settings import Settings

ROOT = Path(__file__).parents[2]
FEWEST, MOST = 2, 4


class Crew:
    """The workers of one run."""

    def __init__(self, settings: Settings, logs: Path, wanted: int) -> None:
        """`wanted`: how many there are to be, between FEWEST and MOST."""
        self.wanted = wanted
        self.endings: Counter[str] = Counter()
        """How workers ended that nobody had ended."""
        self._settings, self._logs = settings, logs
        self._working: list[Child] = []
        self._started = 0
        self._ours: set[Child] = set()
        self.paused: set[Child] = set()

    def tend(self) -> None:
        """Start what is missing, as a supervisor does."""
        for child in [each for each in self._working if not each.alive]:
            if child not in self._ours:
                self.endings[how_it_ended(child.exit_code or 0)] += 1
            self._forget(child)
        while len(self._working) < self.wanted:
            self._start()

    def any(self, pick: float) -> Child | None:
        """Return one of those that run."""
        running = self.running()
        return running[int(pick * len(running))] if running else None

    def running(self) -> list[Child]:
        """Return those that live, are not paused and were not asked to end."""
        return [each for each in self._working if each.alive and each not in self.paused and each not in self._ours]

    def kill(self, child: Child) -> None:
        """End a worker with no warning."""
        self._ours.add(child)
        child.kill()

    def term(self, child: Child) -> None:
        """Ask a worker to end."""
        self._ours.add(child)
        child.ask()

    def pause(self, child: Child) -> None:
        """Freeze a worker."""
        self.paused.add(child)
        child.pause()

    def resume(self, child: Child) -> None:
        """Let a paused worker go on."""
        self.paused.discard(child)
        child.resume()

    def grow(self) -> None:
        """Have one more, up to MOST."""
        self.wanted = min(MOST, self.wanted + 1)

    def shrink(self, wanted: int, pick: float) -> None:
        """Have no more than `wanted`, and no fewer than FEWEST."""
        self.wanted = max(FEWEST, wanted)
        while len(running := self.running()) > self.wanted:
            self.term(running[int(pick * len(running))])

    def stop(self) -> None:
        """Ask all to end, and wait."""
        self.wanted = 0
        for child in self._working:
            self._ours.add(child)
            child.ask()
        for child in [*self._working]:
            child.stop()
            self._forget(child)

    def _start(self) -> None:
        self._started += 1
        env = {**environment.environment(self._settings), "PYTHONPATH": str(ROOT)}
        child = Child([sys.executable, "-m", "streams"], self._logs / f"worker-{self._started}.log", env)
        child.start()
        self._working.append(child)

    def _forget(self, child: Child) -> None:
        child.kill()  # (it is dead: this sweeps up what it left)
        self._working.remove(child)
        self.paused.discard(child)
