"""What other services code against: records -> JSON Schema, topics -> AsyncAPI, and what would break a reader."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from wire import topics
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
    return json.dumps(
        {key: value for key, value in field.items() if key not in ("default", "description")}, sort_keys=True
    )


PUBLIC = (topics.STORIES, topics.ALERTS, topics.MEETINGS, topics.ARTICLES, topics.DELIVERIES, topics.NOTICES)
"""The topics that other services may read, the most useful first."""


def asyncapi() -> str:
    """Return the AsyncAPI 3 description of the public topics: addresses, keys, headers, payloads."""
    channels = {topic.name: _channel(topic) for topic in PUBLIC}
    operations = {
        f"read-{topic.name}": {
            "action": "send",
            "channel": {"$ref": f"#/channels/{topic.name}"},
            "summary": topic.about,
        }
        for topic in PUBLIC
    }
    page = {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Jarshy's topics",
            "version": "1",
            "description": "Bilateral meetings of Kazakhstan in the Kazakh, Polish and Arabic news. `jarshy` is the "
            "prefix of every topic (JARSHY_PREFIX). Records are JSON; fields and values may be added, readers "
            "ignore what they do not know.",
        },
        "defaultContentType": "application/json",
        "channels": channels,
        "operations": operations,
    }
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"


def _channel(topic: topics.Topic) -> dict[str, Any]:
    assert topic.record
    name = type_of(topic.record)
    return {
        "address": topics.named(topic, "jarshy"),
        "description": f"{topic.about}; key: {topic.key}",
        "messages": {
            topic.record.__name__: {
                "name": name,
                "contentType": "application/json",
                "headers": {"type": "object", "properties": _HEADERS, "required": sorted(_HEADERS)},
                "payload": {"$ref": f"./schemas/{name}.schema.json"},
                "bindings": {"kafka": {"key": {"type": "string", "description": topic.key}}},
            }
        },
        "bindings": {
            "kafka": {
                "partitions": topic.partitions,
                "topicConfiguration": {"cleanup.policy": [topic.cleanup], "max.message.bytes": topic.max_bytes},
            }
        },
    }


_HEADERS = {
    "ce_specversion": {"type": "string", "const": "1.0"},
    "ce_id": {
        "type": "string",
        "description": "equal for a repeated message, another for an edit",
    },
    "ce_type": {"type": "string", "description": "such as jarshy.story.v1"},
    "ce_source": {"type": "string", "description": "/prefix/stage"},
    "ce_time": {"type": "string", "format": "date-time"},
    "content-type": {"type": "string", "const": "application/json"},
}
