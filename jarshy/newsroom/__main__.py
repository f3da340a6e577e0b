"""The newsroom as a process: `python -m jarshy.newsroom --port 0 --speed 1`; its address is one line of JSON."""

import argparse
import asyncio
import json
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from jarshy.newsroom import folder, script
from jarshy.newsroom.server import NewsroomServer
from wire.files import Problems


def main() -> None:
    """Read the arguments, load what is to be served, serve it until asked to stop."""
    chosen = _arguments()
    try:
        told = folder.newsroom(chosen.articles) if chosen.articles else script.load(chosen.script)
    except (Problems, folder.CannotServe) as fault:
        sys.exit(str(fault))
    server = NewsroomServer(told, datetime.now(UTC) if chosen.now else None, speed=chosen.speed, port=chosen.port)
    asyncio.run(_serve(server, chosen.feeds))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m jarshy.newsroom", description="A small newsroom to read.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--speed", type=float, default=1.0, help="2: twice as fast")
    parser.add_argument("--script", type=Path, default=script.BUNDLED, metavar="FILE", help="a newsroom.yaml")
    parser.add_argument("--articles", type=Path, metavar="DIR", help="serve the *.txt of DIR instead")
    parser.add_argument("--now", action="store_true", help="start the clock at once, not with the first readers")
    parser.add_argument("--feeds", type=Path, metavar="FILE", help="write a feeds.yaml for it there")
    return parser.parse_args()


async def _serve(server: NewsroomServer, feeds: Path | None) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with server:
        if feeds:
            await asyncio.to_thread(feeds.write_text, server.feeds_yaml(), encoding="utf-8")
        address = {"url": server.base_url, "feeds": [server.base_url + f.address for f in server.newsroom.feeds]}
        print(json.dumps(address), flush=True)
        await stop.wait()


if __name__ == "__main__":
    main()
