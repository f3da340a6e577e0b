"""What came of a meeting: documents, invitations, figures of money and trade; each with its state and its words.

lines --documents | invitations | figures--> facts --each value once--> those of one meeting
"""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from streams.meetings.outcome.documents import documents
from streams.meetings.outcome.figures import figures
from streams.meetings.outcome.invitations import invitations
from streams.meetings.reading import Line, Reading
from wire.records import Evidence, Fact, FactKind, FactState, Meeting, Status

MOST: Final = 24
MOST_QUOTES: Final = 2
STRENGTH: Final = (FactState.DONE, FactState.TO_BE_DONE, FactState.PROPOSED, FactState.BACKGROUND)


def facts(reading: Reading, partner: str, state: Status) -> tuple[Fact, ...]:
    """Return the facts of an article, each value once, in its strongest state."""
    found: dict[tuple[FactKind, str], list[Fact]] = {}
    told = [
        *(fact for line in reading.lines for fact in documents(reading, line, partner, state)),
        *invitations(reading, partner),
        *(fact for line in reading.lines for fact in figures(reading, line)),
    ]
    for fact in told:
        found.setdefault((fact.kind, fact.value), []).append(fact)
    return tuple(_one(each) for each in list(found.values())[:MOST])


def _one(same: Sequence[Fact]) -> Fact:
    """Return what is said of one thing in several sentences: the strongest of them, with the others' words."""
    best = min(same, key=lambda fact: STRENGTH.index(fact.state))
    quotes = tuple(dict.fromkeys(each for fact in (best, *same) for each in fact.evidence))[:MOST_QUOTES]
    said_by = best.said_by or next((fact.said_by for fact in same if fact.said_by), None)
    return replace(best, evidence=quotes, said_by=said_by)


def apart(reading: Reading, told: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """Return an article's meetings, each fact with those whose country its sentence names, else with the last told."""
    if len(told) < 2:
        return tuple(told)
    starts = [_starts(reading, each) for each in told]
    return tuple(
        replace(each, facts=tuple(fact for fact in each.facts if number in _owners(reading, fact, told, starts)))
        for number, each in enumerate(told)
    )


def _starts(reading: Reading, meeting: Meeting) -> list[int]:
    """Return where the sentences behind the title begin that tell of a meeting."""
    proof = [each.start for each in meeting.evidence if each.about == "meeting"]
    return [start for start in proof if start >= reading.title_end] or proof


def _owners(reading: Reading, fact: Fact, told: Sequence[Meeting], starts: Sequence[list[int]]) -> set[int]:
    at = fact.evidence[0].start if fact.evidence else 0
    here = _countries(reading, fact.evidence)
    named = [n for n, each in enumerate(told) if each.partner.code in here] or list(range(len(told)))
    if len({told[n].partner.code for n in named}) == len(named) > 1 and len(named) < len(told):
        return set(named)
    before = {n: max((start for start in starts[n] if start <= at), default=-1) for n in named}
    return {n for n in named if before[n] == max(before.values())}


def _countries(reading: Reading, evidence: Iterable[Evidence]) -> set[str]:
    found = set()
    for each in evidence:
        for line in reading.lines:
            if reading.text.bounds[2 * line.first] <= each.start < reading.text.bounds[2 * line.end - 1]:
                found |= foreign(reading, line)
    return found


def foreign(reading: Reading, line: Line) -> set[str]:
    """Return the countries that a line names, or whose people it does."""
    named = {m.id for m in line.of("country")}
    return named | {reading.lexicon.people[m.id] for m in line.of("person", "surname")} - {"KZ"}
