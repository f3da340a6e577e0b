"""config/rules/*.yaml + config/lexicon/topics.yaml + lexicon -> RuleSet; RuleSource keeps the last good one.

files --changed?--> read --compile--> RuleSet, or Problems while the set before stays
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from streams.rules.compile import Found, Known, compile_rules
from streams.rules.ruleset import RuleSet
from streams.rules.schema import TopicFile
from wire.files import Document, Problem, Problems, check, read

NOT_THERE = Document("", None, {})
Passing = Callable[[Sequence[Path]], Iterable[Path]]


class Checked(NamedTuple):
    """What `jarshy rules check` shows: the set, or every fault of every file."""

    rules: RuleSet | None
    problems: tuple[Problem, ...]


def rule_files(config: Path) -> list[Path]:
    """Return the rule files of a configuration folder, in the order of their names."""
    folder = config / "rules"
    return sorted(path for kind in ("*.yaml", "*.yml") for path in folder.glob(kind) if not path.name.startswith("."))


def topic_file(config: Path) -> Path:
    """Return the file of the named topics, which need not be there."""
    return config / "lexicon" / "topics.yaml"


def load_rules(config: Path, known: Known, finder: Found, files: Sequence[Path] | None = None) -> RuleSet:
    """Return the rule set of a configuration folder, or of `files` with its named topics.

    Raises Problems with every fault of every file.
    """
    checked = check_rules(config, known, finder, files)
    if checked.rules is None:
        raise Problems(checked.problems)
    return checked.rules


def check_rules(
    config: Path, known: Known, finder: Found, files: Sequence[Path] | None = None, passing: Passing = iter
) -> Checked:
    """Read and compile all rule files; every fault at once. `passing` sees the files go by, to show how far it is."""
    paths = rule_files(config) if files is None else files
    problems: list[Problem] = []
    if not paths:
        problems.append(Problem(str(config / "rules"), 1, 1, "holds no rule file", "`jarshy rules new` prints one"))
    named = _read(topic_file(config), problems) if topic_file(config).exists() else NOT_THERE
    if named.value is not None:
        problems.extend(check(named, TopicFile)[1])
    documents = (_read(path, problems) for path in passing(paths))
    readable = (document for document in documents if document.value is not None or not _broken(document, problems))
    try:
        rules = compile_rules(readable, known._replace(named=named), finder)
    except Problems as faults:
        problems.extend(faults.problems)
    return Checked(None, tuple(sorted(set(problems)))) if problems else Checked(rules, ())


def _read(path: Path, problems: list[Problem]) -> Document:
    document, faults = read(path)
    problems.extend(faults)
    return document


def _broken(document: Document, problems: Iterable[Problem]) -> bool:
    return any(problem.file == document.file for problem in problems)


class Stamp(NamedTuple):
    """What tells whether files changed, without reading them and with."""

    looks: tuple[tuple[str, int, int], ...]
    content: str


class RuleSource:
    """The rules of a running worker: re-read when their files change, the last good set kept.

    `known` and `finder` are the lexicon's; a change of the lexicon is a restart.
    """

    def __init__(self, config: Path, known: Known, finder: Found) -> None:
        self._config, self._known, self._finder = config, known, finder
        self._stamp = self._stamped()
        self._rules = load_rules(config, known, finder)
        self._problems: tuple[Problem, ...] = ()

    def current(self) -> RuleSet:
        """Return the last good rule set."""
        return self._rules

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the files as they stand now; nothing when they are in force."""
        return self._problems

    def refresh(self) -> bool:
        """Re-read the files if they changed, and return whether they did.

        A broken set leaves `current()` as it was and shows in `problems()` until it is mended.
        """
        stamp = self._stamped(self._stamp)
        if stamp.content == self._stamp.content:
            self._stamp = stamp
            return False
        checked = check_rules(self._config, self._known, self._finder)
        if self._stamped().content != stamp.content:
            return False  # somebody is still writing: the next call reads the whole
        self._stamp, self._problems = stamp, checked.problems
        if checked.rules is not None:
            self._rules = checked.rules
        return True

    def _stamped(self, before: Stamp | None = None) -> Stamp:
        files = [*rule_files(self._config), topic_file(self._config)]
        looks = tuple((str(path), *_look(path)) for path in files)
        if before and before.looks == looks:
            return before
        digest = blake2b(digest_size=16)
        for path in files:
            digest.update(repr((path.name, _content(path))).encode())
        return Stamp(looks, digest.hexdigest())


def _look(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return -1, -1
    return status.st_mtime_ns, status.st_size


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
