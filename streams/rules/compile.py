"""Rule files -> RuleSet, or every Problem at once with file:line:column and the mend.

documents --check shapes--> rules --resolve words, lint--> Rules --number topics--> RuleSet

A file that has faults of shape is still read for faults of meaning, so one look at the list is enough.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from streams.languages.text import Text
from streams.rules import lint
from streams.rules.lemmas import Defined, defined, lint_topics, terms, unknown_topic
from streams.rules.names import KnownNames
from streams.rules.ruleset import Block, Clause, Rule, RuleSet, Topic, Trial, content_hash, indexed
from streams.rules.schema import LINES, PRIORITIES
from streams.rules.schema import Rule as RuleShape
from streams.rules.terms import RESOLVERS, TOPIC_LINES, Fault
from streams.rules.topics import Find
from wire.files import Document, Path_, Problem, Problems, check, suggest
from wire.records import Priority

Finder = Callable[[Text], Iterable[Find]]
Found = Callable[[Sequence[Topic]], Finder]  # makes the finder of these topics
NOTHING = Document("", None, {})


class Known(NamedTuple):
    """All that a rule may refer to; None where it is not known and not checked."""

    names: KnownNames
    desks: Collection[str] | None = None
    refusals: Collection[str] | None = None  # codes of what an article may be instead of a meeting
    named: Document = NOTHING  # config/lexicon/topics.yaml


def compile_rules(documents: Iterable[Document], known: Known, finder: Found) -> RuleSet:
    """Return the rule set of these files.

    Raises Problems with every fault found.
    """
    compiling = _Compiling(known)
    rules = [rule for document in documents for rule in compiling.file(document)]
    problems = [*compiling.problems, *lint.across(rules)]
    if problems:
        raise Problems(sorted(set(problems)))
    ordered = tuple(sorted((each.rule for each in rules), key=lambda rule: rule.id))
    subjects = frozenset(compiling.number(each.topic) for each in compiling.named.values() if each.topic.words)
    topics = tuple(compiling.numbers)
    hash_ = content_hash(ordered, topics)
    return RuleSet(ordered, topics, known.names, finder(topics), indexed(ordered), hash_, subjects)


class _Compiling:
    """Collects problems, and numbers topics as they are first used."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.problems: list[Problem] = []
        self.numbers: dict[Topic, int] = {}
        self.named = defined(known.named, (), known.named.value)
        self.problems.extend(lint_topics(self.named))

    def file(self, document: Document) -> Iterator[lint.Placed]:
        value = document.value
        if value is None or value == []:
            self._say(document, (), "holds no rule", "`jarshy rules new` prints one to start from")
        elif isinstance(value, dict | list):
            paths: list[Path_] = [()] if isinstance(value, dict) else [(at,) for at in range(len(value))]
            yield from _File(self, document, paths).rules()
        else:
            self._say(
                document,
                (),
                "is not a rule, nor a list of rules",
                "`jarshy rules new` prints one to start from",
            )

    def number(self, topic: Topic) -> int:
        return self.numbers.setdefault(topic, len(self.numbers))

    def _say(self, document: Document, path: Path_, what: str, mend: str) -> None:
        self.problems.append(document.problem(path, what, mend))


