"""Invitations: whom, to where, when: lines --inviting verb, kind of visit--> one fact for each who is invited.

An article that says "an official visit" in its headline and "a state visit in September" in its body tells of
one invitation, the one it says most of.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from babel import Locale

from streams.lexicon import Mention
from streams.meetings.days import calendar
from streams.meetings.days.dates import years
from streams.meetings.outcome.speakers import OBLIQUE_NAME
from streams.meetings.reading import Line, Reading
from streams.meetings.who.party import HOME
from wire.records import Evidence, Fact, FactKind, FactState, Names

NEAR: Final = 14
ARABIC_NEAR: Final = 4
PLAIN: Final = "visit"
RANK: Final = ("state-visit", "official-visit", "working-visit", PLAIN)
MOST_QUOTES: Final = 2
INTO_KK: Final = re.compile(r"(?:[ғгқк]а|[ғгқк]е|на|не)$")
ACCUSATIVE_KK: Final = re.compile(r"(?:[ндт][ыі]|[ыі]н)$")
TO: Final = {"pl": frozenset({"do", "w"}), "ar": frozenset({"الي", "زيارة", "لزيارة"})}
BY_PL: Final = "przez"
HANDED: Final = {
    "kk": re.compile(r"^(?:жеткіз|тапсыр|табыс)\w+"),
    "pl": re.compile(r"^(?:przekaza|wystosowa|wręczy|ponowi|otrzyma|przyj|dosta|skierowa)\w+"),
    "ar": re.compile(r"^[وف]?(?:وجه|سلم|نقل|تلقي|جدد|قبل|لبي|ناقلا|مجددا|موجها|يوجه)ت?$"),
}
AT_INVITATION: Final = re.compile(r"^ب|^تلبية")  # بدعوة من: he came because he was invited
ACCEPTED: Final = {
    "kk": re.compile(r"^қабыл(?:да\w+)?$"),
    "pl": re.compile(r"^przyj(?:ął|ęła|ęli|ęto)$"),
    "ar": re.compile(r"^[وف]?(?:قبل|لبي)ت?$|^قبول"),
}
THIS_YEAR: Final = {"kk": ("биыл",), "pl": ("tego", "bieżąc"), "ar": ("الجاري", "الحالي", "هذا")}
NEXT_YEAR: Final = {"kk": ("келесі", "келер", "алдағы"), "pl": ("przyszł",), "ar": ("المقبل", "القادم")}
YEAR_WORD: Final = {"kk": ("жыл",), "pl": ("rok",), "ar": ("العام", "السنة")}


class Invitation(NamedTuple):
    """What one line says of an invitation; a guest is a country, empty when it is not said."""

    line: Line
    kind: str
    guest: str
    person: str | None
    when: str
    accepted: bool


def invitations(reading: Reading, partner: str) -> Iterator[Fact]:
    """Yield the article's invitations between the two sides, one for each that is invited."""
    found = [each for line in reading.lines for each in _of_line(reading, line, partner)]
    guests = list(dict.fromkeys(each.guest for each in found if each.guest)) or [""]
    for guest in guests:
        alone = len(guests) == 1
        if told := [each for each in found if each.guest == guest or (alone and not each.guest)]:
            yield _fact(reading, guest, told, partner)


def _of_line(reading: Reading, line: Line, partner: str) -> Iterator[Invitation]:
    for sign in line.signs("invited"):
        kind = _kind(line, sign)
        if not kind or not _is_extended(reading, line, sign):
            continue
        guest, person = _guest(reading, line, sign, partner)
        if guest in ("", HOME, partner):
            accepted = any(ACCEPTED[reading.language].search(word) for word in _words_of(reading, line))
            yield Invitation(line, kind, guest, person, _when(reading, line), accepted)
        return


def _kind(line: Line, sign: Mention) -> str:
    """Return to what kind of visit one is invited: the one that says most, "a visit" where only coming is told."""
    near = [m for m in line.of("invitation") if abs(m.first - sign.first) <= NEAR]
    if near:
        return min(near, key=lambda m: (m.id == PLAIN, abs(m.first - sign.first))).id
    return PLAIN if any(abs(m.first - sign.first) <= NEAR for m in line.signs("visit", "travel")) else ""


def _words_of(reading: Reading, line: Line) -> Sequence[str]:
    return reading.words[line.first : line.end]


def _is_extended(reading: Reading, line: Line, sign: Mention) -> bool:
    """Whether somebody invites here: by the verb, or hands an invitation; "at the invitation of" does not."""
    word = reading.folded(sign.first)
    if sign.note == "verb" and not word.startswith(("шақыруы", "шақыруын")):
        return True
    if reading.language == "ar":
        return not AT_INVITATION.search(word)
    hands = HANDED[reading.language]
    near = range(max(line.first, sign.first - NEAR), min(line.end, sign.last + NEAR))
    return reading.folded(sign.first - 1) != "na" and any(hands.search(reading.folded(at)) for at in near)


def _guest(reading: Reading, line: Line, sign: Mention, partner: str) -> tuple[str, str | None]:
    """Return the country that is invited, and its person where named: not the one it is invited to, else by grammar."""
    people = [(m, reading.lexicon.people[m.id]) for m in line.of("person", "surname")]
    host = _destination(reading, line)
    if host in (HOME, partner):
        guest = partner if host == HOME else HOME
        return guest, next((m.id for m, country in people if country == guest), None)
    invited = _object(reading, sign, [m for m, _ in people])
    if invited:
        return reading.lexicon.people[invited.id], invited.id
    inviter = _subject(reading, sign, people)
    return ({HOME: partner, partner: HOME}.get(inviter, ""), None)


