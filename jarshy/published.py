"""What other services code against: records -> JSON Schema, and whether a change would break a reader."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from wire.records import WIRE_RECORDS, Record, type_of


def schemas() -> dict[str, str]:
    """Return the schema of every record on the wire, by file name."""
    return {f"{type_of(record)}.schema.json": _schema(record) for record in WIRE_RECORDS}


def _schema(record: type[Record]) -> str:
    schema = msgspec.json.schema(record)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": type_of(record), **schema}
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def breaks(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return in what a record's new schema breaks readers or writers of the old one.

    A field or a struct may come; none may go, change its type, or become required. An enum may grow
    (unknown values are read as such), never shrink.
    """
    return list(_definitions_broken(old.get("$defs", {}), new.get("$defs", {})))


def _definitions_broken(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for name, before in old.items():
        after = new.get(name)
        if after is None:
            yield f"{name} is gone"
        elif "enum" in before:
            yield from (f"{name} lost the value {value!r}" for value in before["enum"] if value not in after["enum"])
        else:
            yield from _struct_broken(name, before, after)


def _struct_broken(name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for field, before in old.get("properties", {}).items():
        after = new.get("properties", {}).get(field)
        if after is None:
            yield f"{name}.{field} is gone"
        elif _shape(before) != _shape(after):
            yield f"{name}.{field} changed its type"
    for field in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
        yield f"{name}.{field} became required"


def _shape(field: dict[str, Any]) -> str:
    """Return a field's type without its default, which may change."""
    return json.dumps({key: value for key, value in field.items() if key not in ("default", "description")}, sort_keys=True)
