"""How well stories tell events: labelled articles through the real fold, in order of publication.

labelled articles --follow--> which articles share stories -> B-cubed ; first alerts -> events told once

An article of one event may tell two meetings (the president, then the prime minister): two stories of
one visit. So two articles are together when they share a story, and an event is told once when it has
one first alert for each of its meetings.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from streams.stories.firsts import Fault, Labelled, Told, by_event, expected, faults
from streams.stories.rows import Rows, follow
from streams.stories.tellings import article_of
from wire.records import Alert, Meeting, Origin, Priority, Report, RuleHit, Story

ANY = RuleHit(rule="any", title="any meeting", priority=Priority.ROUTINE, desks=())


class Odd(NamedTuple):
    """An event or story that is not as it should be, with the articles in each part."""

    name: str
    parts: tuple[tuple[str, ...], ...]


class Score(NamedTuple):
    """What `jarshy evaluate stories` prints."""

    stories: int
    events: int
    bcubed_precision: float
    bcubed_recall: float
    bcubed_f1: float
    first_alerts_per_event: float  # for each of its meetings
    events_with_one_first: float
    first_alerts_of_negatives: int
    split: tuple[Odd, ...] = ()  # events in several unconnected stories
    mixed: tuple[Odd, ...] = ()  # stories with articles of several events
    missed: tuple[str, ...] = ()  # positives in which nothing was recognised: each is a story of its own
    faults: tuple[Fault, ...] = ()  # events without a first alert, or with too many, and why
    alarms: tuple[str, ...] = ()  # negatives that raised a first alert


def score(articles: Iterable[Labelled]) -> Score:
    """Judge the stories of labelled articles."""
    ordered = sorted(articles, key=lambda each: (each.published, each.article))
    positives = [each for each in ordered if each.positive and each.event]
    told = _run(positives)
    events = {each.article: each.event or "" for each in positives}
    precision, recall = _bcubed(told.stories, events)
    many = expected(positives)
    counted = {event: len(alerts) for event, alerts in by_event(positives, told).items()}
    alarms = _alarms(ordered)
    return Score(
        stories=len(set().union(*told.stories.values())),
        events=len(many),
        bcubed_precision=precision,
        bcubed_recall=recall,
        bcubed_f1=2 * precision * recall / (precision + recall) if precision + recall else 0.0,
        first_alerts_per_event=_mean(counted[event] / wanted for event, wanted in many.items()),
        events_with_one_first=_mean(float(counted[event] == wanted) for event, wanted in many.items()),
        first_alerts_of_negatives=len(alarms),
        split=_split(told.stories, events),
        mixed=_mixed(told.stories, events),
        missed=tuple(article for article in events if not told.stories[article]),
        faults=faults(positives, told),
        alarms=alarms,
    )


def _run(articles: Iterable[Labelled]) -> Told:
    """Take the articles through the fold; publication is also when they are seen, and every meeting is wanted."""
    partners: dict[str, Rows] = {}
    homes: dict[str, dict[str, set[str]]] = {}  # article -> partner -> stories: the last word counts
    into: dict[str, str] = {}
    alerts: list[Alert] = []
    for each in articles:
        homes.setdefault(each.article, {})
        for report in each.reports:
            code = report.partner.code
            partners[code], gathered = follow(partners.get(code, Rows()), _wanted(report, each), each.published)
            alerts += gathered.alerts
            into = _followed(into, gathered.changed)
            for article, stories in _homes(partners[code]).items():
                homes[article][code] = stories
    return Told({article: _ends(its, into) for article, its in homes.items()}, alerts)


def _homes(rows: Rows) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kept in rows.stories.values():
        for key in kept.members if kept.story.merged_into is None else ():
            found.setdefault(article_of(key), set()).add(kept.story.id)
    return found


def _followed(into: Mapping[str, str], changed: Iterable[Story]) -> dict[str, str]:
    """Return which story each merged one came to be: one that is told by itself again is no longer another."""
    known = dict(into)
    for story in changed:
        known.pop(story.id, None)
        if story.merged_into:
            known[story.id] = story.merged_into
    return known


def _ends(homes: Mapping[str, set[str]], into: Mapping[str, str]) -> frozenset[str]:
    return frozenset(_end(id, into) for stories in homes.values() for id in stories)


def _end(id: str, into: Mapping[str, str]) -> str:
    while id in into:
        id = into[id]
    return id


def _wanted(report: Report, each: Labelled) -> Report:
    source = replace(report.source, article=each.article, published=each.published, seen=each.published)
    meetings = tuple(_with_rule(meeting) for meeting in report.meetings)
    return replace(report, source=source, meetings=meetings, origin=Origin.LIVE)


def _with_rule(meeting: Meeting) -> Meeting:
    return meeting if meeting.rules else replace(meeting, rules=(ANY,))


def _bcubed(stories: Mapping[str, frozenset[str]], events: Mapping[str, str]) -> tuple[float, float]:
    precisions, recalls = [], []
    for article, event in events.items():
        here = {other for other in events if other == article or not stories[article].isdisjoint(stories[other])}
        alike = {other for other, its in events.items() if its == event}
        precisions.append(len(here & alike) / len(here))
        recalls.append(len(here & alike) / len(alike))
    return _mean(precisions), _mean(recalls)


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def _alarms(ordered: Sequence[Labelled]) -> tuple[str, ...]:
    """Return the negatives that raise a first alert when all articles go through, as often as they do."""
    negative = {each.article for each in ordered if not each.positive}
    return tuple(alert.trigger for alert in _run(ordered).firsts if alert.trigger in negative)


def _split(stories: Mapping[str, frozenset[str]], events: Mapping[str, str]) -> tuple[Odd, ...]:
    found = []
    for event in dict.fromkeys(events.values()):
        parts = _connected({article: stories[article] for article, its in events.items() if its == event})
        if len(parts) > 1:
            found.append(Odd(event, parts))
    return tuple(found)


def _connected(stories: Mapping[str, frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    parts: list[tuple[set[str], list[str]]] = []
    for article, its in stories.items():
        joined = [part for part in parts if not part[0].isdisjoint(its)]
        parts = [part for part in parts if part not in joined]
        parts.append((set(its).union(*(p[0] for p in joined)), [*(a for p in joined for a in p[1]), article]))
    return tuple(tuple(articles) for _, articles in parts)


def _mixed(stories: Mapping[str, frozenset[str]], events: Mapping[str, str]) -> tuple[Odd, ...]:
    found = []
    for story in dict.fromkeys(id for article in events for id in sorted(stories[article])):
        by_event: dict[str, list[str]] = {}
        for article, event in events.items():
            if story in stories[article]:
                by_event.setdefault(event, []).append(article)
        if len(by_event) > 1:
            found.append(Odd(story, tuple(tuple(each) for each in by_event.values())))
    return tuple(found)
