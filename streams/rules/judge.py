"""Which rules want a meeting, and why the others do not: one engine for match, explain and why-not.

meeting --facets--> keys --index--> blocks left --topics they ask for--> blocks that stand --unless?--> RuleHits

Pure. The index gives exactly the blocks of which every line holds; the lines are weighed again for
their reasons, so a hit cannot lack one. What an article costs does not grow with rules that cannot fire: a
topic that no rule left asks for is found (one look-up a word for all topics) but not weighed.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from streams.languages.text import Text
from streams.rules.lines import Facets, Verdict, facets, proof, told, topical, weigh
from streams.rules.ruleset import Block, Clause, Keys, Rule, RuleSet, numbers
from streams.rules.topics import Find, Sighted
from streams.rules.topics import sight as _sight
from wire.records import Meeting, Reason, RuleHit

Hits = tuple[RuleHit, ...]


class BlockVerdict(NamedTuple):
    """A block of lines set against a meeting."""

    lines: tuple[Verdict, ...]

    @property
    def held(self) -> bool:
        """Return whether all lines hold."""
        return all(line.held for line in self.lines)


class RuleVerdict(NamedTuple):
    """A rule set against a meeting, line by line: what `jarshy rules explain` shows."""

    rule: Rule
    wanted: bool
    when: tuple[BlockVerdict, ...]
    unless: tuple[BlockVerdict, ...]
    why_not: Reason | None  # the first line that failed, of the block that came nearest

    @property
    def nearest(self) -> BlockVerdict:
        """Return the block of `when:` with the fewest lines that fail."""
        return min(self.when, key=lambda block: sum(not line.held for line in block.lines))


def sight(rules: RuleSet, text: Text, title_end: int = 0) -> Sighted:
    """Return which topics of the rules an article is about, once for all its meetings."""
    return _sight(text, rules.find(text), title_end)


def judged(
    rules: RuleSet, meetings: Sequence[Meeting], text: Text, title_end: int = 0, finds: Sequence[Find] | None = None
) -> tuple[Hits, ...]:
    """Return the rules that want each of an article's meetings.

    As `judge` with all topics sighted, but only those topics are weighed for which some rule may still ask.
    `finds` are where the topics stand, if that is known.
    """
    if finds is None:
        finds = tuple(rules.find(text))
    sides = [told(meeting, text.language, rules.names) for meeting in meetings]
    left = [rules.blocks.standing(_keys(side), rules.blocks.everything) for side in sides]
    asked = rules.blocks.asked(reduce(or_, left, 0), {find.topic for find in finds})
    sighted = _sight(text, [find for find in finds if find.topic in asked], title_end)
    topics = topical(sighted, rules.topics)
    standing = (rules.blocks.standing(_keys(topics), each) for each in left)
    return tuple(_hits(rules, each, {**side, **topics}) for each, side in zip(standing, sides, strict=True))


def judge(rules: RuleSet, meeting: Meeting, sighted: Sighted) -> Hits:
    """Return the rules that want a meeting, in the order of their ids."""
    sides = facets(meeting, sighted, rules.names, rules.topics)
    return _hits(rules, rules.blocks.standing(_keys(sides), rules.blocks.everything), sides)


def _hits(rules: RuleSet, left: int, sides: Facets) -> Hits:
    standing: dict[int, list[Block]] = defaultdict(list)
    for number in numbers(left):
        standing[rules.blocks.owners[number]].append(rules.blocks.blocks[number])
    weighed: dict[Clause, tuple[Reason, ...]] = {}  # many rules say the same line
    hits = []
    for owner, blocks in sorted(standing.items()):
        rule = rules.rules[owner]
        if not rule.unless or not any(_holds(block, sides) for block in rule.unless):
            hits.append(_hit(rule, blocks, sides, weighed))
    return tuple(hits)


def _keys(sides: Facets) -> Keys:
    return {line: side.keys for line, side in sides.items()}


def explain(rules: RuleSet, rule: Rule, meeting: Meeting, sighted: Sighted) -> RuleVerdict:
    """Return how every line of a rule fares with a meeting."""
    sides = facets(meeting, sighted, rules.names, rules.topics)
    when = tuple(_weighed(block, sides) for block in rule.when)
    unless = tuple(_weighed(block, sides) for block in rule.unless)
    wanted = any(block.held for block in when) and not any(block.held for block in unless)
    verdict = RuleVerdict(rule, wanted, when, unless, None)
    return verdict if wanted else verdict._replace(why_not=_first_no(verdict))


def why_not(rules: RuleSet, rule: Rule, meeting: Meeting, sighted: Sighted) -> Reason | None:
    """Return the first line that fails and what would have been needed; None when the rule wants the meeting."""
    return explain(rules, rule, meeting, sighted).why_not


def _holds(block: Block, sides: Facets) -> bool:
    return all(not clause.keys.isdisjoint(sides[clause.line].keys) for clause in block.clauses)


def _weighed(block: Block, sides: Facets) -> BlockVerdict:
    return BlockVerdict(tuple(weigh(clause, sides[clause.line]) for clause in block.clauses))


def _hit(rule: Rule, blocks: list[Block], sides: Facets, weighed: dict[Clause, tuple[Reason, ...]]) -> RuleHit:
    reasons: list[Reason] = []
    for clause in blocks[0].clauses:
        found = weighed.get(clause)
        if found is None:
            found = weighed[clause] = proof(clause, sides[clause.line])
        reasons += found
    return RuleHit(
        rule=rule.id,
        title=rule.title,
        priority=rule.priority,
        desks=rule.desks,
        follow=blocks[0].follow or any(block.follow for block in blocks[1:]),
        reasons=tuple(reasons),
    )


def _first_no(verdict: RuleVerdict) -> Reason:
    """Return the exclusion that holds, when nothing else stands against the rule, else the first failing line."""
    for line in verdict.nearest.lines:
        if not line.held:
            return line.reasons[0]
    excluded = next(block for block in verdict.unless if block.held)
    reasons = [reason for line in excluded.lines for reason in line.reasons]
    text = "; ".join(reason.text for reason in reasons)
    return Reason(code="not", text=f"not: {text}", start=reasons[0].start, end=reasons[0].end)
