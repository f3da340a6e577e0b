"""How a city or country is spoken of: as where, whereto or wherefrom, as a journey's end, or as none of these.

mention of a place --case, prepositions--> in, to, from, bare
"""

from typing import Final

from streams.lexicon import Mention
from streams.meetings.reading import Line, Reading

IN, TO, FROM, BARE = "in", "to", "from", "bare"
KK_IN: Final = ("да", "де", "та", "те", "дағы", "дегі", "тағы", "тегі", "нда", "нде", "ндағы", "ндегі")
KK_TO: Final = ("ға", "ге", "қа", "ке", "на", "не")
KK_FROM: Final = ("дан", "ден", "тан", "тен", "нан", "нен")
TITLE: Final = 2  # tokens from an office to whose it is
STRAIGHT_PL: Final = frozenset({"w", "we", "do", "na"})
CITY_KK: Final = "қаласы"
KK_OF: Final = ("дағы", "дегі", "тағы", "тегі")
KK_NOT: Final = ("мен", "пен", "бен", "ның", "нің", "дың", "дің", "тың", "тің")
CAPITAL_WORDS: Final = {
    "kk": ("елорда", "астанасы"), "pl": ("stolica", "stolicy", "stolicę"), "ar": ("العاصمة", "العاصمه",
    "للعاصمة", "بالعاصمة"),
}  # fmt: skip


def case(reading: Reading, mention: Mention) -> str:
    """Return whether a place is where, whereto or wherefrom; where a journey is begun one is."""
    told = _case(reading, mention)
    return IN if told == FROM and _begun_there(reading, mention) else told


BEGINS: Final = {
    "kk": ("баста",), "pl": ("rozpocz", "zaczął", "zaczęł", "zaczyna"),
    "ar": ("يبدا", "بدا", "تبدا", "يستهل", "استهل", "تستهل"),
}  # fmt: skip
BEGUN: Final = 7  # tokens


def _begun_there(reading: Reading, mention: Mention) -> bool:
    """Whether a journey is begun in a city, and not left from it: сапарын Астанадан бастады, يبدأ جولته من أستانا."""
    if reading.language == "pl" and reading.folded(mention.first - 1) != "od":
        return False
    kk = reading.language == "kk"
    near = range(mention.last + 1, mention.last + 2) if kk else range(mention.first - BEGUN, mention.first)
    return any(reading.folded(at).startswith(BEGINS[reading.language]) for at in near)


def _case(reading: Reading, mention: Mention) -> str:  # noqa: PLR0911
    if reading.language == "kk":
        behind = mention.last + 1
        if reading.folded(behind).startswith(CITY_KK) and not reading.gap(mention.last, behind).strip():
            mention = mention._replace(last=behind)  # Любляна қаласында
        word = reading.folded(mention.last).replace("-", "")
        known = reading.lexicon.city_names(mention.id).kk.lower() if mention.kind == "city" else ""
        if word == known or word.endswith(KK_NOT) or _named_so(reading, mention, word):
            return BARE
        for ending, name in ((KK_IN, IN), (KK_FROM, FROM), (KK_TO, TO)):
            if word.endswith(ending):
                return name
        return BARE
    before = reading.folded(mention.first - 1)
    if reading.language == "pl":
        if before in ("w", "we", "pod", "koło"):
            return IN if reading.folded(mention.first - 2) != "nie" else FROM
        if before in ("do", "nad", "ku"):
            return TO
        if before in ("z", "ze", "od"):
            return FROM
        return _pl_behind_noun(reading, mention)
    word = reading.folded(mention.first)
    if before in ("في", "وفي", "بمدينة", "بمدينه", "بالعاصمة", "بقصر") or _prefixed(reading, mention, word, "ب"):
        return IN
    if before in ("الي", "نحو", "مدينة", "مدينه", "العاصمة", "العاصمه", "زيارة", "زياره", "يزور") or _prefixed(
        reading, mention, word, "ل"
    ):
        return TO
    if before in ("من", "عن", "بين") or (word.startswith("و") and reading.folded(mention.first - 2) == "بين"):
        return FROM
    return BARE


