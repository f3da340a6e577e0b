"""`python -m collectors` as supervisors know it: ready soon, ended in order, a clear word when it cannot."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

import httpx
import psutil

from jarshy.children import free_port
from tests.collectors.documents import Told, rss
from wire.broker import create, read_all
from wire.records import Article, decode
from wire.settings import Settings, environment
from wire.topics import ARTICLES, FEED_STATES, MANIFEST

ROOT = Path(__file__).parents[2]
LINE = "feeds:\n- {{id: jarnama, url: '{}', language: kk, outlet: x, interval: 1s, allow_private: true}}\n"


async def start(used: Settings) -> asyncio.subprocess.Process:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JARSHY_")}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "collectors", cwd=ROOT, env={**kept, **environment(used)}, stderr=asyncio.subprocess.PIPE
    )


async def words(process: asyncio.subprocess.Process) -> str:
    _, said = await asyncio.wait_for(process.communicate(), 60)
    return said.decode()


def settings(broker: Any, namespace: str, config: Path) -> Settings:
    return Settings(
        kafka=broker.address,
        embedded=broker.embedded,
        prefix=namespace,
        partitions=2,
        config=config,
        health_port=free_port(),
    )


async def until_ready(port: int) -> dict[str, Any]:
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(600):
            try:
                answer = await client.get(f"http://127.0.0.1:{port}/ready")
            except httpx.HTTPError:
                await asyncio.sleep(0.05)
                continue
            if answer.status_code == 200:
                return dict(answer.json())
            await asyncio.sleep(0.05)
    raise AssertionError("never ready")


async def test_it_collects_until_it_is_told_to_stop(broker: Any, namespace: str, site: Any, tmp_path: Path) -> None:
    used = settings(broker, namespace, tmp_path)
    (tmp_path / "feeds.yaml").write_text(LINE.format(site.say("/rss", rss([Told()]))), encoding="utf-8")
    await asyncio.to_thread(create, used, MANIFEST)
    process = await start(used)
    try:
        assert (await until_ready(used.health_port))["feeds"] == 1
        await asyncio.wait_for(site.until_asked(3), 60)
        children = psutil.Process(process.pid).children()
    finally:
        process.send_signal(signal.SIGTERM)
    said = await words(process)
    assert process.returncode == 0, said
    assert "jarnama: Астанада келіссөз өтті" in said
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    (message,) = await asyncio.to_thread(lambda: list(read_all(used, ARTICLES)))
    assert decode(Article, message.value).feed == "jarnama"
    assert dict(message.headers)["ce_type"] == b"jarshy.article.v1"
    assert len(await asyncio.to_thread(lambda: list(read_all(used, FEED_STATES)))) == 1


async def test_killed_and_started_again_it_tells_nothing_twice(
    broker: Any, namespace: str, site: Any, tmp_path: Path
) -> None:
    used = settings(broker, namespace, tmp_path)
    (tmp_path / "feeds.yaml").write_text(LINE.format(site.say("/rss", rss([Told()]))), encoding="utf-8")
    await asyncio.to_thread(create, used, MANIFEST)
    for requests in (3, 6):
        process = await start(used)
        await asyncio.wait_for(site.until_asked(requests), 60)
        process.kill()
        await process.wait()
    assert len(await asyncio.to_thread(lambda: list(read_all(used, ARTICLES)))) == 1


async def test_a_wrong_feeds_file_is_told_line_by_line(embedded_broker: Any, namespace: str, tmp_path: Path) -> None:
    used = settings(embedded_broker, namespace, tmp_path)
    (tmp_path / "feeds.yaml").write_text("feeds:\n- {id: a, ulr: x}\n", encoding="utf-8")
    process = await start(used)
    said = await words(process)
    assert process.returncode == 78
    assert f"{tmp_path}/feeds.yaml:2:" in said
    assert "did you mean 'url'?" in said
    assert "Traceback" not in said


async def test_without_topics_or_broker_it_says_so(embedded_broker: Any, namespace: str, tmp_path: Path) -> None:
    used = settings(embedded_broker, namespace, tmp_path)
    (tmp_path / "feeds.yaml").write_text(LINE.format("http://127.0.0.1:1/"), encoding="utf-8")
    process = await start(used)
    said = await words(process)
    assert process.returncode == 75
    assert "there is no topic" in said
    assert "Traceback" not in said
