"""Kazakh: token -> every split into a prefix and a legal suffix chain; lemma -> stem and its alternants.

No list of forms is kept: a verb has some ten thousand. A token's prefixes are few, and the table says of each
remainder which stems (by last sound and harmony) it may follow.
"""

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from typing import Final

from streams.languages import kazakh_suffixes as suffixes
from streams.languages.kazakh_latin import latin_reader
from streams.languages.kazakh_suffixes import BACK, FRONT
from streams.languages.sentences import splitter
from streams.languages.shape import Code, Pos, Reading, Stem
from streams.languages.text import APOSTROPHES, HYPHENS, INVISIBLE, MARKS, Reader, Text, settle

BACK_VOWELS: Final = frozenset("аоұыяё")
FRONT_VOWELS: Final = frozenset("әеөүіэ")
GLIDES: Final = frozenset("уию")
VOWELS: Final = BACK_VOWELS | FRONT_VOWELS
FOREIGN: Final = frozenset("вфцчщэёюяьъи")
# у is a vowel between consonants, and in loans a back one: ресурс, ресурстары
_ROUND: Final = re.compile("[^аәеоөұүыіиуюяэё]у[^аәеоөұүыіиуюяэё]")
# A loan that ends so may take і before any suffix: контрактіге, Минскіде, банкіге
_LINKED: Final = ("кт", "ск", "нк")
VOICED: Final = {"қ": "ғ", "к": "г", "п": "б"}
UNVOICED: Final = {voiced: hard for hard, voiced in VOICED.items()}
# The vowel of the last syllable falls before a possessive: халық, халқы.
_ELIDING: Final = (
    "халық орын ерін мұрын мойын қойын ауыз көңіл дауыс нарық парық құлық ырық әріп ерік қырық ғұрып қарып"
    " мүлік сырық бөрік желік көрік іріп қарын бойын келін"
)
ELIDING: Final = frozenset(_ELIDING.split())
_SOUNDS: Final = (("V", VOWELS), ("R", GLIDES | set("йр")), ("L", "л"), ("N", "мнң"), ("Z", "зж"))
# What looks like the passive of a verb and is another one: қолдану is to use, қолдау to support.
OTHER_VERBS: Final = frozenset({"қолдан", "айлан", "ойлан"})
_VOWEL: Final = re.compile(f"[{''.join(sorted(VOWELS))}]")
_MARKS: Final = re.compile(f"[{MARKS}{INVISIBLE}]")
_PLAIN_WORD: Final = re.compile("[а-яёәғқңөұүһі]+")
_PLAIN: Final = {ord(c): "-" for c in HYPHENS + "_"} | {ord(c): "'" for c in APOSTROPHES}
_VARIANTS: Final = str.maketrans("ӊӈҡӯҳѳӛӓ", "ңңқұһөәә")
_LOOKALIKES: Final = "aeopcyxihkmtəɵABCEHIKMOPTXYƏ"
HOMOGLYPHS: Final = str.maketrans(_LOOKALIKES, "аеорсухіһкмтәөАВСЕНІКМОРТХУӘ")
_LATIN: Final = re.compile(r"[A-Za-zəƏɵ]")
_CYRILLIC: Final = re.compile(r"[Ѐ-ӿ]")
# тарих-ы: the last part of a compound that somebody owns is a name of something else (иран-бағы)
_OWNED: Final = re.compile(r"(?:[^аәеоөұүыіиуя][ыі]|с[ыі])(?:н|н[ыі]ң|н[ае]|нд[ае]|нд[ае][ғг][ыі]|н[ае]н|мен)?")
_UNOWNED: Final = frozenset({"алматы"})
_LOOSE_LETTERS: Final = frozenset("эёьъщ")
_LOOSE: Final = str.maketrans({"э": "е", "ё": "е", "ь": None, "ъ": None, "щ": "ш"})


def _unmix(part: str) -> str:
    """Latin letters that look Cyrillic, inside a Cyrillic word: келiссөз."""
    if _CYRILLIC.search(part) and _LATIN.search(part) and set(_LATIN.findall(part)) <= set(_LOOKALIKES):
        return part.translate(HOMOGLYPHS)
    return part


