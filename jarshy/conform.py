"""Files of feeds, whoever's -> the collectors' own parser, confined as ever -> what each gave

Asks of any file: does it crash us, hang us or swell us? And of a feed: what was lost of it?
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import NamedTuple

from collectors.confined import Parser
from collectors.entries import Document, Entry, ParseError
from collectors.unpack import TEXT_BYTES
from wire.records import Quality

AT_ONCE = 2
WORSE = ("parse-too-slow", "parse-too-large", "parse-failed")
"""Outcomes of a file that had to be stopped, or that found a fault of the parser."""


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
    document = Document(body=body, url="http://127.0.0.1/", zone="UTC", language=language)
    began = time.monotonic()
    try:
        parsed = await parser.parse(document)
    except ParseError as error:
        return Checked(path, error.reason.code, error.reason.text, seconds=time.monotonic() - began)
    said = problems(parsed.entries, parsed.empty)
    return Checked(path, "parsed", "", len(parsed.entries), said, time.monotonic() - began)


def problems(entries: Iterable[Entry], empty: int) -> str:
    """Return what a feed's entries lack, counted."""
    found = Counter({"without words": empty})
    for entry in entries:
        found["without date"] += entry.quality is Quality.MISSING
        found["without link"] += entry.link is None
        found["cut"] += entry.truncated
    return ", ".join(f"{number} {what}" for what, number in found.items() if number)
