"""Whatever lies in a folder, `jarshy feeds conform` says one line a file, soon, and lives."""

import re
import time
from pathlib import Path

import psutil
import pytest

from collectors.confined import MEMORY, SECONDS
from jarshy import conform
from tests.jarshy.commands import run
from tests.jarshy.odd_feeds import Odd, all_of_them, declared, served

ODD = all_of_them()
SLACK = 5.0
"""Seconds that a busy machine may take to end a child and start another."""


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the command says of each file."""
    folder = tmp_path_factory.mktemp("odd")
    for odd in ODD:
        (folder / odd.name).write_bytes(odd.body)
    result = run("feeds", "conform", str(folder))
    *found, total = result.output.splitlines()[: len(ODD) + 1]
    assert re.fullmatch(r"\d+ parsed, .*", total)
    return dict(line.split(": ", 1) for line in found)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.name)
def test_each_file_has_its_line(odd: Odd, lines: dict[str, str]) -> None:
    outcome, _, said = lines[odd.name].partition(": ")
    assert outcome in odd.outcomes, said
    if outcome == "parsed" and odd.entries is not None:
        assert said.split(" ", 1)[0] == str(odd.entries)


async def test_none_takes_longer_or_more_than_it_may(tmp_path: Path) -> None:
    for odd in ODD:
        (tmp_path / odd.name).write_bytes(odd.body)
    before, began, most = psutil.Process().memory_info().rss, time.monotonic(), 0
    count = 0
    async for each in conform.check(conform.files(tmp_path)):
        count += 1
        assert each.seconds < SECONDS + SLACK, each.path.name
        children = psutil.Process().children()
        most = max(most, *(child.memory_info().rss for child in children)) if children else most
    assert count == len(ODD)
    assert time.monotonic() - began < 120
    assert most < MEMORY
    assert psutil.Process().memory_info().rss - before < 200 * 2**20


def test_the_headers_of_a_fixture_are_honoured() -> None:
    body = served("application/atom+xml; charset=koi8-r", b"<feed/>")
    assert conform.headers(body) == {"content-type": "application/atom+xml; charset=koi8-r"}
    located = b"<!--\nHeader: Content-Location: http://a.kz/rss\nHeader:Content-Type:text/xml\n--><feed/>"
    assert conform.headers(located) == {"content-location": "http://a.kz/rss", "content-type": "text/xml"}
    assert conform.headers(declared("<!-- Header: Content-type: text/xml --><x/>", "utf-16")) == {
        "content-type": "text/xml"
    }
    assert conform.headers(b"<!-- Header: not one --><feed/>") == {}
    assert conform.headers(b"<feed/>") == {}
