"""Arabic: token -> every split into clitics, stem, ending; lemma -> folded stems with the clitics they bear.

A verb is listed by its perfect and imperfect (التقى، يلتقي); persons, objects and the future follow by rule.
"""

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import Final

from streams.languages import arabic_tables as tables
from streams.languages.arabic_tables import PREFIXES, SUFFIXES
from streams.languages.sentences import splitter
from streams.languages.shape import Code, Pos, Reading, Stem
from streams.languages.text import APOSTROPHES, HYPHENS, INVISIBLE, MARKS, Reader, Text, settle

_MARKS: Final = re.compile(f"[{MARKS}{INVISIBLE}ـ]")
_PLAIN_WORD: Final = re.compile("[ء-ي]+")
_PLAIN: Final = (
    {ord(c): "-" for c in HYPHENS + "_"}
    | {ord(c): "'" for c in APOSTROPHES}
    | str.maketrans("أإآٱىؤئیېکھہەگپڤچژ٫٬", "اااايويييكهههكبفجز.,")
    | {digit: str(unicodedata.digit(chr(digit))) for row in (0x660, 0x6F0) for digit in range(row, row + 10)}
)
# Oman and Amman differ in points alone; they are kept where the writer gave them.
OMAN: Final = "عُمان"
AMMAN: Final = "عمّان"
_UNPOINTED: Final = "عمان"
_OMAN: Final = re.compile("ع\u064fم")
_AMMAN: Final = re.compile("م[\u064b-\u0650\u0652]?\u0651")
_BEFORE_A_NUMBER: Final = re.compile(r"^[وف]?[بلك]?(?:ال|ل)?(?=\d)")  # و15, بـ20, الـ7
_WEAK: Final = re.compile("[اوي]")


def _fold_once(word: str) -> str:
    pointed = unicodedata.normalize("NFKC", word).replace("ـ", "")
    plain = _MARKS.sub("", pointed.translate(_PLAIN)).lower()
    plain = unicodedata.normalize("NFKC", _MARKS.sub("", plain)).strip("-'")
    if plain[-1:].isdigit():
        return _BEFORE_A_NUMBER.sub("", plain)
    if plain.endswith(_UNPOINTED):
        if _OMAN.search(pointed):
            return plain[:-4] + OMAN
        if _AMMAN.search(pointed):
            return plain[:-4] + AMMAN
    return plain


def fold(word: str) -> str:
    """NFKC, no points, tatweel or bidi marks; one alef, one ya, no seats of hamza, but ة is not ه; و15 is 15."""
    return settle(_fold_once, word, _PLAIN_WORD)


class Arabic:
    """Arabic."""

    code: Code = "ar"
    capital_kinds = 0

    def __init__(self) -> None:
        self._reader = Reader(fold)
        self._split = splitter(self.code)

    def text(self, original: str) -> Text:
        """The text, to be read when asked for."""
        return Text.lazy(original, self.code, self._reader, self._split)

    def fold(self, word: str) -> str:
        """A word as tokens are folded."""
        return fold(word)

    def guess(self, word: str, beside: Sequence[str] = ()) -> tuple[Pos, ...]:
        """Country and city names are known; a perfect beside its imperfect is a verb; -ي is an adjective."""
        key = fold(word)
        if key in _known_names():
            return ("name",)
        if any(_same_verb(key, fold(other)) for other in beside if other != word):
            return ("verb",)
        if key in tables.VERBS:  # many are nouns as well: هاتف
            return ("verb", "noun")
        if key in tables.ADJECTIVES or (key.endswith("ي") and len(key) > 3 and word[-1] != "ى"):
            return ("adj",)
        participle = key[:1] == "م" and len(key) > 4 and key[-1] not in "ةاي" and key not in BROKEN_PLURALS
        return ("noun", "adj") if participle and not key.endswith("ات") else ("noun",)

    def stems(self, word: str, pos: Pos) -> frozenset[Stem]:
        """The folded stems of the lemma; broken plurals where the tables have them."""
        key = fold(word)
        if len(key) < 2:
            return frozenset()
        if pos == "name":
            return frozenset(_name(key))
        if pos == "verb":
            return frozenset(_verb(key, hamza="ؤ" in word))
        if pos == "adj":
            return frozenset(_adjective(key, article=word.startswith(("ال", "ٱل"))))
        stems = frozenset(_noun(key, ends_in_alef=word[-1] == "ى"))
        if "ؤو" in word:  # مسؤول is مسئول in Egypt
            stems |= frozenset(_noun(fold(word.replace("ؤو", "ئو")), ends_in_alef=False))
        return stems

    def readings(self, folded: str, known: Container[str] | None = None) -> Sequence[Reading]:
        """Splits of the token; of a hyphenated one, of its parts as well."""
        if "-" not in folded:
            return _splits(folded, known)
        parts = [part for part in folded.split("-") if len(part) > 1]
        return [reading for part in (folded, *parts) for reading in _splits(part, known)]

    def endings(self) -> Iterator[tuple[str, str, int]]:
        """Clitics before, endings after, and the kinds that bear both."""
        for prefix, before in PREFIXES.items():
            for suffix, after in SUFFIXES.items():
                if before & after:
                    yield prefix, suffix, before & after


