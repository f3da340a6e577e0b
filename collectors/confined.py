"""Parsing in child processes that may be killed: Document -> pipe -> child: parse -> pipe -> Parsed | ParseError

A child lives on from document to document; one that takes too long, dies or asks for too much
memory is replaced, and only the document that did it is lost.
"""

import asyncio
import os
import resource
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec

from collectors.entries import Document, Parsed, ParseError
from wire.records import Reason

SECONDS = 10.0
MEMORY = 512 * 1024 * 1024
WORKERS = 2
"""More than one, so that a hostile document does not hold up the others for its ten seconds."""
LAST_RESORT = 30
_LENGTH = struct.Struct(">I")


class Answer(msgspec.Struct, frozen=True):
    """What a child says of a document."""

    parsed: Parsed | None = None
    text: str | None = None
    reason: Reason | None = None


class Parser:
    """A few children, each parsing one document at a time."""

    def __init__(self, *, workers: int = WORKERS, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """Prepare; a child is given `seconds` for a document and `memory` bytes of address space."""
        self._seconds = seconds
        self._idle: asyncio.LifoQueue[_Child] = asyncio.LifoQueue()
        self._children = [_Child(memory) for _ in range(workers)]
        for child in self._children:
            self._idle.put_nowait(child)

    async def parse(self, document: Document) -> Parsed:
        """Return the document's entries; raises ParseError."""
        answer = await self._answer(document)
        if answer.parsed is None:
            raise ParseError(answer.reason or Reason(code="parse-failed", text="gave no entries"))
        return answer.parsed

    async def page(self, document: Document) -> str:
        """Return the text of an article's page; raises ParseError."""
        answer = await self._answer(msgspec.structs.replace(document, is_page=True))
        if answer.text is None:
            raise ParseError(answer.reason or Reason(code="parse-failed", text="gave no text"))
        return answer.text

    async def _answer(self, document: Document) -> Answer:
        child = await self._idle.get()
        try:
            return await child.ask(document, self._seconds)
        except TimeoutError:
            raise _error("parse-too-slow", f"could not be parsed within {self._seconds:g} s") from None
        except (EOFError, ConnectionError, msgspec.DecodeError) as error:
            raise _error("parse-failed", "made the parser end, by its size or its form") from error
        finally:
            self._idle.put_nowait(child)

    async def warm(self) -> None:
        """Start a child ahead of the first document."""
        await self._children[-1].start()

    async def close(self) -> None:
        """End the children."""
        for child in self._children:
            await child.kill()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class _Child:
    """One child process, started when it is first needed."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "collectors.confined", str(self._memory),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                env=_environment(), start_new_session=True,
            )  # fmt: skip
        return self._process

    async def ask(self, document: Document, seconds: float) -> Answer:
        """Send a document and read the answer; whatever goes wrong, the child is gone afterwards."""
        process = await self.start()
        try:
            async with asyncio.timeout(seconds):
                return await _exchange(process, document)
        except asyncio.IncompleteReadError as error:
            await self.kill()
            raise EOFError from error
        except BaseException:  # also cancellation: half an answer may be in the pipe
            await self.kill()
            raise

    async def kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _environment() -> dict[str, str]:
    """Return an environment in which a child finds this package, and no secrets."""
    home = str(Path(__file__).resolve().parents[1])
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ", "VIRTUAL_ENV") if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))}


async def _exchange(process: asyncio.subprocess.Process, document: Document) -> Answer:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    raw = msgspec.msgpack.encode(document)
    process.stdin.write(_LENGTH.pack(len(raw)) + raw)
    await process.stdin.drain()
    (size,) = _LENGTH.unpack(await process.stdout.readexactly(_LENGTH.size))
    return msgspec.msgpack.decode(await process.stdout.readexactly(size), type=Answer)


def _error(code: str, text: str) -> ParseError:
    return ParseError(Reason(code=code, text=text))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer documents until the parent closes the pipe: the child's whole life."""
    decoder = msgspec.msgpack.Decoder(Document)
    while head := requests.read(_LENGTH.size):
        document = decoder.decode(requests.read(*_LENGTH.unpack(head)))
        raw = msgspec.msgpack.encode(_answer(document))
        answers.write(_LENGTH.pack(len(raw)) + raw)
        answers.flush()


def _answer(document: Document) -> Answer:
    signal.alarm(LAST_RESORT)  # a child whose parent was killed meanwhile must not run for ever
    try:
        if document.is_page:
            from collectors.page import page_text  # trafilatura takes a second: only a child that reads pages pays it

            return Answer(text=page_text(document))
        from collectors.parse import parse

        return Answer(parsed=parse(document))
    except ParseError as error:
        return Answer(reason=error.reason)
    except MemoryError:
        return Answer(reason=Reason(code="parse-too-large", text="needs too much memory to be parsed"))
    except Exception as error:  # feedparser's own faults are as many as the feeds that find them
        return Answer(reason=Reason(code="parse-failed", text=f"cannot be parsed: {error!r}"[:300]))
    finally:
        signal.alarm(0)


def main(memory: int) -> None:
    """Confine this process and serve."""
    import collectors.parse  # noqa: F401 (now, rather than with the first document; the parent needs no feedparser)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not land between two answers
    try:
        serve(sys.stdin.buffer, answers)
    except BrokenPipeError:  # the parent was killed: nobody is left to be told
        os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
