"""One language's side of the lexicon: entries -> phrases; text -> mentions (longest first, by token).

Kinds of mention: country, region, city, office, person, surname, counterpart, former, organisation, officer,
sign, document, invitation, turnover, unit, currency, source. `id` says which, `note` what of it.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from streams.languages import LANGUAGES, Code, Pos, Text
from streams.lexicon.entries import Lists, PersonEntry
from streams.lexicon.files import Files
from streams.lexicon.initials import first_letters, in_full
from streams.lexicon.mentions import Mention, Recognised
from streams.lexicon.phrases import Match, Phrases, longest

NAME: Final[tuple[Pos, ...]] = ("name",)
ADJ: Final[tuple[Pos, ...]] = ("adj",)
NOUN: Final[tuple[Pos, ...]] = ("noun",)
VERB: Final[tuple[Pos, ...]] = ("verb",)
REGNAL: Final = re.compile(r"[IVXІХ]+|الثاني|الثالث|السادس|عشر")
SYLLABIC: Final = frozenset({"CN", "KR", "SG", "TW"})
BACK: Final = frozenset("аоұыяёу")
HARD: Final = frozenset("бвгдкқпстфхцчшщһ")
LIQUID: Final = frozenset("зжлмнң")


class Meaning(NamedTuple):
    """What a phrase stands for."""

    kind: str
    id: str
    note: str = ""


Line = tuple[str, Meaning, tuple[Pos, ...]]


class Engine:
    """The lexicon's phrases of one language."""

    def __init__(self, code: Code, files: Files, names: Iterable[tuple[str, str]]) -> None:
        self.code = code
        self.phrases: Phrases[Meaning] = Phrases(LANGUAGES[code])
        for phrase, meaning, pos in self._lines(files, names):
            self.phrases.add(phrase, meaning, pos)
        self._letters = {person.id: first_letters(_of(person, code)) for person in files.people.people}

    def recognise(self, text: Text) -> Recognised:
        """Return the lexicon's mentions in a text; those inside a longer one are dropped."""
        found = longest(self.phrases.find(text))
        mentions = tuple(dict.fromkeys(map(_mention, found)))
        return Recognised(text, in_full(text, mentions, self._letters))

    def tells(self, what: Container[tuple[str, str]]) -> Callable[[Text], bool]:
        """Return what tells the texts that cannot mention any of these kinds and ids."""
        return self.phrases.tells(lambda meaning: meaning[:2] in what)

    def _lines(self, files: Files, names: Iterable[tuple[str, str]]) -> Iterator[Line]:
        code = self.code
        yield from _countries(code, files, names)
        yield from _cities(code, files)
        for office in files.offices.offices:
            whose = f"of:{office.state}" if office.state else ",".join(office.countries)
            meaning = Meaning("office", office.id, whose)
            yield from ((phrase, meaning, ()) for phrase in _of(office, code))
            yield from ((phrase, meaning._replace(note="plural"), ()) for phrase in _of(office.plural, code))
        if code == "pl":
            yield from _of_adjective(files)
        yield from _plain("counterpart", "", files.offices.counterpart, code)
        yield from _plain("former", "", files.offices.former, code)
        for person in files.people.people:
            yield from _people(code, person)
        for body in files.organisations.organisations:
            yield from _plain("organisation", body.id, body, code)
        yield from _plain("officer", "", files.organisations.officers, code)
        yield from _words(code, files)


_made: Callable[[Iterable[object]], Mention] = partial(tuple.__new__, Mention)  # a third of Mention(...)'s time


def _mention(match: Match[Meaning]) -> Mention:
    meaning, first, last = match
    return _made((*meaning, first, last))


def _of(entry: object, code: str) -> Sequence[str]:
    words: Sequence[str] = getattr(entry, code)
    return words


def _plain(kind: str, id: str, entry: object, code: str, pos: tuple[Pos, ...] = ()) -> Iterator[Line]:
    return ((phrase, Meaning(kind, id), pos) for phrase in _of(entry, code))


def _countries(code: Code, files: Files, names: Iterable[tuple[str, str]]) -> Iterator[Line]:
    for country, name in names:
        yield name, Meaning("country", country, "name"), NAME if " " not in name else ()
        if code == "kk":
            yield relational(name), Meaning("country", country, "adj"), NOUN
        if code == "ar" and (adjective := nisba(name)):
            yield adjective, Meaning("country", country, "adj"), ADJ
    for entry in files.countries.countries:
        spoken = getattr(entry, code)
        for name in spoken.also:
            yield name, Meaning("country", entry.code, "name"), NAME if " " not in name else ()
        for adj in spoken.adj:
            yield adj, Meaning("country", entry.code, "adj"), ADJ if code != "kk" else NOUN
        for people in spoken.people:
            yield people, Meaning("country", entry.code, "people"), NAME
    for region in files.countries.regions:
        yield from _plain("region", region.id, region, code, NAME)
        yield from _plain("region", region.id, region.adj, code, ADJ)