class _File:
    """One rule file: its topics are shared by its rules."""

    def __init__(self, compiling: _Compiling, document: Document, paths: Sequence[Path_]) -> None:
        self.known, self.named, self.number = compiling.known, compiling.named, compiling.number
        self.problems = compiling.problems
        self.document = document
        self.own: dict[str, Defined] = {}
        self.odd: set[str] = set()  # topics that are no mapping: a fault of shape is told, not another
        self.used: set[str] = set()
        self.misspelt = False  # then an unused topic is likely the one that was meant
        self.paths = [path for path in paths if self._shaped(path)]

    def rules(self) -> Iterator[lint.Placed]:
        for path in self.paths:
            self._define(path)
        self.problems.extend(lint_topics(self.own))
        found = [self._rule(path, self._value(path)) for path in self.paths]
        for name in self.own.keys() - self.used if not self.misspelt else ():
            self._say(self.own[name].path, f"topic {name!r} is used by no rule of this file", "use it or remove it")
        yield from found

    def _shaped(self, path: Path_) -> bool:
        """Report faults of shape; what is a mapping at all is read on."""
        value = self._value(path)
        try:
            msgspec.convert(value, RuleShape, strict=True)
        except msgspec.ValidationError:  # looking for every fault takes ten times as long: only when there is one
            self.misspelt = True
            misplaced = {self.document.problem((*path, line), f"unknown key {line!r}"): line for line in LINES}
            for problem in check(self.document, RuleShape, path)[1]:
                under = problem._replace(mend="") in misplaced
                mend = "it is a line of when:, write it below when: and indented" if under else problem.mend
                self.problems.append(problem._replace(mend=mend))
        return isinstance(value, dict)

    def _define(self, path: Path_) -> None:
        written = self._value(path).get("topics")
        if isinstance(written, dict):
            self.odd |= {name for name, words in written.items() if not isinstance(words, dict)}
        for name, each in defined(self.document, (*path, "topics"), written).items():
            if name in self.own:
                self._say(each.path, f"topic {name!r} is already defined in this file", "keep one")
            self.own.setdefault(name, each)

    def _rule(self, path: Path_, raw: Mapping[str, Any]) -> lint.Placed:
        faults = len(self.problems)
        language = self._clause(path, "language", raw)
        follow = raw.get("follow") is True
        when = self._blocks((*path, "when"), raw.get("when"), language, follow=follow)
        unless = self._blocks((*path, "not"), raw.get("not"), None)
        rule = Rule(
            id=str(raw.get("id", "")),
            title=str(raw.get("title", "")),
            priority=Priority(raw["priority"]) if raw.get("priority") in PRIORITIES else Priority.UNKNOWN,
            desks=self._desks((*path, "desks"), raw.get("desks")),
            when=tuple(block for _, block in when),
            unless=tuple(block for _, block in unless),
            tests=tuple(self._trials((*path, "tests"), raw)),
            file=self.document.file,
            line=self.document.marks.get((*path, "id"), self.document.marks.get(path, (1, 1)))[0],
        )
        placed = lint.Placed(rule, self.document, path, when, unless)
        if len(self.problems) == faults:  # without its faulty lines a rule means something else
            self.problems.extend(lint.within(placed, self.known.names))
        return placed

    def _desks(self, path: Path_, value: Any) -> tuple[str, ...]:
        desks = terms(value)
        if value is not None and not desks:
            self._say(path, "names no desk: nobody would hear of it", "write desks: [NAME]")
        for step, desk in desks:
            if self.known.desks is not None and desk not in self.known.desks:
                self._say((*path, *step), f"unknown desk {desk!r}", suggest(desk, sorted(self.known.desks)))
        return tuple(desk for _, desk in desks)

    def _blocks(
        self, path: Path_, value: Any, language: Clause | None, *, follow: bool = False
    ) -> list[tuple[Path_, Block]]:
        """Return the blocks of `when:` or `not:`, each with its place."""
        raw = [((*path, at), each) for at, each in enumerate(value)] if isinstance(value, list) else [(path, value)]
        if value == []:
            self._say(path, "is an empty list and can never hold", "write at least one block of lines")
        found = []
        for place, block in raw:
            if not isinstance(block, dict):
                continue
            clauses = [clause for line in LINES if (clause := self._clause(place, line, block))]
            if not any(line in block for line in LINES):
                self._say(
                    place,
                    "has no line and would hold for every meeting",
                    "say so: status: [held, planned, cancelled]",
                )
            spoken = (language, *clauses) if language else clauses
            found.append((place, Block(tuple(spoken), follow or block.get("follow") is True)))
        return found

    def _clause(self, place: Path_, line: str, block: Mapping[str, Any]) -> Clause | None:
        """Return a line of a block with its words looked up, None when it is not there or wrong."""
        if line not in block:
            return None
        words = terms(block[line])
        if not words and block[line] in ("", [], None):
            self._say(
                (*place, line),
                f"{line}: names nothing and can never hold",
                "name something or remove the line",
            )
        keys: set[str | int] = set()
        kinds: set[str] = set()
        for at, (step, word) in enumerate(words):
            where = (*place, line, *step)
            if word in (earlier for _, earlier in words[:at]):
                self._say(where, f"{word!r} stands here twice", "keep one")
            elif line in TOPIC_LINES:
                keys |= self._topic(where, word)
            else:
                self._look_up(where, line, word, keys, kinds)
        return Clause(line, tuple(word for _, word in words), frozenset(keys), frozenset(kinds)) if keys else None

    def _look_up(self, where: Path_, line: str, word: str, keys: set[str | int], kinds: set[str]) -> None:
        meaning = RESOLVERS[line](word, self.known.names)
        if isinstance(meaning, Fault):
            self._say(where, *meaning)
        else:
            keys |= meaning.keys
            kinds.add(meaning.kind)

    def _topic(self, where: Path_, word: str) -> set[int]:
        self.used.add(word)
        each = self.own.get(word) or self.named.get(word)
        if each is None:
            if word in self.odd:
                return set()
            self.misspelt = True
            self._say(where, *unknown_topic(word, self.own, self.named))
            return set()
        languages = terms(self._value(where[:1] if isinstance(where[0], int) else ()).get("language"))
        self.problems.extend(lint.silent(each, [word for _, word in languages], self.document, where))
        return {self.number(each.topic)}

    def _trials(self, path: Path_, raw: Mapping[str, Any]) -> Iterator[Trial]:
        tests = raw.get("tests")
        for at, test in enumerate(tests if isinstance(tests, list) else ()):
            if isinstance(test, dict):
                trial, faults = lint.trial(
                    test, str(raw.get("id", "")), self.document, (*path, at), self.known.refusals
                )
                self.problems.extend(faults)
                if trial:
                    yield trial

    def _value(self, path: Path_) -> Any:
        value = self.document.value
        for step in path:
            value = value[step]
        return value

    def _say(self, path: Path_, what: str, mend: str = "") -> None:
        self.problems.append(self.document.problem(path, what, mend))
