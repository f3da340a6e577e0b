"""The tests in rule files: text + day --recognise--> meetings --judge--> as expected, or what happened instead.

The recogniser is passed in: the same that reads articles. A test of several lines has its first as title.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from streams.languages.text import Text
from streams.rules.judge import RuleVerdict, explain, sight
from streams.rules.ruleset import RuleSet, Trial
from wire.records import Meeting, Reason


class Recognised(NamedTuple):
    """What the recogniser finds in a text."""

    text: Text
    meetings: tuple[Meeting, ...]
    refused: tuple[Reason, ...] = ()  # what it is instead of a meeting
    title_end: int = 0  # code points of the title in `text.original`


Recogniser = Callable[[str, date], Recognised]


class Outcome(NamedTuple):
    """How a test went."""

    trial: Trial
    passed: bool
    told: str  # what happened, in a sentence
    verdicts: tuple[RuleVerdict, ...]  # one a meeting
    refused: tuple[Reason, ...]


def run_tests(rules: RuleSet, recognise: Recogniser, ids: Iterable[str] | None = None) -> Iterator[Outcome]:
    """Yield how each test of the rules goes, or of the rules of these ids."""
    wanted = None if ids is None else set(ids)
    for trial in rules.tests:
        if wanted is None or trial.rule in wanted:
            yield run(rules, trial, recognise(trial.text, trial.at))


def run(rules: RuleSet, trial: Trial, found: Recognised) -> Outcome:
    """Return how one test goes, given what was recognised in its text."""
    rule = rules.rule(trial.rule)
    if rule is None:
        raise LookupError(f"no rule {trial.rule!r} in this set")
    sighted = sight(rules, found.text, found.title_end)
    verdicts = tuple(explain(rules, rule, meeting, sighted) for meeting in found.meetings)
    passed, told = _weighed(trial, verdicts, found.refused)
    return Outcome(trial, passed, told, verdicts, found.refused)


def _weighed(trial: Trial, verdicts: tuple[RuleVerdict, ...], refused: tuple[Reason, ...]) -> tuple[bool, str]:
    wanted = any(verdict.wanted for verdict in verdicts)
    if trial.match:
        return (True, "wanted") if wanted else (False, _why_nothing(verdicts, refused))
    if wanted:
        return False, "the rule wants it"
    reasons = {reason.code for reason in refused} | set(_failing(verdicts))
    if not trial.because or reasons.intersection(trial.because):
        return True, "not wanted"
    found = ", ".join("not (what the rule excludes)" if each == "not" else each for each in sorted(reasons))
    return False, f"not wanted, but not because of {' or '.join(trial.because)}: because of {found or 'nothing named'}"


def _failing(verdicts: Iterable[RuleVerdict]) -> Iterator[str]:
    """Yield every line that fails in the nearest block, `not` when an exclusion holds."""
    for verdict in verdicts:
        yield from (line.line for line in verdict.nearest.lines if not line.held)
        if any(block.held for block in verdict.unless):
            yield "not"


def _why_nothing(verdicts: Iterable[RuleVerdict], refused: tuple[Reason, ...]) -> str:
    said = [verdict.why_not.text for verdict in verdicts if verdict.why_not] or [reason.text for reason in refused]
    return "; ".join(said) or "no meeting is recognised in it"
