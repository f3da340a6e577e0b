"""What a run came to, read back from the broker and held against what it should have come to.

topics, changelogs --read back--> Found --against the pure steps--> Tallies, each with its Findings
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from streams import steps
from streams.pipeline import Pipeline
from streams.stories import Kept
from tests.chaos import rebuilt
from wire import broker
from wire.broker import Message
from wire.records import Alert, Article, Report, Story, StoryState, decode
from wire.settings import Settings
from wire.topics import ALERTS, ARTICLES, CHANGELOGS, DEAD_LETTERS, MEETINGS, STORIES, TABLES

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class Found(NamedTuple):
    """Everything a run left on the broker, in the order of each partition."""

    articles: list[Message]
    meetings: list[Message]
    stories: list[Message]
    alerts: list[Message]
    dead: list[Message]
    tables: Mapping[str, Mapping[str, bytes]]
    """The newest row of each key, as a worker would recover it."""


class Finding(NamedTuple):
    """One thing lost or doubled."""

    id: str
    why: str


class Tally(NamedTuple):
    """How it went with one sort of thing."""

    what: str
    expected: int
    lost: tuple[Finding, ...] = ()
    doubled: tuple[Finding, ...] = ()
    repeated: int = 0
    """Told again with the same id and the same content: harmless."""


def read_back(settings: Settings) -> Found:
    """Read everything that a run has left."""
    tables = {name: newest(broker.read_all(settings, topic)) for name, topic in zip(TABLES, CHANGELOGS, strict=True)}
    articles, meetings, stories, alerts, dead = (
        list(broker.read_all(settings, topic)) for topic in (ARTICLES, MEETINGS, STORIES, ALERTS, DEAD_LETTERS)
    )
    return Found(articles, meetings, stories, alerts, dead, tables)


def newest(changelog: Iterable[Message]) -> Mapping[str, bytes]:
    """Return each key's row of the highest revision, as recovery takes it: a straggler's older row counts for nothing.

    The revision is in a header: `revision` of a row that workers hold, `noted` of one that is for the record.
    """
    rows: dict[str, tuple[int, bytes | None]] = {}
    for message in changelog:
        headers = dict(message.headers)
        revision = int(headers.get("revision") or headers.get("noted") or b"-1")
        if message.key not in rows or revision >= rows[message.key][0]:
            rows[message.key] = revision, message.value
    return {key: value for key, (_, value) in rows.items() if value is not None}


def judged(found: Found, sent: Iterable[Article], pipeline: Pipeline) -> list[Tally]:
    """Return a tally for each sort of thing.

    Reports, verdicts and which articles make a story are expected of the articles alone. Ids of stories and alerts
    depend on the order in which reports arrive (DESIGN 5): those are expected of the reports in the order they have
    on the broker.
    """
    expected = rebuilt.recognised(pipeline, found.articles)
    timed = [(decode(Report, each.value), _moment(each)) for each in found.meetings]
    undisturbed = rebuilt.gathered((report, report.recognised) for report in expected.reports)
    arrived = rebuilt.gathered(timed)
    return [
        _articles(found, list(sent)),
        _verdicts(expected.verdicts, found.tables[steps.VERDICTS]),
        _reports(expected.reports, [report for report, _ in timed]),
        _groups(undisturbed.kept, _kept_rows(found)),
        _stories(arrived.stories, [decode(Story, each.value) for each in found.stories]),
        _alerts(arrived.alerts, [decode(Alert, each.value) for each in found.alerts]),
        _rows("report rows", arrived.reports, _decoded(found, steps.REPORTS, lambda r: decode(Report, r)), _said),
        _rows("story rows", arrived.kept, _kept_rows(found), _remembered),
        Tally("dead letters", 0, tuple(Finding(each.key, "set aside") for each in found.dead)),
    ]


def _moment(message: Message) -> datetime:
    return datetime.fromtimestamp(message.timestamp / 1000, UTC)


def _kept_rows(found: Found) -> dict[str, Kept]:
    return _decoded(found, steps.STORY_ROWS, rebuilt.decoded_kept)


def _decoded(found: Found, table: str, decoded: Callable[[bytes], T]) -> dict[str, T]:
    return {key: decoded(row) for key, row in found.tables[table].items()}


def _articles(found: Found, sent: list[Article]) -> Tally:
    there: dict[str, list[str]] = defaultdict(list)
    for message in found.articles:
        there[message.key].append(decode(Article, message.value).body)
    wanted: dict[str, list[str]] = defaultdict(list)
    for article in sent:
        wanted[article.id].append(article.body)
    lost = [Finding(id, "not in its order") for id, told in wanted.items() if list(dict.fromkeys(there[id])) != told]
    return Tally("articles", len(sent), tuple(lost), (), len(found.articles) - len(sent))


def _verdicts(expected: Mapping[str, steps.Verdict], rows: Mapping[str, bytes]) -> Tally:
    there = {key: rebuilt.decoded_verdict(row) for key, row in rows.items()}
    return _rows("verdicts", expected, there, lambda verdict: (verdict.revision, verdict.partners, verdict.refused))


def _reports(expected: list[Report], there: list[Report]) -> Tally:
    wanted = {(report.id, report.revision): report.content for report in expected}
    told = Counter((report.id, report.revision, report.content) for report in there)
    lost = [Finding(f"{id}.{revision}", "no report") for (id, revision), content in wanted.items()
            if (id, revision, content) not in told]  # fmt: skip
    doubled = [Finding(f"{id}.{revision}", "another content, or not to be expected") for id, revision, content in told
               if wanted.get((id, revision)) != content]  # fmt: skip
    return Tally("reports", len(wanted), tuple(lost), tuple(doubled), sum(told.values()) - len(told))


def _groups(expected: Mapping[str, Kept], there: Mapping[str, Kept]) -> Tally:
    """Compare stories by the meetings they are made of, which no order of arrival changes."""
    wanted, told = _standing(expected), _standing(there)
    lost = [Finding(", ".join(group), f"no such story x{many}") for group, many in (wanted - told).items()]
    doubled = [Finding(", ".join(group), f"a story of its own x{many}") for group, many in (told - wanted).items()]
    return Tally("stories by article", wanted.total(), tuple(lost), tuple(doubled))


def _standing(rows: Mapping[str, Kept]) -> Counter[tuple[str, ...]]:
    gone = (StoryState.WITHDRAWN, StoryState.MERGED)
    return Counter(tuple(sorted(kept.members)) for kept in rows.values() if kept.story.state not in gone)


def _stories(expected: Mapping[str, Story], there: list[Story]) -> Tally:
    last = {story.id: story for story in there}
    lost = [Finding(id, "not there") for id in expected if id not in last]
    for id, story in expected.items():
        if id in last and (differ := _differ(_bare(story), _bare(last[id]))):
            lost.append(Finding(id, f"its last revision {last[id].revision} is not {story.revision}: {differ}"))
    doubled = [Finding(id, "not to be expected") for id in last if id not in expected]
    versions = Counter((story.id, story.revision) for story in there)
    return Tally("stories", len(expected), tuple(lost), tuple(doubled), versions.total() - len(versions))


def _alerts(expected: Mapping[str, Alert], there: list[Alert]) -> Tally:
    told = Counter(alert.id for alert in there)
    lost = [Finding(id, f"{alert.kind.value} of {alert.story} not told") for id, alert in expected.items()
            if id not in told]  # fmt: skip
    doubled = [Finding(alert.id, f"{alert.kind.value} of {alert.story} not to be expected")
               for alert in there if alert.id not in expected]  # fmt: skip
    doubled += [
        Finding(alert.id, f"told again otherwise: {_differ(_heard(expected[alert.id]), _heard(alert))}")
        for alert in there if alert.id in expected and _heard(alert) != _heard(expected[alert.id])
    ]  # fmt: skip
    doubled += _claimed_twice(there)
    return Tally("alerts", len(expected), tuple(lost), tuple(doubled), told.total() - len(told))


def _claimed_twice(alerts: list[Alert]) -> list[Finding]:
    tellers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for alert in alerts:
        for claim in alert.claims:
            if claim.new:
                tellers[alert.story, claim.id].add(alert.id)
    return [Finding(claim, f"news of {story} in {len(ids)} alerts") for (story, claim), ids in tellers.items()
            if len(ids) > 1]  # fmt: skip


def _rows(what: str, expected: Mapping[str, T], there: Mapping[str, T], by: Callable[[T], Any]) -> Tally:
    lost = [Finding(key, "no row" if key not in there else f"{by(there[key])} instead of {by(row)}")
            for key, row in expected.items() if key not in there or by(there[key]) != by(row)]  # fmt: skip
    return Tally(
        what, len(expected), tuple(lost), tuple(Finding(key, "a row too many") for key in there.keys() - expected)
    )


def _said(report: Report) -> tuple[str, int, str]:
    return report.id, report.revision, report.content


def _remembered(kept: Kept) -> tuple[Any, ...]:
    return kept.members, kept.told, kept.wanted, kept.keys, kept.story.state, kept.story.revision


def _bare(story: Story) -> Story:
    """Return the story without the moments of its making, which another process passes at another time."""
    claims = tuple(replace(claim, at=_NEVER) for claim in story.claims)
    return replace(story, updated=_NEVER, claims=claims)


def _heard(alert: Alert) -> Alert:
    """Return the alert without the moments of its making."""
    times = replace(alert.times, recognised=_NEVER, told=_NEVER)
    return replace(alert, times=times, claims=tuple(replace(claim, at=_NEVER) for claim in alert.claims))


def _differ(one: Story | Alert, other: Story | Alert) -> str:
    return ", ".join(name for name in one.__struct_fields__ if getattr(one, name) != getattr(other, name))


_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
