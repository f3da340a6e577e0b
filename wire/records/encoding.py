"""Record -> JSON bytes -> record: poison and later versions are told apart."""

import threading
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from wire.records.kinds import Record

R = TypeVar("R", bound=Record)
DEAD_LETTER_BYTES = 256 * 1024


class UndecodableRecord(ValueError):
    """The bytes are not a record of this kind: poison, for the dead letters."""


class NewerRecord(RuntimeError):
    """The record was written by a later version: this reader must be upgraded first."""


_encode = msgspec.json.Encoder().encode
_decoders: dict[type, msgspec.json.Decoder[Any]] = {}
_learning = threading.Lock()


class _Envelope(msgspec.Struct):
    type: str


_envelope = msgspec.json.Decoder(_Envelope)


def type_of(record: type[Record] | Record) -> str:
    """Return the record's CloudEvents type, such as `jarshy.story.v1`."""
    return str(record.__struct_config__.tag)


def encode(record: Record) -> bytes:
    """Return the record as JSON bytes."""
    return _encode(record)


def decode(kind: type[R], raw: bytes | None) -> R:
    """Return the record in `raw`, or say why it is none.

    Raises UndecodableRecord for anything but a `kind`, NewerRecord for a later version of it.
    """
    try:
        record: R = _decoder(kind).decode(raw or b"")
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        _refuse_newer(kind, raw or b"")
        raise UndecodableRecord(f"not a {type_of(kind)}: {error}") from error
    return record


def _decoder(kind: type[Record]) -> msgspec.json.Decoder[Any]:
    """Return a decoder that was made by one thread alone.

    msgspec 0.22 learns a Struct when it first decodes one; a second thread that comes meanwhile decodes by what is
    half learned, and the process dies of it (SIGSEGV, 1 in 80 starts of alerts under load).
    """
    if kind not in _decoders:
        with _learning:
            _decoders.setdefault(kind, msgspec.json.Decoder(kind))
    return _decoders[kind]


def _refuse_newer(kind: type[Record], raw: bytes) -> None:
    try:
        found = _envelope.decode(raw).type
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return
    name, _, version = type_of(kind).rpartition(".v")
    found_name, _, found_version = found.rpartition(".v")
    if found_name == name and found_version.isdigit() and int(found_version) > int(version):
        raise NewerRecord(
            f"found {found}, this reader knows {type_of(kind)}: upgrade the readers of {name} first, then its writers"
        )


def cloud_event(record: Record, *, id: str, source: str, time: datetime) -> tuple[tuple[str, bytes], ...]:
    """Return the CloudEvents binary-mode headers of a published record."""
    return (
        ("ce_specversion", b"1.0"),
        ("ce_id", id.encode()),
        ("ce_type", type_of(record).encode()),
        ("ce_source", source.encode()),
        ("ce_time", time.isoformat().encode()),
        ("content-type", b"application/json"),
    )
