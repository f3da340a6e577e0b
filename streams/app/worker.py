"""One worker: two agents of a few lines, which carry out what `steps` decides.

articles --recognise--> meetings --gather--> stories, alerts

Faust is not at-least-once by itself (DESIGN 7): an agent that raises still acks, and a send only enqueues. So
each step is carried out in one order (emit and wait, then write and wait, then return), and anything that
goes wrong with the broker or a table ends the process with the offset uncommitted.
"""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any, NoReturn, Protocol

from streams import steps
from streams.app import engine
from streams.app.deciding import Step, decided, message_of
from streams.app.ends import BROKER_FAILED, end
from streams.app.outgoing import Outgoing, send
from streams.app.tables import ACKNOWLEDGED_WITHIN, Row, Rows
from streams.app.waiting import Waiting
from streams.app.watch import Partitions, Pulse, Watch
from streams.pipeline import Pipeline
from streams.rules.accord import Accord
from wire import health
from wire.broker import Message
from wire.records import Article, Notice, Report, cloud_event, decode, encode
from wire.settings import Settings
from wire.topics import ARTICLES, KEYED_PARTITIONS, MEETINGS, TABLES, Topic, named

log = logging.getLogger("jarshy.streams")
READY_EVERY, RULES_EVERY = 0.5, 5.0


