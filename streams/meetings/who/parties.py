"""Who is spoken of: mentions of a line --offices, countries, names put together--> parties.

A party is an office holder of a country, or somebody who looks like one and is not (an organisation's
secretary, a region's president, a former minister): these are kept, for they explain a refusal.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from streams.meetings.reading import Line, Reading
from streams.meetings.who import strangers
from streams.meetings.who.double_titles import one_holder
from streams.meetings.who.holders import LEADERS, by_own_name, holder_of, named_offices
from streams.meetings.who.implied import implied_country
from streams.meetings.who.newcomers import acquainted
from streams.meetings.who.owners import is_somebodys
from streams.meetings.who.party import HOME, NOBODY, RANK, Draft, Party
from streams.meetings.who.people import join_office, people_of, trade_of
from streams.meetings.who.spellings import spelt
from streams.meetings.who.titles import by_span, office_groups, with_country
from wire.records import Resolution

GREETED: Final = 4  # tokens between greetings and who sends them: تحيات أخيه صاحب السمو
OF_SOMEBODY: Final = frozenset({"office", "counterpart", "officer", "person", "surname"})


def parties(reading: Reading) -> list[list[Party]]:
    """Return the parties of every line."""
    introduced = _introduced(reading)
    drafts = [list(_drafts(reading, line, introduced)) for line in reading.lines]
    return acquainted(reading, _resolve(reading, drafts))


def _introduced(reading: Reading) -> dict[str, int]:
    """Return the people called by their full name, and where first."""
    found: dict[str, int] = {}
    for mention in reading.mentions:
        if mention.kind == "person":
            found.setdefault(mention.id, mention.first)
    return found


def _drafts(reading: Reading, line: Line, introduced: dict[str, int]) -> Iterator[Draft]:
    if line.present.isdisjoint(OF_SOMEBODY):
        return
    places = by_span(line.of("country", "region", "organisation"))
    offices = [draft for group in office_groups(reading, line) for draft in with_country(reading, line, group, places)]
    for draft in offices:
        if reading.language == "kk" and draft.country is None and draft.office is not None:
            draft.trade = trade_of(reading, line, draft.office.first)  # «Чиньчуань Холдинг» басшысымен
    people = list(people_of(reading, line, introduced))
    for person in people:
        join_office(reading, person, offices)
    offices = one_holder(reading, offices)
    kept = [draft for draft in offices if draft.persons or draft.trade or is_somebodys(reading, draft)]
    found = [*kept, *(p for p in people if not p.alien_name)]
    yield from sorted((draft for draft in found if not _sends(reading, line, draft)), key=lambda draft: draft.first)


def _sends(reading: Reading, line: Line, draft: Draft) -> bool:
    """Whether somebody only has sent an Arabic ambassador, or greetings: سفير خادم الحرمين, تحيات أخيه الرئيس."""
    if reading.language != "ar":
        return False
    greeted = any(
        0 < draft.first - m.last <= GREETED and reading.folded(m.first).startswith("تحي")
        for m in line.signs("telegram")
    )
    return greeted or any(draft.first == m.last + 1 for m in line.signs("ambassador"))


def _resolve(reading: Reading, drafts: list[list[Draft]]) -> list[list[Party]]:
    """Turn drafts into parties: countries and holders from what was said before, and from the lexicon."""
    done: list[list[Party]] = []
    named = named_offices(reading, drafts)
    _named_leaders(reading, drafts)
    last: dict[str, str] = {}  # office -> country last spoken of
    for number, line in enumerate(drafts):
        found: list[Party] = []
        for draft in line:
            party = _party(reading, draft, number, line, named, last, done[-1] if done else [])
            if party is not None:
                found.append(party)
                if party.counts:
                    last[party.office] = party.country
        done.append(found)
    return done


def _party(  # noqa: PLR0917, PLR0911
    reading: Reading,
    draft: Draft,
    number: int,
    line: list[Draft],
    named: dict[tuple[str, str], str],
    last: dict[str, str],
    before: list[Party],
) -> Party | None:
    if draft.organisation or draft.region:
        why = "organisation" if draft.organisation else "region"
        return _nobody(draft, number, why)
    if draft.trade:
        return _nobody(draft, number, draft.trade)
    if draft.persons:
        return _named_party(reading, draft, number, line)
    if draft.counterpart:
        return _counterpart(reading, draft, number, line, named, before)
    country = draft.country if draft.country is not None else implied_country(reading, draft, line, last)
    if country is None or (draft.plural and draft.country is not None):
        return None
    own = reading.language == "kk" and country == HOME and any(d.country not in (None, HOME, NOBODY) for d in line)
    faint = draft.country is None and reading.lines[number].weight < 1.0
    if faint and not own and _stranger_follows(reading, draft):
        return None
    office = _office(reading, draft.offices, country)
    if office == "minister" and (country, "foreign-minister") in named and not _named_portfolio(draft):
        office = "foreign-minister"  # the Turkish minister, told of before
    if draft.former:
        return _nobody(draft, number, "former")
    person, resolution = holder_of(reading, draft, country, office, named)
    found = Party(
        country, office, person, resolution, draft.first, draft.last, number, core=draft.core, plural=draft.plural
    )
    return found if person is not None else by_own_name(reading, draft, found)


def _named_portfolio(draft: Draft) -> bool:
    return draft.office is not None and draft.office.last > draft.office.first


def _nobody(draft: Draft, number: int, why: str) -> Party:
    return Party(NOBODY, "", None, Resolution.UNKNOWN, draft.first, draft.last, number, False, why, draft.core)


def _office(reading: Reading, offices: Sequence[str], country: str) -> str:
    chosen = min(offices, key=lambda office: RANK.get(office, 9)) if offices else "head-of-state"
    return _leads(reading, country) if chosen == "leader" else chosen


def _named_leaders(reading: Reading, drafts: list[list[Draft]]) -> None:
    """Keep which office a country's leader holds where a name, however spelt, stands beside that word."""
    for draft in (draft for line in drafts for draft in line):
        if "leader" in draft.offices and draft.country and draft.office is not None and not draft.persons:
            found = strangers.behind(reading, draft.office.first, draft.last)
            person = spelt(reading, found.name, draft.country, LEADERS) if found else None
            if person and (term := reading.lexicon.held_by(person, reading.published)):
                reading.memo["leads", draft.country] = term.office