def _fold_once(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).translate(_PLAIN)
    if not plain.isascii():
        plain = "-".join(map(_unmix, plain.split("-"))).lower()
    plain = unicodedata.normalize("NFKC", _MARKS.sub("", plain.lower()))
    return plain.translate(_VARIANTS).strip("-'")


def fold(word: str) -> str:
    """NFKC, lower case, no marks; look-alikes, hyphens and apostrophes unified."""
    return settle(_fold_once, word, _PLAIN_WORD)


def harmonies(word: str, *, foreign: bool) -> tuple[int, ...]:
    """The harmonies that a word's suffixes may have; loans and names hesitate (Тоқаевтың)."""
    if foreign:
        return (BACK, FRONT)
    for letter in reversed(word):
        if letter in BACK_VOWELS:
            return (BACK,)
        if letter in FRONT_VOWELS:
            return (FRONT,)
    return (BACK, FRONT)


def sounds(word: str, *, name: bool) -> str:
    """Sound classes of the last letter, as kazakh_suffixes names them."""
    last = word[-1]
    if name and last == "и":
        return "RV"
    if name and last in "бвгд":
        return "TZ"
    return next((sound for sound, letters in _SOUNDS if last in letters), "T")


class Kazakh:
    """Kazakh in Cyrillic, and in the Latin scripts of 2017, 2018, 2021 and QazAqparat."""

    code: Code = "kk"
    capital_kinds = 0

    def __init__(self) -> None:
        self._reader = Reader(fold)
        self._split = splitter(self.code)

    def text(self, original: str) -> Text:
        """The text, to be read when asked for; one in Latin script is folded to Cyrillic."""
        return Text.lazy(original, self.code, latin_reader(original) or self._reader, self._split)

    def fold(self, word: str) -> str:
        """A word as tokens are folded."""
        return fold(word)

    def guess(self, word: str, beside: Sequence[str] = ()) -> tuple[Pos, ...]:
        """A capital means a name; -у is an action, and its verb."""
        if word[:1].isupper():
            return ("name",)
        action = word[-1:] == "ю" or (word[-1:] == "у" and (len(word) > 3 or word[-2:-1] not in VOWELS))
        return ("noun", "verb") if action else ("noun",)

    def stems(self, word: str, pos: Pos) -> frozenset[Stem]:
        """The stem, its alternants before vowels and, of a verb, its passive."""
        key = _loose(fold(word))
        if not key:
            return frozenset()
        if pos == "verb":
            return frozenset(_verb(key))
        abbreviation = len(word) > 1 and word.isupper()
        return frozenset(_noun(key, name=pos == "name", abbreviation=abbreviation, source=fold(word)))

    def readings(self, folded: str, known: Container[str] | None = None) -> Sequence[Reading]:
        """Splits whose remainder is a legal chain; of a compound, its parts too."""
        word = _loose(folded)
        if "-" not in word:
            return _splits(word, known)
        return [*_splits(word, known), *_parts(word, known)]

    def endings(self) -> Iterator[tuple[str, str, int]]:
        """Suffix chains and the kinds they may follow."""
        yield from (("", chain, kinds) for chain, kinds in suffixes.table().items())


def _loose(folded: str) -> str:
    return folded if _LOOSE_LETTERS.isdisjoint(folded) else folded.translate(_LOOSE)


def _splits(word: str, known: Container[str] | None) -> list[Reading]:
    table, found = suffixes.table(), []
    shortest = 1 if known is None else 0  # a word of one letter is known only where it was given: Ван И
    for end in range(len(word), shortest, -1):
        prefix = word[:end]
        if known is not None and prefix not in known:
            continue
        kinds = table.get(word[end:])
        if kinds:
            found.append(Reading(prefix, kinds))
    return found


def _parts(word: str, known: Container[str] | None) -> Iterator[Reading]:
    """Suffix after a hyphen (ҚХР-мен); parts of a pair (қазақ-қытай), the first ones bare."""
    *first, last = word.split("-")
    if suffixes.table().get(last, 0) & suffixes.EVERY_NOUN:
        yield Reading("-".join(first), suffixes.HYPHENED)
        return
    if any(not part.isalpha() for part in (*first, last)) or _owned(last):
        return
    yield from (Reading(part, suffixes.EVERY_NOUN) for part in first)
    yield from (Reading(key, noun) for key, kinds in _splits(last, known) if (noun := kinds & suffixes.EVERY_NOUN))


