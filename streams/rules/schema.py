"""The rule file's grammar as Structs, and the JSON Schema that editors complete from.

rule file (one rule, or a list of rules) --wire.files.check--> Rule ; names + Structs --> JSON Schema

Only shapes are said here. What a word means is looked up in compile.py, where the lexicon is known.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, field

from streams.rules.names import KnownNames
from wire.records import Form, Level, Status, WireEnum

LANGUAGES = ("kk", "pl", "ar")
Terms = str | list[str]  # one word, or a list of them: any will do


def said(text: str) -> Meta:
    """Return the sentence an editor shows beside a key."""
    return Meta(description=text)


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping in somebody's file: an unknown key is a fault."""


class Block(Shape, frozen=True, kw_only=True):
    """Lines are AND, a list is OR, a missing line means anything."""

    with_: Annotated[Terms, said("the other side: country codes (CN), EU, or groups (central-asia)")] = field(
        name="with", default=""
    )
    counterpart: Annotated[Terms, said("who of the other side: a level, an office, or a person")] = ""
    kazakhstan: Annotated[Terms, said("who of Kazakhstan: a level, an office, or a person")] = ""
    form: Annotated[Terms, said("in-person is meeting and visit")] = ""
    status: Annotated[Terms, said("cancelled includes postponed; invited is the fact, whatever came of it")] = ""
    place: Annotated[Terms, said("a country code, a city, or third-country: neither side's")] = ""
    about: Annotated[Terms, said("topics in the title or first sentence, or in two sentences, not in a list")] = ""
    mentions: Annotated[Terms, said("topics anywhere in the article")] = ""


class When(Block, frozen=True, kw_only=True):
    """A block of `when:`, which may also follow."""

    follow: Annotated[bool, said("later status changes are told whatever `status` says")] = False


class Words(Shape, frozen=True, kw_only=True):
    """A topic's lemmas in each language; every inflected form counts."""

    kk: Terms = ""
    pl: Terms = ""
    ar: Terms = ""


class Trial(Shape, frozen=True, kw_only=True):
    """A text and the day it is read on, since office-holders are dated."""

    match: Annotated[str, said("a text that the rule wants")] = ""
    no_match: Annotated[str, said("a text that the rule does not want")] = field(name="no-match", default="")
    at: Annotated[date, said("the day of publication, 2024-08-08")]
    because: Annotated[
        Terms, said("of a no-match: the line that fails, or what the article is instead: telegram, sport ...")
    ] = ""


class Rule(Shape, frozen=True, kw_only=True):
    """What an analyst wants told, to whom, and how loudly."""

    id: Annotated[
        str,
        Meta(
            pattern="^[a-z0-9]+(-[a-z0-9]+)*$",
            max_length=80,
            description="its name for ever: small letters, figures and single hyphens",
        ),
    ]
    title: Annotated[str, Meta(min_length=1, description="what a desk reads beside the alert")]
    priority: Annotated[Literal["flash", "urgent", "routine"], said("how loudly")]
    desks: Annotated[Terms, said("who hears it: desks of config/desks.yaml")]
    when: Annotated[When | list[When], said("one block of lines, or a list of blocks: any will do")]
    not_: Annotated[Block | list[Block] | msgspec.UnsetType, said("the same lines: what holds here is not wanted")] = (
        field(name="not", default=msgspec.UNSET)
    )
    language: Annotated[Terms, said("only articles in these languages; without it, all three")] = ""
    follow: Annotated[bool, said("the same as `follow: true` in every block of `when:`")] = False
    topics: Annotated[dict[str, Words], said("topics of this file; named lists are in config/lexicon/topics.yaml")] = (
        field(default_factory=dict)
    )
    tests: Annotated[list[Trial], said("texts that show what the rule does")] = field(default_factory=list)


RuleFile = Rule | list[Rule]
TopicFile = dict[str, Words]
LINES = tuple(each.encode_name for each in msgspec.structs.fields(Block))
PRIORITIES = ("flash", "urgent", "routine")


def words_of(kind: type[WireEnum]) -> tuple[str, ...]:
    """Return the words of a closed set."""
    return tuple(str(member.value) for member in kind if member.name != "UNKNOWN")


FORMS = (*words_of(Form), "in-person")
STATUSES = (*words_of(Status), "postponed", "invited")
LEVELS = words_of(Level)


def admitted(line: str, names: KnownNames) -> tuple[str, ...]:
    """Return every word that a line admits, topics apart."""
    actors = (*LEVELS, *sorted(names.offices - set(LEVELS)), *sorted(names.people))
    parties = sorted(set(names.countries) - {"KZ"})
    table = {
        "with": (*sorted(names.groups), *parties),
        "counterpart": actors,
        "kazakhstan": actors,
        "form": FORMS,
        "status": STATUSES,
        "place": ("third-country", *sorted(names.countries), *sorted(names.cities)),
    }
    return table.get(line, ())


def json_schema(names: KnownNames, desks: Iterable[str] = ()) -> dict[str, Any]:
    """Return the JSON Schema of a rule file, with the lexicon's words for completion."""
    schema = msgspec.json.schema(RuleFile)
    shapes = schema["$defs"]
    for line in LINES:
        if words := admitted(line, names):
            shapes[line] = {"enum": list(words)}
            for shape in (shapes["Block"], shapes["When"]):
                shape["properties"][line] |= _one_or_more({"$ref": f"#/$defs/{line}"})
    shapes["Rule"]["properties"]["language"] |= _one_or_more({"enum": list(LANGUAGES)})
    shapes["Rule"]["properties"]["desks"] |= _one_or_more({"type": "string", "examples": sorted(desks)})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule file of Jarshy",
        "description": "Generated by `jarshy rules schema`; the rules are in docs/analyst.md.",
        **_without_defaults(schema),
    }


def schema_text(names: KnownNames, desks: Iterable[str] = ()) -> str:
    """Return docs/schemas/rule.schema.json as it should stand in the repository."""
    raw = msgspec.json.encode(json_schema(names, desks))
    return msgspec.json.format(raw, indent=1).decode() + "\n"


def _one_or_more(term: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [term, {"type": "array", "items": term, "minItems": 1, "uniqueItems": True}]}


def _without_defaults(part: Any) -> Any:
    """Drop `default`, by which editors would write empty lines."""
    if isinstance(part, list):
        return [_without_defaults(each) for each in part]
    if isinstance(part, dict):
        return {key: _without_defaults(each) for key, each in part.items() if key != "default"}
    return part
