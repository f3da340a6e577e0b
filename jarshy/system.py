"""The system on one machine: broker, topics, then each stage as a process under the supervisor.

settings -> broker (the embedded one, or JARSHY_KAFKA) -> topics -> alerts, streams, collectors
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import httpx
import msgspec

from jarshy.children import free_port
from jarshy.embedded import EmbeddedBroker
from jarshy.kept import Process
from jarshy.supervise import Supervisor
from wire import broker, settings
from wire import embedded as faults
from wire.settings import Settings
from wire.topics import MANIFEST

STAGES = ("alerts", "streams", "collectors")
"""In the order of their start: who reads is there before who writes."""

HOPELESS = frozenset({settings.WRONG_CONFIGURATION, settings.NEWER_RECORD})


@asynccontextmanager
async def engine(asked: Settings, supervisor: Supervisor, say: Callable[[str], None]) -> AsyncIterator[Settings]:
    """Give the settings of a broker that answers and has its topics; an embedded one lives as long as the context."""
    if asked.kafka != settings.EMBEDDED:
        say(f"Kafka at {asked.kafka}: making sure of the topics")
        await asyncio.to_thread(broker.create, asked, MANIFEST)
        yield asked
        return
    embedded = EmbeddedBroker(supervisor.log("broker"), on_failure=supervisor.abandon)
    say("starting the embedded broker (in memory: it forgets everything when it stops)")
    embedded.start()  # on this thread: its death with ours is tied to the thread that forks it
    say(f"until then other programs reach it with JARSHY_KAFKA={embedded.address}")
    try:
        ours = msgspec.structs.replace(
            asked,
            kafka=embedded.address,
            embedded=True,
            session_timeout=faults.SESSION,
            partitions=asked.partitions or faults.PARTITIONS,
        )
        await asyncio.to_thread(broker.create, ours, MANIFEST)
        yield ours
    finally:
        await supervisor.stop()  # first those who still have something to commit
        await asyncio.to_thread(embedded.stop)


def stages(ours: Settings, *, workers: int = 1, collectors: int = 1) -> Iterator[Process]:
    """Yield the processes of every stage, each with a health port of its own."""
    times = {"streams": workers, "collectors": collectors}
    for stage in STAGES:
        of = times.get(stage, 1)
        for number in range(1, of + 1):
            yield process(ours, stage, f"{stage}-{number}" if of > 1 else stage)


def process(ours: Settings, stage: str, name: str) -> Process:
    """Return one stage's process; it counts as running when its health page says that it is ready."""
    port = free_port()
    return Process(
        name=name,
        argv=(sys.executable, "-m", stage),
        env=settings.environment(msgspec.structs.replace(ours, health_port=port)),
        ready=partial(is_ready, port),
        hopeless=HOPELESS,
    )


async def is_ready(port: int) -> bool:
    """Return whether the stage at this health port is ready."""
    async with httpx.AsyncClient(trust_env=False, timeout=2) as client:
        try:
            return (await client.get(f"http://127.0.0.1:{port}/ready")).status_code == 200
        except httpx.HTTPError:
            return False


def logs_of(data: Path) -> Path:
    """Return where the stages' logs go."""
    return data / "logs"
