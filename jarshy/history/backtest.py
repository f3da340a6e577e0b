"""What rules would have matched, and what another set of rules would not.

articles --recognise once--> meetings --judge by each set--> Matches --against--> Changes
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from streams.pipeline import Pipeline
from streams.rules.judge import explain, sight
from streams.rules.ruleset import RuleSet
from streams.rules.topics import Sighted
from wire.records import Article, Meeting, RuleHit


class Match(NamedTuple):
    """A rule wants a meeting that an article tells of."""

    article: Article
    meeting: Meeting
    rule: str
    why: str


class Change(NamedTuple):
    """A match that one set of rules has and the other has not."""

    gained: bool
    match: Match  # with why, or since when not


def matches(pipeline: Pipeline, articles: Iterable[Article]) -> Iterator[tuple[Match, ...]]:
    """Yield the matches of each article."""
    for article in articles:
        read = pipeline.recognise(article)
        yield tuple(
            Match(article, meeting, hit.rule, _why(hit))
            for meeting in pipeline.judged(article, read)
            for hit in meeting.rules
        )


def changes(new: Pipeline, old: Pipeline, articles: Iterable[Article]) -> Iterator[tuple[Change, ...]]:
    """Yield what the new rules gain and lose with each article; both sets share a lexicon, so it is read once."""
    for article in articles:
        read = new.recognise(article)
        if not read.recognition.meetings or read.text is None:
            yield ()
            continue
        now, before = (_by_rule(article, pipeline.judged(article, read)) for pipeline in (new, old))
        gained = [Change(True, now[key]) for key in now if key not in before]
        sighted = sight(new.rules, read.text, len(article.title))
        lost = [
            Change(False, match._replace(why=_why_no_more(new.rules, match, sighted)))
            for key, match in before.items()
            if key not in now
        ]
        yield (*gained, *lost)


def _by_rule(article: Article, meetings: Iterable[Meeting]) -> Mapping[tuple[int, str], Match]:
    return {
        (number, hit.rule): Match(article, meeting, hit.rule, _why(hit))
        for number, meeting in enumerate(meetings)
        for hit in meeting.rules
    }


def _why(hit: RuleHit) -> str:
    return "; ".join(reason.text for reason in hit.reasons) or "any meeting"


def _why_no_more(rules: RuleSet, match: Match, sighted: Sighted) -> str:
    rule = rules.rule(match.rule)
    if rule is None:
        return "there is no such rule any more"
    reason = explain(rules, rule, match.meeting, sighted).why_not
    return reason.text if reason else ""
