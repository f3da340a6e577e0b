"""One run: articles flow, faults come due, workers are started again, until nothing waits any more.

flow | watch the group | inject what is due | release what is held | tend the workers -> Course
"""

import heapq
import itertools
import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from jarshy.children import Child
from tests.chaos.faults import Fault, Kind
from tests.chaos.flow import Flow
from tests.chaos.workers import MOST, Crew
from wire import broker as wire
from wire.records import Article
from wire.settings import Settings
from wire.topics import ARTICLES, MANIFEST, MEETINGS, named

GIVEN_UP_AFTER = 240.0
"""Seconds without progress, with nothing held, after which a run has failed."""
PROBED_EVERY = 0.5
BROKER_BACK_WITHIN = 60.0
"""Seconds after a fault in which a broker must answer again: one that ended by itself ends the run."""


class Broker(Protocol):
    """What a run does to a broker."""

    address: str
    embedded: bool

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def kill(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...


class Course(NamedTuple):
    """How a run went."""

    faults: Counter[Kind]
    endings: Counter[str]
    sent: int
    resent: int
    done: int
    longest_stall: float
    stalled_at: int
    seconds: float
    given_up: bool


class Run:
    """The conductor of one run."""

    def __init__(
        self, settings: Settings, broker: Broker, *, articles: Sequence[Article], faults: Sequence[Fault], workers: int,
        say: Callable[[int, str], None],
    ) -> None:  # fmt: skip
        """`say` is told how many articles are done, and of each fault; logs are kept in the settings' data folder."""
        self._settings, self._broker, self._say = settings, broker, say
        self._crew = Crew(settings, settings.data, workers)
        self._flow = Flow(settings, articles, ahead=max(200, len(articles) // 20))
        self._faults = list(reversed(faults))
        self._injected: Counter[Kind] = Counter()
        self._held: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._standing: wire.Standing | None = None
        self._progress: dict[tuple[str, int], int] = {}
        self._since = time.monotonic()
        self._longest = (0.0, 0)

    def go(self) -> Course:
        """Return when everything is done, or nothing has moved for too long."""
        logging.getLogger("kafka").setLevel(logging.CRITICAL)  # that the broker is away is no news here
        wire.create(self._settings, MANIFEST)
        begun = time.monotonic()
        self._flow.start()
        try:
            given_up = self._until_done()
        finally:
            self._flow.stop()
            self._release(everything=True)
            self._crew.stop()
            if self._standing:
                self._standing.close()
        stall, at = self._longest
        return Course(
            self._injected, self._crew.endings, self._flow.sent, self._flow.resent, self._flow.done, stall, at,
            time.monotonic() - begun, given_up,
        )  # fmt: skip

    def _until_done(self) -> bool:
        quiet = 0.0
        while quiet < self._settings.session_timeout:  # who was paused may still have something to finish
            started = time.monotonic()
            if self._flow.failure:
                raise self._flow.failure
            self._crew.tend()
            self._release()
            waiting = self._probe()
            self._inject_due()
            if time.monotonic() - self._since > GIVEN_UP_AFTER:
                return True
            time.sleep(max(0.0, started + PROBED_EVERY - time.monotonic()))
            over = self._flow.finished and not (waiting or self._held or self._faults)
            quiet = quiet + time.monotonic() - started if over else 0.0
        return False

    def _probe(self) -> int:
        """Return how many messages wait, and note how long none has been done while nothing was held."""
        standing = self._ask()
        done = {each: done for each, (done, _) in standing.items()}
        waiting = sum(end - done for done, end in standing.values())
        self._flow.done = sum(
            done for (topic, _), done in done.items() if topic == named(ARTICLES, self._settings.prefix)
        )
        now = time.monotonic()
        if done != self._progress or self._held or not (waiting and self._flow.done):
            self._since = now
        self._longest = max(self._longest, (now - self._since, self._flow.done))
        self._progress = done
        self._say(self._flow.done, "")
        return waiting

    def _ask(self) -> dict[tuple[str, int], tuple[int, int]]:
        """Ask how far the group has come, with another connection where the last one has gone."""
        until = time.monotonic() + BROKER_BACK_WITHIN
        while True:
            try:
                self._standing = self._standing or wire.Standing(self._settings, "streams", [ARTICLES, MEETINGS])
                return self._standing.ask()
            except wire.BrokerAway:
                self._standing = None
                if time.monotonic() > until:
                    raise

    def _inject_due(self) -> None:
        while self._faults and (self._faults[-1].at <= self._flow.done or self._all_done()):
            if not self._crew.running():
                return  # nobody is there to be hit: it waits
            fault = self._faults.pop()
            self._say(self._flow.done, f"{fault.kind}{f', {fault.seconds:.1f} s' if fault.seconds else ''}")
            self._injected[fault.kind] += 1
            self._inject(fault)
            self._since = time.monotonic()

    def _all_done(self) -> bool:
        return self._flow.finished and self._flow.done == self._flow.sent

    def _inject(self, fault: Fault) -> None:
        if fault.kind.name.startswith("BROKER"):
            self._disturb_broker(fault)
        elif fault.kind is Kind.STORM:
            self._storm(fault)
        elif fault.kind is Kind.ADD:
            self._crew.grow()
        elif fault.kind is Kind.REMOVE:
            self._crew.shrink(self._crew.wanted - 1, fault.pick)
        elif child := self._crew.any(fault.pick):
            self._disturb(child, fault)

    def _disturb(self, child: Child, fault: Fault) -> None:
        crew = self._crew
        if fault.kind is Kind.KILL:
            crew.kill(child)
        elif fault.kind is Kind.TERM:
            crew.term(child)
        else:
            crew.pause(child)
            self._hold(fault.seconds, lambda: crew.resume(child))

    def _disturb_broker(self, fault: Fault) -> None:
        """Take the broker away and bring it back; meanwhile nothing else is done to the system."""
        away, back = {
            Kind.BROKER_PAUSE: (self._broker.pause, self._broker.resume),
            Kind.BROKER_STOP: (self._broker.stop, self._broker.start),
            Kind.BROKER_KILL: (self._broker.kill, self._broker.start),
        }[fault.kind]
        away()
        try:
            time.sleep(fault.seconds)
        finally:
            back()

    def _storm(self, fault: Fault) -> None:
        """Make the group rebalance again and again: each leaves and another joins before the group has settled."""
        for number, child in enumerate(self._crew.running()):
            (self._crew.term if number % 2 else self._crew.kill)(child)
            time.sleep(fault.seconds)
            self._crew.tend()
        before, self._crew.wanted = self._crew.wanted, MOST
        self._crew.tend()
        self._hold(fault.seconds * MOST, lambda: self._crew.shrink(before, fault.pick))

    def _hold(self, seconds: float, release: Callable[[], None]) -> None:
        heapq.heappush(self._held, (time.monotonic() + seconds, next(self._numbers), release))

    def _release(self, *, everything: bool = False) -> None:
        while self._held and (everything or self._held[0][0] <= time.monotonic()):
            heapq.heappop(self._held)[2]()
            self._since = time.monotonic()
