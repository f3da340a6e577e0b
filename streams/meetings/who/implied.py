"""Whose president `the President` is, when the line does not say.

office without a country --those beside it, those told of before, the newsroom's own--> country
"""

from typing import Final

from streams.meetings.reading import Reading
from streams.meetings.who import strangers
from streams.meetings.who.party import HOME, RANK, Draft
from streams.meetings.wordlists import words

_SOME_STATES: Final = frozenset({"елдің", "мемлекеттің", "елдерінің", "мемлекеттердің", "елдер"})


def _sole_stranger(reading: Reading, draft: Draft, line: list[Draft], office: str) -> str | None:
    """Return the one other country of the line when Kazakhstan's holder of this office stands in it by name."""
    if not any(d is not draft and d.persons and reading.lexicon.people[d.persons[0]] == HOME for d in line):
        return None
    here = reading.line_of(draft.first)
    foreign = {m.id for m in here.of("country")} - {HOME}
    return next(iter(foreign)) if len(foreign) == 1 else None


def _headed(reading: Reading) -> str | None:
    """Return the country with which the headline begins, as a topic or place: Kazachstan: prezydent ..., Sofia/ ..."""
    first = next((m for m in reading.mentions if m.kind in ("country", "city")), None)
    if first is None or first.first > 0:
        return None
    country = reading.lexicon.cities[first.id] if first.kind == "city" else first.id
    return country if reading.gap(first.last, first.last + 1).strip()[:1] in (":", "/") else None


MONARCHS: Final = {
    "kk": ("король", "патша", "әмір", "эмир", "сұлтан", "монарх"),
    "pl": ("król", "emir", "sułtan", "monarch"),
    "ar": ("\0",),
}
MONARCHIES: Final = words(
    "QA KW AE OM SA JO BH MA ES BE NL NO SE GB DK TH KH BT MY LS SZ TO JP BN LU MC LI"
)  # fmt: skip


def _monarchy(reading: Reading) -> str | None:
    """Return the first monarchy that the text speaks of, by name or by a city."""
    cities = reading.lexicon.cities
    told = (cities[m.id] if m.kind == "city" else m.id for m in reading.mentions if m.kind in ("city", "country"))
    return next((code for code in told if code in MONARCHIES), None)


NOT_HOME: Final = frozenset(
    {"crown-prince", "supreme-leader", "eu-president", "eu-high-representative", "commissioner"}
)


def implied_country(reading: Reading, draft: Draft, line: list[Draft], last: dict[str, str]) -> str | None:
    """Return whose president "the President" is."""
    office = draft.offices[0] if draft.offices else ""
    if draft.plural or not office:
        return None
    known = _by_its_own(reading, draft, office, last)
    if known is not None:
        return known or None
    return _by_others(reading, draft, line, last, office)


def _by_its_own(reading: Reading, draft: Draft, office: str, last: dict[str, str]) -> str | None:
    """Return the country that the title itself or the headline tells; empty when it is nobody's at home."""
    if (topic := _headed(reading)) is not None and reading.language == "pl":
        return topic
    if (told_before := _that_country(reading, draft)) is not None:
        return told_before
    if office == "first-president":
        return HOME
    if office in NOT_HOME:
        return (reading.outlet_country if reading.outlet_country != HOME else last.get(office)) or ""
    if draft.office and reading.folded(draft.office.first).startswith(MONARCHS[reading.language]):
        return _monarchy(reading) or last.get(office) or ""
    return None


def _by_others(  # noqa: PLR0911
    reading: Reading, draft: Draft, line: list[Draft], last: dict[str, str], office: str
) -> str | None:
    """Return whose it is by those beside it, those told of before, and the newsroom."""
    ours = [d for d in line if d is not draft and d.counterpart and d.country == HOME]
    if any(reading.language != "ar" or draft.first < d.first for d in ours):  # in Arabic `his` looks back
        return _country_of_the_other(reading, draft)
    own = RANK.get(office, 9) < 3 and _named_beside(reading, draft, line, office)
    if (RANK.get(office, 9) >= 3 or own) and (other := _sole_stranger(reading, draft, line, office)):
        return other
    beside = {
        d.country or reading.lexicon.people[d.persons[0]] for d in line if d is not draft and (d.country or d.persons)
    }
    foreign = beside - {HOME}
    if reading.language == "ar" and reading.outlet_country not in (None, HOME) and _has_like(draft, line):
        return reading.outlet_country
    if reading.language == "kk" and office == "head-of-state":
        return None if draft.office and reading.folded(draft.office.first) in _SOME_STATES else HOME
    if reading.language == "ar" and office == "head-of-state" and office not in last and not beside:
        return HOME if any(m.kind == "country" and m.id == HOME for m in reading.mentions) else None
    if foreign and HOME not in beside and any(party in last for party in (office,)) and last[office] not in foreign:
        return last[office]
    if office in last:
        guest = draft.office is not None and bool(reading.line_of(draft.office.first).signs("guest"))
        return HOME if guest and last[office] != HOME and reading.language == "ar" else last[office]
    if reading.language == "kk":
        return HOME
    if reading.language == "pl" and RANK.get(office, 9) >= MINISTER and (told := _elsewhere(reading)):
        return told
    if reading.outlet_country:
        return reading.outlet_country
    if reading.language == "ar" and beside == {HOME} and office in RANK:
        return _other_told(reading)
    return HOME if foreign else None


