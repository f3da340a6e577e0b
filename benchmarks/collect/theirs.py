"""lemon24/reader over the same feeds: run by the benchmark in an environment of its own; no part of Jarshy.

`python theirs.py PORT FEEDS`: for each line on standard input (`round`), one update of all feeds, and its figures.
"""

import json
import logging
import resource
import socket
import sys
import time
from typing import Any

real = socket.getaddrinfo


def loopback(host: str, *rest: Any, **more: Any) -> Any:
    """Lead every host to this machine."""
    return real("127.0.0.1", *rest, **more)


def cpu() -> float:
    """Return the CPU seconds used so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(port: int, feeds: int) -> None:
    """Update all the feeds for each line read."""
    from reader import make_reader  # type: ignore[import-not-found]

    logging.disable(logging.CRITICAL)
    socket.getaddrinfo = loopback  # type: ignore[assignment]  # the peer's resolver, as ours is given one
    reader = make_reader(":memory:")
    for number in range(feeds):
        reader.add_feed(f"http://f{number}.example:{port}/rss")
    for _ in sys.stdin:
        began, used = time.time(), cpu()
        count = new = failed = 0
        for _, value in reader.update_feeds_iter(workers=8, scheduled=False):
            count += 1
            failed += isinstance(value, Exception)
            new += getattr(value, "new", 0) or 0
        told = {"polls": count, "failed": failed, "new": new, "cpu": cpu() - used, "seconds": time.time() - began}
        print(json.dumps(told), flush=True)


main(int(sys.argv[1]), int(sys.argv[2]))
