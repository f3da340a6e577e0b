"""People whom the lexicon lacks and the article introduces: named once with their office, known wherever named.

parties of lines --a name beside an office, or the one name left over--> Newcomers --named elsewhere--> more parties
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from streams.meetings.framing.frame import FORMS
from streams.meetings.reading import Line, Reading
from streams.meetings.who.latin import sound_alike
from streams.meetings.who.leftover import Unplaced, left_over
from streams.meetings.who.party import HOME, NOBODY, Party
from streams.meetings.wordlists import words
from wire.records import Resolution

Key = tuple[str, str]  # country and office
SHORTEST: Final = 4  # letters of a surname that stands alone
FULL: Final = 2  # words of a name that tells more than the lexicon's holder of the day
LEAD: Final = 4  # lines of the body
CASES_KK: Final = re.compile(r"-?(?:[ндт][ыі]ң?|[ғгқк][ае]|[дт][ае]н?|н[ае]н|[мбп]ен)?$")
STEM_PL: Final = 3  # letters of a stem that tells
TAIL_PL: Final = 5  # letters that a Polish case may put behind a stem: Kiknadz-iemu
PREFIXES_AR: Final = "وفبلك"
COMMON_AR: Final = words(
    "محمد احمد علي حسن حسين محمود ابراهيم عبدالله عبد خالد سالم سلمان فيصل ناصر سعيد صالح يوسف عمر الدين الله الرحمن"
    " العزيز سعود خليفة خليفه راشد زايد مبارك منصور سلطان طارق امين كريم جابر صباح"
)


class Newcomer(NamedTuple):
    """Somebody of an office of a country, as the text names him."""

    country: str
    office: str
    name: str
    words: tuple[str, ...]


def acquainted(reading: Reading, lines: list[list[Party]]) -> list[list[Party]]:
    """Return the parties of every line with those whom the text introduces elsewhere."""
    met = _introduced(lines)
    if not met and (found := _by_elimination(reading, lines)) is not None:
        met[found.country, found.office] = found
    if not met:
        return lines
    named = [[_named(party, met) for party in line] for line in lines]
    known = {(p.country, p.office): p for line in lines for p in line if p.counts and p.person}
    done: list[list[Party]] = []
    for number, line in enumerate(named):
        more = list(_elsewhere(reading, reading.lines[number], line, met))
        here = [_like(reading, party, more, known) for party in line] if more else line
        done.append(sorted([*here, *more], key=lambda party: party.first))
    return done


def _like(reading: Reading, party: Party, more: Sequence[Party], known: dict[Key, Party]) -> Party:
    """Return a counterpart with the office of the newcomer beside him."""
    other = next((each for each in more if each.country != party.country), None)
    if not party.like or other is None or other.office == party.office:
        return party
    told = known.get((party.country, other.office))
    day = reading.published
    holder = told.person if told else reading.lexicon.holder(party.country, other.office, day) if day else None
    return party._replace(office=other.office, person=holder)


def _introduced(lines: Sequence[Sequence[Party]]) -> dict[Key, Newcomer]:
    """Return those named beside their office: of several of one office the first."""
    met: dict[Key, Newcomer] = {}
    for party in (party for line in lines for party in line):
        if party.counts and party.person is None and party.name and not party.plural:
            met.setdefault((party.country, party.office), _newcomer(party.country, party.office, party.name))
    return met


def _newcomer(country: str, office: str, name: str) -> Newcomer:
    return Newcomer(country, office, name, tuple(name.lower().replace("-", " ").split()))


def _by_elimination(reading: Reading, lines: Sequence[Sequence[Party]]) -> Newcomer | None:
    """Return the one foreign holder of the lead without a name as the one name there without an office."""
    lead = [line for line in reading.lines if line.title] + reading.body_lines[:LEAD]
    theirs = [p for line in lead for p in lines[line.number] if p.counts and p.country not in (HOME, NOBODY)]
    nameless = {(p.country, p.office) for p in theirs if p.person is None or p.resolution is Resolution.OFFICE}
    meets = {p.country for line in lead for p in lines[line.number] if line.signs(*FORMS) or _of_a_country(line, p)}
    if len(nameless) != 1 or len(theirs) != sum((p.country, p.office) in nameless for p in theirs):
        return None
    (country, office) = nameless.pop()
    if country not in meets:
        return None
    found = left_over(reading, [Unplaced(line, lines[line.number]) for line in lead])
    holder = reading.lexicon.holder(country, office, reading.published) if reading.published else None
    if not found or (holder and any(sound_alike(found, name) for name in reading.lexicon.aliases(holder))):
        return None
    return _newcomer(country, office, found)


def _of_a_country(line: Line, party: Party) -> bool:
    """Whether a party's title names its country."""
    return any(party.first <= m.first <= party.last for m in line.of("country"))


