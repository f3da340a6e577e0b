"""Where a meeting was: cities and the buildings that mean them, weighed by their case and their line.

lines of a telling --cities, datelines, case--> scores --> Place
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from streams.lexicon import Mention
from streams.meetings.credits import SAYS
from streams.meetings.elsewhere import of_a_thing, still_to_be
from streams.meetings.framing.recall import another_month
from streams.meetings.places import BARE, FROM, IN, KK_IN, KK_NOT, KK_OF, TO, capital_word, case
from streams.meetings.reading import Line, Reading
from wire.records import Evidence, Place

SCORES: Final = {IN: 2.0, TO: 1.2, FROM: -1.0, BARE: 0.3}
BUILDING: Final = 0.5
DATELINE: Final = 0.8
PARTY: Final = 0.6
CITY_STATES: Final = frozenset({"SG", "VA", "LU", "MC", "SM", "DJ", "KW"})  # one name for state and city
STATE_AR: Final = frozenset({"دولة", "دوله"})  # دولة الكويت is no city


def where(
    reading: Reading, lines: Sequence[tuple[Line, float]], countries: tuple[str, str], held: bool = True, left: str = ""
) -> tuple[Place | None, tuple[Evidence, ...]]:
    """Return the place told by a meeting's lines (with their weights), not in the country left, and what proves it."""
    scores: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, Mention]] = {}
    for line, weight in lines:
        if not line.title and "?" in reading.gap(line.end - 1, line.end):
            continue  # what is asked tells no place
        for mention in _cities(reading, line):
            if (left and reading.lexicon.cities[mention.id] == left) or (held and still_to_be(reading, mention)):
                continue
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
    told = (m for m in line.of("city") if m.note != "adj" or _in_its(reading, m))
    found = [m for m in told if reading.folded(m.first - 1) not in STATE_AR]
    for m in line.of("country"):
        capital, side = reading.lexicon.capital(m.id), capital_word(reading, m)
        if capital and side:
            found.append(Mention("city", capital, "capital", m.first + min(side, 0), m.last + max(side, 0)))
        elif capital and m.id in CITY_STATES and _as_city(reading, m):
            found.append(Mention("city", capital, "city", m.first, m.last))
    return found


def _in_its(reading: Reading, mention: Mention) -> bool:
    """Whether a Polish adjective of a city tells in whose building one met: w lizbońskim pałacu."""
    return reading.language == "pl" and reading.folded(mention.first - 1) in ("w", "we")


def _as_city(reading: Reading, mention: Mention) -> bool:
    """Whether a city-state is named as where one met or goes, not as whose the office is: w Luksemburgu."""
    if mention.note != "name" or reading.folded(mention.first) in STATE_AR:
        return False
    line = reading.line_of(mention.first)
    titled = any(0 < mention.first - m.last < THING_REACH for m in line.of("office", "counterpart"))
    there = case(reading, mention) in (IN, TO) and (reading.language == "kk" or not titled)
    return there or _is_dateline(reading, mention)


def _worth(reading: Reading, mention: Mention, countries: tuple[str, str]) -> float:
    if of_a_thing(reading, mention):
        return 0.0  # przez porty w Rydze
    if _of_another_thing(reading, mention) or another_month(reading, reading.line_of(mention.first), mention):
        return 0.0
    score = SCORES[_standing(reading, mention)]
    if mention.note == "place" and reading.language == "kk" and reading.folded(mention.last).endswith(OWNED_KK):
        return 0.0  # Ақ үйдің сәлемі
    if mention.note in ("place", "capital"):
        score = score + BUILDING if score > SCORES[BARE] else score * (0.5 if mention.note == "place" else 1)
    if _says_so(reading, mention):
        return 0.0
    if reading.lexicon.cities[mention.id] in countries and not _acts(reading, mention):
        score += PARTY if score > 0 else 0
    if _is_dateline(reading, mention):
        score = max(score, DATELINE)
    return score


def _standing(reading: Reading, mention: Mention) -> str:
    """Return the case of a city as far as it tells where one met: not what lies near it or in it."""
    told = case(reading, mention)
    before = reading.folded(mention.first - 1)
    if reading.language == "pl":
        if before in NEAR_PL:
            return BARE  # złoża odkryte pod Karagandą
        told = IN if reading.folded(mention.first - 2).startswith(REPORT_PL) else told
    if reading.language == "ar":
        from_there = before == "من" and reading.line_of(mention.first).title
        return IN if from_there and ":" in reading.gap(mention.last, mention.last + 1) else told
    if reading.language == "kk" and told == IN and mention.note == "city" and _of_a_thing_there(reading, mention):
        return BARE
    return told


NEAR_PL: Final = frozenset({"pod", "koło"})
REPORT_PL: Final = ("relacj", "korespondencj", "reporta", "doniesieni", "sprawozdani")  # Relacja z Samarkandy
OWNED_KK: Final = ("ның", "нің", "дың", "дің", "тың", "тің")


def _of_a_thing_there(reading: Reading, mention: Mention) -> bool:
    """Whether a Kazakh city only tells where a thing lies: Гаванадағы зертханалар, not Гаванадағы келіссөз."""
    line = reading.line_of(mention.first)
    if not reading.folded(mention.last).endswith(KK_OF) or _aside(reading, line):
        return False
    behind = (reading.folded(at) for at in range(mention.last + 1, min(mention.last + 1 + THING_REACH, line.end)))
    if any(word.endswith(KK_IN) for word in behind):
        return False  # Анкарадағы Ақ сарайда
    return not line.title and not any(0 < m.first - mention.last <= THING_REACH for m in line.signs(*MEETS, "together"))


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
    "kk": ("аясында", "шеңберінде", "алаңында", "қарсаңында", "кулуар"),
    "pl": ("margines", "kuluar", "podczas", "okazji"), "ar": ("هامش", "خلال"),
}  # fmt: skip
THING_REACH: Final = 3  # tokens from the noun to its city: obrad w Astanie


def _of_another_thing(reading: Reading, mention: Mention) -> bool:
    """Whether a city is where a summit is or where somebody is asked to: obrady w Astanie, zaproszenie do Astany."""
    line = reading.line_of(mention.first)
    journey = line.title or line.signs("visit", "travel")
    if line.signs("invited") and case(reading, mention) == TO and not journey:
        return True
    if line.title:
        return False
    if reading.language == "kk":  # Самарқандтағы саммитте
        behind = [s for s in line.signs("multilateral") if 0 < s.first - mention.last <= THING_REACH]
        return bool(behind) and reading.folded(mention.last).endswith(KK_OF) and not _aside(reading, line)
    return any(0 < mention.first - s.last <= THING_REACH for s in line.signs("multilateral")) and not _aside(
        reading, line
    )


def _aside(reading: Reading, line: Line) -> bool:
    """Whether a line tells of something on a summit's sidelines."""
    language = reading.language
    said = (reading.folded(at) for at in range(line.first, line.end))
    return any((word if language == "kk" else word.lstrip("ولب")).startswith(SIDELINES[language]) for word in said)


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
        or (reading.folded(mention.last + 1) == "في" and reading.folded(mention.last + 2).isdigit())
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
