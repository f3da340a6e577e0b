"""What came of it: the facts of all tellings, each once, in its strongest state; figures that differ.

facts --(kind, value)--> one fact with bounded evidence ;  figures of one measure that differ -> Dispute

An invitation is one for each that is invited, by the word of who says most of it. Of a meeting that is called off,
without another day, nothing is to be done any more.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from msgspec.structs import replace

from streams.stories.origins import credited
from streams.stories.tellings import Telling
from streams.stories.votes import dispute
from wire.records import Dispute, Evidence, Fact, FactKind, FactState, Names

STRENGTH = {
    state: n
    for n, state in enumerate(
        (FactState.UNKNOWN, FactState.BACKGROUND, FactState.PROPOSED, FactState.TO_BE_DONE, FactState.DONE)
    )
}
WEIGHT = {
    kind: n
    for n, kind in enumerate(
        (FactKind.DOCUMENT, FactKind.INVITATION, FactKind.FIGURE, FactKind.TOPIC, FactKind.UNKNOWN)
    )
}
MOST_FACTS = 60
MOST_EVIDENCE = 3
"""Quotes kept for one fact, of different articles."""
MOST_DISPUTES = 20
LEAST_DIGITS = 2
"""Significant digits below which nothing is taken for a rounding: 20 is not 18.2."""
BARE = "money"
KINDS_OF_VISIT = ("state-visit", "official-visit", "working-visit", "visit")
"""Of two words for one invitation the first says more."""
AHEAD = (FactState.PROPOSED, FactState.TO_BE_DONE)
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?", re.IGNORECASE)
COUNTED = (FactKind.FIGURE, FactKind.DOCUMENT)
_Told = tuple[Fact, Telling]


def merged(group: Sequence[Telling], *, called_off: bool = False) -> tuple[Fact, ...]:
    """Return every fact once: documents first, then in order of first telling; bounded."""
    found: dict[tuple[FactKind, str], list[_Told]] = {}
    for fact, each in _facts(group):
        found.setdefault((fact.kind, _what(fact)), []).append((fact, each))
    ordered = sorted(found.values(), key=lambda told: WEIGHT[told[0][0].kind])
    return tuple(_one(told, called_off=called_off) for told in ordered[:MOST_FACTS])


def _facts(group: Iterable[Telling]) -> Iterable[_Told]:
    for each in group:
        for fact in each.meeting.facts:
            yield fact, each


def _what(fact: Fact) -> str:
    """Return what makes two facts one: their value, of invitations who is invited."""
    return _guest(fact) if fact.kind is FactKind.INVITATION else fact.value


def _guest(fact: Fact) -> str:
    return (*fact.value.split(":"), "", "", "")[2]


def _precision(fact: Fact) -> tuple[int, int]:
    """Return what sorts the fact that says most first: a state visit in September before a visit."""
    if fact.kind is not FactKind.INVITATION:
        return 0, 0
    _, kind, _, when, *_ = (*fact.value.split(":"), "", "", "")
    return KINDS_OF_VISIT.index(kind) if kind in KINDS_OF_VISIT else 0, not when


def _one(told: Sequence[_Told], *, called_off: bool) -> Fact:
    facts = [fact for fact, _ in told]
    strongest = min(facts, key=lambda fact: (*_precision(fact), -STRENGTH[fact.state]))
    state = max((fact.state for fact in facts), key=STRENGTH.__getitem__)
    evidence: dict[str, Evidence] = {}
    for fact in (strongest, *facts):
        for each in fact.evidence:
            evidence.setdefault(each.article, each)
    said_by = strongest.said_by or next((fact.said_by for fact in facts if fact.said_by), None)
    return replace(
        strongest,
        state=FactState.BACKGROUND if called_off and state is FactState.TO_BE_DONE else state,
        title=strongest.title or next((fact.title for fact in facts if fact.title), ""),
        said_by=said_by or next((speaks for _, each in told if (speaks := credited(each.source))), None),
        evidence=tuple(evidence.values())[:MOST_EVIDENCE],
    )


def disputed(group: Sequence[Telling]) -> tuple[Dispute, ...]:
    """Return the figures on which sources differ: of one measure, each article giving one value.

    What is aimed at is no other word on what is reached.
    """
    measures: dict[tuple[str, bool], dict[str, list[_Told]]] = {}
    for fact, each in _facts(group):
        if fact.kind in COUNTED and (measure := measure_of(fact.value)):
            aimed = fact.state in AHEAD and fact.kind is FactKind.FIGURE
            measures.setdefault((measure, aimed), {}).setdefault(each.article, []).append((fact, each))
    found = []
    for (measure, aimed), articles in measures.items():
        values: dict[str, list[Telling]] = {}
        names: dict[str, Names | None] = {}
        for told in articles.values():
            if len({fact.value for fact, _ in told}) == 1:  # two of one measure in one text are two things
                fact, each = told[0]
                values.setdefault(fact.value, []).append(each)
                names[fact.value] = fact.names
        if any(not _rounded(one, other) for one, other in combinations(values, 2)):
            found.append(dispute(f"{'aim' if aimed else 'figure'} {measure}", list(values.items()), names))
    return tuple(found[:MOST_DISPUTES])


def measure_of(value: str) -> str:
    """Return what a figure measures: its value (`trade:3.1e+10:USD:2023`) without the number.

    Nothing for a bare sum of money: two of them are two things.
    """
    what, _, rest = value.partition(":")
    number, _, unit = rest.partition(":")
    return f"{what}:{unit}" if unit and what != BARE and NUMBER.fullmatch(number) else ""


def _rounded(one: str, other: str) -> bool:
    """Return whether one number is the other rounded: 18 and 18.2 billion are not in dispute."""
    numbers = [found for value in (one, other) if (found := NUMBER.search(value))]
    if len(numbers) < 2:
        return one == other
    a, b = (float(found.group()) for found in numbers)
    digits = max(LEAST_DIGITS, min(_digits(found.group()) for found in numbers))
    return float(f"{a:.{digits - 1}e}") == float(f"{b:.{digits - 1}e}")


def _digits(number: str) -> int:
    mantissa = re.split("e", number, flags=re.IGNORECASE)[0].lstrip("+-")
    significant = mantissa.replace(".", "").lstrip("0")
    return max(1, len(significant if "." in mantissa else significant.rstrip("0")))