def _named_beside(reading: Reading, draft: Draft, line: list[Draft], office: str) -> bool:
    """Whether Kazakhstan's holder of the office is named in the line, and this one has another name behind it."""
    ours = [d.persons[0] for d in line if d is not draft and d.persons and reading.lexicon.people[d.persons[0]] == HOME]
    held = {term.office for id in ours if (term := reading.lexicon.held_by(id, reading.published))}
    first = draft.office.first if draft.office else draft.first
    return office in held and strangers.behind(reading, first, draft.last) is not None


MINISTER: Final = 3


def _country_of_the_other(reading: Reading, draft: Draft) -> str | None:
    """Return whose minister meets `his Kazakh counterpart`: the newsroom's, else the one the line or the lead names."""
    if reading.outlet_country not in (None, HOME):
        return reading.outlet_country
    if len(holding := _named_holders(reading, draft)) == 1:
        return holding.pop()
    here = reading.line_of(draft.first)
    foreign = {m.id for m in here.of("country")} | {reading.lexicon.cities[m.id] for m in here.of("city")}
    foreign -= {HOME}
    return foreign.pop() if len(foreign) == 1 else _other_told(reading)


def _named_holders(reading: Reading, draft: Draft) -> set[str]:
    """Return the countries, not Kazakhstan, of those whom the lead names and who hold the office."""
    lead = [line for line in reading.lines if line.title] + reading.body_lines[:LEAD]
    people = {m.id for line in lead for m in line.of("person")}
    held = ((id, reading.lexicon.held_by(id, reading.published)) for id in people)
    return {reading.lexicon.people[id] for id, term in held if term and term.office in draft.offices} - {HOME}


LEAD: Final = 2  # lines of the body


def _other_told(reading: Reading) -> str | None:
    """Return the one country besides Kazakhstan that headline and lead name: its newsroom needs no other word."""
    lead = [line for line in reading.lines if line.title] + reading.body_lines[:LEAD]
    named = {m.id for line in lead for m in line.of("country")}
    named |= {reading.lexicon.people[m.id] for line in lead for m in line.of("person")}
    named -= {HOME}
    return named.pop() if len(named) == 1 else None


def _elsewhere(reading: Reading) -> str | None:
    """Return the one country besides Kazakhstan of which a lead speaks that says nothing of Poland."""
    lead = [line for line in reading.lines if line.title] + reading.body_lines[:LEAD]
    told = {m.id for line in lead for m in line.of("country")}
    told |= {reading.lexicon.cities[m.id] for line in lead for m in line.of("city")} - {HOME}
    told -= {HOME}
    return told.pop() if len(told) == 1 and "PL" not in told else None


THAT: Final = words("сол осы аталған")
COUNTRY_OF: Final = words("елдің мемлекеттің")
BACK: Final = 6  # tokens: сол елдің өнеркәсіп және сауда министрі


def _that_country(reading: Reading, draft: Draft) -> str | None:
    """Return the foreign country told of before when a Kazakh title is `that country's`."""
    if reading.language != "kk":
        return None
    back = range(max(draft.first - BACK, 1), draft.first)
    if not any(reading.folded(at) in COUNTRY_OF and reading.folded(at - 1) in THAT for at in back):
        return None
    before = [m.id for m in reading.mentions if m.kind == "country" and m.id != HOME and m.first < draft.first]
    return before[-1] if before else None


def _has_like(draft: Draft, line: list[Draft]) -> bool:
    """Whether Kazakhstan's holder of the same office stands in the line: then this one is the newsroom's own."""
    return any(d is not draft and d.country == HOME and set(d.offices) & set(draft.offices) for d in line)
