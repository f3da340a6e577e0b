"""People's files: YAML 1.2 -> values of a Struct, or every Problem with file:line:column.

text -> nodes (with marks) -> plain values -> checked against the type -> Struct

YAML 1.2's core schema is resolved here, on PyYAML's scanner: `NO` is Norway, 22:00 a string.
Nothing is silently ignored: unknown and duplicate keys are Problems, and all are found in one reading.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec
import yaml

from wire import syntax

T = TypeVar("T")
Path_ = tuple[str | int, ...]
DEEPEST = 50


class Problem(NamedTuple):
    """A fault in somebody's file: where, what, and what to do about it."""

    file: str
    line: int
    column: int
    what: str
    mend: str = ""

    def __str__(self) -> str:
        mend = f" ({self.mend})" if self.mend else ""
        return f"{self.file}:{self.line}:{self.column}: {self.what}{mend}"


class Problems(ValueError):
    """A file or a set of files cannot be used; `problems` holds every fault found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Document(NamedTuple):
    """A read file: its plain value, and where each part of it stands."""

    file: str
    value: Any
    marks: Mapping[Path_, tuple[int, int]]

    def problem(self, path: Path_, what: str, mend: str = "") -> Problem:
        """Return a Problem at `path`, or at its nearest part that stands in the file."""
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (1, 1))
        return Problem(self.file, line, column, what, mend)


class _Core(yaml.CSafeLoader):  # the C scanner: a lexicon of 10,000 lines reads in a fraction of a second
    """PyYAML's scanner with the tags of YAML 1.2's core schema."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]  # the stubs call it an instance's


def _resolve(tag: str, pattern: str, first: str) -> None:
    _Core.add_implicit_resolver(tag, re.compile(pattern), list(first))


_resolve("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", "~nN\0")
_resolve("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF")
_resolve("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", "-+0123456789")
_resolve("tag:yaml.org,2002:float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789")


def read(path: Path) -> tuple[Document, list[Problem]]:
    """Read one file; what cannot be read at all is a Problem and an empty document."""
    name = str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        return _nothing(name), [
            Problem(name, 1, 1, f"cannot be read: {error.strerror}", "check the path and its rights")
        ]
    except UnicodeDecodeError as error:
        return _nothing(name), [Problem(name, 1, 1, f"is not UTF-8 (byte {error.start})", "save it as UTF-8")]
    return read_text(text, name)


def read_text(text: str, name: str) -> tuple[Document, list[Problem]]:
    """Read YAML text that came from `name`."""
    reading = _Reading(name)
    try:
        if too_deep := _too_deep(text):
            return _nothing(name), [Problem(name, *too_deep, "is nested too deeply", "write it flatter")]
        node = yaml.compose(text, Loader=_Core)
    except yaml.YAMLError as error:
        return _nothing(name), [Problem(name, *syntax.fault(error, text))]
    value = reading.plain(node, ()) if node else None
    return Document(name, value, reading.marks), reading.problems


def check(document: Document, kind: type[T], path: Path_ = ()) -> tuple[T | None, list[Problem]]:
    """Convert a document (or the part at `path`) to `kind`; every fault at once when it does not fit."""
    value = document.value
    for step in path:
        value = value[step]
    problems = list(_faults(document, value, kind, path))
    if problems:
        return None, problems
    try:
        return msgspec.convert(value, kind, strict=True), []
    except msgspec.ValidationError as error:
        return None, [document.problem(path, _plainly(error))]


def load(path: Path, kind: type[T]) -> T:
    """Read a file as `kind`.

    Raises Problems with every fault found.
    """
    document, problems = read(path)
    value, faults = check(document, kind) if not problems else (None, [])
    if value is None:
        raise Problems([*problems, *faults])
    return value


def suggest(word: str, known: Iterable[str]) -> str:
    """Return `did you mean ...?` when a known word is near, else the known words."""
    words = [str(each) for each in known]
    near = difflib.get_close_matches(word, words, 1)
    if near:
        strange = syntax.strange_letter(word) if near[0].isascii() else ""
        return f"did you mean {near[0]!r}?{strange and f' {strange}'}"
    return f"one of: {', '.join(words)}" if 0 < len(words) <= 12 else ""


def _nothing(name: str) -> Document:
    return Document(name, None, {})


