"""Where: cities and the buildings that mean them, weighed by their case and their line.

mentions of cities --case: in, to, from--> scores --> Place
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from streams.lexicon import Mention
from streams.meetings.credits import SAYS
from streams.meetings.reading import Line, Reading
from wire.records import Evidence, Place

IN, TO, FROM, BARE = "in", "to", "from", "bare"
KK_IN: Final = ("да", "де", "та", "те", "дағы", "дегі", "тағы", "тегі", "нда", "нде", "ндағы", "ндегі")
KK_TO: Final = ("ға", "ге", "қа", "ке", "на", "не")
KK_FROM: Final = ("дан", "ден", "тан", "тен", "нан", "нен")
KK_OF: Final = ("дағы", "дегі", "тағы", "тегі")
KK_NOT: Final = ("мен", "пен", "бен", "ның", "нің", "дың", "дің", "тың", "тің")
SCORES: Final = {IN: 2.0, TO: 1.2, FROM: -1.0, BARE: 0.3}
BUILDING: Final = 0.5
DATELINE: Final = 0.8
PARTY: Final = 0.6
CITY_STATES: Final = frozenset({"SG", "VA", "LU", "MC", "SM", "DJ", "KW"})  # one name for state and city
STATE_AR: Final = frozenset({"دولة", "دوله"})  # دولة الكويت is no city
CAPITAL_WORDS: Final = {
    "kk": ("елорда", "астанасы"), "pl": ("stolica", "stolicy", "stolicę"), "ar": ("العاصمة", "العاصمه",
    "للعاصمة", "بالعاصمة"),
}  # fmt: skip


class Found(NamedTuple):
    """A city with how much speaks for it, and the mention that shows it best."""

    city: str
    score: float
    mention: Mention


def case(reading: Reading, mention: Mention) -> str:  # noqa: PLR0911
    """Return whether a place is where, whereto or wherefrom."""
    if reading.language == "kk":
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
    names = reading.lexicon.city_names(mention.id).ar if mention.kind == "city" else ""
    plain = word.removeprefix("و")
    return plain.startswith(prefix) and not names.startswith(prefix)


def is_place(reading: Reading, mention: Mention) -> bool:
    """Whether a country is named as where something is: Қазақстанда, в capital of it."""
    if mention.note != "name":
        return False
    return case(reading, mention) in (IN, TO) or bool(_capital_word(reading, mention))


def _capital_word(reading: Reading, mention: Mention) -> int:
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
        if (m.kind == "country" and m.id == country and (m.note == "name" or _capital_word(reading, m)))
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


def where(
    reading: Reading, lines: Sequence[tuple[Line, float]], countries: tuple[str, str], held: bool = True
) -> tuple[Place | None, tuple[Evidence, ...]]:
    """Return the place told by a meeting's lines (with their weights), and the words that prove it."""
    scores: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, Mention]] = {}
    for line, weight in lines:
        for mention in _cities(reading, line):
            if not held and mention.note == "city" and _is_dateline(reading, mention) and not line.title:
                continue  # what is ahead is announced from elsewhere
            worth = _worth(reading, mention, countries) * (
                max(weight, DATELINE) if _is_dateline(reading, mention) else weight
            )
            scores[mention.id] += worth
            if mention.id not in best or worth > best[mention.id][0]:
                best[mention.id] = (worth, mention)
    if scores:
        city = max(scores, key=lambda id: scores[id])
        if scores[city] >= PARTY or (len(scores) == 1 and scores[city] > 0 and not _speaks(reading, best[city][1])):
            mention = best[city][1]
            names = reading.lexicon.city_names(city)
            place = Place(country=reading.lexicon.cities[city], city=city, names=names)
            return place, (reading.evidence(mention.first, mention.last, "place"),)
    return _country(reading, lines, countries)


def _cities(reading: Reading, line: Line) -> list[Mention]:
    found = [m for m in line.of("city") if m.note != "adj" and reading.folded(m.first - 1) not in STATE_AR]
    for m in line.of("country"):
        capital, side = reading.lexicon.capital(m.id), _capital_word(reading, m)
        if capital and side:
            found.append(Mention("city", capital, "capital", m.first + min(side, 0), m.last + max(side, 0)))
        elif capital and m.id in CITY_STATES and m.note == "name" and reading.folded(m.first) not in STATE_AR:
            found.append(Mention("city", capital, "city", m.first, m.last))
    return found


