"""Whom an article credits: an agency in a dateline or in parentheses, or `according to the press service`."""

import re
from typing import Final

from streams.meetings.reading import Reading

SAYS: Final = {
    "kk": re.compile(r"хабар|сілтеме|мәлімде|баспасөз|таратты|жазды|толықтырды"),
    "pl": re.compile(r"poda|poinform|przekaz|donosi|pisz|komunikat|źródł|agencj|służb"),
    "ar": re.compile(r"افاد|ذكر|نقل|بيان|وكال|المصدر|حسب|بحسب|اعلن"),
}
CITES: Final = {
    "kk": re.compile(r"^сілтеме"),
    "pl": re.compile(r"^(?:za|powołując|cytowan\w+)$"),
    "ar": re.compile(r"^نقلا$"),
}
REACH: Final = 8
CITED: Final = 3
BRACKETS: Final = '(/«"['


def credits(reading: Reading) -> str | None:
    """Return the id of whom the article credits, the first that it names as its source."""
    found = [m for m in reading.mentions if m.kind == "source"]
    for mention in found:
        if _bracketed(reading, mention.first, mention.last):
            return mention.id
    for mention in found:  # KAZ.NUR.KZ reports, with reference to Akorda: the words are Akorda's
        near = range(mention.first - CITED, mention.last + CITED + 1)
        if any(CITES[reading.language].search(reading.folded(at)) for at in near):
            return mention.id
    for mention in found:
        around = [reading.folded(at) for at in range(mention.first - REACH, mention.last + REACH + 1)]
        if any(SAYS[reading.language].search(word) for word in around if word):
            return mention.id
    return None


def _bracketed(reading: Reading, first: int, last: int) -> bool:
    """(PAP), /قنا/, Анкара/Анадолу: an agency alone between brackets or behind a stroke."""
    before = reading.gap(first - 1, first)
    return any(mark in before for mark in "(/")
