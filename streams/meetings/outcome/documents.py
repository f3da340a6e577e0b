"""Documents of a meeting: kind, title, how many, and how far: line --document + signing verb--> facts.

A document's title is its own words; "documents" without a number says nothing and makes no fact.
"""

import re
from collections.abc import Iterator
from typing import Final

from streams.lexicon import Mention
from streams.meetings import status, tenses
from streams.meetings.days import calendar
from streams.meetings.days.dates import OLD, dates, years
from streams.meetings.days.numbers import number
from streams.meetings.outcome.speakers import said_by
from streams.meetings.reading import Line, Reading
from streams.meetings.wordlists import words
from wire.records import Fact, FactKind, FactState, Names, Status

NEAR: Final = 14
GENERIC: Final = "documents"
ADOPTED: Final = frozenset({"joint-statement", "declaration", GENERIC})
ANOTHER: Final = 4  # tokens between a document and the third country that it is with
COUNTED: Final = 3
MEMBERS: Final = 2  # tokens between an organisation and its leaders
MANY: Final = 1000
SUMMIT: Final = {
    "kk": re.compile(r"^саммит"),
    "pl": re.compile(r"^szczy(?:t|ci)"),
    "ar": re.compile(r"^[وفبل]?(?:ال)?قم[ةه]$"),
}
PROPOSES: Final = {
    "kk": re.compile(r"^ұсын(?:ды|ған|ып|ыс\w*)$"),
    "pl": re.compile(r"^(?:zaproponowa|proponuj|zaoferowa)\w*|^propozycj\w+"),
    "ar": re.compile(r"^[وف]?(?:اقترح|يقترح|عرض|مقترح)ت?$"),
}
ROUGHLY: Final = {
    "kk": words("шақты жуық астам аса артық таяу"),
    "pl": words("ponad około blisko niemal kilkanaście kilkadziesiąt przeszło"),
    "ar": words("اكثر نحو قرابة زهاء حوالي"),
}
ATTRIBUTIVE_KK: Final = re.compile(r"(?:[ғгқк][ае]н)$")  # қол қойған құжаттар: signed before


def documents(reading: Reading, line: Line, partner: str, state: Status) -> Iterator[Fact]:
    """Yield the documents that a line says to be signed or adopted, or to be so."""
    for document in line.of("document"):
        act = _act(reading, line, document)
        if act is None or _with_another(reading, line, document, partner):
            continue
        found = _named(reading, line, document)
        if found is None:
            continue
        value, names, title = found
        many = _of_many(reading, line, document, partner)
        country, said = said_by(reading, line, document.first)
        yield Fact(
            kind=FactKind.DOCUMENT,
            state=FactState.BACKGROUND if many else _state(reading, line, document, act, state),
            value=value,
            names=names,
            title=title,
            said_by=country,
            evidence=(reading.line_evidence(line, "document"), *said),
        )


def _act(reading: Reading, line: Line, document: Mention) -> Mention | None:
    """Return the nearest signing, or adopting of what is adopted; None when it was not done."""
    near = [v for v in line.signs("sign", "adopt") if abs(v.first - document.last) <= NEAR]
    acts = [v for v in near if v.id == "sign" or document.id in ADOPTED]
    act = min(acts, key=lambda v: abs(v.first - document.last), default=None)
    return None if act is None or tenses.did_not(reading, act) or tenses.will_not(reading, act) else act


def _with_another(reading: Reading, line: Line, document: Mention, partner: str) -> bool:
    """Whether the document is another country's: the declaration with Armenia, signed the day before."""
    near = [m for m in line.of("country") if abs(m.first - document.last) <= ANOTHER]
    nearest = min(near, key=lambda m: abs(m.first - document.last), default=None)
    return nearest is not None and nearest.id not in ("KZ", partner)


def _of_many(reading: Reading, line: Line, document: Mention, partner: str) -> bool:
    """Whether an organisation's members signed it: at the CIS summit, told where nobody of the two is named."""
    bodies = line.of("organisation")
    both = [m for m in line.signs("both") if all(abs(m.first - body.first) > MEMBERS for body in bodies)]
    if both or line.of("person", "surname", "counterpart") or partner in {m.id for m in line.of("country")}:
        return False
    summits = [m for m in line.signs("multilateral") if SUMMIT[reading.language].search(reading.folded(m.first))]
    before = [m.first for m in (*bodies, *summits) if m.first < document.first]
    return bool(before) and not any(max(before) > other.first for other in line.of("document") if other != document)


