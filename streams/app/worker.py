"""One worker: two agents of a few lines, which carry out what `steps` decides.

articles --recognise--> meetings --gather--> stories, alerts

Faust is not at-least-once by itself (DESIGN 7): an agent that raises still acks, and a send only enqueues. So
each step is carried out in one order (emit and wait, then write and wait, then return), and anything that
goes wrong with the broker or a table ends the process with the offset uncommitted.
"""

import asyncio
import logging
import os
import tempfile
import traceback
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import faust

from streams import steps
from streams.app.consumer import GaplessTransport
from streams.app.ends import BROKER_FAILED, NEWER_RECORD, end
from streams.app.tables import ACKNOWLEDGED_WITHIN, DurableTable, Rows
from streams.pipeline import LivePipeline
from wire import health, security
from wire.broker import Message, letter_for
from wire.records import (
    Article,
    NewerRecord,
    Reason,
    Report,
    UndecodableRecord,
    cloud_event,
    decode,
    encode,
)
from wire.settings import Settings
from wire.topics import ARTICLES, DEAD_LETTERS, KEYED_PARTITIONS, MEETINGS, NOTICES, TABLES, Topic, named

log = logging.getLogger("jarshy.streams")
RULES_EVERY = 5.0


class Streams:
    """One worker: a Faust app with its agents, tables and guards."""

    def __init__(self, settings: Settings, live: LivePipeline) -> None:
        self.settings = settings
        self.live = live
        self.health = health.Health("streams")
        self.app = _app(settings)
        self.tables = {name: self._table(name) for name in TABLES}
        self.verdicts = Rows(self.tables[steps.VERDICTS])
        self.partners = steps.PartnerRows(Rows(self.tables[steps.REPORTS]), Rows(self.tables[steps.STORY_ROWS]))
        self._topics: dict[str, Any] = {}
        self._agent(ARTICLES, self._recognise)
        self._agent(MEETINGS, self._gather)
        self.app.on_partitions_revoked.connect(self._partitions_moved)
        self.app.on_partitions_assigned.connect(self._partitions_moved)
        self.app.task()(self._watch)

    def _recognise(self, message: Message) -> steps.Effects:
        article = decode(Article, message.value)
        return steps.recognise(self.live.pipeline, article, message.offset, self.verdicts, datetime.now(UTC))

    def _gather(self, message: Message) -> steps.Effects:
        return steps.gather(decode(Report, message.value), self.partners, datetime.now(UTC))

    def _agent(self, topic: Topic, step: Callable[[Message], steps.Effects]) -> None:
        async def agent(stream: Any) -> None:
            async for event in stream.events():
                await self._turn(_message(event), step)

        agent.__name__ = step.__name__.strip("_")
        self.app.agent(self._topic(topic), name=agent.__name__)(agent)

    async def _turn(self, message: Message, step: Callable[[Message], steps.Effects]) -> None:
        """Take one message through its step; only what is wholly done, or dead-lettered, may be acknowledged."""
        try:
            effects = self._decided(message, step)
            await self._carry_out(effects)
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # broker or table: acknowledging now would lose the message
            end(BROKER_FAILED, f"{message.topic}/{message.partition}/{message.offset} could not be finished: {error!r}")
        self.health.beat()

    def _decided(self, message: Message, step: Callable[[Message], steps.Effects]) -> steps.Effects:
        try:
            return step(message)
        except UndecodableRecord as error:
            return _dead(message, Reason(code="undecodable", text=str(error)))
        except NewerRecord as error:
            end(NEWER_RECORD, str(error))
        except Exception as error:  # pure code that raises will raise again: visible, replayable
            log.error("%s/%s/%s: %r", message.topic, message.partition, message.offset, error)
            detail = "".join(traceback.format_exception(error)[-3:])
            return _dead(message, Reason(code="failed", text=f"{step.__name__.strip('_')} raised {error!r}"), detail)

    async def _carry_out(self, effects: steps.Effects) -> None:
        await self._emit(effects.emit)
        for write in effects.write:
            table = self.tables[write.table]
            if write.value is not None:
                table[write.key.encode()] = write.value
            elif write.key.encode() in table:
                del table[write.key.encode()]
        for name in {write.table for write in effects.write}:
            await self.tables[name].settle()
        self.partners.applied(effects.write)

    async def _emit(self, emissions: tuple[steps.Emission, ...]) -> None:
        pending = []
        for each in emissions:
            headers = cloud_event(each.record, id=each.id, source=f"/{self.settings.prefix}/streams", time=each.time)
            pending.append(
                await self._topic(each.topic).send(
                    key=each.key.encode(), value=encode(each.record), headers=list(headers)
                )
            )
        if pending:
            await asyncio.wait_for(asyncio.gather(*pending), ACKNOWLEDGED_WITHIN)

    def _partitions_moved(self, *_: Any, **__: Any) -> None:
        self.partners.forget()

    async def _watch(self) -> None:
        """Serve health, reload rules, and beat while there is nothing to do."""
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(health.serve(self.health, self.settings.health_port))
            while not self.app.should_stop:
                self.health.ready = self.app.tables.recovery.completed.is_set()
                for notice in self.live.refresh():
                    await self._emit((steps.Emission(NOTICES, notice.key, notice, notice.key, notice.at),))
                await asyncio.sleep(RULES_EVERY)

    def _topic(self, topic: Topic) -> Any:
        if topic.name not in self._topics:
            self._topics[topic.name] = self.app.topic(
                named(topic, self.settings.prefix),
                key_type=bytes,
                value_type=bytes,
                key_serializer="raw",
                value_serializer="raw",
                allow_empty=True,
            )
        return self._topics[topic.name]

    def _table(self, name: str) -> Any:
        partitions = self.settings.partitions or KEYED_PARTITIONS
        return self.app.Table(name, key_type=bytes, value_type=bytes, partitions=partitions)


