"""Which tellings are the article's news: surest first --weighed, doubted, looked back on--> kept, or refused why."""

from typing import Final

from streams.meetings.doubt import doubt
from streams.meetings.framing.frame import Frame, Refusal
from streams.meetings.framing.together import of_two_alone
from streams.meetings.reading import Reading
from streams.meetings.telling import SURE, Telling
from streams.meetings.who.party import HOME, Party
from wire.records import Level

ONLY_ONE: Final = 0.2  # speaks for a meeting when the lead knows one other country only
BOTH_NAMED: Final = 0.2  # and when a sentence of the lead names these two and nobody else
LIST: Final = 3
SECOND: Final = 0.55  # a second meeting of the article, with the same country's people
TAIL: Final = 0.4  # the weight of lines far down, where a second meeting is background
MATCH_WORDS: Final = 4  # so many words of sport, and it is a match
NEWSWORTHY: Final = frozenset({Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT, Level.MINISTER, Level.SPEAKER})


def news(
    reading: Reading, found: list[Telling], who: list[list[Party]], refused: list[Refusal]
) -> tuple[list[Telling], list[Refusal]]:
    """Return the tellings that are the article's news, and those that are not."""
    kept: list[Telling] = []
    dropped: list[Refusal] = []
    sport = sum(1 for m in reading.mentions if m.kind == "sign" and m.id == "sport") >= MATCH_WORDS
    for telling in found:
        code = doubt(reading, telling) or _not_news(reading, telling, kept, sport, who, refused)
        if code:
            best = max(telling.frames, key=lambda f: f.score)
            dropped.append(Refusal(best.line, best.trigger, code, "", telling.other.country))
        else:
            kept.append(telling)
    return kept, dropped


def _not_news(  # noqa: PLR0917
    reading: Reading, telling: Telling, kept: list[Telling], sport: bool, who: list[list[Party]], refused: list[Refusal]
) -> str:
    explicit = [f for f in telling.frames if f.explicit and not f.attends]
    if sport and not explicit:
        return "sport"
    same_visit = any(k.other.country == telling.other.country for k in kept)
    alone = ONLY_ONE if same_visit or _only_partner(reading, telling, who) else 0.0
    if telling.score + alone + _side_by_side(reading, telling, who, refused) < SURE:
        return "weak"
    if all(f.line.title for f in telling.frames) and _looked_back_on(telling, refused):
        return "recalled"
    if all(f.attends for f in telling.frames):
        return "participant"
    return _not_second(reading, telling, kept, explicit) if kept else ""


def _side_by_side(reading: Reading, telling: Telling, who: list[list[Party]], refused: list[Refusal]) -> float:
    """Return what speaks for a meeting told in passing: headline or lead names both and nobody else."""
    against = {refusal.line.number for refusal in refused}
    lead = [line for line in reading.lines if line.weight >= 1.0 and line.number not in against]
    here = ((line, [p for p in who[line.number] if p.counts]) for line in lead)
    partner = telling.other.country
    told = any(of_two_alone(line, found) and partner in {p.country for p in found} for line, found in here)
    return BOTH_NAMED if told else 0.0


def _looked_back_on(telling: Telling, refused: list[Refusal]) -> bool:
    """Whether the body puts into the past what the headline alone tells."""
    return any(r.code == "recalled" and r.line.weight >= 1.0 for r in refused)


def _only_partner(reading: Reading, telling: Telling, who: list[list[Party]]) -> bool:
    """Whether the headline and lead speak of this one partner's people, lists of many apart."""
    seen: set[str] = set()
    for line in reading.lines:
        if line.weight < 1.0:
            break
        there = {p.country for p in who[line.number] if p.counts and not _of_the_newsroom(reading, p)} - {HOME}
        if len(there) < LIST:
            seen |= there
    return seen <= {telling.other.country}


def _of_the_newsroom(reading: Reading, party: Party) -> bool:
    """Whether somebody is only a title that is taken for the newsroom's own country's."""
    nameless = party.person is None and not party.name
    return nameless and party.country == reading.outlet_country and not _named_country(reading, party)


def _named_country(reading: Reading, party: Party) -> bool:
    line = reading.lines[party.line]
    return any(party.first <= m.first <= party.last for m in line.of("country"))


def _not_second(reading: Reading, telling: Telling, kept: list[Telling], explicit: list[Frame]) -> str:
    """A second meeting of one article must be told outright."""
    if all(_host_unnamed(f) for f in telling.frames) and telling.other.country in {k.other.country for k in kept}:
        return "weak"
    level = reading.lexicon.offices.get(telling.other.office, Level.OTHER_OFFICIAL)
    if level not in NEWSWORTHY or (telling.other.country not in {k.other.country for k in kept} and not explicit):
        return "weak"
    leading = any(f.line.weight >= 1.0 for f in telling.frames)
    if all(f.line.weight <= TAIL for f in telling.frames):
        return "weak"
    return "" if explicit or (leading and telling.score >= SECOND) else "weak"


def _host_unnamed(frame: Frame) -> bool:
    """Whether the other side is only supposed to be the host of a journey."""
    supposed = frame.other.first == frame.other.last == frame.line.first or frame.other.line != frame.line.number
    return supposed and frame.kind in ("visit", "travel")