def _named(reading: Reading, line: Line, document: Mention) -> tuple[str, Names, str] | None:
    """Return a document's value, names and title; of documents that are only counted their number."""
    names = reading.lexicon.document_names[document.id]
    if document.id != GENERIC:
        return f"document:{document.id}", names, title(reading, line, document)
    many = _count(reading, line, document)
    if not many:
        return None
    said = Names(en=f"{many} {names.en}", kk=f"{many} құжат", pl=f"{names.pl}: {many}", ar=f"{names.ar}: {many}")
    return f"documents:{many}:signed", said, ""


def _count(reading: Reading, line: Line, document: Mention) -> int:
    """Return how many documents; 0 when it is not said, or only roughly."""
    rough = ROUGHLY[reading.language]
    for at in range(document.first - 1, max(document.first - 1 - COUNTED, line.first - 1), -1):
        if found := number(reading, at, line.first):
            around = {reading.folded(n) for n in (found.first - 2, found.first - 1, at + 1)}
            whole = found.value == int(found.value) and found.value < MANY
            return int(found.value) if whole and not around & rough else 0
    return 0


def _state(reading: Reading, line: Line, document: Mention, act: Mention, state: Status) -> FactState:
    """Return how far a document is; one signed in another year, or by now only spoken of, is background."""
    ahead = status.looks_ahead(reading, line, act)
    if not ahead and _earlier(reading, line, act, document):
        return FactState.BACKGROUND
    if any(PROPOSES[reading.language].search(reading.folded(at)) for at in range(line.first, line.end)):
        return FactState.PROPOSED
    return FactState.TO_BE_DONE if ahead or state is not Status.HELD else FactState.DONE


def _earlier(reading: Reading, line: Line, act: Mention, document: Mention) -> bool:
    day = reading.published
    if any(abs(sign.first - act.first) <= NEAR for sign in line.signs("recalled")):
        return True
    if any(day is None or year < day.year for at, year in years(reading, line) if abs(at - act.first) <= NEAR):
        return True
    if day and any(when.day and (day - when.day).days > OLD for when in dates(reading, line)):
        return True
    if reading.language != "kk" or act.last >= document.first:
        return False
    return document.first - act.last <= 2 and bool(ATTRIBUTIVE_KK.search(reading.folded(act.last)))


LONGEST: Final = 14
STOPS: Final = re.compile(r"[,;:.!?«»„”\"()\n،؛–—]")
ABOUT_KK: Final = words("туралы жөніндегі бойынша жайлы хақындағы саласындағы")
ABOUT: Final = {
    "pl": words("o w dotyczące dotyczącą dotyczącej dotyczący ws na pomiędzy między"),
    "ar": words("بشان حول في للتعاون لانشاء لبناء للاعفاء للمشاورات ل بين من"),
}


def title(reading: Reading, line: Line, document: Mention) -> str:
    """Return the document's title as the article writes it: what it is about; empty when it does not say."""
    if reading.language == "kk":
        first = document.first - 1
        if reading.folded(first) not in ABOUT_KK:
            return ""
        while document.first - first < LONGEST and not _title_begins(reading, line, first):
            first -= 1
        return _words(reading, first, document.last)
    last = document.last
    if reading.folded(last + 1) not in ABOUT[reading.language] and not reading.folded(last + 1).startswith("لل"):
        return ""
    while last + 1 < line.end and last - document.first < LONGEST and not STOPS.search(reading.gap(last, last + 1)):
        last += 1
    return _words(reading, document.first, last) if last > document.last else ""


BEFORE_TITLE_KK: Final = words("кейін соң соңында үстінде барысында аясында бірге соның ішінде қатар")
WHO: Final = frozenset({"person", "surname", "office", "sign", "counterpart"})


def _title_begins(reading: Reading, line: Line, first: int) -> bool:
    """Whether what stands before a token is no more of a Kazakh title: who signs, when, another clause."""
    if first <= line.first or STOPS.search(reading.gap(first - 1, first)):
        return True
    before = first - 1
    word = reading.folded(before)
    if word in calendar.RELATIVE["kk"] or word in BEFORE_TITLE_KK or word.endswith(("лар", "лер")):
        return True
    return any(m.first <= before <= m.last for m in line.mentions if m.kind in WHO)


def _words(reading: Reading, first: int, last: int) -> str:
    start, end = reading.text.span(first, last)
    return reading.text.original[start:end]