class Live(Protocol):
    """A pipeline that may change while the worker runs."""

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline that is in force."""

    @property
    def problems(self) -> int:
        """How many faults keep changed rule files from being in force."""

    def refresh(self) -> list[Notice]:
        """Follow what changed; return the notices that it is worth."""


class Streams:
    """One worker: a Faust app with its agents, tables and guards."""

    def __init__(self, settings: Settings, live: Live) -> None:
        self.settings, self.live = settings, live
        self.health = health.Health("streams", stalled_after=settings.stalled_after)
        self.pulse = Pulse(settings.session_timeout - engine.heartbeat(settings), settings.stalled_after)
        self.app = engine.engine(settings)
        self.tables = {name: self._table(name) for name in TABLES}
        self.partners = steps.PartnerRows(Rows(self.tables[steps.REPORTS]), Rows(self.tables[steps.STORY_ROWS]))
        self.accord = Accord()
        self._turns = 0
        self._days: dict[int, int] = {}  # the newest day that each partition of articles has told of
        self._agent(ARTICLES, self._recognise)
        self._agent(MEETINGS, self._gather)
        self.app.on_partitions_revoked.connect(self._partitions_moved)
        self.app.on_partitions_assigned.connect(self._partitions_moved)
        self.app.task()(self._look_after)

    def _recognise(self, message: Message) -> steps.Effects:
        article, now = decode(Article, message.value), datetime.now(UTC)
        verdicts = Rows(self.tables[steps.VERDICTS], message.partition)
        effects = steps.recognise(self.live.pipeline, article, message.offset, verdicts, now)
        today = steps.day(article, now)
        if today > self._days.get(message.partition, 0):
            self._days[message.partition] = today
            effects = effects._replace(write=(*steps.outdated(verdicts, today), *effects.write))
        return effects

    def _gather(self, message: Message) -> steps.Effects:
        report, now = decode(Report, message.value), datetime.now(UTC)
        effects = steps.gather(report, self.partners, now)
        notice = self.accord.heard(report.rule_set, report.recognised, now)
        return effects._replace(emit=(*effects.emit, steps.told(notice))) if notice else effects

    def _agent(self, topic: Topic, step: Step) -> None:
        async def agent(stream: Any) -> None:
            waiting = Waiting()
            async with asyncio.TaskGroup() as tasks:
                turns = tasks.create_task(self._take_turns(waiting, step))
                async for event in stream.noack().events():
                    await waiting.put(event)
                turns.cancel()

        agent.__name__ = step.__name__.strip("_")
        self.app.agent(self._source(topic), name=agent.__name__)(agent)

    async def _take_turns(self, waiting: Waiting, step: Step) -> None:
        while True:
            events = [event for event in await waiting.turn() if self._is_still_ours(event)]
            await self._turn([message_of(event) for event in events], step)
            for event in events:
                event.ack()

    def _is_still_ours(self, event: Any) -> bool:
        """Return whether no rebalance was since: what waited through one comes again, to us or to another."""
        if event.message.generation_id == self.app.consumer_generation_id:
            return True
        self.app.consumer.unacked.discard(event.message)  # or the next rebalance waits for it
        return False

    async def _turn(self, messages: Sequence[Message], step: Step) -> None:
        """Take messages through their step; only what is wholly done, or dead-lettered, may be acknowledged."""
        try:
            taken = await decided(messages, step)
            self.pulse.check()
            await self._emit([each for _, effects in taken for each in effects.emit])
            self.pulse.check()
            await self._write([(message, effects.write) for message, effects in taken])
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # broker or table: acknowledging now would lose the messages
            first = f"{messages[0].topic}/{messages[0].partition}/{messages[0].offset}"
            end(BROKER_FAILED, f"{first} and {len(messages) - 1} more could not be finished: {error!r}")
        self._turns += len(messages)

    async def _write(self, done: Sequence[tuple[Message, tuple[steps.Write, ...]]]) -> None:
        rows: dict[tuple[str, int], dict[bytes, Row]] = {}
        for message, writes in done:
            for each in writes:
                these = rows.setdefault((each.table, message.partition), {})
                row = Row(message.offset, each.value, each.held)
                if row.value is not None or each.key.encode() not in these:  # (what is outdated may have been edited)
                    these[each.key.encode()] = row
        await asyncio.gather(*(self.tables[name].write(partition, these) for (name, partition), these in rows.items()))
        for _, writes in done:
            self.partners.applied(writes)

    async def _emit(self, emissions: Iterable[steps.Emission]) -> None:
        pending = []
        for each in emissions:
            headers = cloud_event(each.record, id=each.id, source=f"/{self.settings.prefix}/streams", time=each.time)
            message = Outgoing(each.key.encode(), encode(each.record), list(headers))
            pending.append(await send(self.app, named(each.topic, self.settings.prefix), message))
        if pending:
            await asyncio.wait_for(asyncio.gather(*pending), ACKNOWLEDGED_WITHIN)

    def _partitions_moved(self, *_: Any, **__: Any) -> None:
        self.partners.forget()
        self._days.clear()

    async def _look_after(self) -> None:
        """Serve health, reload rules, and have ourselves watched."""
        Watch(self.settings, self._assigned, self._done, self._well).start()
        rules_at = 0.0
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(health.serve(self.health, self.settings.health_port))
            while not self.app.should_stop:
                self.health.ready = self.app.tables.actives_ready and not self.app.rebalancing
                self.health.figures |= {
                    "turns": self._turns,
                    "rows": sum(len(Rows(each)) for each in self.tables.values()),
                }
                if (now := asyncio.get_running_loop().time()) >= rules_at:
                    rules_at = now + RULES_EVERY
                    for notice in await asyncio.to_thread(self.live.refresh):  # 10,000 rules take some ten seconds
                        await self._emit((steps.told(notice),))
                    rules = {"rule_set": self.live.pipeline.rules.hash, "rule_problems": str(self.live.problems)}
                    self.health.figures |= rules
                await asyncio.sleep(READY_EVERY)

    def _assigned(self) -> Partitions:
        """Return the partitions we read (called from the watch)."""
        ours = {named(ARTICLES, self.settings.prefix), named(MEETINGS, self.settings.prefix)}
        return frozenset((tp.topic, tp.partition) for tp in self.app.consumer.assignment() if tp.topic in ours)

    def _done(self) -> object:
        """Return what differs as soon as anything was done (called from the watch)."""
        return self._turns, sum(offset or 0 for offset in tuple(self.app.tables.recovery.active_offsets.values()))

    def _well(self, lag: int) -> None:
        self.health.beat()
        self.health.figures |= {"lag": lag}

    def _source(self, topic: Topic) -> Any:
        return self.app.topic(
            named(topic, self.settings.prefix),
            key_type=bytes,
            value_type=bytes,
            key_serializer="raw",
            value_serializer="raw",
            allow_empty=True,
        )

    def _table(self, name: str) -> Any:
        partitions = self.settings.partitions or KEYED_PARTITIONS
        return self.app.Table(name, key_type=bytes, value_type=bytes, partitions=partitions)


def run(settings: Settings, live: Live) -> NoReturn:
    """Run a worker until it is told to stop."""
    streams = Streams(settings, live)
    streams.pulse.start()
    engine.run(streams.app, settings)
    raise SystemExit(0)
