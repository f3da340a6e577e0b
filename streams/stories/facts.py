"""What came of it: the facts of all tellings, each once, in its strongest state; figures that differ.

facts --(kind, value)--> one fact with bounded evidence ;  figures of one measure that differ -> Dispute
"""

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from streams.stories.tellings import Telling
from streams.stories.votes import dispute
from wire.records import Dispute, Evidence, Fact, FactKind, FactState

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
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?", re.IGNORECASE)
_Told = tuple[Fact, Telling]


def merged(group: Sequence[Telling]) -> tuple[Fact, ...]:
    """Return every fact once: documents first, then in order of first telling; bounded."""
    found: dict[tuple[FactKind, str], list[Fact]] = {}
    for fact, _ in _facts(group):
        found.setdefault((fact.kind, fact.value), []).append(fact)
    ordered = sorted(found.values(), key=lambda facts: WEIGHT[facts[0].kind])
    return tuple(_one(facts) for facts in ordered[:MOST_FACTS])


def _facts(group: Iterable[Telling]) -> Iterable[_Told]:
    for each in group:
        for fact in each.meeting.facts:
            yield fact, each


def _one(facts: Sequence[Fact]) -> Fact:
    strongest = max(facts, key=lambda fact: STRENGTH[fact.state])
    evidence: dict[str, Evidence] = {}
    for fact in (strongest, *facts):
        for each in fact.evidence:
            evidence.setdefault(each.article, each)
    return Fact(
        kind=strongest.kind,
        state=strongest.state,
        value=strongest.value,
        names=strongest.names,
        said_by=strongest.said_by or next((fact.said_by for fact in facts if fact.said_by), None),
        evidence=tuple(evidence.values())[:MOST_EVIDENCE],
    )


def disputed(group: Sequence[Telling]) -> tuple[Dispute, ...]:
    """Return the figures on which sources differ: of one measure, each article giving one value."""
    measures: dict[str, dict[str, list[_Told]]] = {}
    for fact, each in _facts(group):
        if fact.kind is FactKind.FIGURE and (measure := measure_of(fact.value)):
            measures.setdefault(measure, {}).setdefault(each.article, []).append((fact, each))
    found = []
    for measure, articles in measures.items():
        values: dict[str, list[Telling]] = {}
        for told in articles.values():
            if len({fact.value for fact, _ in told}) == 1:  # two of one measure in one text are two things
                values.setdefault(told[0][0].value, []).append(told[0][1])
        if any(not _rounded(one, other) for one, other in combinations(values, 2)):
            found.append(dispute(f"figure {measure}", list(values.items())))
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
