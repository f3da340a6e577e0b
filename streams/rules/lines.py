"""What a meeting has to set against each line of a rule: meeting + sighted topics -> Facets, line by line.

A facet names its keys from the most telling to the least, each with the words that show it, and says
what the article does not give: "city not given" is another answer than "another city".
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from streams.rules.names import KnownNames
from streams.rules.ruleset import Clause, Key, Topic
from streams.rules.terms import TOPIC_LINES
from streams.rules.topics import Sighted, Span
from wire.records import Actor, FactKind, FactState, Form, Level, Meeting, Reason, Status, StatusDetail

LANGUAGE_NAMES = {"kk": "Kazakh", "pl": "Polish", "ar": "Arabic"}


class Shown(NamedTuple):
    """A key in words, and where it stands in the article."""

    text: str
    span: Span | None = None


class Facet(NamedTuple):
    """One line's side of a meeting."""

    keys: Mapping[Key, Shown]
    missing: frozenset[str] = frozenset()  # kinds of key that the article does not give
    nearly: Mapping[Key, Shown] = {}  # what almost is there: a topic that is in a list only


class Verdict(NamedTuple):
    """How one line of a rule fares with one meeting."""

    line: str
    wanted: tuple[str, ...]
    outcome: str  # held, failed or not-given
    reasons: tuple[Reason, ...]

    @property
    def held(self) -> bool:
        """Return whether the line holds."""
        return self.outcome == "held"


Facets = Mapping[str, Facet]


def facets(meeting: Meeting, sighted: Sighted, names: KnownNames, topics: Sequence[Topic]) -> Facets:
    """Return every line's side of a meeting, in the order in which lines are weighed."""
    return {**told(meeting, sighted.language, names), **topical(sighted, topics)}


def topical(sighted: Sighted, topics: Sequence[Topic]) -> Facets:
    """Return the article's side of the lines that ask for topics."""
    return {
        "about": _about(sighted, topics),
        "mentions": Facet({topic: Shown(topics[topic].name, span) for topic, span in sighted.mentions.items()}),
    }


def told(meeting: Meeting, language: str, names: KnownNames) -> Facets:
    """Return a meeting's side of the lines that need no topic."""
    spans = {each.about: (each.start, each.end) for each in reversed(meeting.evidence)}  # the first of each
    first = partial(_first_span, spans)
    return {
        "language": _language(language),
        "with": Facet({meeting.partner.code: Shown(meeting.partner.names.en, first("with", "partner", "counterpart"))}),
        "counterpart": _actor(meeting.counterpart, first("counterpart")),
        "kazakhstan": _actor(meeting.kz, first("kazakhstan", "kz")),
        "form": _form(meeting, first("form")),
        "status": _status(meeting, first("status", "form")),
        "place": _place(meeting, names, first("place")),
    }


def weigh(clause: Clause, facet: Facet) -> Verdict:
    """Return whether the line holds, with the words that show it, or what would have been needed."""
    if held := proof(clause, facet):
        return Verdict(clause.line, clause.wanted, "held", held)
    missing = sorted(clause.kinds & facet.missing)
    outcome = "not-given" if missing else "failed"
    return Verdict(clause.line, clause.wanted, outcome, (_failed(clause, facet, missing),))


def proof(clause: Clause, facet: Facet) -> tuple[Reason, ...]:
    """Return the words that show that the line holds, of topics all: nothing when it does not."""
    held = [shown for key, shown in facet.keys.items() if key in clause.keys]
    if len(held) > 1:
        held = sorted(held, key=_where) if clause.line in TOPIC_LINES else held[:1]
    return tuple([_held(clause, shown) for shown in held])


def _held(clause: Clause, shown: Shown) -> Reason:
    wanted = " or ".join(clause.wanted)
    text = f"{shown.text} ({wanted})" if shown.text and shown.text != wanted else shown.text or wanted
    start, end = shown.span or (None, None)
    return Reason(code=clause.line, text=f"{clause.line}: {text}", start=start, end=end)


def _failed(clause: Clause, facet: Facet, missing: Iterable[str]) -> Reason:
    wanted = " or ".join(clause.wanted)
    nearly = next((shown for key, shown in facet.nearly.items() if key in clause.keys), None)
    found = next(iter(facet.keys.values()), None)
    topical = clause.line in TOPIC_LINES
    if nearly:
        text, span = f"found {nearly.text}", nearly.span
    elif said := [f"{kind} not given" for kind in missing]:
        text, span = ", ".join(said), None
    elif found and not topical:
        text, span = f"found {found.text}", found.span
    else:
        text, span = "not found" if topical else "not given", None
    return Reason(code=clause.line, text=f"{clause.line}: wanted {wanted}, {text}", **_ends(span))


def _where(shown: Shown) -> tuple[Span, str]:
    return shown.span or (0, 0), shown.text


def _ends(span: Span | None) -> dict[str, int]:
    return {"start": span[0], "end": span[1]} if span else {}


def _first_span(spans: Mapping[str, Span], *about: str) -> Span | None:
    for each in about:  # a generator would take thrice the time
        if each in spans:
            return spans[each]
    return None


def _language(code: str) -> Facet:
    return Facet({code: Shown(LANGUAGE_NAMES.get(code, code))} if code else {})


def _actor(actor: Actor, span: Span | None) -> Facet:
    office = actor.office_names.en
    who = f"{actor.names.en}, {office}" if actor.names else office
    keys: dict[Key, Shown] = {}
    for key in (actor.person, actor.office, actor.level.value if actor.level is not Level.UNKNOWN else ""):
        if key:
            keys[key] = Shown(who, span)
    return Facet(keys, frozenset() if actor.person else frozenset(("person",)))


def _form(meeting: Meeting, span: Span | None) -> Facet:
    form = meeting.form
    return Facet({} if form is Form.UNKNOWN else {form.value: Shown(form.value, span)})


def _status(meeting: Meeting, span: Span | None) -> Facet:
    keys: dict[Key, Shown] = {}
    if meeting.status_detail is StatusDetail.POSTPONED:
        keys["postponed"] = Shown("postponed", span)
    if meeting.status is not Status.UNKNOWN:
        keys[meeting.status.value] = Shown(meeting.status.value, span)
    for fact in meeting.facts:
        if fact.kind is FactKind.INVITATION and fact.state is not FactState.BACKGROUND:
            proof = fact.evidence[0] if fact.evidence else None
            keys["invited"] = Shown("invited", (proof.start, proof.end) if proof else None)
    return Facet(keys)


def _place(meeting: Meeting, names: KnownNames, span: Span | None) -> Facet:
    place = meeting.place
    city = place.city if place else None
    country = (place.country if place else None) or names.cities.get(city or "")
    text = place.names.en if place and place.names else city or country or ""
    keys: dict[Key, Shown] = {}
    if city:
        keys[city] = Shown(text, span)
    if country:
        keys[country] = Shown(text, span)
    partner = meeting.partner.code
    homes = {"KZ", partner} | (names.union if partner == "EU" else frozenset())
    if country and country not in homes:
        keys["third-country"] = Shown(text, span)
    missing = [kind for kind, given in (("city", city), ("country", country)) if not given]
    return Facet(keys, frozenset(missing))


def _about(sighted: Sighted, topics: Sequence[Topic]) -> Facet:
    nearly: dict[Key, Shown] = {
        topic: Shown(f"{topics[topic].name} {why}", sighted.mentions[topic])
        for topic, why in sighted.why_not_about.items()
    }
    return Facet({topic: Shown(topics[topic].name, span) for topic, span in sighted.about.items()}, nearly=nearly)
