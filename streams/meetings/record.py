"""One telling to the record that leaves the package: status | date | form | place | facts | evidence --> Meeting."""

from collections.abc import Iterable
from typing import Final

from streams.meetings import places, status, venue
from streams.meetings.confidence import confidence
from streams.meetings.days.when import DATELINES, day_of, put_off
from streams.meetings.framing.frame import FORMS
from streams.meetings.hosting import at_home
from streams.meetings.outcome.facts import facts
from streams.meetings.reading import Line, Reading
from streams.meetings.standing import form_of, standing_of
from streams.meetings.telling import Telling
from streams.meetings.who import latin
from streams.meetings.who.party import HOME, Party
from wire.records import Actor, Evidence, Form, Level, Meeting, Place, Reason, Resolution, Status, StatusDetail

CODES: Final = {Form.MEETING: "036", Form.PHONE_CALL: "041", Form.VIDEO_CALL: "041", Form.VISIT: "042"}
HOSTS, THIRD = "043", "044"


def meeting(reading: Reading, telling: Telling) -> Meeting:
    """Return the record of a telling."""
    state, detail, state_evidence = standing_of(reading, telling)
    lines = _lines(reading, telling, state)
    when, unknown, date_evidence = day_of(reading, telling, lines, state, form_of(reading, telling, state))
    new_date = None
    if detail is StatusDetail.POSTPONED:
        new_date, when = put_off(reading, lines)
    if when is not None and reading.published is not None and state is Status.HELD and when.start > reading.published:
        state, detail = Status.PLANNED, StatusDetail.ANNOUNCED
    form = form_of(reading, telling, state)
    partner = telling.other.country
    place, place_evidence = _place(reading, telling, lines, form, state)
    if detail is StatusDetail.POSTPONED and when is None:
        unknown, date_evidence = Reason(code="postponed", text="the day put off is not told"), ()
    sure, why_sure = confidence(telling, when, place)
    proof = (*_evidence(reading, telling), *state_evidence, *date_evidence, *place_evidence)
    return Meeting(
        partner=reading.lexicon.country(partner),
        kz=actor(reading, telling.kz),
        counterpart=actor(reading, telling.other),
        form=form,
        status=state,
        status_detail=detail,
        new_date=new_date,
        place=place,
        date=when,
        date_unknown=unknown if when is None else None,
        facts=facts(reading, partner, state),
        evidence=_unique(proof),
        confidence=sure,
        reasons=(*_reasons(reading, telling, form, state), why_sure),
        codes=_codes(form, place, partner),
    )


def actor(reading: Reading, party: Party) -> Actor:
    """Return a party as records have it."""
    lexicon = reading.lexicon
    return Actor(
        country=party.country,
        office=party.office,
        level=_level(reading, party),
        office_names=lexicon.office_names(party.office, party.country, party.person),
        person=party.person,
        names=lexicon.person_names(party.person) if party.person else latin.names(party.name, reading.language),
        resolution=party.resolution,
    )


def _level(reading: Reading, party: Party) -> Level:
    """Return a party's level; a crown prince who heads the government is a head of government."""
    if party.office == "crown-prince" and party.person and reading.published:
        terms = reading.lexicon.holdings(party.person)
        if any(t.office == "head-of-government" and t.on(reading.published) for t in terms):
            return Level.HEAD_OF_GOVERNMENT
    return reading.lexicon.offices.get(party.office, Level.OTHER_OFFICIAL)