def _destination(reading: Reading, line: Line) -> str:
    """Return the country to which one is to come: Қазақстанға, do Astany, إلى كازاخستان."""
    for mention in line.of("country", "city"):
        if mention.note == "adj":
            continue
        if reading.language == "kk":
            into = INTO_KK.search(reading.folded(mention.last)) is not None
        else:
            before = reading.folded(mention.first - 1)
            into = before in TO[reading.language] or (reading.language == "ar" and before.startswith("لزيار"))
        if into:
            return mention.id if mention.kind == "country" else reading.lexicon.cities[mention.id]
    return ""


def _object(reading: Reading, sign: Mention, people: Sequence[Mention]) -> Mention | None:
    """Return whom the verb has as its object, where the language shows it."""
    if reading.language == "kk":
        before = [m for m in people if m.last < sign.first and ACCUSATIVE_KK.search(reading.folded(m.last))]
        return before[-1] if before else None
    behind = [m for m in people if sign.last < m.first <= sign.last + NEAR]
    if reading.language == "ar":  # دعا توكاييف الرئيس شي: the verb, who invites, whom
        return behind[1] if len(behind) > 1 else None
    plain = [m for m in behind if BY_PL not in (reading.folded(m.first - 1), reading.folded(m.first - 2))]
    return plain[0] if plain else None


def _subject(reading: Reading, sign: Mention, people: Sequence[tuple[Mention, str]]) -> str:
    """Return the country of who invites: named before the verb, in Arabic behind it."""
    if reading.language == "ar":
        return next((country for m, country in people if 0 < m.first - sign.last <= ARABIC_NEAR), "")
    before = [(m, country) for m, country in people if m.last < sign.first]
    if reading.language == "kk":
        before = [each for each in before if not OBLIQUE_NAME.search(reading.folded(each[0].last))]
    return before[0][1] if before else ""


def _when(reading: Reading, line: Line) -> str:
    """Return for when: 2022-09, --09 when the year is not known, 2026, or nothing."""
    year = _year(reading, line)
    for at in range(line.first, line.end):
        found = calendar.month(reading.language, reading.folded(at), reading.folded(at + 1))
        if found and len(reading.folded(at)) > 3 and not reading.folded(at - 1).isdigit():
            day = reading.published
            if not year and day:
                year = day.year + (found < day.month)
            return f"{year or '-'}-{found:02d}"
    return str(year) if year else ""


def _year(reading: Reading, line: Line) -> int:
    day = reading.published
    if said := [year for _, year in years(reading, line) if day is None or year >= day.year]:
        return max(said)
    if day is None:
        return 0
    pairs = list(zip(_words_of(reading, line), [*_words_of(reading, line)[1:], ""], strict=True))
    language = reading.language
    for one, other in pairs:
        word, beside = (other, one) if language == "ar" else (one, other)
        if beside.startswith(YEAR_WORD[language]) and word.startswith(NEXT_YEAR[language]):
            return day.year + 1
        if word.startswith(THIS_YEAR[language]) and (beside.startswith(YEAR_WORD[language]) or language == "kk"):
            return day.year
    return 0


def _fact(reading: Reading, guest: str, told: Sequence[Invitation], partner: str) -> Fact:
    """Return what all lines say of one invitation."""
    best = min(told, key=lambda each: (RANK.index(each.kind) if each.kind in RANK else 0, not each.when))
    when = best.when or next((each.when for each in told if each.when), "")
    person = next((each.person for each in told if each.person), None)
    host = {HOME: partner, partner: HOME}.get(guest, "")
    quotes: dict[Evidence, None] = dict.fromkeys(
        reading.line_evidence(each.line, "invitation") for each in (best, *told)
    )
    return Fact(
        kind=FactKind.INVITATION,
        state=FactState.TO_BE_DONE if any(each.accepted for each in told) else FactState.PROPOSED,
        value=":".join(filter(None, ("invitation", best.kind, guest, when))),
        names=_names(reading, best.kind, (person, guest, host), when),
        said_by=host or None,
        evidence=tuple(quotes)[:MOST_QUOTES],
    )


def _names(reading: Reading, kind: str, parties: tuple[str | None, str, str], when: str) -> Names:
    lexicon = reading.lexicon
    person, guest, host = parties
    base = lexicon.invitation_names[kind]
    who = lexicon.person_names(person) if person else lexicon.country_names(guest) if guest else None
    where = lexicon.country_names(host) if host else None
    said = {}
    for language in ("en", "kk", "pl", "ar"):
        parts = [getattr(each, language) for each in (who, where) if each] + [_spoken(when, language)]
        told = "; ".join(filter(None, parts))
        said[language] = f"{getattr(base, language)} ({told})" if told else getattr(base, language)
    return Names(**said)


def _spoken(when: str, language: str) -> str:
    """Return a month and year in words."""
    year, _, month = when.rpartition("-")
    if not year:
        return when
    name = str(Locale(language).months["stand-alone"]["wide"][int(month)])
    return f"{name} {year}" if year.isdigit() else name
