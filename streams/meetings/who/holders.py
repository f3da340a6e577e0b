"""Who holds an office: introduced before, else known to the lexicon for that day, else by the name behind it.

office, country, day --> person, or the name as the text has it
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from streams.meetings.reading import Reading
from streams.meetings.who import strangers
from streams.meetings.who.party import Draft, Party
from wire.records import Resolution

ALIKE: Final = 0.62
ALIKE_AR: Final = 0.55  # without vowels, spellings of one name lie further apart


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
    return party._replace(name=found.name, resolution=Resolution.NAMED, first=first, last=last, core=core)


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
    if reading.language == "ar":
        first = draft.office.first if draft.office else draft.first
        found = strangers.behind(reading, first, draft.last)
        parts = [word for word in found.name.split() if len(word) > 2] if found else []
        return len(parts) > 1 and not _alike(reading, holder, parts, ALIKE_AR)
    at = draft.last + 1
    if not reading.capital(at) or reading.gap(draft.last, at).strip() or reading.line_of(draft.last).end <= at:
        return False
    line = reading.line_of(at)
    if any(m.first <= at <= m.last for m in line.mentions):
        return False
    return not _alike(reading, holder, [reading.folded(i) for i in (at, at + 1) if reading.capital(i)], ALIKE)


def _alike(reading: Reading, person: str, parts: Sequence[str], least: float) -> bool:
    """Whether a word is near enough to one of the person's names to be another spelling of it."""
    spelt = {part.lower() for alias in reading.lexicon.aliases(person) for part in alias.split()}
    return any(SequenceMatcher(None, part, name).ratio() >= least for part in parts for name in spelt)