def _lines(reading: Reading, telling: Telling, state: Status) -> list[tuple[Line, float]]:
    """Return the lines that tell of the meeting with their weights: its frames, then title and lead."""
    weights: dict[int, float] = {}
    own = [f for f in telling.frames if not (f.ahead and state is Status.HELD)] or list(telling.frames)
    for frame in own:
        weights[frame.line.number] = max(weights.get(frame.line.number, 0.0), 0.5 + frame.score)
    told = set(weights)
    held = state is Status.HELD
    opening = len(reading.opening(DATELINES))
    for line in reading.lines:
        near = not told.isdisjoint((line.number - 1, line.number + 1))
        beside = near or (line.weight == 1.0 and line.number < opening)
        if beside and not (held and not line.title and status.looks_ahead(reading, line)):
            weights.setdefault(line.number, 0.4)
    return [(reading.lines[number], weight) for number, weight in sorted(weights.items())]


def _place(
    reading: Reading, telling: Telling, lines: list[tuple[Line, float]], form: Form, state: Status
) -> tuple[Place | None, tuple[Evidence, ...]]:
    """Return where, from the meeting's own lines, else from the rest of the lead, else at the host's."""
    partner = telling.other.country
    if form in (Form.PHONE_CALL, Form.VIDEO_CALL):
        return None, ()
    held = state is Status.HELD
    left = _left(reading, telling) if form is Form.VISIT else ""
    place, proof = venue.where(reading, lines, ("KZ", partner), held, left)
    if place is not None and place.city is not None:
        return place, proof
    rest = [
        (line, 0.4)
        for line in reading.lines
        if line.weight == 1.0 and not line.signs("recalled") and not (held and status.looks_ahead(reading, line))
    ]
    wider, wider_proof = venue.where(reading, [*lines, *rest], ("KZ", partner), held, left)
    if wider is not None and wider.city is not None and wider.country in ("KZ", partner):
        return wider, wider_proof
    return (at_home(reading, telling) if held and form is Form.MEETING else None) or (place, proof)


def _left(reading: Reading, telling: Telling) -> str:
    """Return which of the two countries a journey leaves, when its lines say that it goes to the other."""
    pair = (HOME, telling.other.country)
    journeys = [f.line for f in telling.frames if FORMS[f.kind] is Form.VISIT]
    ends = {country for line in journeys for country in places.headed_for(reading, line, pair)}
    return next((country for country in pair if country not in ends), "") if len(ends) == 1 else ""


def _reasons(reading: Reading, telling: Telling, form: Form, state: Status) -> tuple[Reason, ...]:
    best = max(telling.frames, key=lambda f: f.score)
    start, end = reading.text.span(best.trigger.first, best.trigger.last)
    how = "both sides stand in one sentence" if best.explicit else "one side is understood from the sentences around"
    where = "in the headline" if best.line.title else "in the lead" if best.line.weight == 1.0 else "further down"
    ahead = sum(frame.ahead for frame in telling.frames)
    form_told = f"{reading.text.original[start:end]!r} {where}: {how}"
    return (
        Reason(code=f"form-{form.value}", text=form_told, start=start, end=end),
        Reason(
            code=f"status-{state.value}", text=f"told as done {len(telling.frames) - ahead} times, as to come {ahead}"
        ),
        Reason(
            code=f"counterpart-{telling.other.resolution.value}",
            text=f"{telling.other.office} of {telling.other.country}",
        ),
    )


def _evidence(reading: Reading, telling: Telling) -> list[Evidence]:
    best = sorted(telling.frames, key=lambda f: -f.score)[:2]
    found = [reading.line_evidence(frame.line, "meeting") for frame in best]
    found += [reading.evidence(f.trigger.first, f.trigger.last, "form") for f in best]
    for party, about in ((telling.kz, "kazakhstan"), (telling.other, "counterpart")):
        if party.resolution is not Resolution.OFFICE or party.first != party.last:
            found.append(reading.evidence(party.first, party.last, about))
    return found


def _unique(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence))


def _codes(form: Form, place: Place | None, partner: str) -> tuple[str, ...]:
    if form is Form.VISIT or place is None or place.country is None:
        return (CODES[form],)
    if place.country == "KZ":
        return (CODES[form], HOSTS)
    return (CODES[form], "042" if place.country == partner else THIRD)
