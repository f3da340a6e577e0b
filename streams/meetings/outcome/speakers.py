"""Who says so: a saying verb and the office holder, or the side, that stands with it -> the country that speaks.

line | the sentence before ("he added") | the end of the quotation ("..., said the President") --> country
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from streams.lexicon import Mention
from streams.meetings.reading import Line, Reading
from streams.meetings.who.party import HOME
from streams.meetings.wordlists import Told, words
from wire.records import Evidence

SAYING: Final = {
    "kk": Told(
        r"^(?:деді|дейді|айт(?:ты|қан|ып|ады)|атап|мәлімде(?:ді|йді|ген|п)|жеткіз\w+|хабарла(?:ды|йды|ған|п)|баянда\w+|қосты|толықтыр\w+|пікірінше|сөзінше"
        r"|мәліметінше|дерегінше|түсіндір\w+|жарияла\w+|тоқтал\w+|ұсын\w+|уәде|сендір\w+|еске)$"
    ),
    "pl": Told(
        r"^(?:powiedzia\w+|podkreśli\w+|zaznaczy\w+|oświadczy\w+|poinformowa\w+|doda\w+|zapowiedzia\w+|stwierdzi\w+"
        r"|zauważy\w+|oceni\w+|przyzna\w+|przekaza\w+|ogłosi\w+|zaproponowa\w+|zapewni\w+|obieca\w+|mówi\w*"
        r"|według|zdaniem|wskaza\w+|wyrazi\w+|wezwa\w+|przypomnia\w+|zadeklarowa\w+)$"
    ),
    "ar": Told(
        r"^[وف]?(?:قال|اضاف|اكد|اوضح|اشار|صرح|اعلن|ذكر|لفت|شدد|كشف|اعرب|افاد|نوه|دعا|اقترح|تعهد|يقول|تقول)ت?$|^[وب]?حسب$|^وفقا$"
    ),
}  # fmt: skip
SIDE: Final = {
    "kk": re.compile(r"^(?:тарап|жақ|билі|СІМ|сыртқы)\w*", re.IGNORECASE),
    "pl": re.compile(r"^(?:stron|władz|rząd|ministerstw|msz|resort|dyplomacj|kancelari)\w*"),
    "ar": re.compile(r"^(?:ال)?(?:جانب|طرف|خارجية|حكومة|سلطات|رياسة|وزارة)$"),
}
OBLIQUE_NAME: Final = re.compile(r"(?:[ндт][ыі](?:ң)?|[ғгқкн][ае]|[мбп]ен|[дт][ае]н?)$")
OBLIQUE_TITLE: Final = re.compile(r"(?:[ыі]н|[нд][ыі]ң|н[ае]|[мбп]ен|н?[дт][ае]н?|[ғгқк][ае]|рд[ыі]|нтт[ыі])$")
GOES_ON_KK: Final = words("ол оның сондай-ақ")
OPENS: Final = re.compile('[«„“]|(?:^|\\s)"')
QUOTE_ENDS: Final = frozenset('–—-»”"')
NEAR: Final = 10
OF: Final = 3  # between a title and its country
BEFORE: Final = 2
SHORT: Final = 4  # letters of a surname that may be another word
AFTER: Final = 6  # sentences of a quotation


class Speaker(NamedTuple):
    """A country that speaks; tokens first to last say so, both included."""

    country: str
    first: int
    last: int


def said_by(reading: Reading, line: Line, at: int) -> tuple[str | None, tuple[Evidence, ...]]:
    """Return the country that says what stands at a token of a line, and the words that say so in another sentence."""
    found = _speaker(reading, line, at)
    if found is None:
        return None, ()
    inside = line.first <= found.first and found.last < line.end
    return found.country, () if inside else (reading.evidence(found.first, found.last, "said-by"),)


def _speaker(reading: Reading, line: Line, at: int) -> Speaker | None:
    verbs = _verbs(reading, line)
    if reading.language == "ar":  # what stands before the verb is not what is said
        verbs = [verb for verb in verbs if verb < at]
    if verbs:
        return _beside(reading, line, verbs) or (_earlier(reading, line) if _goes_on(reading, line, verbs) else None)
    return _end_of_quotation(reading, line)


def _goes_on(reading: Reading, line: Line, verbs: list[int]) -> bool:
    """Whether a sentence goes on with who spoke before: Dodał, że; وأضاف أن; ол айтты."""
    if reading.language == "kk":
        return reading.folded(line.first) in GOES_ON_KK
    return verbs[0] - line.first < 2


def _verbs(reading: Reading, line: Line) -> list[int]:
    return reading.told(line, SAYING[reading.language])


def _beside(reading: Reading, line: Line, verbs: list[int]) -> Speaker | None:
    """Return who stands with a saying verb: behind it after a quotation and in Arabic, else before it."""
    who = list(_speakers(reading, line))
    for verb in verbs:
        behind = [each for each in who if verb < each.first <= verb + NEAR]
        before = [each for each in who if each.last < verb]
        quoted = any(mark in QUOTE_ENDS for mark in reading.gap(verb - 1, verb))
        orders = [behind, before] if quoted or reading.language == "ar" else [before, behind]
        found = next((each for each in orders if each), None)
        if found:
            one = found[0]  # who speaks is the subject, and stands first
            if one.first - verb > OF or verb - one.last > OF:
                return one
            return Speaker(one.country, min(one.first, verb), max(one.last, verb))
    return None


def _speakers(reading: Reading, line: Line) -> Iterator[Speaker]:
    """Yield whoever a line may quote: people, offices with their country, and sides."""
    countries = [m for m in line.of("country") if m.note in ("name", "adj")]
    introduced = {m.id for m in reading.mentions if m.kind == "person"}
    for mention in line.of("person", "surname", "office", "country"):
        if mention.kind == "surname" and len(reading.folded(mention.last)) < SHORT and mention.id not in introduced:
            continue  # على is a preposition before it is a name
        if mention.kind in ("person", "surname"):
            country = reading.lexicon.people[mention.id]
            oblique = OBLIQUE_NAME
        else:
            country = _whose(reading, mention, countries)
            oblique = OBLIQUE_TITLE
        if country and not (reading.language == "kk" and oblique.search(reading.folded(mention.last))):
            yield Speaker(country, mention.first, mention.last)


def _whose(reading: Reading, mention: Mention, countries: list[Mention]) -> str:
    if mention.kind == "country":
        beside = (reading.folded(mention.last + 1), reading.folded(mention.first - 1))
        return mention.id if any(SIDE[reading.language].search(word) for word in beside if word) else ""
    if mention.note.startswith("of:"):
        return mention.note.removeprefix("of:")
    own = [m for m in countries if -OF <= m.first - mention.last <= (0 if reading.language == "kk" else OF)]
    if own:
        return min(own, key=lambda m: abs(m.first - mention.last)).id
    return HOME if reading.language == "kk" and mention.id == "head-of-state" else ""


def _earlier(reading: Reading, line: Line) -> Speaker | None:
    """Return who spoke in the sentences before: he added, и он қосты, وأضاف أن."""
    for number in range(line.number - 1, max(line.number - 1 - BEFORE, -1), -1):
        before = reading.lines[number]
        if before.title:
            return None
        if found := _beside(reading, before, _verbs(reading, before)):
            return found
    return None


def _end_of_quotation(reading: Reading, line: Line) -> Speaker | None:
    """Return who is named where the paragraph's quotation ends: – деді Президент."""
    for number in range(line.number, min(line.number + AFTER, len(reading.lines) - 1)):
        here, following = reading.lines[number], reading.lines[number + 1]
        if "\n" in reading.gap(here.end - 1, here.end):
            return None
        for verb in _verbs(reading, following):
            if any(mark in QUOTE_ENDS for mark in reading.gap(verb - 1, verb)):
                return None if OPENS.search(_between(reading, line, verb)) else _beside(reading, following, [verb])
    return None


def _between(reading: Reading, line: Line, verb: int) -> str:
    """Return what stands between a line and a verb behind it: a quotation that opens there is not the line's."""
    _, start = reading.text.span(line.first, line.end - 1)
    end, _ = reading.text.span(verb, verb)
    return reading.text.original[start:end]
