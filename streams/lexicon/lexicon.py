"""config/lexicon/*.yaml -> Lexicon: what a text mentions, who held which office on a day, how things are called."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec
from babel import Locale

from streams.languages import LANGUAGES, Code, Text
from streams.lexicon.engine import Engine
from streams.lexicon.entries import CountryEntry, Holding, PersonEntry, Shown
from streams.lexicon.files import Files, load_files
from streams.lexicon.mentions import Recognised
from wire.records import Country, Level, Names

FRAMES = ("en", "kk", "pl", "ar")
NO_STATES = frozenset({"EZ", "UN", "XA", "XB", "QO", "ZZ", "AC", "CP", "DG", "EA", "IC", "TA", "CQ", "EU", "AQ"})
UNION = "EU"
HOME = "KZ"
CHIEFS = frozenset({("office", "head-of-state"), ("office", "head-of-government")})


class Lexicon:
    """People, offices, countries, places and words, compiled for recognition; unchanging once compiled."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.entries: Mapping[str, CountryEntry] = {entry.code: entry for entry in files.countries.countries}
        self._names = _country_names(files)
        self.countries: Mapping[str, str] = {code: names.en for code, names in self._names.items()}
        self.groups: Mapping[str, frozenset[str]] = {k: frozenset(v) for k, v in files.countries.groups.items()}
        self.offices: Mapping[str, Level] = {o.id: o.level for o in files.offices.offices if o.level is not None}
        self.levels = frozenset(level.value for level in Level if level is not Level.UNKNOWN)
        self._people = {person.id: person for person in files.people.people}
        self.people: Mapping[str, str] = {person.id: person.country for person in files.people.people}
        self.cities: Mapping[str, str] = {city.id: city.country for city in files.cities.cities}
        self._cities = {city.id: city for city in files.cities.cities}
        self._office_names = {o.id: _shown(o.names) for o in files.offices.offices if o.names is not None}
        self._titles = {(t.office, c): _shown(t.names) for t in files.offices.titles for c in t.countries}
        self._own_titles = {(t.office, id): _shown(t.names) for t in files.offices.titles for id in t.people}
        self._holders = _holders(files)
        self._engines = _engines(msgspec.msgpack.encode(msgspec.structs.replace(files, documents={})))
        self.regions: Mapping[str, str] = {region.id: region.of for region in files.countries.regions}
        self.home = _home(files)
        self._may_be_home = {code: self._engines[code].tells(self.home[code]) for code in LANGUAGES}
        self.source_countries: Mapping[str, str] = {s.id: s.country for s in files.words.sources if s.country}
        self.source_names = {s.id: _shown(s.names) for s in files.words.sources if s.names}
        self.only_with = frozenset(o.id for o in files.offices.offices if o.only_with)
        self.document_names = {d.id: _shown(d.names) for d in files.words.documents}
        self.invitation_names = {i.id: _shown(i.names) for i in files.words.invitations}

    @classmethod
    def compile(cls, directory: Path) -> "Lexicon":
        """Read and compile the lexicon of a directory.

        Raises wire.files.Problems with every fault of every file.
        """
        return cls(load_files(directory))

    def recognise(self, text: Text) -> Recognised:
        """Return what the lexicon knows of a text."""
        return self._engines[text.language].recognise(text)  # type: ignore[index]

    def may_be_home(self, text: Text) -> bool:
        """Return whether a text may speak of Kazakhstan: False is sure, and costs a look-up a word."""
        return self._may_be_home[text.language](text)  # type: ignore[index]

    def holder(self, country: str, office: str, on: date) -> str | None:
        """Return the id of who held the office of the country on that day; None when unknown or not one."""
        held = [id for id, holding in self._holders.get((country, office), ()) if holding.on(on)]
        return held[0] if len(set(held)) == 1 else None

    def holders(self, country: str, office: str, on: date) -> tuple[str, ...]:
        """Return the ids of all who held the office of the country on that day."""
        held = (id for id, holding in self._holders.get((country, office), ()) if holding.on(on))
        return tuple(dict.fromkeys(held))

    def holdings(self, person: str) -> tuple[Holding, ...]:
        """Return all terms of a person."""
        return self._people[person].holds

    def held_by(self, person: str, on: date | None) -> Holding | None:
        """Return the term of a person on a day; without a day the latest."""
        terms = self._people[person].holds
        if on is None:
            return max(terms, key=lambda term: term.from_)
        return next((term for term in terms if term.on(on)), None)

    def person(self, id: str) -> PersonEntry:
        """Return a person's entry."""
        return self._people[id]

    def leads(self, country: str) -> str:
        """Return the office of whom newsrooms call the country's leader."""
        entry = self.entries.get(country)
        return entry.leads if entry else "head-of-state"

    def capital(self, country: str) -> str | None:
        """Return the id of a country's capital."""
        entry = self.entries.get(country)
        return entry.capital or None if entry else None

    def country_names(self, code: str) -> Names:
        """Return a country's names."""
        return self._names[code]

    def country(self, code: str) -> Country:
        """Return a country as records have it."""
        return Country(code=code, names=self._names[code])

    def office_names(self, id: str, country: str = "", person: str | None = None) -> Names:
        """Return an office's names: this person's own, else the country's own, else those of all."""
        own = self._own_titles.get((id, person or ""))
        return own or self._titles.get((id, country)) or self._office_names[id]

    def city_names(self, id: str) -> Names:
        """Return a city's names."""
        city = self._cities[id]
        kk, pl, ar = (words[0] if words else city.en for words in (city.kk, city.pl, city.ar))
        return Names(en=city.en, kk=kk, pl=pl, ar=ar)

    def person_names(self, id: str) -> Names:
        """Return a person's names."""
        person = self._people[id]
        kk, pl, ar = (words[0].replace("*", "") if words else person.en for words in (person.kk, person.pl, person.ar))
        return Names(en=person.en, kk=kk, pl=pl, ar=ar)

    def buildings(self, id: str) -> frozenset[str]:
        """Return the buildings and other names that mean a city, in lower case."""
        places = self._cities[id].places
        return frozenset(name.lower() for name in (*places.kk, *places.pl, *places.ar))

    def city_aliases(self, id: str) -> frozenset[str]:
        """Return every name of a city."""
        city = self._cities[id]
        return frozenset((city.en, *city.kk, *city.pl, *city.ar))

    def aliases(self, id: str) -> frozenset[str]:
        """Return every spelling of a person's name."""
        person = self._people[id]
        spelt = (person.en, *person.also, *person.kk, *person.pl, *person.ar)
        return frozenset(name.replace("*", "") for name in spelt)