def _worth(reading: Reading, mention: Mention, countries: tuple[str, str]) -> float:
    if _of_another_thing(reading, mention):
        return 0.0
    score = SCORES[case(reading, mention)]
    if mention.note in ("place", "capital"):
        score = score + BUILDING if score > SCORES[BARE] else score * (0.5 if mention.note == "place" else 1)
    if _says_so(reading, mention):
        return 0.0
    if reading.lexicon.cities[mention.id] in countries and not _acts(reading, mention):
        score += PARTY if score > 0 else 0
    if _is_dateline(reading, mention):
        score = max(score, DATELINE)
    return score


def _says_so(reading: Reading, mention: Mention) -> bool:
    """Whether a palace is the source of the news: деп хабарлайды Ақорда."""
    line = reading.line_of(mention.first)
    near = (reading.folded(at) for at in range(mention.first - SAID, mention.last + SAID + 1))
    source = line.of("source") and any(SAYS[reading.language].search(word) for word in near if word)
    return bool(source) and case(reading, mention) == BARE and not _is_dateline(reading, mention)


def _acts(reading: Reading, mention: Mention) -> bool:
    """Whether a city that is no one's place stands for its government: Любляна бұған дайын."""
    line = reading.line_of(mention.first)
    if reading.language == "kk" and reading.folded(mention.last).endswith(KK_NOT):
        return False  # Бұқараның: what is of a city acts no more than it
    told = line.title or not line.present.isdisjoint(MEETS)
    return mention.note == "city" and case(reading, mention) == BARE and not told and not _is_dateline(reading, mention)


SAID: Final = 2  # tokens from a source to its word of saying
MEETS: Final = frozenset({"talks", "receive", "visit", "travel", "phone", "video", "airport", "document"})
SIDELINES: Final = {
    "kk": ("аясында", "шеңберінде", "алаңында", "қарсаңында"), "pl": ("margines", "kuluar", "podczas", "okazji"),
    "ar": ("هامش", "خلال"),
}  # fmt: skip
THING_REACH: Final = 3  # tokens from the noun to its city: obrad w Astanie


def _of_another_thing(reading: Reading, mention: Mention) -> bool:
    """Whether a city is where a summit is or where somebody is asked to: obrady w Astanie, zaproszenie do Astany."""
    line = reading.line_of(mention.first)
    journey = line.title or line.signs("visit", "travel")
    if line.signs("invited") and case(reading, mention) == TO and not journey:
        return True
    if reading.language == "kk" or line.title:
        return False
    summit = any(0 < mention.first - s.last <= THING_REACH for s in line.signs("multilateral"))
    aside = any(
        reading.folded(at).lstrip("ولب").startswith(SIDELINES[reading.language]) for at in range(line.first, line.end)
    )
    return summit and not aside


def _speaks(reading: Reading, mention: Mention) -> bool:
    """Whether a capital may stand for its government: Pekin popiera."""
    country = reading.lexicon.cities[mention.id]
    return reading.lexicon.capital(country) == mention.id and case(reading, mention) == BARE


def _is_dateline(reading: Reading, mention: Mention) -> bool:
    """СИАНЬ. 17 мамыр. / Xi'an, 17.05. / بكين في 3 يوليو: a city at the very start, or `Rzym:` of a title."""
    body = reading.body_lines
    if mention.first == 0 and mention.note == "city" and ":" in reading.gap(mention.last, mention.last + 1):
        return True
    if not body or mention.first != body[0].first:
        return False
    after = reading.gap(mention.last, mention.last + 1)
    return (
        any(mark in after for mark in ".,،-–—/(:")
        or reading.surface(mention.first).isupper()
        or reading.folded(mention.last + 1).isdigit()
    )


def _country(
    reading: Reading, lines: Sequence[tuple[Line, float]], countries: tuple[str, str]
) -> tuple[Place | None, tuple[Evidence, ...]]:
    for line, _ in lines:
        for m in line.of("country"):
            if (
                m.note == "name"
                and m.id in countries
                and case(reading, m) in (IN, TO)
                and line.signs("visit", "travel")
            ):
                names = reading.lexicon.country_names(m.id)
                return Place(country=m.id, names=names), (reading.evidence(m.first, m.last, "place"),)
    return None, ()
