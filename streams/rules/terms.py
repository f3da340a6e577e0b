"""What each word of each line means: word -> Meaning (keys), or Fault (what is wrong, and the mend).

A new line of the grammar is a new line in RESOLVERS.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from difflib import get_close_matches
from typing import NamedTuple

from streams.rules.names import KnownNames
from streams.rules.schema import FORMS, LANGUAGES, LEVELS, STATUSES, admitted
from wire.files import suggest
from wire.files.syntax import strange_letter


class Meaning(NamedTuple):
    """The keys of which any one makes the line hold, and their kind."""

    keys: frozenset[str]
    kind: str


class Fault(NamedTuple):
    """Why a word means nothing here, and what to write instead."""

    what: str
    mend: str = ""


Resolver = Callable[[str, KnownNames], Meaning | Fault]


def _one(word: str, kind: str) -> Meaning:
    return Meaning(frozenset((word,)), kind)


def _party(word: str, names: KnownNames) -> Meaning | Fault:
    if word == "KZ":
        return Fault("can never hold: Kazakhstan is the one side of every meeting", "name the other side")
    if word in names.countries:
        return _one(word, "country")
    if word not in names.groups:
        return Fault(f"unknown country or group {word!r}", near(word, "with", names))
    if not (codes := names.groups[word] - {"KZ"}):
        return Fault(f"can never hold: nobody but Kazakhstan is in {word!r}", "name another group")
    return Meaning(codes, "country")


def _actor(line: str, word: str, names: KnownNames) -> Meaning | Fault:
    if word in LEVELS:
        return _one(word, "level")
    if word in names.offices:
        return _one(word, "office")
    if word not in names.people:
        return Fault(f"unknown level, office or person {word!r}", near(word, line, names))
    ours = names.people[word] == "KZ"
    if ours is not (line == "kazakhstan"):
        other = "kazakhstan" if ours else "counterpart"
        return Fault(f"can never hold: {word!r} is {'' if ours else 'not '}of Kazakhstan", f"write it under {other}:")
    return _one(word, "person")


def _counterpart(word: str, names: KnownNames) -> Meaning | Fault:
    return _actor("counterpart", word, names)


def _kazakhstan(word: str, names: KnownNames) -> Meaning | Fault:
    return _actor("kazakhstan", word, names)


def _form(word: str, names: KnownNames) -> Meaning | Fault:
    if word not in FORMS:
        return Fault(f"unknown form {word!r}", near(word, "form", names))
    return Meaning(frozenset({"meeting", "visit"}), "form") if word == "in-person" else _one(word, "form")


def _status(word: str, names: KnownNames) -> Meaning | Fault:
    return _one(word, "status") if word in STATUSES else Fault(f"unknown status {word!r}", near(word, "status", names))


def _place(word: str, names: KnownNames) -> Meaning | Fault:
    if word == "third-country":
        return _one(word, "country")
    if word in names.countries and word != "EU":
        return _one(word, "country")
    if word in names.cities:
        return _one(word, "city")
    return Fault(f"unknown country or city {word!r}", near(word, "place", names))


def _language(word: str, names: KnownNames) -> Meaning | Fault:
    return _one(word, "language") if word in LANGUAGES else Fault(f"unknown language {word!r}", "kk, pl or ar")


RESOLVERS: Mapping[str, Resolver] = {
    "language": _language,
    "with": _party,
    "counterpart": _counterpart,
    "kazakhstan": _kazakhstan,
    "form": _form,
    "status": _status,
    "place": _place,
}
TOPIC_LINES = ("about", "mentions")
SHOWN = 8  # words of a closed set that a mend lists in full


def near(word: str, line: str, names: KnownNames) -> str:
    """Return what the analyst may have meant: by name, by case, or by spelling."""
    known = frozenset(ordered := admitted(line, names))
    for guess in _guesses(word, names):
        if guess in known:
            return f"write {guess}"
    parts = [part for part in _BETWEEN.split(word.strip()) if part]
    meant = [next((guess for guess in _guesses(part, names) if guess in known), "") for part in parts]
    if parts and all(meant):
        return f"write [{', '.join(meant)}]"
    if word in names.groups and line == "place":
        return "groups stand under with: only; list countries or cities"
    if alike := _alike(word, known, names):
        return f"did you mean {' or '.join(alike)}?"
    listed = f"such as {', '.join(ordered[:SHOWN])}; config/lexicon has them all" if known else ""
    found, strange = suggest(word, ordered) or listed, strange_letter(word)
    return found if strange in found else f"{strange}; {found}"


def _alike(word: str, known: Set[str], names: KnownNames) -> list[str]:
    """Return what is known by a name that holds the word's words, or is spelt nearly so; nothing of too many."""
    spoken = _spoken(word)
    called = {name: ids for name, codes in names.called.items() if (ids := known & set(codes))}
    parts = set(spoken.split())
    named = [name for name in called if parts <= set(name.split())] if len(spoken) >= SHORTEST else []
    named = named or get_close_matches(spoken, called, 1, NEARLY)
    found = sorted({id for name in named for id in called[name]})
    return found if len(found) <= SHOWN else []


def _guesses(word: str, names: KnownNames) -> Iterator[str]:
    """Yield what else a word might be called: by its name, in another case, without quotes, in Latin letters."""
    plain = word.strip(_QUOTES).removeprefix("-").strip()
    spoken = _spoken(plain)
    yield from (code for code, name in names.countries.items() if name.casefold() == spoken)
    yield from names.called.get(spoken, ())
    yield SAID.get(spoken, "")
    latin = plain.translate(_LATIN)
    yield from (plain, plain.upper(), plain.lower(), spoken.replace(" ", "-"), latin, latin.upper(), latin.lower())


def _spoken(word: str) -> str:
    return " ".join(re.split(r"[\s_-]+", word.casefold()))


SHORTEST = 3  # letters of a part of a name
NEARLY = 0.8  # difflib's measure: Polnd is Poland, Holland is no Poland
_BETWEEN = re.compile(r"\s*[,;/+&|]\s*-?|\s+(?:and|or|und|i|oraz|және|мен|و)\s+|\s+-?")
_QUOTES = " \t\"'“”„«»‘’‚`"
_LATIN = str.maketrans("АВЕКМНОРСТУХаеорсухі", "ABEKMHOPCTYXaeopcyxi")  # Cyrillic letters that look Latin
SAID: Mapping[str, str] = {
    "president": "head-of-state", "king": "head-of-state", "emir": "head-of-state",
    "prime minister": "head-of-government", "premier": "head-of-government", "chancellor": "head-of-government",
    "call": "phone-call", "phone": "phone-call", "video": "video-call", "talks": "meeting", "negotiations": "meeting",
    "uk": "GB", "usa": "US", "america": "US", "uae": "AE", "turkey": "TR", "holland": "NL", "czech republic": "CZ",
}  # fmt: skip
"""What people say first -> what it is called in a rule."""
