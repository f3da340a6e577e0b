"""config/interest.txt from the lexicon: names -> words -> the part that no ending changes -> folded prefixes

Which articles are worth fetching whole: whatever names Kazakhstan, its cities and its office-holders; in Kazakh,
where "the head of state received" needs no country, also offices and everybody else's office-holders.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

from babel import Locale

from collectors.interest import folded
from streams.lexicon.entries import PersonEntry
from streams.lexicon.files import Files, load_files

Code = Literal["kk", "pl", "ar"]
CODES: Final[tuple[Code, ...]] = ("kk", "pl", "ar")
HOME: Final = "KZ"
SHORTEST: Final = 4
LONG_ENOUGH: Final = 6  # to lose a letter: without its last one қазақ would be қазан, October
LEVELS: Final = ("head-of-state", "head-of-government", "minister", "speaker")
HEADER: Final = """\
# Words that make an article worth fetching whole, where its feed says full_text: the beginnings of names of
# Kazakhstan, folded. Made from the lexicon by `jarshy lexicon interest --write`; do not edit.
"""


def written(directory: Path) -> str:
    """Return the text of interest.txt for the lexicon in `directory`."""
    files = load_files(directory)
    prefixes = least(prefix for code in CODES for word in _words(files, code) if (prefix := stem(word, code)))
    return HEADER + "".join(f"{prefix}\n" for prefix in prefixes)


def stem(word: str, code: Code) -> str:
    """Return the folded beginning of a name that its inflected forms share, or nothing when that is too short."""
    plain = folded(word)
    if code == "pl":
        plain = plain.removesuffix("ski").removesuffix("cki").rstrip("aeiouy")
    elif code == "kk":
        plain = plain.rstrip("кқп") if len(plain) > LONG_ENOUGH else plain  # they soften before an ending
    else:
        plain = plain.removeprefix("ال").rstrip("هيا")
    return plain if len(plain) >= SHORTEST else ""


def least(prefixes: Iterable[str]) -> list[str]:
    """Return the prefixes, sorted, without those that begin with another."""
    kept: list[str] = []
    for prefix in sorted(set(prefixes)):
        if not kept or not prefix.startswith(kept[-1]):
            kept.append(prefix)
    return kept


def _words(files: Files, code: Code) -> Iterator[str]:
    yield Locale(code).territories[HOME]
    for country in files.countries.countries:
        if country.code == HOME:
            words = getattr(country, code)
            yield from (*words.also, *words.adj, *words.people)
    for city in files.cities.cities:
        if city.country == HOME:
            yield from (*getattr(city, code), *getattr(city.places, code))
    for person in files.people.people:
        if person.country == HOME or code == "kk":
            yield from map(surname, _names(person, code))
    if code == "kk":
        for office in files.offices.offices:
            if office.level is not None and office.level.value in LEVELS:
                yield from office.kk


def _names(person: PersonEntry, code: Code) -> tuple[str, ...]:
    return tuple(getattr(person, code))


def surname(name: str) -> str:
    """Return the word by which a person is called: the starred one, else the last."""
    words = name.split()
    return next((word.lstrip("*") for word in words if word.startswith("*")), words[-1])
