"""What else in the lexicon a lemma's forms mean: form -> mentions, beside those of the lemma itself.

forms --recognise--> mentions --by entry--> Homograph (the entry, and the forms that mean both)
"""

from collections.abc import Iterable
from typing import NamedTuple

from streams.languages import Language
from streams.lexicon.lexicon import Lexicon


class Entry(NamedTuple):
    """An entry of the lexicon."""

    kind: str  # country, city, person, office, sign ...
    id: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id}".strip()


class Homograph(NamedTuple):
    """An entry that some forms of a lemma mean too."""

    entry: Entry
    forms: tuple[str, ...]
    own: bool  # the lemma itself means it


def homographs(lexicon: Lexicon, language: Language, lemma: str, forms: Iterable[str]) -> tuple[Homograph, ...]:
    """Return the entries that the lemma or its forms mean, those of the lemma itself first."""
    own = _meant(lexicon, language, lemma)
    found: dict[Entry, list[str]] = {entry: [] for entry in own}
    for form in forms:
        for entry in _meant(lexicon, language, form):
            found.setdefault(entry, []).append(form)
    return tuple(Homograph(entry, tuple(its), entry in own) for entry, its in found.items())


def _meant(lexicon: Lexicon, language: Language, form: str) -> dict[Entry, None]:
    """Return the entries that mean the whole of a form; a capital is granted, for in a headline it may have one."""
    text = language.text(form[:1].upper() + form[1:])
    last = len(text.tokens) - 1
    mentions = [m for m in lexicon.recognise(text).mentions if (m.first, m.last) == (0, last)]
    return {Entry("person" if m.kind == "surname" else m.kind, m.id): None for m in mentions}