PL_AROUND: Final = {  # titles that take the country's adjective inside
    "szef {} dyplomacji": "foreign-minister", "szefowa {} dyplomacji": "foreign-minister",
    "szef {} MSZ": "foreign-minister",
    "szefowa {} MSZ": "foreign-minister", "wiceszef {} MSZ": "deputy-minister", "wiceszefowa {} MSZ": "deputy-minister",
    "szef {} rządu": "head-of-government", "szefowa {} rządu": "head-of-government", "szef {} resortu": "minister",
    "następca {} tronu": "crown-prince", "głowa {} państwa": "head-of-state", "szef {} państwa": "head-of-state",
    "przewodniczący {} parlamentu": "speaker", "szef {} parlamentu": "speaker",
}  # fmt: skip


def _of_adjective(files: Files) -> Iterator[Line]:
    for entry in files.countries.countries:
        for adj in entry.pl.adj:
            for pattern, office in PL_AROUND.items():
                id = "eu-high-representative" if entry.code == "EU" and office == "foreign-minister" else office
                yield pattern.format(adj), Meaning("office", id, f"of:{entry.code}"), ()


def relational(name: str) -> str:
    """Return the Kazakh word for what is of a place: Қытай, қытайлық."""
    last = name[-1].lower()
    vowels = [letter for letter in name.lower() if letter in "аәеоөұүыіиуяёэю"]
    back = not vowels or vowels[-1] in BACK
    start = "т" if last in HARD else "д" if last in LIQUID else "л"
    return name + start + ("ық" if back else "ік")


def nisba(name: str) -> str:
    """Return the Arabic word for what is of a country whose name is one word that takes it: موريتانيا, موريتاني."""
    stem = name.removeprefix("ال")
    if " " in name or "-" in name or stem.endswith("ي"):
        return ""
    bare = stem[:-1] if stem.endswith(("ا", "ة")) else stem
    return bare if bare.endswith("ي") else bare + "ي"


def _cities(code: Code, files: Files) -> Iterator[Line]:
    for city in files.cities.cities:
        for name in _of(city, code):
            yield name, Meaning("city", city.id, "city"), NAME
        for place in _of(city.places, code):
            inside: tuple[Pos, ...] = (*NAME, *ADJ, *NOUN) if code == "pl" else ()  # w Wielkiej Hali Ludowej
            yield place, Meaning("city", city.id, "place"), NAME if " " not in place else inside
        if code == "kk":
            for name in _of(city, code):
                if " " not in name:
                    yield relational(name), Meaning("city", city.id, "adj"), NOUN


def _people(code: Code, person: PersonEntry) -> Iterator[Line]:
    latin = (person.en, *person.also) if code == "pl" else ()
    for name in (*_of(person, code), *latin, *_joined(code, person)):
        plain = name.replace("*", "")
        yield plain, Meaning("person", person.id), NAME
        if not any(REGNAL.fullmatch(word) for word in plain.split()):
            called = surname(name)
            if called in COMMON[code]:
                continue
            yield called, Meaning("surname", person.id, "" if called == plain.split()[-1] else "given"), NAME


def _said(text: str) -> frozenset[str]:
    return frozenset(text.split())


COMMON: Final[dict[Code, frozenset[str]]] = {
    "kk": _said("Ма Хан Болат Салл Ұлы Гүл Ю Я Ан То Ли Чан У"),
    "pl": _said("To Ma Na Do Po Tu Ty My Oni Ani Lub Rada Kono Lu Li"),
    "ar": _said(
        "على علي آن أن إن ان ما لا هو هي الوزير الصباح صباح الله حتى حتي دون مايو ثاني الثاني الثانية الثالث الرابع "
        "الخامس السادس السابع العاشر آل عبد كييف دار لو ترأس أولى أولي صالح سلام النفطي الدين لي كي كان بن أبو محمد "
        "أحمد عبدالله حسين إبراهيم محمود حسن سعيد عبدالعزيز جابر"
    ),
}
"""Surnames that nobody is called by alone: they are everyday words, or half the region's given names."""


def _joined(code: Code, person: PersonEntry) -> Iterator[str]:
    """Yield Chinese names as outlets that join the syllables of the given name write them: شي جينبينغ."""
    for name in _of(person, code) if code == "ar" else ():
        words = name.split()
        if words[0].startswith("*") and len(words) == 3 and person.country in SYLLABIC:
            yield f"{words[0]} {words[1]}{words[2]}"


def surname(name: str) -> str:
    """Return the word by which a person is called: the starred one, else the last."""
    words = name.split()
    return next((word[1:] for word in words if word.startswith("*")), words[-1])


def _words(code: Code, files: Files) -> Iterator[Line]:
    for sign in files.words.signs:
        yield from _plain("sign", sign.id, sign, code)
        verbs = _of(sign.verbs, code)
        yield from ((verb, Meaning("sign", sign.id, "verb"), _verb_pos(verb)) for verb in verbs)
    for document in files.words.documents:
        yield from _plain("document", document.id, document, code)
    for invitation in files.words.invitations:
        yield from _plain("invitation", invitation.id, invitation, code)
    turnover: Lists = files.words.turnover
    yield from _plain("turnover", "", turnover, code)
    for unit in files.words.units:
        yield from _plain("unit", str(unit.times), unit, code)
    for currency in files.words.currencies:
        yield from _plain("currency", currency.id, currency, code)
    for source in files.words.sources:
        yield from _plain("source", source.id, source, code)


def _verb_pos(phrase: str) -> tuple[Pos, ...]:
    """A single verb is a verb; of a phrase each word may be one, or a noun."""
    return VERB if " " not in phrase else ("noun", "verb")