@lru_cache(maxsize=2)
def _engines(written: bytes) -> Mapping[Code, Engine]:
    """Return the engines of encoded files, made once: they take three seconds, and never change."""
    files = msgspec.msgpack.decode(written, type=Files)
    names = _country_names(files).items()
    return {code: Engine(code, files, [(id, str(getattr(name, code))) for id, name in names]) for code in LANGUAGES}


def _home(files: Files) -> dict[Code, frozenset[tuple[str, str]]]:
    """Return the kinds and ids of mentions that speak of Kazakhstan, in each language."""
    people = [("person", p.id) for p in files.people.people if p.country == HOME]
    cities = [("city", c.id) for c in files.cities.cities if c.country == HOME]
    everywhere = frozenset([("country", HOME), *people, *(("surname", id) for _, id in people), *cities])
    own = {"kk": CHIEFS}  # in Kazakh "the President" is one's own
    return {code: everywhere | own.get(code, frozenset()) for code in LANGUAGES}


def _shown(names: Shown) -> Names:
    return Names(en=names.en, kk=names.kk, pl=names.pl, ar=names.ar)


def _country_names(files: Files) -> dict[str, Names]:
    locales = {frame: Locale(frame).territories for frame in FRAMES}
    ours = {entry.code: entry.name for entry in files.countries.countries}
    every = [str(code) for code in locales["en"]]
    codes = [c for c in every if len(c) == 2 and c.isalpha() and c not in NO_STATES] + [UNION]
    found = {}
    for code in codes:
        said = {frame: getattr(ours.get(code), frame, "") or _plain_name(locales[frame][code]) for frame in FRAMES}
        found[code] = Names(**said)
    return found


def _plain_name(name: str) -> str:
    """Return a CLDR name without what stands in parentheses."""
    return name.split(" (", maxsplit=1)[0].strip()


def _holders(files: Files) -> dict[tuple[str, str], list[tuple[str, Holding]]]:
    found: dict[tuple[str, str], list[tuple[str, Holding]]] = defaultdict(list)
    for person in files.people.people:
        for term in person.holds:
            found[term.country or person.country, term.office].append((person.id, term))
    return dict(found)
