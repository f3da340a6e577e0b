"""One article to the meetings it reports: recognise | who | frames | tellings | meetings, and why not.

text --lexicon--> mentions --parties--> who --frames--> lines that tell --tellings--> Meetings, refusals
"""

from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from streams.languages import Text
from streams.lexicon import Lexicon, Recognised
from streams.meetings.credits import credits
from streams.meetings.framing.frame import Refusal, refuse
from streams.meetings.framing.frames import frames
from streams.meetings.news import MATCH_WORDS, news
from streams.meetings.outcome.facts import apart
from streams.meetings.reading import Line, Reading
from streams.meetings.record import meeting
from streams.meetings.refusals import TEXTS, Refused
from streams.meetings.telling import Telling, tellings
from streams.meetings.who.parties import parties
from streams.meetings.who.party import HOME, NOBODY, Party
from wire.records import Article, Meeting, Quality, Reason

MEETS: Final = frozenset({"talks", "receive", "guest", "phone", "video", "visit", "travel", "discuss"})


class Recognition(NamedTuple):
    """What one article reports, what it does not and why, and whom it credits."""

    language: str
    meetings: tuple[Meeting, ...] = ()
    refused: tuple[Reason, ...] = ()
    credits: str | None = None


def meetings(article: Article, text: Text, lexicon: Lexicon) -> Recognition:
    """Return the bilateral meetings of Kazakhstan that an article reports as its news; `text` is its body, read."""
    if not lexicon.may_be_home(text):
        return Recognition(text.language, refused=(_NO_HOME,))
    recognised = lexicon.recognise(text)
    early = _nothing_to_do(recognised, lexicon)
    if early:
        return Recognition(text.language, refused=early)
    reading = Reading(article.id, recognised, lexicon, _published(article), len(article.title) + 1, article.country)
    who = parties(reading)
    found, refused = frames(reading, who)
    kept, dropped = news(reading, tellings(found), who, refused)
    reasons = _reasons(reading, who, kept, [*refused, *dropped])
    told = apart(reading, [meeting(reading, each) for each in kept])
    return Recognition(text.language, told, reasons, credits(reading))


def _nothing_to_do(recognised: Recognised, lexicon: Lexicon) -> tuple[Reason, ...]:
    """Return why an article is not worth reading on: most are not about Kazakhstan, or tell of no meeting."""
    meets = at_home = False
    home = lexicon.home[recognised.text.language]  # type: ignore[index]
    for mention in recognised.mentions:
        if mention.kind == "sign":
            meets = meets or mention.id in MEETS
        elif not at_home:
            at_home = (mention.kind, mention.id) in home
        if at_home and meets:
            return ()
    if not at_home:
        return (_NO_HOME,)
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


_NO_HOME: Final = Reason(code=Refused.NO_KAZAKHSTAN.value, text="no word of Kazakhstan, its people or its cities")
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