def _app(settings: Settings) -> Any:
    session = settings.session_timeout
    app = faust.App(
        f"{settings.prefix}.streams",
        broker=";".join(f"kafka://{address}" for address in settings.bootstrap),
        broker_credentials=_credentials(settings),
        store="memory://",
        Table=DurableTable,
        autodiscover=False,
        datadir=Path(tempfile.gettempdir()) / f"{settings.prefix}.streams",  # stays empty
        broker_session_timeout=session,
        broker_heartbeat_interval=session / 10 if session > 10 else 1,
        broker_rebalance_timeout=max(10.0, session * 2),
        broker_request_timeout=max(40.0, session + 10),
        broker_commit_interval=1.0,
        broker_client_id=f"{settings.prefix}-streams-{os.getpid()}",
        consumer_auto_offset_reset="earliest",
        producer_acks=-1,
        producer_request_timeout=30.0,
        producer_max_batch_size=1 if settings.embedded else 65_536,  # its end offsets count only the last batch
        producer_max_request_size=8 * 1024 * 1024,
        stream_wait_empty=True,
        table_standby_replicas=0,  # a standby without writes makes Faust seek to -1 and crash
        topic_disable_leader=True,
        topic_allow_declare=True,
        web_enabled=False,
        worker_redirect_stdouts=False,
    )
    app.transport = GaplessTransport(app.conf.broker_consumer, app)
    return app


def _credentials(settings: Settings) -> faust.SASLCredentials | faust.SSLCredentials | None:
    encryption = security.encryption(settings)
    if security.signs_in(settings):
        return faust.SASLCredentials(
            username=settings.kafka_user,
            password=str(settings.kafka_password),
            ssl_context=encryption,
            mechanism=settings.kafka_mechanism,
        )
    return faust.SSLCredentials(encryption) if encryption else None


def _message(event: Any) -> Message:
    raw = event.message
    return Message(raw.topic, raw.partition, raw.offset, (raw.key or b"").decode("utf-8", "replace"), raw.value, 0)


def _dead(message: Message, reason: Reason, detail: str = "") -> steps.Effects:
    letter = letter_for(message, "streams", reason, detail)
    key = f"{message.topic}/{message.partition}/{message.offset}"
    return steps.Effects((steps.Emission(DEAD_LETTERS, key, letter, key, letter.at),))


def run(settings: Settings, live: LivePipeline) -> NoReturn:
    """Run a worker until it is told to stop."""
    streams = Streams(settings, live)
    worker = faust.Worker(
        streams.app, loglevel=logging.getLevelName(logging.WARNING), quiet=True, logging_config=_logging(settings)
    )
    worker.spinner = None  # it writes control codes to a log that is no terminal
    worker.execute_from_commandline()
    raise SystemExit(0)


def _logging(settings: Settings) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"jarshy": {"level": settings.log_level}},
    }