def _splits(word: str, known: Container[str] | None) -> list[Reading]:
    found = []
    for start in range(min(tables.LONGEST_PREFIX, len(word) - 2) + 1):
        before = PREFIXES.get(word[:start], 0)
        if not before:
            continue
        rest = word[start:]
        if word[:start].endswith("لل"):  # للصين is ل and الصين
            found.append(Reading("ال" + rest, tables.NAME))
        for end in range(len(rest), max(1, len(rest) - tables.LONGEST_SUFFIX - 1), -1):
            key = rest[:end]
            if known is not None and key not in known:
                continue
            kinds = before & SUFFIXES.get(rest[end:], 0)
            if start and end == 2:
                kinds &= ~tables.NAME  # ولي is no شي or لي with "and"
            if kinds:
                found.append(Reading(key, kinds))
    return found


def _name(key: str) -> Iterator[Stem]:
    yield Stem(key, tables.NAME)
    if key.endswith("ة"):
        yield Stem(key[:-1] + "ه", tables.NAME)
    if key in (OMAN, AMMAN):
        yield Stem(_UNPOINTED, tables.NAME)
    if key == _UNPOINTED:
        yield from (Stem(OMAN, tables.NAME), Stem(AMMAN, tables.NAME))


def _noun(key: str, *, ends_in_alef: bool) -> Iterator[Stem]:
    if key.startswith("ال") and len(key) > 4:  # given with the article, unless it is التزام
        yield from (Stem(stem, kinds) for stem, kinds in _noun(key[2:], ends_in_alef=ends_in_alef))
    if key.endswith("ة"):
        yield Stem(key[:-1], tables.N_TA | tables.A_TA)
    else:
        yield from _without_ta(key)
    if ends_in_alef:
        yield Stem(key[:-1] + "ا", tables.PRONOUN)
    if key.endswith("يء"):  # شيء: شيئا
        yield Stem(key[:-1] + "ي", tables.N_PLAIN | tables.N_DUAL)
    for plural in BROKEN_PLURALS.get(key, ()):
        yield from _plural(fold(plural))


def _plural(key: str) -> Iterator[Stem]:
    if key.endswith("ة"):
        yield Stem(key[:-1], tables.N_TA | tables.A_TA)
        return
    yield Stem(key, tables.N_PLAIN | tables.A_PLAIN)
    yield from _before_pronoun(key)


