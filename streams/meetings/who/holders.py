"""Who holds an office: introduced before, else known to the lexicon for that day, else by the name behind it.

office, country, day --> person, or the name as the text has it
"""

from typing import Final

from streams.meetings.reading import Reading
from streams.meetings.who import strangers
from streams.meetings.who.party import Draft, Party
from streams.meetings.who.spellings import same_name, some_word_alike, spelt
from wire.records import Resolution

LEADERS: Final = frozenset({"head-of-state", "head-of-government"})


def named_offices(reading: Reading, drafts: list[list[Draft]]) -> dict[tuple[str, str], str]:
    """Return (country, office) -> person for everyone named with or known in an office."""
    found: dict[tuple[str, str], str] = {}
    for draft in (draft for line in drafts for draft in line):
        for id in draft.persons[:1]:
            country = reading.lexicon.people[id]
            term = reading.lexicon.held_by(id, reading.published)
            if term is not None:
                found.setdefault((country, term.office), id)
            for office in draft.offices:
                if office == "foreign-minister" or any(t.office == office for t in reading.lexicon.holdings(id)):
                    found.setdefault((country, office), id)
    return found


def by_own_name(reading: Reading, draft: Draft, party: Party) -> Party:
    """Give a party the name that stands behind its office, though the lexicon has none like it."""
    if draft.plural or draft.office is None:
        return party
    found = strangers.ahead(reading, draft.first) or strangers.behind(reading, draft.office.first, draft.last)
    if found is None:
        return party
    first, last = min(party.first, found.first), max(party.last, found.last)
    core = found.last if found.first > draft.office.last else party.core
    named = party._replace(name=found.name, resolution=Resolution.NAMED, first=first, last=last, core=core)
    offices = LEADERS if "leader" in draft.offices else frozenset({party.office})
    person = spelt(reading, found.name, party.country, offices)
    if person is None or (term := reading.lexicon.held_by(person, reading.published)) is None:
        return named
    return named._replace(name="", person=person, office=term.office)


MANY_HOLD: Final = frozenset(
    {"minister", "deputy-minister", "envoy", "commissioner", "deputy-head-of-government", "eu-president", "judge"}
)


def holder_of(
    reading: Reading, draft: Draft, country: str, office: str, named: dict[tuple[str, str], str]
) -> tuple[str | None, Resolution]:
    person = named.get((country, office))
    if person is not None:
        return person, Resolution.INTRODUCED
    if reading.published is None or office in MANY_HOLD:
        return None, Resolution.UNKNOWN
    holder = reading.lexicon.holder(country, office, reading.published)
    if holder is None or _another_name_follows(reading, draft, holder):
        return None, Resolution.UNKNOWN
    return holder, Resolution.OFFICE


def _another_name_follows(reading: Reading, draft: Draft, holder: str) -> bool:
    """Whether the office is followed by a name that is not its known holder's (a newcomer)."""
    if draft.plural:
        return False
    first = draft.office.first if draft.office else draft.first
    found = strangers.behind(reading, first, draft.last)
    if found is None or (reading.language == "ar" and len(found.name.split()) == 1):
        return False
    here = reading.line_of(found.first).mentions
    if reading.language != "ar" and any(m.first <= found.first <= m.last for m in here):
        return False  # whom the lexicon knows: Президенті Тоқаевты
    if reading.language == "ar" and some_word_alike(reading, found.name, holder):
        return False  # what follows an Arabic office may be no name at all
    return not same_name(reading, found.name, holder)
