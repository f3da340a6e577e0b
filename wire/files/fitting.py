"""Plain values against the type they are to have: value -> every Problem, part by part -> Struct."""

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from wire.files import syntax
from wire.files.problems import Document, Path_, Problem, Problems, suggest
from wire.files.reading import read

T = TypeVar("T")


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
        fault, mend = misfit(value, kind, error)
        if value is None or value == "":
            expected = fault.partition(", got ")[0]
            yield document.problem(path, f"nothing stands here: {expected}", "write it, or remove the line")
            return
        yield document.problem(path, f"{_shown(value)} does not fit here: {fault}", mend)


def misfit(value: Any, kind: Any, error: msgspec.ValidationError) -> tuple[str, str]:
    """Return in plain words why a value is not of its type, and what to write instead."""
    fault = _plainly(error)
    if isinstance(value, str):
        return fault, suggest(value, _allowed(kind)) or syntax.strange_letter(value)
    unquoted = fault.startswith("expected text") and isinstance(value, int | float)
    return fault, "put it in quotes" if unquoted else ""


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
