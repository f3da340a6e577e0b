"""What is well formed and still wrong: lines that can never hold, rules that say nothing new, tests without sense.

placed rule --within--> Problems ; all placed rules --across--> Problems
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from streams.rules.lemmas import SCRIPT_NAMES, Defined, terms
from streams.rules.names import KnownNames
from streams.rules.ruleset import Block, Clause, Rule, Trial
from streams.rules.schema import LANGUAGES, LINES
from wire.files import Document, Path_, Problem, suggest

REMOTE = frozenset({"phone-call", "video-call"})
SINGLE = ("with", "form", "language")  # lines of which a meeting has exactly one key


class Placed(NamedTuple):
    """A compiled rule, and where its parts stand."""

    rule: Rule
    document: Document
    path: Path_
    when: Sequence[tuple[Path_, Block]]
    unless: Sequence[tuple[Path_, Block]]

    def problem(self, path: Path_, what: str, mend: str) -> Problem:
        """Return a Problem at a part of the rule's file."""
        return self.document.problem(path, what, mend)


def within(placed: Placed, names: KnownNames) -> Iterator[Problem]:
    """Yield the blocks of a rule that can never hold, and the exclusions that exclude all or nothing."""
    for path, block in (*placed.when, *placed.unless):
        yield from _never(placed, path, {clause.line: clause for clause in block.clauses}, names)
    for path, block in placed.unless:
        covered = [_implies(each, block) for _, each in placed.when]
        if covered and all(covered):
            yield placed.problem(path, "excludes all that when: wants: the rule can never hold", "narrow it")
        elif any(covered):
            never = placed.when[covered.index(True)][0]
            yield placed.problem(never, "is excluded whole by not: and can never hold", "remove one of the two")
        elif placed.when and all(_apart(each, block) for _, each in placed.when):
            yield placed.problem(path, "excludes nothing that when: wants", "remove it, or mend its words")


def _never(placed: Placed, path: Path_, lines: Mapping[str, Clause], names: KnownNames) -> Iterator[Problem]:
    if "place" in lines and "form" in lines and lines["form"].keys <= REMOTE:
        yield placed.problem(
            (*path, "place"),
            "can never hold: a call has no place",
            "remove place:, or add in-person to form:",
        )
    parties, people = lines.get("with"), lines.get("counterpart")
    if parties and people and people.kinds == {"person"}:
        countries = {names.people[str(key)] for key in people.keys}
        if countries.isdisjoint(parties.keys):
            whose, wanted = ", ".join(sorted(countries)), ", ".join(parties.wanted)
            what = f"can never hold: {', '.join(people.wanted)} of {whose}, with: {wanted}"
            yield placed.problem((*path, "counterpart"), what, "mend with: or counterpart:")


def _implies(block: Block, other: Block) -> bool:
    """Return whether `other` holds wherever `block` does."""
    lines = {clause.line: clause for clause in block.clauses}
    return bool(other.clauses) and all(
        clause.line in lines and lines[clause.line].keys <= clause.keys for clause in other.clauses
    )


def _apart(block: Block, other: Block) -> bool:
    """Return whether the two can never hold together."""
    lines = {clause.line: clause for clause in block.clauses}
    return any(
        clause.line in SINGLE and clause.line in lines and lines[clause.line].keys.isdisjoint(clause.keys)
        for clause in other.clauses
    )


def across(rules: Sequence[Placed]) -> Iterator[Problem]:
    """Yield duplicate ids, and rules that another says to the letter for the same desks."""
    ids: dict[str, Placed] = {}
    letters: dict[object, list[Placed]] = {}
    for each in rules:
        if each.rule.id and (first := ids.setdefault(each.rule.id, each)) is not each:
            what = f"id {each.rule.id!r} is already that of {first.rule.file}:{first.rule.line}"
            yield each.problem((*each.path, "id"), what, "give it another")
        letter = _letter(each.rule)
        for other in letters.get(letter, ()):
            if set(each.rule.desks) <= set(other.rule.desks) and each.rule.id != other.rule.id:
                what = f"says to the letter what {other.rule.id!r} says ({other.rule.file}:{other.rule.line})"
                yield each.problem((*each.path, "when"), what, "remove one of the two, or change its lines")
                break
        if each.rule.when:
            letters.setdefault(letter, []).append(each)


def _letter(rule: Rule) -> object:
    return _unordered(rule.when), _unordered(rule.unless)


def _unordered(blocks: Iterable[Block]) -> object:
    return frozenset((block.follow, frozenset((each.line, each.keys) for each in block.clauses)) for block in blocks)


def silent(each: Defined, languages: Collection[str], document: Document, path: Path_) -> Iterator[Problem]:
    """Yield the languages in which a rule could never hold for want of a topic's words."""
    spoken = {language for language, _ in each.topic.words}
    without = [language for language in (languages or LANGUAGES) if language in SCRIPT_NAMES and language not in spoken]
    if without and spoken:
        named = ", ".join(without)
        what = f"topic {each.topic.name!r} has no words in {named}: articles in {named} would never count"
        left = [language for language in (languages or LANGUAGES) if language in spoken]
        line, _ = each.document.marks.get(each.path, (1, 1))
        add = f"add them on line {line}" if each.document is document else "add them"
        yield document.problem(path, what, f"{add}, or say so: language: [{', '.join(left)}]" if left else add)


def trial(
    raw: Mapping[str, Any], rule: str, document: Document, path: Path_, refusals: Collection[str] | None
) -> tuple[Trial | None, list[Problem]]:
    """Return a test of a rule file, and what is wrong with it."""
    problems = list(_trial_faults(raw, document, path, refusals))
    match = "match" in raw
    text, at = raw.get("match" if match else "no-match"), _day(raw.get("at"))
    if problems or not isinstance(text, str) or at is None:
        return None, problems
    line = document.marks.get(path, (1, 1))[0]
    because = tuple(word for _, word in terms(raw.get("because")))
    return Trial(rule, text, at, match, because, document.file, line), problems


def _trial_faults(
    raw: Mapping[str, Any], document: Document, path: Path_, refusals: Collection[str] | None
) -> Iterator[Problem]:
    if ("match" in raw) is ("no-match" in raw):
        yield document.problem(
            path, "a test has either match: or no-match:", "keep one; write another test for the other"
        )
    for key in ("match", "no-match"):
        if key in raw and isinstance(raw[key], str) and not raw[key].strip():
            yield document.problem((*path, key), f"{key}: has no text", "write a sentence from an article")
    if "because" in raw and "match" in raw:
        yield document.problem((*path, "because"), "because: goes with no-match: only", "remove it")
    if refusals is None:
        return
    for step, word in terms(raw.get("because")):
        if word not in (known := (*LINES, "language", "not", *sorted(refusals))):
            mend = suggest(word, known) or f"a line of the rule, not, or one of: {', '.join(sorted(refusals))}"
            yield document.problem((*path, "because", *step), f"unknown reason {word!r}", mend)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
