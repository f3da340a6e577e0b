"""One article to the meetings it reports: recognise | who | frames | tellings | meetings, and why not.

text --lexicon--> mentions --parties--> who --frames--> lines that tell --tellings--> Meetings, refusals
"""

from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from streams.languages import Text
from streams.lexicon import Lexicon, Recognised
from streams.meetings.credits import credits
from streams.meetings.frame import Frame, Refusal, refuse
from streams.meetings.frames import frames
from streams.meetings.parties import parties
from streams.meetings.party import HOME, NOBODY, Party
from streams.meetings.reading import Line, Reading
from streams.meetings.record import meeting
from streams.meetings.refusals import TEXTS, Refused
from streams.meetings.telling import SURE, Telling, tellings
from wire.records import Article, Level, Meeting, Quality, Reason

ONLY_ONE: Final = 0.2  # speaks for a meeting when the lead knows one other country only
LIST: Final = 3
SECOND: Final = 0.55  # a second meeting of the article, with the same country's people
CHIEF: Final = ("office", "head-of-state")
MEETS: Final = frozenset({"talks", "receive", "phone", "video", "visit", "travel", "discuss"})
MATCH_WORDS: Final = 4  # so many words of sport, and it is a match
NEWSWORTHY: Final = frozenset({Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT, Level.MINISTER, Level.SPEAKER})


class Recognition(NamedTuple):
    """What one article reports, what it does not and why, and whom it credits."""

    language: str
    meetings: tuple[Meeting, ...] = ()
    refused: tuple[Reason, ...] = ()
    credits: str | None = None


def meetings(article: Article, text: Text, lexicon: Lexicon) -> Recognition:
    """Return the bilateral meetings of Kazakhstan that an article reports as its news; `text` is its body, read."""
    recognised = lexicon.recognise(text)
    early = _nothing_to_do(recognised, lexicon)
    if early:
        return Recognition(text.language, refused=early)
    reading = Reading(article.id, recognised, lexicon, _published(article), len(article.title) + 1, article.country)
    who = parties(reading)
    found, refused = frames(reading, who)
    kept, dropped = _news(reading, tellings(found), who, refused)
    reasons = _reasons(reading, who, kept, [*refused, *dropped])
    return Recognition(text.language, tuple(meeting(reading, each) for each in kept), reasons, credits(reading))


def _nothing_to_do(recognised: Recognised, lexicon: Lexicon) -> tuple[Reason, ...]:
    """Return why an article is not worth reading on: most are not about Kazakhstan, or tell of no meeting."""
    home = meets = False
    own = recognised.text.language == "kk"  # where "the President" is one's own
    for mention in recognised.mentions:
        if mention.kind == "sign":
            meets = meets or mention.id in MEETS
        elif not home:
            home = (mention.kind, mention.id) in lexicon.home or (own and (mention.kind, mention.id) == CHIEF)
        if home and meets:
            return ()
    if not home:
        return (Reason(code=Refused.NO_KAZAKHSTAN.value, text="no word of Kazakhstan, its people or its cities"),)
    foreign = any(m.kind in ("person", "surname") and lexicon.people[m.id] != HOME for m in recognised.mentions)
    named = () if foreign or any(m.kind == "office" for m in recognised.mentions) else (_NO_OFFICE,)
    return (
        *_signs_of_others(recognised),
        *named,
        Reason(code=Refused.NO_MEETING.value, text=TEXTS[Refused.NO_MEETING]),
    )


def _published(article: Article) -> date | None:
    """Return the day of publication where the feed is; None when it is not known."""
    when: datetime | None = article.published
    if when is None or article.quality is Quality.MISSING:
        return None
    try:
        zone = ZoneInfo(article.zone)
    except (KeyError, ValueError):
        zone = ZoneInfo("UTC")
    return when.astimezone(zone).date()


