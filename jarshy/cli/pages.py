"""An address that somebody hands over -> its article's text, fetched as collectors fetch: guarded, capped, politely.

address --robots.txt?--> fetch --child process--> text, or what stands against it
"""

import asyncio
import time
from contextlib import closing

import click

from collectors.confined import Parser
from collectors.entries import Document, ParseError
from collectors.fetch import Fetched, Fetcher, FetchError
from collectors.links import web_address
from collectors.robots import Robots
from wire.records import Reason

INSTEAD = "save the article's text to a file, or pipe it to -"


def text(address: str, language: str = "", *, allow_private: bool = False) -> str:
    """Return the text of the article at an address."""
    url = web_address(address)
    if url is None:
        raise click.ClickException(f"{address} is no address that can be fetched: {INSTEAD}")
    try:
        return asyncio.run(_fetched(url, language, allow_private))
    except (FetchError, ParseError) as error:
        raise click.ClickException(f"{url} {error.reason.text}: {INSTEAD}") from error


async def _fetched(url: str, language: str, allow_private: bool) -> str:
    with closing(Fetcher()) as fetcher:
        permission = await Robots(fetcher, time.monotonic).permission(url, allow_private=allow_private)
        if not permission.allowed:
            raise FetchError(Reason(code="robots", text="is not for robots, or its site's robots.txt cannot be had"))
        page = await fetcher.fetch(url, allow_private=allow_private)
    if not isinstance(page, Fetched):
        raise FetchError(Reason(code="not-modified", text="did not come"))
    document = Document(
        body=page.body, url=page.address, zone="UTC", language=language, content_type=page.content_type
    )  # fmt: skip
    async with Parser(workers=1) as parser:
        return await parser.page(document)
