"""Whose an office is: the country, region or organisation that stands beside a title, and what is no state's.

title --beside, or beyond its portfolio--> mention of a country; title of a club --> not counted
"""

from collections.abc import Sequence
from typing import Final

from streams.lexicon import Mention
from streams.meetings.reading import Reading
from streams.meetings.who import strangers
from streams.meetings.who.party import BETWEEN, GENITIVE_KK, OF, Draft


def country_of(reading: Reading, head: Mention, places: Sequence[Mention]) -> Mention | None:
    """Return the country, region or organisation whose office this is."""
    before = [m for m in places if m.last < head.first and _close(reading, m.last, head.first)]
    after = [
        m
        for m in places
        if m.first > head.last and (_close(reading, head.last, m.first) or _in_state(reading, head, m))
    ]
    inside = [m for m in places if head.first <= m.first <= head.last]  # رئيس جمهورية كازاخستان share a word
    if inside:
        return inside[0]
    if not before and not after and head.id in (WITH_PORTFOLIO if reading.language != "ar" else WITH_PORTFOLIO_AR):
        return _beyond_portfolio(reading, head, places)
    if reading.language == "kk":
        return before[-1] if before else None
    if reading.language == "ar" and head.kind == "counterpart" and reading.folded(head.last + 1) == "من":
        after = after or [m for m in places if m.first == head.last + 2]
    if reading.language == "pl":
        named = [m for m in after if m.note != "adj"]
        bearing = [m for m in before if m.note == "adj" or m.kind == "region"]
        return named[0] if named else bearing[-1] if bearing else after[0] if after else None
    return after[0] if after else None


WITH_PORTFOLIO: Final = frozenset({"minister", "deputy-minister", "foreign-minister"})
WITH_PORTFOLIO_AR: Final = WITH_PORTFOLIO | {"vice-president", "speaker"}  # نائب رئيس المجلس الأدنى بالبرلمان
PORTFOLIO: Final = 6  # tokens: Инвестициялар, өнеркәсіп және сауда министрі


def _beyond_portfolio(reading: Reading, head: Mention, places: Sequence[Mention]) -> Mention | None:
    """Return the country on the other side of a portfolio that the lexicon does not list: minister przemysłu Czech."""
    if reading.language == "kk":
        beside = [m for m in places if 0 < head.first - m.last - 1 <= PORTFOLIO]
        place = beside[-1] if beside else None
        span = range(place.last + 1, head.first) if place else range(0)
    else:
        beside = [m for m in places if 0 < m.first - head.last - 1 <= PORTFOLIO]
        place = beside[0] if beside else None
        span = range(head.last + 1, place.first) if place else range(0)
    return place if place and place.kind == "country" and all(_of_portfolio(reading, at) for at in span) else None


def _of_portfolio(reading: Reading, at: int) -> bool:
    """Whether a token may stand in the name of a ministry: no name, no word of the lexicon, no clause's end."""
    line = reading.line_of(at)
    taken = any(m.first <= at <= m.last and m.kind not in ("turnover", "topic") for m in line.mentions)
    if taken or any(c in reading.gap(at - 1, at) for c in ".;:!?–—()"):
        return False
    if reading.language == "ar":
        return reading.folded(at).startswith(("ال", "وال", "بال", "لل"))
    if reading.language == "pl":
        return (
            not reading.capital(at)
            and "," not in reading.gap(at - 1, at)
            and reading.folded(at) not in ("w", "z", "ze", "na")
        )
    return not reading.folded(at).endswith(("мен", "пен", "бен", "ды", "ді", "ты", "ті"))


def _in_state(reading: Reading, head: Mention, place: Mention) -> bool:
    """وزير الخارجية في جمهورية كازاخستان: in a state, said in full."""
    between = [reading.folded(at) for at in range(head.last + 1, place.first)]
    portfolio = head.id in WITH_PORTFOLIO and len(between) > 1 and between[-1] == "في"
    if reading.language == "ar" and portfolio and all(word.startswith(("ال", "وال")) for word in between[:-1]):
        return len(between) <= PORTFOLIO
    full = reading.folded(place.first) in ("جمهورية", "جمهوريه", "دولة", "دوله", "مملكة", "المملكة")
    return reading.language == "ar" and between == ["في"] and (full or place.last > place.first)


def _close(reading: Reading, left: int, right: int) -> bool:
    """Whether nothing but small words stands between two tokens, and no full stop or comma."""
    if right - left - 1 > 2:
        return False
    for at in range(left, right):
        if any(mark in reading.gap(at, at + 1) for mark in ",.;:!?،؛()"):
            return False
    if reading.language == "kk" and reading.folded(left).endswith(GENITIVE_KK):
        return not any(reading.folded(at).endswith(GENITIVE_KK) for at in range(left + 1, right))
    return all(reading.folded(at) in BETWEEN[reading.language] for at in range(left + 1, right))


def is_somebodys(reading: Reading, draft: Draft) -> bool:  # noqa: PLR0911
    """Whether an office without a name is somebody's at all."""
    office = draft.office
    if office is None or draft.counterpart:
        return True
    if not draft.offices:
        return False
    if office.id in reading.lexicon.only_with:
        return draft.country is not None
    if draft.country is not None:
        return True
    if all(reading.lexicon.offices.get(o) is None for o in draft.offices):
        return False
    if office.note and office.note != "plural" and not office.note.startswith(OF):
        return False
    return not _of_something_else(reading, office)


_OWNED_KK: Final = ("і", "ы", "сі", "сы")
_HEADS_KK: Final = frozenset({"мемлекет", "ел", "елінің", "елдің", "мемлекеттің", "оның", "біздің"})


def _of_something_else(reading: Reading, office: Mention) -> bool:
    """Whether the office belongs to a thing that is no state: клуб президенті, رئيس النادي, prezydent klubu."""
    if reading.language == "ar":
        word = reading.folded(office.first)
        alone = office.first == office.last and strangers.ahead(reading, office.first) is None
        return alone and not any(word.startswith((p + "ال", "لل")) for p in ("", "و", "ب", "ف", "ك", "وب"))
    if reading.language == "kk":
        word = reading.folded(office.last)
        stem = word
        for ending in ("мен", "нің", "ның", "не", "на", "н", "нде", "нда", "нен", "нан"):
            if word.endswith(ending) and word.removesuffix(ending).endswith(_OWNED_KK):
                stem = word.removesuffix(ending)
        owned = stem.endswith(("ті", "сы", "сі", "рі", "ры")) and office.first == office.last
        portfolio = office.id in WITH_PORTFOLIO and not reading.capital(office.first - 1)
        return owned and not portfolio and reading.folded(office.first - 1) not in _HEADS_KK
    after = reading.folded(office.last + 1)
    return after in {
        "klubu",
        "federacji",
        "fifa",
        "uefa",
        "spółki",
        "firmy",
        "miasta",
        "banku",
        "miejscowego",
        "koncernu",
        "izby",
        "krakowa",
        "warszawy",
    }
