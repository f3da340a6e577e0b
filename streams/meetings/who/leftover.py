"""A name without office that the lexicon lacks: words in a lead where a party would stand --only one such--> name.

In Kazakh and Polish a name is two capitalised words or more; in Arabic two to four words that nothing else explains,
behind a verb of meeting, `with`, or joined to Kazakhstan's own by `and`.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from streams.lexicon import Mention
from streams.meetings.framing.frame import FORMS
from streams.meetings.outcome.speakers import SAYING
from streams.meetings.reading import Line, Reading
from streams.meetings.who import strangers, strangers_arabic
from streams.meetings.who.party import HOME, Party
from streams.meetings.wordlists import words

TWO: Final = 2
SAID: Final = 4  # tokens from a name to what he does
QUOTES: Final = "«„“\"'"
NO_PERSON_PL: Final = words("w we na pod nad przy o od ku za dla po")
PAST_KK: Final = ("ды", "ді", "ты", "ті", "ны", "ні")  # an accusative, too
SO_KK: Final = words("осылай осындай")
PRESENT_AR: Final = ("ي", "ت")
OWNER_KK: Final = ("ның", "нің", "дың", "дің", "тың", "тің")
PLACE_KK: Final = ("да", "де", "та", "те", "дан", "ден", "тан", "тен", "ға", "ге", "қа", "ке")
WITH_AR: Final = words("مكتب مع ومع بين من برياسة ان وبين")
NOT_OFFICE: Final = ("ambassador", "business", "opinion", "sport", "delegation", "telegram")


class Unplaced(NamedTuple):
    """A line with its parties."""

    line: Line
    here: Sequence[Party]


def left_over(reading: Reading, lead: Sequence[Unplaced]) -> str:
    """Return the one unplaced name of the lead; empty when there is none or more than one."""
    found: dict[str, str] = {}
    for each in lead:
        for span in _names(reading, each):
            stem = reading.folded(span[-1])[:TELLING]
            found.setdefault(stem, strangers.shown(reading, span))
    return next(iter(found.values())) if len(found) == 1 else ""


TELLING: Final = 4  # first letters that tell one surname from another in all its cases


def _names(reading: Reading, each: Unplaced) -> Iterator[list[int]]:
    line = each.line
    taken = {at for party in each.here for at in range(party.first, party.last + 1)}
    taken |= {at for m in line.mentions if m.kind != "surname" for at in range(m.first, m.last + 1)}
    at = line.first + (reading.language == "ar" and not line.title)  # where the verb stands
    while at < line.end:
        span = _run(reading, line, at, taken)
        if len(span) >= TWO and _in_place(reading, line, span, each.here):
            yield span
        at = span[-1] + 1 if span else at + 1


def _run(reading: Reading, line: Line, at: int, taken: set[int]) -> list[int]:
    """Return the tokens from one on that may be one name."""
    if at in taken:
        return []
    if reading.language == "ar":
        return strangers_arabic.run(reading, line, at, taken)
    span = strangers.capitals(reading, at)
    return [i for i in span if i not in taken] if not taken & set(span) else []


def _in_place(reading: Reading, line: Line, span: list[int], here: Sequence[Party]) -> bool:
    """Whether a name stands where somebody who meets stands: beside Kazakhstan's own, on a headline, speaking."""
    before, after = reading.folded(span[0] - 1), span[-1] + 1
    if any(mark in reading.gap(span[0] - 1, span[0]) for mark in QUOTES):
        return False
    if any(0 <= span[0] - m.last <= 2 for m in line.signs(*NOT_OFFICE)):
        return False  # named as something else: Елшісі Хорхе Уррекоечеамен
    meets = bool(line.signs(*FORMS)) and (not line.title or any(p.country == HOME for p in here))
    if not (meets or _heads(reading, line, span) or _speaks(reading, line, span)):
        return False
    if reading.language == "pl":
        return before not in NO_PERSON_PL or reading.gap(span[0] - 1, span[0]).strip() != ""
    if reading.language == "ar":
        return _in_place_ar(reading, line, span, here)
    last, behind = reading.folded(span[-1]), reading.folded(after)
    thing = behind.endswith(("ы", "і")) and not behind.endswith(PAST_KK) and not last.endswith((*OWNER_KK, *PAST_KK))
    return not last.endswith(PLACE_KK) and not (thing and after < line.end and not reading.gap(span[-1], after).strip())


def _heads(reading: Reading, line: Line, span: list[int]) -> bool:
    """Whether a name begins a headline of Kazakhstan: Tolotra Raveloson w Astanie; Толотра Равелосон: ..."""
    if not line.title or span[0] > line.first:
        return False
    near = any(reading.lexicon.cities[m.id] == HOME for m in line.of("city"))
    apart = any(mark in reading.gap(span[-1], span[-1] + 1) for mark in ":–—")
    if reading.language == "ar":
        apart = apart or reading.folded(span[-1] + 1)[:1] in PRESENT_AR
    elif near:
        return True
    here = near or any(m.id == HOME for m in line.of("country"))
    return here and (apart or bool(line.signs(*FORMS)))


def _speaks(reading: Reading, line: Line, span: list[int]) -> bool:
    """Whether a name begins a sentence of the body with a word of saying, or of meeting, close behind."""
    said = range(span[-1] + 1, min(span[-1] + SAID, line.end))
    says = any(SAYING[reading.language][reading.folded(at)] or reading.folded(at) in SO_KK for at in said)
    own = any(span[0] <= m.first <= span[-1] + SAID for m in line.signs("visit", "travel"))
    return not line.title and span[0] - line.first <= 1 and (says or own)


def _in_place_ar(reading: Reading, line: Line, span: list[int], here: Sequence[Party]) -> bool:
    before = span[0] - 1
    if any(p.first == span[-1] + 1 and p.country == HOME for p in here) and not reading.folded(span[-1] + 1).startswith(
        "و"
    ):
        return False  # whose title stands behind him
    paired = reading.folded(span[-1] + 1) in WITH_AR  # لقاء فلان مع
    signs: list[Mention] = [m for m in line.signs(*FORMS) if m.last == before and (m.note == "verb" or paired)]
    titled = any(p.first == span[-1] + 1 and p.country != HOME for p in here)
    joined = any(p.last == before for p in here) and reading.folded(span[0]).startswith("و")
    joined = joined or any(p.first == span[-1] + 1 and reading.folded(p.first).startswith("و") for p in here)
    begins = span[0] == line.first + (0 if line.title else 1)  # a sentence of the body begins with its verb
    side = any(m.last == before and m.note == "adj" for m in line.of("country"))  # وعن الجانب الصربي
    return bool(signs) or titled or joined or begins or side or reading.folded(before) in WITH_AR
