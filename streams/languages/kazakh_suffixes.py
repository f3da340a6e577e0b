"""Sound class and harmony -> every legal suffix chain -> one table: suffix -> the kinds of stem it may follow.

Nominal chains: plural, possessive, case, -дағы and its own cases. Verbal chains: negation, then tense, mood,
participle or converb with their persons and cases. Derivation (-лық, -шы, -ша, causatives) is left out: it
makes another word (министрлік is no министр, қытайша no Қытай). So are bare verb stems: an imperative is
no news, and алмас is also a name.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import Final

SOUNDS: Final = "VRLNZT"  # vowel; й р у и; л; м н ң; з ж; voiceless and б в г ғ д
BACK: Final = 0
FRONT: Final = 1
_A: Final = "ае"
_Y: Final = "ыі"
_G: Final = "ғг"
_K: Final = "қк"


def _bit(group: int, sound: str, harmony: int) -> int:
    return 1 << (group * 12 + SOUNDS.index(sound) * 2 + harmony)


def noun(sound: str, harmony: int) -> int:
    """A noun stem whose last sound is of this class."""
    return _bit(0, sound, harmony)


def verb(sound: str, harmony: int) -> int:
    """A verb stem before any suffix that leaves it as it is."""
    return _bit(1, sound, harmony)


def possessed(harmony: int) -> int:
    """A noun stem as it is only before a possessive vowel: серіктестіг-, халқ-."""
    return 1 << (24 + harmony)


def before_vowel(harmony: int) -> int:
    """A verb stem that ends in a consonant, before a vowel: шығ-, жүргіз-."""
    return 1 << (26 + harmony)


def after_y(harmony: int) -> int:
    """A verb stem that lost its й to я or ю: қо(й)- in қояды, қою."""
    return 1 << (28 + harmony)


def verbal_noun(harmony: int) -> int:
    """A verb stem that lost its vowel before у or и: оқ(ы)- in оқу, оқиды."""
    return 1 << (30 + harmony)


def converb(harmony: int) -> int:
    """A verb stem as it is only in the converb: тау- in тауып."""
    return 1 << (32 + harmony)


HYPHENED: Final = 1 << 34  # a noun that may be parted from its suffix by a hyphen: ҚХР-мен
EVERY_NOUN: Final = sum(noun(s, h) for s in SOUNDS for h in (BACK, FRONT))

_DATIVE_HARD: Final = "T"
_PLURAL: Final = {"V": "л", "R": "л", "L": "д", "N": "д", "Z": "д", "T": "т"}
_GENITIVE: Final = {"V": "н", "N": "н", "R": "д", "L": "д", "Z": "д", "T": "т"}
_ACCUSATIVE: Final = {"V": "н", "N": "д", "R": "д", "L": "д", "Z": "д", "T": "т"}
_ABLATIVE: Final = {"N": "н", "T": "т"}
_INSTRUMENTAL: Final = {"Z": "б", "T": "п"}
_NEGATION: Final = {"N": "б", "Z": "б", "T": "п"}


def _relative(locative: str, h: int) -> Iterator[str]:
    """-дағы, -дағылар, -дағының: what is there."""
    base = f"{locative}{_G[h]}{_Y[h]}"
    yield base
    yield f"{base}д{_A[h]}й"
    yield from (base + case for case in ("н" + _Y[h], f"н{_Y[h]}ң", f"{_G[h]}{_A[h]}", f"д{_A[h]}", f"д{_A[h]}н"))
    yield from (f"{base}л{_A[h]}р{case}" for case in ("", *simple_cases("R", h)))


@cache
def simple_cases(sound: str, h: int) -> tuple[str, ...]:
    """The case endings alone."""
    a, y, d = _A[h], _Y[h], "т" if sound == "T" else "д"
    return (
        f"{_GENITIVE[sound]}{y}ң",
        f"{_ACCUSATIVE[sound]}{y}",
        f"{(_K if sound == _DATIVE_HARD else _G)[h]}{a}",
        f"{d}{a}",
        f"{_ABLATIVE.get(sound, 'д')}{a}н",
        f"{_INSTRUMENTAL.get(sound, 'м')}ен",
        f"{_INSTRUMENTAL.get(sound, 'м')}енен",
        f"{d}{a}й",
        f"{d}{a}й{y}н",
        f"{_GENITIVE[sound]}ікі",
    )


@cache
def cases(sound: str, h: int) -> tuple[str, ...]:
    """Case endings after a stem or suffix that ends in this sound, and what -дағы carries on."""
    return (*simple_cases(sound, h), *_relative(f"{'т' if sound == 'T' else 'д'}{_A[h]}", h))


def _third_person(h: int) -> Iterator[str]:
    """What follows the possessive of the third person: its own cases."""
    a, y = _A[h], _Y[h]
    yield from ("", f"н{y}ң", "н", f"н{a}", f"нд{a}", f"н{a}н", "мен", "менен", f"нд{a}й", "нікі", f"нш{a}")
    yield from _relative(f"нд{a}", h)


def _first_or_second(ending: str, h: int) -> Iterator[str]:
    """What follows -м, -ң (dative in a bare vowel) and -мыз, -ңыз."""
    if ending in "мң":
        yield from ("", f"н{_Y[h]}ң", f"д{_Y[h]}", _A[h], f"д{_A[h]}", f"н{_A[h]}н", "мен", f"д{_A[h]}й")
        yield from _relative(f"д{_A[h]}", h)
    else:
        yield from ("", *cases("Z", h))


def possessives(h: int, *, after_vowel: bool) -> Iterator[str]:
    """Possessive chains; after a consonant each begins with the linking vowel."""
    y = _Y[h]
    link = "" if after_vowel else y
    third = f"с{y}" if after_vowel else y
    yield from (third + case for case in _third_person(h))
    for person in ("м", "ң", f"м{y}з", f"ң{y}з"):
        yield from (link + person + case for case in _first_or_second(person, h))
    yield from (f"{link}ң{y}зд{_A[h]}р{case}" for case in ("", *cases("R", h)))


@cache
def nominal(sound: str, h: int) -> tuple[str, ...]:
    """Every nominal chain after a stem of this sound, the empty one included."""
    plural = f"{_PLURAL[sound]}{_A[h]}р"
    return (
        "",
        *cases(sound, h),
        *possessives(h, after_vowel=sound == "V"),
        plural,
        *(plural + case for case in cases("R", h)),
        *(plural + chain for chain in possessives(h, after_vowel=False)),
    )


def _present_persons(h: int) -> tuple[str, ...]:
    y = _Y[h]
    return ("", f"д{y}", f"м{y}н", f"с{y}ң", f"с{y}з", f"м{y}з", f"с{y}зд{_A[h]}р")


def _participle(base: str, sound: str, h: int) -> Iterator[str]:
    """A participle is a noun, and may say who."""
    y = _Y[h]
    b = {"N": "б", "T": "п"}.get(sound, "м")
    yield from (base + chain for chain in nominal(sound, h))
    yield from (base + person for person in (f"м{y}н", f"{b}{y}н", f"с{y}ң", f"с{y}з", f"{b}{y}з", f"ш{_A[h]}"))
    fact, of_it = (f"{base}{'д' if sound == 'N' else 'т'}{y}", _G[h] + y)  # келгендігі, қатысқандықтан
    yield from (fact + rest for rest in (f"{_K[h]}т{_A[h]}н", *(of_it + case for case in _third_person(h))))


def _consonantal(sound: str, h: int) -> Iterator[str]:
    """Tenses that begin with a consonant: past, perfect, conditional, wish, intention."""
    a, y = _A[h], _Y[h]
    d = "т" if sound == "T" else "д"
    g = (_K if sound == "T" else _G)[h]
    m = _NEGATION.get(sound, "м")
    persons = ("", "м", f"ң{y}з", _K[h], f"ң{y}зд{a}р")  # not -ң: қойдың is "of a sheep"
    yield from (f"{d}{y}{person}" for person in persons)
    yield from (f"с{a}{person}" for person in persons)
    yield from _participle(f"{g}{a}н", "N", h)
    yield from (f"с{y}н", f"с{y}нд{a}р", f"{g}{a}л{y}", f"{g}{a}й")
    intention = f"{m}{a}{_K[h]}"
    yield from (intention + end for end in ("", f"ш{y}", f"п{y}н", f"п{y}з", f"с{y}ң", f"с{y}з", f"т{a}", f"т{y}"))


def _vocalic(h: int) -> Iterator[str]:
    """Tenses that begin with a vowel after a consonant."""
    a, y = _A[h], _Y[h]
    yield from (a + person for person in _present_persons(h))
    yield from _participle(f"{a}т{y}н", "N", h)
    yield from (f"{y}п{end}" for end in ("", f"т{y}", f"п{y}н", f"п{y}з", f"с{y}з", f"с{y}ң"))
    yield from (f"{a}р{end}" for end in ("", f"д{a}", f"д{y}ң", f"м{y}н", f"м{y}з", f"с{y}з"))
    yield from (f"{y}ң{y}з", f"{y}ң{y}зд{a}р", f"{a}й{y}н", f"{a}й{y}{_K[h]}")
    yield from _nouns_of_action(h)


def _nouns_of_action(h: int, letter: str = "у") -> Iterator[str]:
    yield from (letter + chain for chain in nominal("R", h))


def _after_vowel(h: int) -> Iterator[str]:
    """Tenses of a stem (or negation) that ends in a vowel, beyond those that begin with a consonant."""
    a, y = _A[h], _Y[h]
    yield from ("й" + person for person in _present_persons(h))
    yield from _participle(f"йт{y}н", "N", h)
    yield from (f"п{end}" for end in ("", f"т{y}", f"п{y}н", f"п{y}з", f"с{y}з"))
    yield from (f"р{end}" for end in ("", f"д{a}", f"д{y}ң", f"м{y}н", f"м{y}з", f"с{y}з"))
    yield from (f"ң{y}з", f"ң{y}зд{a}р", f"й{y}н", f"й{y}{_K[h]}")
    yield from _nouns_of_action(h)


def _negated(sound: str, h: int) -> Iterator[str]:
    a, y = _A[h], _Y[h]
    no = f"{_NEGATION.get(sound, 'м')}{a}"
    yield from (no + rest for rest in (*_consonantal("V", h), *_after_vowel(h)))
    yield from _participle(f"{no}с", "T", h)
    yield from (f"{no}ст{a}н", f"{no}с{y}н")


def _softened(chains: Iterable[str], h: int) -> Iterator[str]:
    """Vowel-initial chains as spelt after й: йа is я, йу is ю (but йе stays: сүйеді)."""
    for chain in chains:
        if chain[0] == "у":
            yield "ю" + chain[1:]
        elif chain[0] == "а" and h == BACK:
            yield "я" + chain[1:]


def _rows() -> Iterator[tuple[int, Iterable[str]]]:
    for sound, h in product(SOUNDS, (BACK, FRONT)):
        yield noun(sound, h), nominal(sound, h)
        yield verb(sound, h), _consonantal(sound, h)
        yield verb(sound, h), _negated(sound, h)
    for h in (BACK, FRONT):
        yield verb("V", h), _after_vowel(h)
        yield possessed(h), possessives(h, after_vowel=False)
        yield before_vowel(h), _vocalic(h)
        yield after_y(h), _softened(_vocalic(h), h)
        yield verbal_noun(h), _nouns_of_action(h)
        yield verbal_noun(h), ("и" + chain[1:] for chain in _after_vowel(h) if chain[0] == "й")
        yield converb(h), (f"{_Y[h]}п", f"{_Y[h]}пт{_Y[h]}")


@cache
def table() -> dict[str, int]:
    """Suffix chain -> kinds of stem it may follow; about twenty thousand strings, built at first use."""
    kinds: dict[str, int] = {}
    for kind, chains in _rows():
        for chain in chains:
            kinds[chain] = kinds.get(chain, 0) | kind
    return kinds
