"""A folder of texts as feeds, one a language: DIR/*.txt -> title, language, publication -> Newsroom.

What a text says of its day outranks the file's time, which says nothing: it is when somebody copied the file.
So an entry has a date only where a sidecar or a dateline gives a whole one.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from jarshy.newsroom.calendar import WORDS
from jarshy.newsroom.script import Entry, FeedScript, Language, Newsroom

LONGEST_TITLE = 200
DATELINE_WITHIN = 60
"""How far into a line a dateline may reach; a date further on is part of a sentence."""

_SENTENCE = re.compile(r".+?(?:[.!?؟…](?=[»”\"]?\s)|$)", re.DOTALL)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[A-Za-zÀ-ž]")
_LATIN_KAZAKH = re.compile(r"[QqĞğÑñÜüÖöŞşÝýÁá]|\b(?:jáne|men|úshin)\b")
_POLISH = re.compile(r"[ąćęłńśźżĄĆĘŁŃŚŹŻ]")

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DOTTED = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_WORDED = re.compile(r"\b(\d{1,2})\s+([^\W\d_]{2,12}(?:\s+[^\W\d_]{2,8})?)[\s,]+(\d{4})\b")
_CLOCK = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b")
_ENDS = (".", "!", "?", "؟", "…")


class CannotServe(ValueError):
    """The folder has nothing to serve, or a file in it cannot be read; the message says which and why."""


class Sidecar(msgspec.Struct, frozen=True):
    """What NAME.json may say of NAME.txt; other keys are others' business."""

    published: datetime | None = None


def newsroom(folder: Path) -> Newsroom:
    """Return the texts of a folder as one feed a language, in the order of their names.

    Raises CannotServe when there are none, or a file is not UTF-8, empty, or its sidecar is wrong.
    """
    texts = [(path, _text(path)) for path in sorted(folder.glob("*.txt"))]
    if not texts:
        raise CannotServe(f"{folder}: there is no .txt file; --articles takes a folder of them")
    spoken = [language(text) for _, text in texts]
    entries = tuple(_entry(path, text, tongue) for (path, text), tongue in zip(texts, spoken, strict=True))
    return Newsroom(feeds=tuple(_feed(tongue, folder) for tongue in sorted(set(spoken))), entries=entries)


def language(text: str) -> Language:
    """Return the language by its letters; the streams look closer."""
    counts = {script: len(script.findall(text)) for script in (_ARABIC, _CYRILLIC, _LATIN)}
    most = max(counts, key=lambda script: counts[script])
    if most is _ARABIC:
        return "ar"
    if most is _CYRILLIC:
        return "kk"
    return "kk" if len(_LATIN_KAZAKH.findall(text)) > len(_POLISH.findall(text)) else "pl"


def heading(text: str) -> tuple[str, str]:
    """Return title and text: a short first line is the title, else the first sentence is.

    A first line that is itself a sentence of the text stays in the text.
    """
    first, newline, rest = text.partition("\n")
    if newline and rest.strip() and len(first) < LONGEST_TITLE:
        return first.strip(), (text if first.rstrip().endswith(_ENDS) else rest.strip())
    sentence = _SENTENCE.match(text)
    title = (sentence[0] if sentence else text).strip()
    return (title if len(title) <= LONGEST_TITLE * 2 else title[: LONGEST_TITLE * 2].rsplit(" ", 1)[0] + "…"), text


def dateline(text: str, tongue: Language) -> datetime | None:
    """Return the day of a whole date (with its year) at the start of one of the first lines; midday where no hour."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:3]
    for line in lines:
        start = line[:DATELINE_WITHIN]
        for pattern, order in ((_ISO, "ymd"), (_DOTTED, "dmy"), (_WORDED, "dmy")):
            found = pattern.search(start)
            if found and _stands_alone(line, found) and (day := _day(found, order, tongue)):
                clock = _CLOCK.search(start, found.end())
                hour, minute = (int(clock[1]), int(clock[2])) if clock else (12, 0)
                return day.replace(hour=hour, minute=minute)
    return None


def _stands_alone(line: str, found: re.Match[str]) -> bool:
    """Return whether the date is a dateline's: a line of little else, or before a dash, stop or bracket."""
    before, after = line[: found.start()].strip(), line[found.end() :].strip()
    if len(before.split()) > 4:
        return False
    return len(line) <= DATELINE_WITHIN or after.startswith(
        ("(", "–", "—", "-", ".", "/", ":", "|", "ж. –", "ж.", "г.")
    )


def _day(found: re.Match[str], order: str, tongue: Language) -> datetime | None:
    year, month, day = (found[1], found[2], found[3]) if order == "ymd" else (found[3], found[2], found[1])
    number = int(month) if month.isdigit() else _month(month, tongue)
    try:
        return datetime(int(year), number, int(day), tzinfo=UTC)
    except ValueError:
        return None


def _month(name: str, tongue: Language) -> int:
    """Return the month's number, 0 when the word is none."""
    words = WORDS[tongue]
    for names in (words.months, words.months_dual):
        for number, known in enumerate(names, 1):
            if name.casefold() == known:
                return number
    return 0


def _entry(path: Path, text: str, tongue: Language) -> Entry:
    title, body = heading(text)
    return Entry(
        feed=f"folder-{tongue}",
        at=0.0,
        guid=path.name,
        path=path.name,
        title=title,
        text=body,
        published=_sidecar(path).published or dateline(text, tongue),
    )


def _feed(tongue: Language, folder: Path) -> FeedScript:
    return FeedScript(
        id=f"folder-{tongue}",
        format="rss",
        language=tongue,
        outlet=folder.resolve().name,
        guid="opaque",
        home="folder",
        notice="jarshy demo --articles",
    )


def _text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotServe(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise CannotServe(f"{path}: {error.strerror}") from error
    if not text.strip():
        raise CannotServe(f"{path}: empty; remove it or write the article into it")
    return text.strip()


def _sidecar(path: Path) -> Sidecar:
    beside = path.with_suffix(".json")
    if not beside.exists():
        return Sidecar()
    try:
        said = msgspec.json.decode(beside.read_bytes(), type=Sidecar)
    except (msgspec.DecodeError, OSError) as error:
        raise CannotServe(f"{beside}: {error}; write {json.dumps({'published': '2026-01-31T12:00:00Z'})}") from error
    if said.published and said.published.tzinfo is None:
        raise CannotServe(f"{beside}: published has no zone; end it with Z or +05:00")
    return said