def _too_deep(text: str) -> tuple[int, int] | None:
    """Return where nesting passes DEEPEST: the C composer recurses and would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_Core):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST and (mark := event.start_mark):
            return mark.line + 1, mark.column + 1
    return None


class _Reading:
    """Nodes to plain values, noting where each part stands and what is wrong on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.marks: dict[Path_, tuple[int, int]] = {}
        self.seen: set[int] = set()

    def plain(self, node: yaml.Node, path: Path_) -> Any:
        mark = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.marks.setdefault(path, mark)
        if id(node) in self.seen:  # an alias: a few of them nested make gigabytes
            return self._refuse(mark, "is an alias (*name)", "write the value out")
        if isinstance(node, yaml.MappingNode):
            self.seen.add(id(node))
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            self.seen.add(id(node))
            return [self.plain(child, (*path, i)) for i, child in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            mark = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            key = str(key_node.value)
            if key in found:
                first = self.marks[(*path, key)][0]
                self._refuse(mark, f"{key!r} stands here twice (first on line {first})", "keep one")
                continue
            self.marks[(*path, key)] = mark
            found[key] = self.plain(value_node, (*path, key))
        return found

    def _refuse(self, mark: tuple[int, int], what: str, mend: str) -> None:
        self.problems.append(Problem(self.name, *mark, what, mend))


def _scalar(node: yaml.Node) -> Any:
    text, tag = node.value, node.tag.rpartition(":")[2]
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() == "true"
    if tag == "int":
        return int(text)
    return float(text) if tag == "float" else text


def _faults(document: Document, value: Any, kind: Any, path: Path_) -> Iterable[Problem]:
    """Yield every fault of `value` against the Python type `kind`, part by part."""
    if get_origin(kind) is Annotated and isinstance(value, dict | list):
        kind = get_args(kind)[0]
    shape, parts = get_origin(kind), get_args(kind)
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from _struct_faults(document, value, kind, path)
    elif isinstance(value, list) and shape in (list, tuple, frozenset):
        for i, child in enumerate(value):
            yield from _faults(document, child, parts[0], (*path, i))
    elif isinstance(value, dict) and shape in (dict, Mapping):
        for key, child in value.items():
            yield from _faults(document, child, parts[1], (*path, key))
    elif shape in (Union, UnionType) and isinstance(value, dict | list):
        yield from _union_faults(document, value, kind, path)
    else:
        yield from _leaf_faults(document, value, kind, path)


def _struct_faults(
    document: Document, value: dict[str, Any], kind: type[msgspec.Struct], path: Path_
) -> Iterable[Problem]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key in value:
        if key not in fields:
            yield document.problem((*path, key), f"unknown key {key!r}", suggest(key, fields))
    for key, field in fields.items():
        if key in value:
            yield from _faults(document, value[key], field.type, (*path, key))
        elif field.required:
            yield document.problem(path, f"{key!r} is missing", f"add a line {key}: ...")


def _union_faults(document: Document, value: Any, kind: Any, path: Path_) -> Iterable[Problem]:
    """Yield the faults against the one member that has the value's shape, else that none fits."""
    alike = [member for member in get_args(kind) if _has_shape(member, value)]
    if len(alike) == 1:
        yield from _faults(document, value, alike[0], path)
    else:
        yield from _leaf_faults(document, value, kind, path)


def _has_shape(kind: Any, value: Any) -> bool:
    shape = get_origin(kind) or kind
    if isinstance(value, list):
        return shape in (list, tuple, frozenset)
    return shape in (dict, Mapping) or (isinstance(shape, type) and issubclass(shape, msgspec.Struct))


def _leaf_faults(document: Document, value: Any, kind: Any, path: Path_) -> Iterable[Problem]:
    try:
        msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as error:
        fault = _plainly(error)
        if value is None or value == "":
            expected = fault.partition(", got ")[0]
            yield document.problem(path, f"nothing stands here: {expected}", "write it, or remove the line")
            return
        mend = "put it in quotes" if fault.startswith("expected text") and isinstance(value, int | float) else ""
        if isinstance(value, str):
            mend = suggest(value, _allowed(kind)) or syntax.strange_letter(value)
        yield document.problem(path, f"{_shown(value)} does not fit here: {fault}", mend)


def _allowed(kind: Any) -> list[str]:
    """Return the words a closed set admits."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [str(member.value) for member in kind if member.name != "UNKNOWN"]
    if get_origin(kind) is Literal:
        return [str(value) for value in get_args(kind)]
    return [word for member in get_args(kind) for word in _allowed(member)]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if len(repr(value)) < 60 else repr(value)[:57] + "..."


def _plainly(error: msgspec.ValidationError) -> str:
    """Return msgspec's sentence without its JSON path: the Problem has a line."""
    text = str(error).split(" - at `$")[0]
    if text.startswith("Invalid enum value"):
        return "it is not one of the words known here"
    for theirs, ours in _SENTENCES.items():
        text = text.replace(theirs, ours)
    text = re.sub(
        r"`([^`]+)`", lambda types: " or ".join(_TYPES.get(each, each) for each in types[1].split(" | ")), text
    )
    return text[:1].lower() + text[1:]


_TYPES = {
    "object": "a block of lines (key: value)", "array": "a list", "str": "text", "int": "a whole number",
    "float": "a number", "bool": "true or false", "date": "a day such as 2024-08-08", "null": "nothing",
}  # fmt: skip
_SENTENCES = {
    "Invalid RFC3339 encoded date": "expected a day that exists, such as 2024-08-08",
    "matching regex '^[a-z0-9]+(-[a-z0-9]+)*$'": "of small Latin letters, figures and hyphens: my-first-rule",
    "of length >= 1": "of at least one letter or word",
}
