"""Anybody's feed files -> the collectors' own parser in its confined child -> what each gave

Asks of any file: does it crash us, hang us or swell us? And of a feed: what was lost of it?
feedparser's own fixtures say in a comment at their top with which headers they are to be served: so they are read.
"""

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import NamedTuple

from collectors.confined import Parser
from collectors.entries import Document, Entry, ParseError
from collectors.links import web_address
from collectors.unpack import TEXT_BYTES
from wire.records import Quality

AT_ONCE = 2
WORSE = ("parse-too-slow", "parse-too-large", "parse-failed")
"""Outcomes of a file that had to be stopped, or that found a fault of the parser."""


HEADERS_WITHIN = 4096
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_HEADER = re.compile(r"^\s*Header:\s*([\w-]+)\s*:[ \t]*(\S.*?)\s*$", re.MULTILINE | re.IGNORECASE)


class Checked(NamedTuple):
    """What a file gave."""

    path: Path
    outcome: str  # parsed, or the code of the refusal
    said: str
    entries: int = 0
    problems: str = ""
    seconds: float = 0.0

    @property
    def is_worse(self) -> bool:
        """Return whether the parser was at its end."""
        return self.outcome in WORSE


def files(directory: Path) -> list[Path]:
    """Return every file below a folder that is not hidden."""
    return sorted(
        path
        for path in directory.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(directory).parts)
    )


async def check(paths: Iterable[Path], *, language: str = "") -> AsyncIterator[Checked]:
    """Yield what each file gave, in order."""
    async with Parser(workers=AT_ONCE) as parser:
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(path: Path) -> Checked:
            async with turns:
                return await _check(parser, path, language)

        tasks = [asyncio.create_task(one(path)) for path in paths]
        try:
            for task in tasks:
                yield await task
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _check(parser: Parser, path: Path, language: str) -> Checked:
    with path.open("rb") as file:
        body = file.read(TEXT_BYTES + 1)
    if len(body) > TEXT_BYTES:
        return Checked(path, "too-large", f"is larger than {TEXT_BYTES // 2**20} MB")
    document = _document(body, language)
    began = time.monotonic()
    try:
        parsed = await parser.parse(document)
    except ParseError as error:
        return Checked(path, error.reason.code, error.reason.text, seconds=time.monotonic() - began)
    said = problems(parsed.entries, parsed.empty)
    return Checked(path, "parsed", "", len(parsed.entries), said, time.monotonic() - began)


def _document(body: bytes, language: str) -> Document:
    """Return what a collector would have fetched, had it been served as the file asks to be."""
    said = headers(body)
    url = web_address(said.get("content-location", "")) or "http://127.0.0.1/"
    return Document(body=body, url=url, zone="UTC", language=language, content_type=said.get("content-type", ""))


def headers(body: bytes) -> dict[str, str]:
    """Return the headers, by small name, that a file's first comment names: `Header: Content-type: text/xml`."""
    comment = _COMMENT.search(body[:HEADERS_WITHIN].replace(b"\0", b"").decode("latin-1"))
    return {name.lower(): value for name, value in _HEADER.findall(comment[1])} if comment else {}


def problems(entries: Iterable[Entry], empty: int) -> str:
    """Return what a feed's entries lack, counted."""
    found = Counter({"without words": empty})
    for entry in entries:
        found["without date"] += entry.quality is Quality.MISSING
        found["without link"] += entry.link is None
        found["cut"] += entry.truncated
    return ", ".join(f"{number} {what}" for what, number in found.items() if number)
