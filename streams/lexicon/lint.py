"""What is well formed in the lexicon and still wrong: files -> Problems; and what its writers were not sure of.

people, cities, offices, countries --against one another--> Problems ; `unsure: true` --> Unsure
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Final, NamedTuple

from streams.lexicon.complete import gaps, unnamed
from streams.lexicon.entries import CountryEntry, Entry, Holding, PersonEntry
from streams.lexicon.files import Files
from wire.files import Document, Path_, Problem, suggest
from wire.records import Level

NOTHING: Final = Document("", None, {})
FRAMES: Final = {"kk": "Kazakh", "pl": "Polish", "ar": "Arabic"}
UNION: Final = "EU"  # its capital is a member's city
ONE_HOLDER: Final = frozenset({"foreign-minister"})
"""Offices that one person holds at a time whatever their level; a parliament of two chambers has two speakers."""
ONE_HOLDER_LEVELS: Final = frozenset({Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT})


class Unsure(NamedTuple):
    """A fact that its writer was not certain of."""

    person: str
    country: str
    holding: Holding
    file: str
    line: int


class _Term(NamedTuple):
    person: str
    holding: Holding
    path: Path_


def lint(files: Files, countries: Collection[str], today: date | None = None) -> list[Problem]:
    """Return every fault of meaning, in the order of the files; `countries` are the codes that are known."""
    linting = _Linting(files, frozenset(countries))
    found = [*linting.people(), *linting.overlaps(), *linting.cities(), *linting.offices(), *linting.countries()]
    return sorted({*found, *linting.complete(today or date.today())})


def unsure(files: Files) -> Iterator[Unsure]:
    """Yield the facts marked `unsure: true`."""
    document = files.documents.get("people", NOTHING)
    for at, person in enumerate(files.people.people):
        for number, term in enumerate(person.holds):
            if term.unsure:
                where = document.problem(("people", at, "holds", number), "")
                yield Unsure(person.id, term.country or person.country, term, where.file, where.line)


class _Linting:
    """The files set against one another."""

    def __init__(self, files: Files, known: frozenset[str]) -> None:
        self.files, self.known = files, known
        self.levels = {office.id: office.level for office in files.offices.offices if office.level is not None}
        self.towns = {city.id: city.country for city in files.cities.cities}

    def people(self) -> Iterator[Problem]:
        """Yield people without a name in a language, without an office, or of an unknown country."""
        yield from self._twice("people", ("people",), self.files.people.people)
        for at, person in enumerate(self.files.people.people):
            path: Path_ = ("people", at)
            yield from self._forms("people", path, person, person.id)
            yield from self._country("people", (*path, "country"), person.country)
            if not person.holds:
                yield self._say("people", path, f"{person.id!r} holds no office", "add a line to holds:")
            for number, term in enumerate(person.holds):
                yield from self._term((*path, "holds", number), person, term)

    def overlaps(self) -> Iterator[Problem]:
        """Yield the office-holders who hold an office of one at the same time as another, or twice over."""
        terms: dict[tuple[str, str], list[_Term]] = defaultdict(list)
        for at, person in enumerate(self.files.people.people):
            for number, term in enumerate(person.holds):
                office = (term.country or person.country, term.office)
                terms[office].append(_Term(person.id, term, ("people", at, "holds", number)))
        for (country, held), terms_of_it in terms.items():
            alone = held in ONE_HOLDER or self.levels.get(held) in ONE_HOLDER_LEVELS
            for first, later in combinations(sorted(terms_of_it, key=lambda term: term.holding.from_), 2):
                if (alone or first.person == later.person) and _overlap(first.holding, later.holding):
                    both = f"{later.person!r} and {first.person!r} are both"
                    who = both if first.person != later.person else f"{later.person!r} is twice"
                    what = f"{who} {held} of {country} from {later.holding.from_}"
                    yield self._say("people", later.path, what, f"end the term that began {first.holding.from_} (to:)")

    def cities(self) -> Iterator[Problem]:
        """Yield cities without a name in a language, or of an unknown country."""
        yield from self._twice("cities", ("cities",), self.files.cities.cities)
        for at, city in enumerate(self.files.cities.cities):
            yield from self._forms("cities", ("cities", at), city, city.id)
            yield from self._country("cities", ("cities", at, "country"), city.country)

    def offices(self) -> Iterator[Problem]:
        """Yield offices that nobody says the level or the names of, or with titles of unknown countries."""
        named = {office.id for office in self.files.offices.offices if office.names is not None}
        told: set[str] = set()
        for at, office in enumerate(self.files.offices.offices):
            for number, code in enumerate(office.countries):
                yield from self._country("offices", ("offices", at, "countries", number), code)
            for what, known in (("level", self.levels.keys()), ("names", named)):
                if office.id not in known and office.id not in told:
                    fault = f"office {office.id!r} has no {what} in any of its entries"
                    yield self._say("offices", ("offices", at), fault, f"add {what}:")
            told.add(office.id)
        yield from self._titles()

    def _titles(self) -> Iterator[Problem]:
        """Yield titles of unknown offices, countries or people, and countries with two titles for one office."""
        seen: set[tuple[str, str]] = set()
        people = {person.id for person in self.files.people.people}
        for at, title in enumerate(self.files.offices.titles):
            if title.office not in self.levels:
                mend = suggest(title.office, self.levels)
                yield self._say("offices", ("titles", at, "office"), f"unknown office {title.office!r}", mend)
            for number, code in enumerate(title.countries):
                path: Path_ = ("titles", at, "countries", number)
                yield from self._country("offices", path, code)
                if (title.office, code) in seen:
                    yield self._say("offices", path, f"{code} has two titles for {title.office}", "remove one")
                seen.add((title.office, code))
            for number, id in enumerate(title.people):
                if id not in people:
                    at_person: Path_ = ("titles", at, "people", number)
                    yield self._say("offices", at_person, f"unknown person {id!r}", suggest(id, people))

    def countries(self) -> Iterator[Problem]:
        """Yield capitals, groups, regions and leaders that refer to nothing."""
        for at, entry in enumerate(self.files.countries.countries):
            yield from self._country("countries", ("countries", at, "code"), entry.code)
            yield from self._capital(("countries", at, "capital"), entry)
            yield from self._without(("countries", at, "without"), entry)
            if entry.leads not in self.levels:
                mend = suggest(entry.leads, self.levels)
                yield self._say("countries", ("countries", at, "leads"), f"unknown office {entry.leads!r}", mend)
        for at, region in enumerate(self.files.countries.regions):
            yield from self._country("countries", ("regions", at, "of"), region.of)
        for group, members in self.files.countries.groups.items():
            for number, code in enumerate(members):
                yield from self._country("countries", ("groups", group, number), code)

    def complete(self, today: date) -> Iterator[Problem]:
        """Yield what is not known of the states that Kazakhstan meets most."""
        where = {entry.code: at for at, entry in enumerate(self.files.countries.countries)}
        for gap in gaps(self.files, today):
            mend = "add who held it to people.yaml, or the office to without: if the state has none"
            yield self._say("countries", ("countries", where.get(gap.country, 0)), str(gap), mend)
        for country, lack in unnamed(self.files):
            fault = f"{country} is met often and has no {lack}"
            yield self._say("countries", ("countries", where.get(country, 0)), fault, f"add {lack}")

    def _without(self, path: Path_, entry: CountryEntry) -> Iterator[Problem]:
        for number, none in enumerate(entry.without):
            if none.office not in self.levels:
                fault = f"unknown office {none.office!r}"
                yield self._say("countries", (*path, number, "office"), fault, suggest(none.office, self.levels))

    def _capital(self, path: Path_, entry: CountryEntry) -> Iterator[Problem]:
        whose = self.towns.get(entry.capital)
        if not entry.capital or whose == entry.code or (whose and entry.code == UNION):
            return
        what = f"is a city of {whose}" if whose else "is no city of cities.yaml"
        mend = suggest(entry.capital, [city for city, country in self.towns.items() if country == entry.code])
        fault = f"capital {entry.capital!r} {what}"
        yield self._say("countries", path, fault, mend or "add it to cities.yaml")

    def _term(self, path: Path_, person: PersonEntry, term: Holding) -> Iterator[Problem]:
        if term.office not in self.levels:
            mend = suggest(term.office, self.levels)
            yield self._say("people", (*path, "office"), f"unknown office {term.office!r}", mend)
        if term.country:
            yield from self._country("people", (*path, "country"), term.country)
        if term.to is not None and term.to <= term.from_:
            what = f"{person.id!r} leaves {term.office} before taking it: {term.from_} to {term.to}"
            yield self._say("people", path, what, "to: is the first day out of office")

    def _forms(self, file: str, path: Path_, entry: Entry, id: str) -> Iterator[Problem]:
        for code, language in FRAMES.items():
            if not any(name.strip() for name in getattr(entry, code)):
                yield self._say(file, path, f"{id!r} has no {language} form", f"add {code}: [...]")

    def _country(self, file: str, path: Path_, code: str) -> Iterator[Problem]:
        if code not in self.known:
            mend = suggest(code, sorted(self.known)) or "two capital letters (ISO 3166), or EU"
            yield self._say(file, path, f"unknown country {code!r}", mend)

    def _twice(self, file: str, path: Path_, entries: Iterable[Entry]) -> Iterator[Problem]:
        counted: Counter[str] = Counter()
        for at, entry in enumerate(entries):
            id = str(getattr(entry, "id", ""))
            counted[id] += 1
            if counted[id] > 1:
                yield self._say(file, (*path, at, "id"), f"id {id!r} stands here twice", "give it another")

    def _say(self, file: str, path: Path_, what: str, mend: str) -> Problem:
        document: Document = self.files.documents.get(file, NOTHING)
        return document.problem(path, what, mend)


def _overlap(first: Holding, later: Holding) -> bool:
    return first.to is None or later.from_ < first.to
