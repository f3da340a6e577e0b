"""`python -m jarshy.chat`: serve -> one JSON line with the address -> one JSON line for each message."""

import argparse
import asyncio
import json
import signal

from jarshy.chat.chat import Chat
from jarshy.chat.records import Limits, real_limits
from jarshy.chat.server import ChatServer, line


async def serve(port: int, limits: Limits) -> None:
    """Run until SIGINT or SIGTERM."""
    over = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    chat = Chat(limits=limits, on_message=lambda message: print(line(message), flush=True))
    async with ChatServer(chat, port=port) as server:
        print(json.dumps({"address": server.address}), flush=True)
        await over.wait()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m jarshy.chat", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (0: a free one)")
    parser.add_argument("--limits", type=float, metavar="SCALE", help="keep the services' limits, windows times SCALE")
    arguments = parser.parse_args()
    limits = Limits() if arguments.limits is None else real_limits(arguments.limits)
    asyncio.run(serve(arguments.port, limits))


if __name__ == "__main__":
    main()