def _without_ta(key: str) -> Iterator[Stem]:
    kinds = tables.N_PLAIN | tables.A_PLAIN
    if not key.endswith(("ات", "ين", "ان", "ون")) or len(key) < 5:
        kinds |= tables.N_DUAL | tables.A_DUAL
        if key not in tables.NO_PLURAL and len(key) > 3:
            kinds |= tables.N_PLURAL | tables.A_PLURAL
    if key in tables.PERSONS:
        kinds |= tables.N_PERSON | tables.A_PERSON
        kinds |= tables.CONSTRUCT_AFTER if key in tables.CONSTRUCT_ONLY_AFTER else tables.CONSTRUCT
    yield Stem(key, kinds)
    if key.endswith(("ين", "ان")) and len(key) > 4:
        yield Stem(key[:-2], tables.DUAL_PRONOUN)
    yield from _before_pronoun(key)


def _before_pronoun(key: str) -> Iterator[Stem]:
    if key.endswith("ء"):  # لقاء: لقائه، لقاؤه; بدء: بدئه
        yield Stem(key[:-1] + "ي", tables.PRONOUN)
        yield Stem(key[:-1] + "و", tables.PRONOUN)


def _adjective(key: str, *, article: bool) -> Iterator[Stem]:
    if article and key.startswith("ال") and len(key) > 4:  # ألماني has none
        yield from _adjective(key[2:], article=False)
    base = key[:-1] if key.endswith("ة") else key
    names_a_country = base + "ا" in _known_names()  # روسيا is no adverb of روسي
    yield Stem(base, tables.N_ADJ | tables.A_ADJ | (0 if names_a_country else tables.TANWIN))


def _verb(key: str, *, hamza: bool) -> Iterator[Stem]:
    if key[0] == "ي" and len(key) > 2:
        yield from _present(key)
        if hamza or _she_is_clear(key[1:]):  # تؤكد: form V writes its hamza on an alef
            yield from _present("ت" + key[1:])
        yield from _present("ن" + key[1:])
        return
    if key[0] == "ت" and key.endswith(("ي", "و")) and len(key) > 3:
        yield from _present(key)
    yield Stem(key, tables.PERFECT)
    if key[-1] in "اي":  # التقى، دعا
        yield Stem(key[:-1], tables.PERFECT_SHORT)
        yield Stem(key[:-1] + "ا", tables.PERFECT_LONG)


def _present(key: str) -> Iterator[Stem]:
    yield Stem(key, tables.IMPERFECT)
    if key[-1] in "يوا":
        yield Stem(key[:-1], tables.IMPERFECT_SHORT)


def _she_is_clear(rest: str) -> bool:
    """Whether ت with this rest is surely "she": توقع may be "she signs" or "he expected"."""
    return len(rest) != 3 or rest not in tables.FORM_V or bool(_WEAK.search(rest[1:]))


def _skeleton(key: str) -> str:
    return _WEAK.sub("", key)


def _is_imperfect(key: str) -> bool:
    return len(key) > 2 and key[0] in "يت"


def _same_verb(key: str, other: str) -> bool:
    """Whether one is the perfect and the other the imperfect of one verb, of one root but for its weak letters."""
    if key.endswith(("ة", "ء", "ات")) or (len(key) > 4 and key[-2] == "ا" and key[0] in "ات"):
        return False  # استقبال stands beside يستقبل as a noun
    if key[1:] == other[1:] and {key[0], other[:1]} == {"ي", "ت"}:
        return _is_imperfect(key)
    imperfect, perfect = (key, other) if key[0] == "ي" else (other, key)
    if not _is_imperfect(imperfect) or imperfect[0] != "ي":
        return False
    root = _skeleton(imperfect[1:])
    return bool(root) and _skeleton(perfect).startswith(root)


BROKEN_PLURALS: Final = {fold(one): many for one, many in tables.BROKEN_PLURALS.items()}


@lru_cache(maxsize=1)
def _known_names() -> frozenset[str]:
    """Countries and cities by CLDR, one-word ones."""
    from babel import Locale

    locale = Locale.parse("ar")
    zones = (zone.get("city", "") for zone in locale.time_zones.values())
    names = (*locale.territories.values(), *zones)
    return frozenset(fold(name) for name in names if name and " " not in name) | {_UNPOINTED} | tables.SHORT_NAMES
