"""Lines that tell of a meeting: trigger words bound to the two who meet, or the reason why not.

line --trigger?--> parties beside it, or implied by its neighbours --> frames, refusals
"""

from collections.abc import Iterator

from streams.lexicon import Mention
from streams.meetings.framing.frame import EXPLICIT, MANY, ONE_IMPLIED, Frame, Lines, Refusal, distance
from streams.meetings.framing.neighbours import without_both, without_ours, without_theirs
from streams.meetings.framing.refusing import bearers, refused_outright
from streams.meetings.framing.together import (
    as_one,
    chief_of,
    comitative,
    company,
    hosts_met,
    only_attends,
    own_verb,
    partner_of,
    those_met,
    with_each_other,
)
from streams.meetings.framing.triggers import trigger_of
from streams.meetings.framing.welcome import framed
from streams.meetings.reading import Line, Reading
from streams.meetings.refusals import TEXTS
from streams.meetings.who.party import HOME, NOBODY, Party


def frames(reading: Reading, lines: Lines) -> tuple[list[Frame], list[Refusal]]:
    """Return the frames of a text, and what was refused."""
    found: list[Frame] = []
    refused: list[Refusal] = []
    for line in reading.lines:
        trigger = trigger_of(reading, line) or company(reading, line, lines[line.number])
        if trigger is None:
            continue
        for each in _bound(reading, line, trigger, lines):
            (refused if isinstance(each, Refusal) else found).append(each)  # type: ignore[arg-type]
    return _without_strangers(reading, found, refused, lines), refused


def _without_strangers(reading: Reading, found: list[Frame], refused: list[Refusal], lines: Lines) -> list[Frame]:
    """Drop what is only implied when the lead tells of a meeting of others with the same people."""
    others: set[str] = set()
    for each in refused:
        if each.code in ("other-countries", "multilateral") and each.line.weight >= 1.0:
            others |= {p.country for p in lines[each.line.number] if p.counts}
    told = {f.other.country for f in found if f.explicit} | reading.headed
    return [f for f in found if f.explicit or f.other.country in told or f.other.country not in others]


def _bound(reading: Reading, line: Line, trigger: Mention, lines: Lines) -> Iterator[Frame | Refusal]:
    here = lines[line.number]
    ours = [p for p in here if p.counts and p.country == HOME]
    theirs = [p for p in here if p.counts and p.country not in (HOME, NOBODY)]
    theirs = bearers(reading, line, trigger, theirs) or theirs
    countries = list(dict.fromkeys(p.country for p in theirs))
    why = refused_outright(reading, line, trigger, here, ours, theirs)
    if why:
        yield Refusal(line, trigger, why, TEXTS[why], countries[0] if countries else "")
        return
    if trigger.id == "guest" and not (ours and theirs):
        return
    alone = trigger.id == "discuss" or (trigger.id == "video" and not line.signs("talks", "receive"))
    if alone and not (ours and theirs and with_each_other(reading, line, ours, theirs)):
        return
    if trigger.id == "together" and not (ours and theirs and as_one(line, trigger, ours, theirs)):
        return
    if len(countries) > 1:
        yield from _among_many(reading, line, trigger, ours, theirs, countries)
    elif ours and theirs:
        yield from _explicit(reading, line, trigger, ours, theirs)
    elif theirs:
        yield from without_ours(reading, line, trigger, theirs, lines)
    elif ours:
        yield from without_theirs(reading, line, trigger, ours, lines)
    else:
        yield from without_both(reading, line, trigger, here, lines)


def _among_many(  # noqa: PLR0917
    reading: Reading, line: Line, trigger: Mention, ours: list[Party], theirs: list[Party], countries: list[str]
) -> Iterator[Frame | Refusal]:
    order = sorted([*ours, *theirs], key=lambda p: p.first)
    together = [p for p in order if comitative(reading, p)]
    if ours and len(together) == 1:
        other = partner_of(together[0], order)
        if other is not None:
            kz, foreign = (together[0], other) if together[0].country == HOME else (other, together[0])
            yield framed(reading, line, trigger, kz, foreign, EXPLICIT)
            return
        yield Refusal(line, trigger, "other-countries", TEXTS["other-countries"])
        return
    if len(countries) >= MANY or not ours:
        code = "multilateral" if len(countries) >= MANY else "other-countries"
        yield Refusal(line, trigger, code, TEXTS[code])
        return
    pair = sorted(order, key=lambda p: distance(p, trigger))[:2]
    if {p.country == HOME for p in pair} == {True, False}:
        kz, foreign = sorted(pair, key=lambda p: p.country != HOME)
        yield framed(reading, line, trigger, kz, foreign, EXPLICIT * 0.9)
    else:
        yield Refusal(line, trigger, "other-countries", TEXTS["other-countries"])


def _explicit(
    reading: Reading, line: Line, trigger: Mention, ours: list[Party], theirs: list[Party]
) -> Iterator[Frame | Refusal]:
    hosts = hosts_met(reading, line, ours)
    if len(hosts) > 1 and len({p.office for p in theirs}) == 1:
        for host in hosts:
            verb = own_verb(reading, line, host) or trigger
            yield framed(reading, line, verb, host, chief_of(theirs, verb), EXPLICIT)
        return
    kz = chief_of(ours, trigger)
    for other in those_met(reading, line, trigger, theirs):
        attends = only_attends(reading, line, other)
        yield framed(reading, line, trigger, kz, other, EXPLICIT if not attends else ONE_IMPLIED, attends)