def _leads(reading: Reading, country: str) -> str:
    """Return which office a country's leader holds: the one of its people whom the text names, if only one."""
    key = ("leads", country)
    if key not in reading.memo:
        people = {m.id for m in reading.mentions if m.kind == "person" and reading.lexicon.people[m.id] == country}
        held = {term.office for id in people if (term := reading.lexicon.held_by(id, reading.published))} & LEADERS
        reading.memo[key] = held.pop() if len(held) == 1 else reading.lexicon.leads(country)
    found: str = reading.memo[key]
    return found


def _named_party(reading: Reading, draft: Draft, number: int, line: list[Draft]) -> Party | None:
    lexicon, day = reading.lexicon, reading.published
    serving = [id for id in draft.persons if lexicon.held_by(id, day)] or draft.persons
    if draft.counterpart and (like := _like_office(reading, line)):
        serving = [id for id in serving if (term := lexicon.held_by(id, day)) and term.office == like] or serving
    person = min(serving, key=lambda id: RANK.get((lexicon.held_by(id, day) or lexicon.holdings(id)[-1]).office, 9))
    resolution = Resolution.INTRODUCED if draft.short else Resolution.NAMED
    country = lexicon.people[person]
    term = lexicon.held_by(person, day)
    held = [t.office for t in lexicon.holdings(person)]
    said = [office for office in draft.offices if office in held]
    own = reading.language == "ar" and reading.outlet_country == country
    titled = any(draft.offices) and (day is None or draft.country is not None or own)  # the text knows better than we
    if draft.former or (term is None and not said and not titled):
        return _nobody(draft, number, "former" if draft.former else "no-office")
    said_here = [o for o in draft.offices if o not in ("", "leader")]
    office = said[0] if said else term.office if term and not said_here else _office(reading, said_here, country)
    serving_as = [t.office for t in lexicon.holdings(person) if day is None or t.on(day)]
    if term is not None and (not said_here or office not in serving_as):
        office = next((o for o in said_here if o in serving_as), term.office)
    return Party(country, office, person, resolution, draft.first, draft.last, number, core=draft.core)


def _like_office(reading: Reading, line: list[Draft]) -> str:
    """Return the office of whom a counterpart is the counterpart."""
    for other in line:
        if other.counterpart or not (other.persons or other.offices):
            continue
        if other.persons and (term := reading.lexicon.held_by(other.persons[0], reading.published)):
            return term.office
    return ""


def _counterpart(  # noqa: PLR0917
    reading: Reading,
    draft: Draft,
    number: int,
    line: list[Draft],
    named: dict[tuple[str, str], str],
    before: list[Party],
) -> Party | None:
    """Return who is meant by `his Chinese counterpart`: of the same office as the other side, here or just before."""
    if draft.country is None or not draft.country:
        return None
    office = next((p.office for p in reversed(before) if p.counts and p.country != draft.country), "head-of-state")
    for other in line:
        if other is draft or other.counterpart:
            continue
        if other.persons:
            term = reading.lexicon.held_by(other.persons[0], reading.published)
            held = [t.office for t in reading.lexicon.holdings(other.persons[0])]
            office = next((o for o in other.offices if o in held), term.office if term else office)
            break
        if other.offices and (other.country or other.country is None):
            office = _office(reading, other.offices, other.country or HOME)
            break
    person, resolution = holder_of(reading, draft, draft.country, office, named)
    found = Party(
        draft.country, office, person, resolution, draft.first, draft.last, number, core=draft.core, like=True
    )
    return found if person is not None else by_own_name(reading, draft, found)


def _stranger_follows(reading: Reading, draft: Draft) -> bool:
    """Whether a capitalised word unknown to the lexicon stands behind the office."""
    at = draft.last + 1
    if reading.language == "ar" or not reading.capital(at) or reading.gap(draft.last, at).strip():
        return False
    line = reading.line_of(draft.last)
    return at < line.end and not any(m.first <= at <= m.last for m in line.mentions)
