"""Texts that people hand over -> Articles, and what the rules' own tests are read by.

text --title, day, language--> Article --pipeline--> what is recognised in it
"""

import sys
from datetime import UTC, date, datetime, time
from pathlib import Path

import click

from jarshy.newsroom.folder import dateline, heading, language
from streams.languages import LANGUAGES, Code
from streams.pipeline import Pipeline
from streams.rules.trials import Recognised, Recogniser
from wire.records import Article, Quality

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def is_address(source: str) -> bool:
    """Return whether it is an address and not a text or a file."""
    return source.lower().startswith(("http://", "https://")) and not any(letter.isspace() for letter in source)


def given(source: str) -> str:
    """Return the text that `source` is: standard input (-), a file's, or itself."""
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig") if source == "-" else _read(source)
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{source} is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    except OSError as error:
        raise click.ClickException(f"{source} cannot be read: {error.strerror}") from error
    if not text.strip():
        raise click.ClickException("there is no text in it")
    return text.strip().encode("utf-8", "replace").decode()  # bytes of another encoding on the command line


def _read(source: str) -> str:
    try:
        is_file = Path(source).is_file()
    except (OSError, ValueError):  # too long for a name, or a NUL in it: a text
        is_file = False
    if is_file:
        return Path(source).read_text(encoding="utf-8-sig")
    if not any(letter.isspace() for letter in source):
        raise click.ClickException(f"there is no file {source}, and a text has more than one word")
    return source


def article(text: str, at: date | None = None, spoken: Code | None = None) -> Article:
    """Return a text as a feed would bring it: on that day, else on its own dateline's; `spoken` is the feed's claim."""
    claim: Code = spoken or language(text)
    title, body = heading(text) if "\n" in text else ("", text)
    told = midday(at) if at else dateline(text, claim)
    return _article(title, body, told, claim)


def recogniser(pipeline: Pipeline) -> Recogniser:
    """Return what reads the tests of rules: the same that reads articles; of several lines the first is the title."""

    def recognise(text: str, at: date) -> Recognised:
        first, newline, rest = text.partition("\n")
        title, body = (first, rest) if newline else ("", text)
        read = pipeline.recognise(_article(title, body, midday(at), language(text)))
        tokens = read.text or LANGUAGES["kk"].text(text)  # of another language: there is nothing to judge
        return Recognised(tokens, read.recognition.meetings, read.recognition.refused, len(title))

    return recognise


def midday(day: date) -> datetime:
    """Return the middle of a day: the same day in every zone of ours."""
    return datetime.combine(day, time(12), UTC)


def _article(title: str, text: str, published: datetime | None, claim: str) -> Article:
    return Article(
        id="text",
        keys=(),
        feed="text",
        outlet="",
        language=claim,
        title=title,
        text=text,
        seen=published or NEVER,
        published=published,
        quality=Quality.EXACT if published else Quality.MISSING,
    )