def _named_so(reading: Reading, mention: Mention, word: str) -> bool:
    """Whether a Kazakh building's name only ends like a case: Ақорда хабарлады."""
    return mention.kind == "city" and mention.note == "place" and word in reading.lexicon.buildings(mention.id)


def _pl_behind_noun(reading: Reading, mention: Mention) -> str:
    """w stolicy Kazachstanu, w Pałacu Elizejskim, w rezydencji Akorda: the preposition stands one word before."""
    for back in (2, 3):
        if reading.gap(mention.first - back + 1, mention.first - back + 2).strip():
            return BARE
        word = reading.folded(mention.first - back)
        if word in ("w", "we"):
            return IN
        if word in ("z", "ze", "od"):
            return BARE
    return BARE


def _prefixed(reading: Reading, mention: Mention, word: str, prefix: str) -> bool:
    lexicon = reading.lexicon
    names = (lexicon.city_names if mention.kind == "city" else lexicon.country_names)(mention.id).ar
    plain = word.removeprefix("و")
    return plain.startswith(prefix) and not names.startswith(prefix)


def is_place(reading: Reading, mention: Mention) -> bool:
    """Whether a country is named as where something is: Қазақстанда, в capital of it."""
    if mention.note != "name":
        return False
    return case(reading, mention) in (IN, TO) or bool(capital_word(reading, mention))


def capital_word(reading: Reading, mention: Mention) -> int:
    """Return -1 or 1 when the word before or behind a country means its capital, else 0."""
    words = CAPITAL_WORDS[reading.language]
    if reading.folded(mention.first - 1).startswith(words):
        return -1
    return 1 if reading.folded(mention.last + 1).startswith(words) else 0


def speaks_of(reading: Reading, line: Line, country: str) -> bool:
    """Whether a line names the country or one of its cities as a place."""
    cities = reading.lexicon.cities
    return any(
        (m.kind == "country" and m.id == country and m.note == "name")
        or (m.kind == "city" and cities[m.id] == country and m.note != "adj")
        for m in line.mentions
    )


def is_in(reading: Reading, line: Line, country: str) -> bool:
    """Whether a line names the country or one of its cities as a place, and not as where somebody is from."""
    cities = reading.lexicon.cities
    here = [
        m
        for m in line.mentions
        if (m.kind == "country" and m.id == country and (m.note == "name" or capital_word(reading, m)))
        or (m.kind == "city" and cities[m.id] == country and m.note != "adj")
    ]
    return any(case(reading, m) != FROM for m in here)


def destination(reading: Reading, line: Line, but: str) -> str | None:
    """Return the country, other than one, to which or in which a line's journey goes."""
    cities = reading.lexicon.cities
    for m in line.mentions:
        country = (
            m.id
            if m.kind == "country" and m.note == "name"
            else cities[m.id]
            if m.kind == "city" and m.note != "adj"
            else ""
        )
        if not country or country == but:
            continue
        if case(reading, m) in (IN, TO) and not reading.folded(m.last).endswith(KK_OF):
            return country
        if _visited(reading, m):
            return country
    return None


def _visited(reading: Reading, m: Mention) -> bool:
    """odwiedził Chiny, يزور الصين: the country is the verb's object."""
    line = reading.line_of(m.first)
    return any(s.note == "verb" and 0 < m.first - s.last <= 8 for s in line.signs("visit")) and reading.language != "kk"


def headed_for(reading: Reading, line: Line, countries: tuple[str, str]) -> set[str]:
    """Return which of two countries a line names as where a journey goes."""
    offices = line.of("office")
    named = (
        m
        for m in line.of("country")
        if m.note == "name" and m.id in countries and not any(0 < m.first - o.last <= TITLE for o in offices)
    )
    return {m.id for m in named if (case(reading, m) in (IN, TO) and _straight(reading, m)) or _visited(reading, m)}


def _straight(reading: Reading, mention: Mention) -> bool:
    """Whether the preposition is the place's own: do Rosji, not w kolorach flagi Rosji."""
    return reading.language != "pl" or reading.folded(mention.first - 1) in STRAIGHT_PL