def _named(party: Party, met: dict[Key, Newcomer]) -> Party:
    """Return a party with the name that the text gives its office, where it had none or the lexicon's of the day."""
    newcomer = met.get((party.country, party.office))
    if newcomer is None or party.name or not party.counts or party.plural:
        return party
    if party.person is None or (party.resolution is Resolution.OFFICE and len(newcomer.words) >= FULL):
        return party._replace(person=None, name=newcomer.name, resolution=Resolution.INTRODUCED)
    return party


def _elsewhere(reading: Reading, line: Line, here: Sequence[Party], met: dict[Key, Newcomer]) -> Iterator[Party]:
    """Yield the newcomers whose name stands in a line without their office."""
    taken = {at for party in here for at in range(party.first, party.last + 1)}
    taken |= {at for m in line.mentions if m.kind not in ("surname", "source") for at in range(m.first, m.last + 1)}
    for newcomer in met.values():
        at = line.first
        while at < line.end:
            span = _span(reading, line, at, newcomer, taken)
            if span:
                yield Party(
                    newcomer.country, newcomer.office, None, Resolution.INTRODUCED, span[0], span[-1], line.number,
                    core=span[-1], name=newcomer.name,
                )  # fmt: skip
            at = span[-1] + 1 if span else at + 1


def _span(reading: Reading, line: Line, at: int, newcomer: Newcomer, taken: set[int]) -> list[int]:
    """Return the tokens from one on that are the newcomer's name, or its last word."""
    same = SAME[reading.language]
    span: list[int] = []
    for word in newcomer.words:
        here = at + len(span)
        if here < line.end and here not in taken and same(reading, here, word):
            span.append(here)
    if len(span) > 1:
        return span
    alone = at not in taken and same(reading, at, newcomer.words[-1]) and len(newcomer.words[-1]) >= SHORTEST
    return [at] if alone and _of_nobody_else(reading, line, at) else []


def _of_nobody_else(reading: Reading, line: Line, at: int) -> bool:
    """Whether no other given name stands before a surname."""
    if reading.language == "ar":
        return reading.folded(at).lstrip(PREFIXES_AR) not in COMMON_AR and reading.folded(at) not in COMMON_AR
    if at == line.first or not reading.capital(at - 1) or reading.gap(at - 1, at).strip():
        return True
    return at - 1 == line.first or any(m.first <= at - 1 <= m.last for m in line.mentions)


def _same_kk(reading: Reading, at: int, word: str) -> bool:
    said = reading.folded(at)
    return reading.capital(at) and said.startswith(word) and bool(CASES_KK.match(said[len(word) :]))


def _same_pl(reading: Reading, at: int, word: str) -> bool:
    said, stem = reading.folded(at), word.rstrip("aeoyi").rstrip("ćńśź") or word
    if not reading.capital(at):
        return False
    return said == word if len(stem) < STEM_PL else said.startswith(stem) and len(said) <= len(stem) + TAIL_PL


def _same_ar(reading: Reading, at: int, word: str) -> bool:
    said = reading.folded(at)
    return said == word or (said[:1] in PREFIXES_AR and said[1:] == word)


SAME: Final[dict[str, Callable[[Reading, int, str], bool]]] = {"kk": _same_kk, "pl": _same_pl, "ar": _same_ar}
