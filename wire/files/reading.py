"""YAML 1.2 on PyYAML's scanner: text -> nodes (with marks) -> plain values, every Problem on the way noted."""

import re
from pathlib import Path
from typing import Any, ClassVar

import yaml

from wire.files import syntax
from wire.files.problems import Document, Path_, Problem

DEEPEST = 50
_CORE_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "str", "int", "float", "bool", "null"))


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
        if node.tag not in _CORE_TAGS:
            self._refuse(mark, "has a tag (!name), and none is known here", "remove it, or quote the value")
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
