"""Ten thousand feeds on as many hosts, from one port: request -> host's number -> temper -> 304 | body | trouble

A plain protocol, so that the server costs little beside what it measures. `python -m benchmarks.collect.origin`
prints its port; /control?changing=0.1 on the host `control` sets the share of requests that find something new,
/publish?of=10000 gives a new entry to as many feeds as are one of a hundred, of those that answer; /served tells when
each new entry was first handed out.
"""

import asyncio
import json
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

BODIES = 300
WORDS = {
    "kk": "үкімет келіссөз сауда көлік энергетика ынтымақтастық өңір жоба қаулы жиын кеңес шешім даму қала",
    "pl": "rząd rozmowy handel transport energetyka współpraca region projekt ustawa narada rada decyzja rozwój",
    "ar": "الحكومة محادثات التجارة النقل الطاقة التعاون المنطقة مشروع قرار اجتماع مجلس تنمية المدينة",
}
CODES = tuple(WORDS)
OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
HANGING, SLOW, BROKEN = 1, 2, 3  # remainders of a hundred


def language(number: int) -> str:
    """Return the language of a feed."""
    return CODES[number % 3]


def url(number: int, port: int) -> str:
    """Return the address of a feed."""
    return f"http://f{number}.example:{port}/rss"


def _item(words: str, said: random.Random, link: str, when: str, title: str = "") -> str:
    text = " ".join(said.choices(words.split(), k=40))
    title = title or " ".join(said.choices(words.split(), k=8))
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{when}</pubDate>"
        f"<description>{text}</description></item>"
    )


def _bodies() -> list[bytes]:
    """Return ready documents of 20 to 50 entries, with a place for the host's number and one for what is new."""
    said, now = random.Random(7), datetime.now(UTC)
    made = []
    for number in range(BODIES):
        items = "".join(
            _item(WORDS[language(number)], said, f"http://f@@.example/{n}", _date(now - timedelta(hours=1 + n)))
            for n in range(said.randint(20, 50))
        )
        made.append(
            f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>f@@</title>##{items}'
            "</channel></rss>".encode()
        )
    return made


def _date(at: datetime) -> str:
    return f"{at:%a, %d %b %Y %H:%M:%S} GMT"


class Origin:
    """All the feeds."""

    def __init__(self, tempers: bool) -> None:
        self.bodies = _bodies()
        self.tempers = tempers
        self.changing = 0.0
        self.versions: dict[int, int] = {}
        self.newest: dict[int, bytes] = {}
        self.published: dict[str, float] = {}
        self.served: dict[str, float] = {}
        self.requests = 0
        self.said = random.Random(11)

    def publish(self, number: int) -> None:
        """Give a feed a new entry."""
        version = self.versions.get(number, 0) + 1
        self.versions[number] = version
        key, link = f"{number}-{version}", f"http://f{number}.example/new/{version}"
        date = _date(datetime.now(UTC))
        self.newest[number] = _item(WORDS[language(number)], self.said, link, date, f"new {key}").encode()
        self.published[key] = time.time()

    def body(self, number: int) -> bytes:
        """Return a feed's document."""
        if version := self.versions.get(number, 0):
            self.served.setdefault(f"{number}-{version}", time.time())
        new = self.newest.get(number, b"")
        return self.bodies[number % BODIES].replace(b"@@", str(number).encode()).replace(b"##", new, 1)

    def answer(self, number: int, validator: bytes) -> bytes:
        """Return the whole answer to a request for a feed."""
        self.requests += 1
        if self.changing and self.said.random() < self.changing:
            self.publish(number)
        if self.tempers and number % 100 == BROKEN:
            return b"HTTP/1.1 500 Broken\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        etag = b'"%d"' % self.versions.get(number, 0) if number % 2 else b""
        if etag and validator == etag:
            return b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\nConnection: close\r\n\r\n" % etag
        body = self.body(number)
        extra = b"ETag: %s\r\n" % etag if etag else b""
        return OK + b"Content-Type: application/rss+xml\r\n%sContent-Length: %d\r\n\r\n" % (extra, len(body)) + body

    def control(self, target: str) -> bytes:
        """Obey the benchmark."""
        said = urlsplit(target)
        if said.path == "/control":
            self.changing = float(parse_qs(said.query)["changing"][0])
        if said.path == "/publish":
            feeds = int(parse_qs(said.query)["of"][0])
            answering = [n for n in range(feeds) if n % 100 not in (HANGING, BROKEN)]
            for number in self.said.sample(answering, feeds // 100):
                self.publish(number)
        told = {"requests": self.requests, "published": self.published, "served": self.served}
        raw = json.dumps(told if said.path == "/served" else {"requests": self.requests}).encode()
        return OK + b"Content-Length: %d\r\n\r\n" % len(raw) + raw


def control(port: int, target: str) -> dict[str, Any]:
    """Tell the origin something."""
    with urlopen(Request(f"http://127.0.0.1:{port}{target}", headers={"Host": "control"})) as answer:
        told: dict[str, Any] = json.load(answer)
    return told


class Connection(asyncio.Protocol):
    """One request and its answer."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.read += data
        if b"\r\n\r\n" not in self.read:
            return
        head = self.read.decode("latin-1")
        target = head.split(" ", 2)[1]
        headers = {
            name.lower(): value.strip() for line in head.split("\r\n")[1:] if ":" in line
            for name, value in [line.split(":", 1)]
        }  # fmt: skip
        host = headers.get("host", "").split(":")[0].split(".")[0]
        if host == "control":
            self.send(self.origin.control(target))
            return
        number = int(host[1:])
        answer = self.origin.answer(number, headers.get("if-none-match", "").encode())
        if self.origin.tempers and number % 100 == HANGING:
            return
        if self.origin.tempers and number % 100 == SLOW:
            asyncio.get_running_loop().call_later(2.0, self.send, answer)
            return
        self.send(answer)

    def send(self, answer: bytes) -> None:
        """Answer and hang up."""
        if not self.transport.is_closing():
            self.transport.write(answer)  # type: ignore[attr-defined]
            self.transport.close()


async def main(tempers: bool) -> None:
    """Serve until the parent ends us."""
    origin = Origin(tempers)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(origin), "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.connect_read_pipe(lambda: Ended(loop), sys.stdin)
    await server.serve_forever()


class Ended(asyncio.Protocol):
    """Sees the parent go."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop

    def connection_lost(self, exc: Exception | None) -> None:
        self.loop.stop()


if __name__ == "__main__":
    try:
        asyncio.run(main("--tempers" in sys.argv))
    except RuntimeError:
        sys.exit(0)
