"""config/lexicon/*.yaml -> entries, or every Problem at once."""

from pathlib import Path
from typing import Any

from streams.lexicon.entries import (
    CitiesFile,
    CountriesFile,
    Entry,
    OfficesFile,
    OrganisationsFile,
    PeopleFile,
    WordsFile,
)
from wire.files import Document, Problem, Problems, check, read


class Files(Entry, frozen=True):
    """All of config/lexicon but the topics, and where each part stands."""

    countries: CountriesFile
    cities: CitiesFile
    offices: OfficesFile
    people: PeopleFile
    organisations: OrganisationsFile
    words: WordsFile
    documents: dict[str, Document]


KINDS: dict[str, type[Entry]] = {
    "countries": CountriesFile,
    "cities": CitiesFile,
    "offices": OfficesFile,
    "people": PeopleFile,
    "organisations": OrganisationsFile,
    "words": WordsFile,
}


def load_files(directory: Path) -> Files:
    """Read the lexicon's files.

    Raises Problems with every fault of every file.
    """
    values: dict[str, Any] = {}
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for name, kind in KINDS.items():
        document, faults = read(directory / f"{name}.yaml")
        if not faults:
            values[name], faults = check(document, kind)
        documents[name] = document
        problems += faults
    if problems:
        raise Problems(problems)
    return Files(**values, documents=documents)