def _news(
    reading: Reading, found: list[Telling], who: list[list[Party]], refused: list[Refusal]
) -> tuple[list[Telling], list[Refusal]]:
    """Return the tellings that are the article's news, and those that are not."""
    kept: list[Telling] = []
    dropped: list[Refusal] = []
    sport = sum(1 for m in reading.mentions if m.kind == "sign" and m.id == "sport") >= MATCH_WORDS
    for telling in found:
        code = _not_news(reading, telling, kept, sport, who, refused)
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
    if telling.score + (ONLY_ONE if same_visit or _only_partner(reading, telling, who) else 0.0) < SURE:
        return "weak"
    if all(f.attends for f in telling.frames):
        return "participant"
    if all(f.line.title for f in telling.frames) and _looked_back_on(telling, refused):
        return "recalled"
    if kept:
        return _not_second(reading, telling, kept, explicit)
    return ""


def _looked_back_on(telling: Telling, refused: list[Refusal]) -> bool:
    """Whether the body puts into the past what the headline alone tells."""
    return any(r.code == "recalled" and r.line.weight >= 1.0 for r in refused)


def _only_partner(reading: Reading, telling: Telling, who: list[list[Party]]) -> bool:
    """Whether the headline and lead speak of this one partner's people, lists of many apart."""
    seen: set[str] = set()
    for line in reading.lines:
        if line.weight < 1.0:
            break
        there = {p.country for p in who[line.number] if p.counts} - {HOME}
        if len(there) < LIST:
            seen |= there
    return seen <= {telling.other.country}


def _not_second(reading: Reading, telling: Telling, kept: list[Telling], explicit: list[Frame]) -> str:
    """A second meeting of one article must be told outright."""
    if all(_host_unnamed(f) for f in telling.frames) and telling.other.country in {k.other.country for k in kept}:
        return "weak"
    level = reading.lexicon.offices.get(telling.other.office, Level.OTHER_OFFICIAL)
    if level not in NEWSWORTHY or (telling.other.country not in {k.other.country for k in kept} and not explicit):
        return "weak"
    return "" if explicit or telling.score >= SECOND else "weak"


def _host_unnamed(frame: Frame) -> bool:
    """Whether the other side is only supposed to be the host of a journey."""
    return frame.other.first == frame.other.last == frame.line.first and frame.kind in ("visit", "travel")


def _reasons(
    reading: Reading, who: list[list[Party]], kept: list[Telling], refused: list[Refusal]
) -> tuple[Reason, ...]:
    """Return why the rest is no meeting: what was refused, then what the article is instead."""
    found = [refuse(reading, each) for each in refused]
    if not kept:
        found += _instead(reading, who)
    return tuple({(reason.code, reason.start): reason for reason in found}.values())


def _instead(reading: Reading, who: list[list[Party]]) -> list[Reason]:
    told = _signs_of_others(reading)
    countries = {p.country for line in who for p in line if p.counts}
    if HOME not in countries:
        told.append(Reason(code=Refused.NO_KAZAKHSTAN.value, text=TEXTS[Refused.NO_KAZAKHSTAN]))
    if not countries - {HOME, NOBODY}:
        told.append(_NO_OFFICE)
    return told


_NO_OFFICE: Final = Reason(code=Refused.NO_OFFICE.value, text="nobody who holds an office of another country")
_OTHERS: Final = (
    Refused.SPORT, Refused.TELEGRAM, Refused.AMBASSADOR, Refused.MULTILATERAL, Refused.BUSINESS, Refused.OPINION,
)  # fmt: skip


def _signs_of_others(read: Reading | Recognised) -> list[Reason]:
    """Return what an article that tells of no meeting speaks of instead, by its first word."""
    told: list[Reason] = []
    for code in _OTHERS:
        marks = [m for m in read.mentions if m.kind == "sign" and m.id == code]
        if len(marks) >= (MATCH_WORDS if code is Refused.SPORT else 1):
            start, end = read.text.span(marks[0].first, marks[0].last)
            said = read.text.original[start:end]
            told.append(Reason(code=code.value, text=f"speaks of {said!r}", start=start, end=end))
    return told


__all__ = ["Line", "Recognition", "meetings"]
