"""What the lexicon does not know of the states that Kazakhstan meets most: groups -> Gaps, and Problems.

group --its offices--> terms of each country --since 2019, to today--> days that nobody holds the office --> Gap
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from streams.lexicon.entries import Holding, Without
from streams.lexicon.files import Files

Term = Holding | Without
SINCE: Final = date(2019, 1, 1)
VACANT: Final = timedelta(days=60)
"""A shorter gap is a vacancy: coalitions are sought, elections held."""
FOR_EVER: Final = date.max
DUTIES: Final[Mapping[str, tuple[str, ...]]] = {
    "met-most": ("head-of-state", "head-of-government"),
    "closest": ("foreign-minister", "speaker"),
}
"""Offices whose holders must be known without a gap, by the group of countries.yaml that it is asked of."""


class Gap(NamedTuple):
    """Days on which nobody is known to hold an office."""

    country: str
    office: str
    start: date
    end: date  # the first day that somebody holds it again

    def __str__(self) -> str:
        return f"{self.country} has no {self.office} from {self.start} to {self.end}"


def gaps(files: Files, today: date) -> list[Gap]:
    """Return the gaps since 2019 in the offices that the groups must know, longest vacancies forgiven."""
    terms: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for person in files.people.people:
        for term in person.holds:
            terms[term.country or person.country, term.office].append(term)
    for entry in files.countries.countries:
        for none in entry.without:
            terms[entry.code, none.office].append(none)
    return [
        Gap(country, office, *bare)
        for group, offices in DUTIES.items()
        for country in files.countries.groups.get(group, ())
        for office in offices
        for bare in _bare(terms[country, office], today)
    ]


def unnamed(files: Files) -> Iterator[tuple[str, str]]:
    """Yield (country, what it lacks) of the states of these groups: a capital, a word for what is theirs."""
    entries = {entry.code: entry for entry in files.countries.countries}
    for country in sorted({code for group in DUTIES for code in files.countries.groups.get(group, ())}):
        entry = entries.get(country)
        if entry is None or not entry.capital:
            yield country, "capital"
        for language in ("kk", "pl", "ar"):
            if entry is None or not getattr(entry, language).adj:
                yield country, f"{language}.adj"


def _bare(terms: Iterable[Term], today: date) -> Iterator[tuple[date, date]]:
    """Yield (first day, day after) of each stretch since 2019 in which no term runs."""
    reached = SINCE
    for term in sorted(terms, key=lambda each: each.from_):
        if term.from_ > today:
            break
        if term.from_ - reached > VACANT:
            yield reached, term.from_
        reached = max(reached, term.to or FOR_EVER)
    if reached < today - VACANT:
        yield reached, today