def _owned(part: str) -> bool:
    return part not in _UNOWNED and any(_OWNED.fullmatch(part, at) for at in range(2, len(part)))


def _noun(key: str, *, name: bool, abbreviation: bool, source: str) -> Iterator[Stem]:
    yield Stem(key, suffixes.HYPHENED)
    if abbreviation:  # read out letter by letter, each with its own last sound
        yield Stem(key, suffixes.EVERY_NOUN)
        return
    foreign = name or _is_loan(source)
    both = harmonies(key, foreign=foreign)
    yield Stem(key, sum(suffixes.noun(sound, h) for sound in sounds(key, name=foreign) for h in both))
    owned = sum(suffixes.possessed(h) for h in both)
    if key[-1] in VOICED:
        yield Stem(key[:-1] + VOICED[key[-1]], owned)
    if len(key) > 3 and key[-1] == key[-2]:  # металл, металдар
        yield Stem(key[:-1], sum(suffixes.noun(sound, h) for sound in sounds(key, name=False) for h in both))
    if key.endswith(_LINKED):
        yield Stem(key + "і", suffixes.noun("V", FRONT))
    if key in ELIDING:
        stem = key[:-2] + key[-1]
        yield Stem(stem, owned)


def _is_loan(word: str) -> bool:
    """Whether a noun's harmony cannot be told from its vowels: foreign letters, or к and г beside back vowels."""
    letters = frozenset(word)
    front = not letters.isdisjoint(FRONT_VOWELS) or not letters.isdisjoint("кг")
    mixed = front and not letters.isdisjoint(BACK_VOWELS)
    return mixed or not letters.isdisjoint(FOREIGN) or bool(_ROUND.search(word))


def infinitive_stems(word: str) -> tuple[str, ...]:
    """жүргізу, қою, шығу, табу, оқу -> their stems; a stem stays."""
    if len(word) < 3 or word[-1] not in "ую":
        return (word,)
    base = word[:-1]
    if word[-1] == "ю":
        return (base + "й",)
    if base[-1] in UNVOICED:
        return (base[:-1] + UNVOICED[base[-1]],)
    return (base,)


def _verb(key: str) -> Iterator[Stem]:
    stems = list(infinitive_stems(key))
    if key[-1] == "у" and len(key) > 2 and key[-2] not in VOWELS | GLIDES:
        vowel = "і" if FRONT in harmonies(key[:-1], foreign=False) else "ы"
        stems.append(key[:-1] + vowel)  # оқу is of оқы
    for stem in stems:
        yield from _tenses(stem)
        yield from (form for passive in passives(stem) if passive not in OTHER_VERBS for form in _tenses(passive))


def passives(stem: str) -> Iterator[str]:
    """The passive stem: -ыл, or -ын after л; causatives and reciprocals mean something else."""
    vowel = "і" if harmonies(stem, foreign=False) == (FRONT,) else "ы"
    tail = _VOWEL.split(stem)
    voiced = stem[:-1] + VOICED.get(stem[-1], stem[-1])
    if stem[-1] in VOWELS:
        yield stem + ("н" if "л" in tail[-2] else "л")
    else:
        last_syllable = "".join(tail[-2:-1])[-1:] + tail[-1]
        yield voiced + vowel + ("н" if "л" in last_syllable else "л")


def _tenses(stem: str) -> Iterator[Stem]:
    for h in harmonies(stem, foreign=False):
        yield Stem(stem, suffixes.verb(sounds(stem, name=False), h))
        if stem[-1] in VOWELS:
            if stem[-1] in "ыі":
                yield Stem(stem[:-1], suffixes.verbal_noun(h))
            continue
        yield Stem(stem[:-1] + VOICED.get(stem[-1], stem[-1]), suffixes.before_vowel(h))
        if stem[-1] == "й":
            yield Stem(stem[:-1], suffixes.after_y(h))
        if stem[-1] == "п":
            yield Stem(stem[:-1] + "у", suffixes.converb(h))
