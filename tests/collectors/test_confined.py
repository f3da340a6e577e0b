"""A child that is kept busy, or eats, is replaced; the others go on."""

import asyncio
import os
import time

import psutil
import pytest

from collectors.confined import Parser
from collectors.entries import Document, ParseError
from tests.collectors.documents import Told, rss


def document(text: str) -> Document:
    return Document(body=text.encode(), url="https://jarnama.example/rss", zone="UTC", language="kk")


SLOW = document(rss([Told()]).replace("</item>", f"<author>{'a' * 60_000}@</author></item>"))
"""An author that feedparser's pattern for addresses takes quadratic time over."""


async def test_a_child_reads_one_document_after_the_other(parser: Parser) -> None:
    for title in ("Бірінші", "Екінші"):
        parsed = await parser.parse(document(rss([Told(title=title)])))
        assert [entry.title for entry in parsed.entries] == [title]


async def test_what_is_no_feed_comes_back_as_a_reason(parser: Parser) -> None:
    with pytest.raises(ParseError, match="is not a feed: it begins 'hello'"):
        await parser.parse(document("hello"))


async def test_a_document_that_takes_too_long_is_given_up_and_holds_up_no_other() -> None:
    async with Parser(seconds=3) as parser:
        quick = document(rss([Told()]))
        await asyncio.gather(parser.parse(quick), parser.parse(quick))  # both children are there
        began = time.monotonic()
        slow = asyncio.create_task(parser.parse(SLOW))
        await asyncio.sleep(0.1)
        await parser.parse(document(rss([Told()])))
        assert not slow.done()
        with pytest.raises(ParseError) as raised:
            await slow
        assert raised.value.reason.code == "parse-too-slow"
        assert time.monotonic() - began < 30
        assert len((await parser.parse(document(rss([Told()])))).entries) == 1


async def test_a_document_that_wants_too_much_memory_is_given_up() -> None:
    async with Parser(memory=200 * 2**20, workers=1) as parser:
        await parser.parse(document(rss([Told()])))
        with pytest.raises(ParseError) as raised:
            await parser.parse(document(rss([Told(text="<b>х</b>" * 1_800_000)])))
        assert raised.value.reason.code in ("parse-too-large", "parse-failed")
        assert len((await parser.parse(document(rss([Told()])))).entries) == 1


async def test_a_cancelled_question_does_not_spoil_the_next_answer() -> None:
    async with Parser(workers=1) as parser:
        await parser.parse(document(rss([Told()])))
        slow = asyncio.create_task(parser.parse(SLOW))
        await asyncio.sleep(0.2)
        slow.cancel()
        with pytest.raises(asyncio.CancelledError):
            await slow
        (entry,) = (await parser.parse(document(rss([Told(title="Кейін")])))).entries
        assert entry.title == "Кейін"


async def test_a_child_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JARSHY_TOKEN_OF_A_CHAT", "secret")
    async with Parser(workers=1) as parser:
        await parser.parse(document(rss([Told()])))
        process = await parser._children[0].start()
        assert "JARSHY_TOKEN_OF_A_CHAT" not in psutil.Process(process.pid).environ()


async def test_closing_leaves_no_child() -> None:
    parser = Parser()
    await parser.warm()
    process = await parser._children[-1].start()
    await parser.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)
