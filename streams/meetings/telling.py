"""Frames of one meeting put together: form, status, date, place, evidence, confidence -> Meeting.

frames --same two--> Telling --decide--> Meeting
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from streams.lexicon import Mention
from streams.meetings import places, status
from streams.meetings.dates import When, dates, event_date
from streams.meetings.facts import facts
from streams.meetings.frames import FORMS, Frame
from streams.meetings.parties import RANK, Party
from streams.meetings.reading import Line, Reading
from streams.meetings.wordlists import words
from wire.records import (
    Actor,
    EventDate,
    Evidence,
    Form,
    Level,
    Meeting,
    Place,
    Reason,
    Resolution,
    Status,
    StatusDetail,
)

SURE: Final = 0.75  # what a telling's frames must add up to
NEAR: Final = 7
DATELINES: Final = 3  # lines of the body that may hold place and day of writing
MINISTER: Final = 3
HEADLINE: Final = 0.6  # headlines tell what is ahead in the present tense
CODES: Final = {Form.MEETING: "036", Form.PHONE_CALL: "041", Form.VIDEO_CALL: "041", Form.VISIT: "042"}
HOSTS, THIRD = "043", "044"


class Telling(NamedTuple):
    """All frames of one meeting in one article."""

    kz: Party
    other: Party
    frames: tuple[Frame, ...]

    @property
    def score(self) -> float:
        """How surely the article tells of it."""
        return sum(frame.score for frame in self.frames)


def tellings(frames: Iterable[Frame]) -> list[Telling]:
    """Put the frames of the same two together, the surest telling first."""
    groups: dict[tuple[str, str], list[Frame]] = {}
    people: dict[str, str] = {}  # person -> the office first told: a crown prince may be premier too
    for frame in sorted(frames, key=lambda f: RANK.get(f.other.office, 9)):
        office = people.setdefault(frame.other.person, frame.other.office) if frame.other.person else frame.other.office
        groups.setdefault((frame.other.country, office), []).append(frame)
    found = [_telling(part) for group in groups.values() for part in _by_host(group)]
    return sorted(found, key=lambda telling: -telling.score)


def _by_host(frames: list[Frame]) -> list[list[Frame]]:
    """Tell apart what one guest does with two of Kazakhstan's: talks with the minister, then the President."""
    outright = [
        f
        for f in frames
        if f.explicit and FORMS[f.kind] is not Form.VISIT and f.kz.person and RANK.get(f.kz.office, 9) <= MINISTER
    ]
    hosts = list(dict.fromkeys(f.kz.person for f in sorted(outright, key=lambda f: -f.score)))
    if len(hosts) < 2:
        return [frames]
    parts = [[f for f in outright if f.kz.person == host] for host in hosts]
    apart = set(map(id, outright))
    parts[0] += [f for f in frames if id(f) not in apart]
    return parts


def _telling(frames: Sequence[Frame]) -> Telling:
    explicit = [f for f in frames if f.explicit] or list(frames)
    kz = _best([f.kz for f in explicit])
    other = _best([f.other for f in frames])
    return Telling(kz, other, tuple(frames))


def _best(parties: Sequence[Party]) -> Party:
    """Return the party most often meant, named before unnamed."""
    counted: dict[tuple[str, str | None], int] = {}
    for party in parties:
        counted[party.office, party.person] = counted.get((party.office, party.person), 0) + 1
    return max(
        parties, key=lambda p: (p.person is not None, counted[p.office, p.person], p.resolution is Resolution.NAMED)
    )


def meeting(reading: Reading, telling: Telling) -> Meeting:
    """Return the record of a telling."""
    state, detail, state_evidence = _status(reading, telling)
    lines = _lines(reading, telling, state)
    when, unknown, date_evidence = _date(reading, telling, lines, state, _form(telling, state))
    new_date = None
    if detail is StatusDetail.POSTPONED:
        new_date, when = _postponed(reading, lines)
    if when is not None and reading.published is not None and state is Status.HELD and when.start > reading.published:
        state, detail = Status.PLANNED, StatusDetail.ANNOUNCED
    form = _form(telling, state)
    partner = telling.other.country
    place, place_evidence = _place(reading, lines, partner, form, state)
    if detail is StatusDetail.POSTPONED and when is None:
        unknown, date_evidence = Reason(code="postponed", text="the day put off is not told"), ()
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
        confidence=confidence(telling),
        reasons=_reasons(reading, telling, form, state),
        codes=_codes(form, place, partner),
    )


def _postponed(reading: Reading, lines: list[tuple[Line, float]]) -> tuple[EventDate | None, EventDate | None]:
    """Return the new date, which stands behind the word for putting off, and the old one, which stands elsewhere."""
    day = reading.published
    new = old = None
    for line, _ in lines:
        moved = [m.first for m in line.signs("postponed")]
        for when in dates(reading, line, True):
            if day is None or when.day is None or when.day <= day or when.code in ("dateline", "today"):
                continue
            behind = moved and (when.first > moved[0] if reading.language != "kk" else 0 < moved[-1] - when.first <= 4)
            if behind and new is None and not _was_due(reading, when):
                new = event_date(when, "put off to")
            elif old is None:
                old = event_date(when, "put off from")
    return new, old


WAS_DUE: Final = words(
    "مقررة مقررا المقررة كانت planowana planowany planowaną zaplanowana zaplanowany жоспарланған белгіленген"
)


def _was_due(reading: Reading, when: When) -> bool:
    """Whether a day is told as the one that had been set."""
    near = range(when.first - 4, when.last + 3)
    return any(reading.folded(at) in WAS_DUE for at in near)


def actor(reading: Reading, party: Party) -> Actor:
    """Return a party as records have it."""
    lexicon = reading.lexicon
    return Actor(
        country=party.country,
        office=party.office,
        level=lexicon.offices.get(party.office, Level.OTHER_OFFICIAL),
        office_names=lexicon.office_names(party.office),
        person=party.person,
        names=lexicon.person_names(party.person) if party.person else None,
        resolution=party.resolution,
    )


def _lines(reading: Reading, telling: Telling, state: Status) -> list[tuple[Line, float]]:
    """Return the lines that tell of the meeting with their weights: its frames, then title and lead."""
    weights: dict[int, float] = {}
    own = [f for f in telling.frames if not (f.ahead and state is Status.HELD)] or list(telling.frames)
    for frame in own:
        weights[frame.line.number] = max(weights.get(frame.line.number, 0.0), 0.5 + frame.score)
    told = set(weights)
    held = state is Status.HELD
    for line in reading.lines:
        beside = line.title or line in reading.body_lines[:DATELINES] or {line.number - 1, line.number + 1} & told
        if line.weight == 1.0 and beside and not (held and not line.title and status.looks_ahead(reading, line)):
            weights.setdefault(line.number, 0.4)
    return [(reading.lines[number], weight) for number, weight in sorted(weights.items())]


def _place(
    reading: Reading, lines: list[tuple[Line, float]], partner: str, form: Form, state: Status
) -> tuple[Place | None, tuple[Evidence, ...]]:
    """Return where, from the meeting's own lines, else from the rest of the lead."""
    if form in (Form.PHONE_CALL, Form.VIDEO_CALL):
        return None, ()
    held = state is Status.HELD
    place, proof = places.where(reading, lines, ("KZ", partner), held)
    if place is not None and place.city is not None:
        return place, proof
    rest = [
        (line, 0.4)
        for line in reading.lines
        if line.weight == 1.0 and not line.signs("recalled") and not (held and status.looks_ahead(reading, line))
    ]
    wider, wider_proof = places.where(reading, [*lines, *rest], ("KZ", partner), held)
    return (wider, wider_proof) if wider is not None and wider.city is not None else (place, proof)


def _form(telling: Telling, state: Status) -> Form:
    """Talks outweigh the visit in whose course they are held; a plan is called what it is announced as."""
    ahead = state is not Status.HELD
    frames = [f for f in telling.frames if f.ahead == ahead] or list(telling.frames)
    total: dict[Form, float] = {}
    for frame in frames:
        form = FORMS[frame.kind]
        total[form] = total.get(form, 0.0) + frame.score
    remote = max((Form.PHONE_CALL, Form.VIDEO_CALL), key=lambda form: total.get(form, 0.0))
    in_person = max(total.get(Form.MEETING, 0.0), total.get(Form.VISIT, 0.0))
    if total.get(remote, 0.0) and total[remote] >= 0.6 * in_person:
        return remote
    if ahead and any(FORMS[f.kind] is Form.VISIT for f in telling.frames):
        return Form.VISIT
    return Form.MEETING if Form.MEETING in total else Form.VISIT


def _status(reading: Reading, telling: Telling) -> tuple[Status, StatusDetail | None, tuple[Evidence, ...]]:
    for code, detail in (("postponed", StatusDetail.POSTPONED), ("cancelled", None), ("denied", StatusDetail.DENIED)):
        for line in reading.lines:
            if line.weight < 1.0:
                break
            for sign in [*line.signs(code), *_negated(reading, line, code, telling)]:
                if _about_meeting(reading, line, sign, telling):
                    return Status.CANCELLED, detail, (reading.evidence(sign.first, sign.last, "status"),)
    telling_frames = [f for f in telling.frames if f.explicit] or list(telling.frames)
    ahead = sum(f.score for f in telling_frames if f.ahead or _dated_ahead(reading, f))
    done = sum(
        f.score * (HEADLINE if f.line.title and not status.is_past(reading, f.trigger) else 1.0)
        for f in telling_frames
        if not (f.ahead or _dated_ahead(reading, f))
    )
    told = any(f.line.title and not f.ahead and status.is_past(reading, f.trigger) for f in telling_frames)
    if not told and (ahead > done or (done and ahead >= 0.5 * done and _future_day(reading, telling))):
        frame = max(telling_frames, key=lambda f: (f.ahead or _dated_ahead(reading, f), f.score))
        proof = reading.evidence(frame.trigger.first, frame.trigger.last, "status")
        return Status.PLANNED, StatusDetail.ANNOUNCED, (proof,)
    return Status.HELD, None, ()


def _negated(reading: Reading, line: Line, code: str, telling: Telling) -> list[Mention]:
    """Return the verbs of meeting and travel that are denied of the future: nie poleci, келмейді, لن يزور."""
    if code != "cancelled":
        return []
    signs = line.signs("talks", "visit", "travel")
    if reading.language == "kk":  # сапары болмайтын болды
        return [m for m in signs if any(status.KK_WILL_NOT.search(reading.folded(m.last + step)) for step in (0, 1, 2))]
    return [m for m in signs if m.note == "verb" and status.will_not(reading, m)]


def _about_meeting(reading: Reading, line: Line, sign: object, telling: Telling) -> bool:
    """Whether what is put off is the meeting, not a document or a match."""
    first = sign.first  # type: ignore[attr-defined]
    near = [m for m in line.signs("talks", "visit", "travel", "phone") if abs(m.first - first) <= NEAR]
    return bool(near) or any(f.line.number == line.number for f in telling.frames)


def _dated_ahead(reading: Reading, frame: Frame) -> bool:
    """Whether the line of a visit names a day to come, whatever its verb: بزيارة ... 28 نوفمبر."""
    day = reading.published
    if day is None or not (FORMS[frame.kind] is Form.VISIT or reading.language == "ar"):
        return False
    told = [
        w
        for w in dates(reading, frame.line, True)
        if w.day and w.code in ("explicit", "relative") and abs(w.first - frame.trigger.first) < 16
    ]
    return any(w.day > day for w in told if w.day) and not any(w.day <= day for w in told if w.day)


def _future_day(reading: Reading, telling: Telling) -> bool:
    day = reading.published
    if day is None:
        return False
    return any(w.day and w.day > day for f in telling.frames if f.ahead for w in dates(reading, f.line, True))


def _date(
    reading: Reading, telling: Telling, lines: list[tuple[Line, float]], state: Status, form: Form
) -> tuple[EventDate | None, Reason | None, tuple[Evidence, ...]]:
    """Return the day of the meeting, or why it is unknown."""
    day = reading.published
    ahead = state is not Status.HELD
    order = sorted(telling.frames, key=lambda f: (f.ahead != ahead, FORMS[f.kind] is not form, -f.score))
    order = order if ahead else [f for f in order if not f.ahead] or order
    told = [f.line for f in order] + [line for line, _ in lines]
    blocked: When | None = None
    seen: set[tuple[int, bool]] = set()
    if ahead and (found := _future(reading, told)):
        return found
    own = len(order)
    for at, line in enumerate([*told[:own], *_datelines(reading), *told[own:]]):
        dateline = own <= at < own + len(_datelines(reading))
        if (line.number, dateline) in seen:
            continue
        seen.add((line.number, dateline))
        for when in dates(reading, line, ahead):
            if when.day is None:
                blocked = blocked or when
            elif (when.code == "dateline") is not dateline:
                continue
            elif _plausible(when, day, ahead) and not _of_another_thing(reading, line, when):
                text = f"{reading.text.original[slice(*reading.text.span(when.first, when.last))]!r} told on {day}"
                return event_date(when, text), None, (reading.evidence(when.first, when.last, "date"),)
    if blocked is not None:
        start, end = reading.text.span(blocked.first, blocked.last)
        return None, Reason(code=blocked.code, text=blocked.why, start=start, end=end), ()
    if day is None:
        return None, Reason(code="no-publication", text="no date in the text, and the publication date is unknown"), ()
    if ahead:
        return None, Reason(code="not-told", text="the day is not told"), ()
    reason = Reason(code="publication", text=f"no day in the text: the day of publication, {day}")
    return EventDate(start=day, end=day, reason=reason), None, ()


def _datelines(reading: Reading) -> list[Line]:
    return reading.body_lines[:DATELINES]


def _future(
    reading: Reading, told: Sequence[Line]
) -> tuple[EventDate | None, Reason | None, tuple[Evidence, ...]] | None:
    """Return the first day ahead that the lines speak of."""
    day = reading.published
    for line in told:
        for when in dates(reading, line, True):
            if (
                day is not None
                and when.day is not None
                and when.day > day
                and not _of_another_thing(reading, line, when)
            ):
                text = f"{reading.text.original[slice(*reading.text.span(when.first, when.last))]!r} told on {day}"
                return event_date(when, text), None, (reading.evidence(when.first, when.last, "date"),)
    return None


def _plausible(when: When, published: object, ahead: bool) -> bool:
    if published is None or when.day is None:
        return when.day is not None
    off = (when.day - published).days  # type: ignore[operator]
    return -1 <= off <= 400 if ahead else -8 <= off <= 0 or (when.code == "explicit" and 0 < off <= 120)


def _of_another_thing(reading: Reading, line: Line, when: When) -> bool:
    """Whether a day belongs to a summit or an earlier event in the line: ertең ... саммиті басталады."""
    return (
        when.code == "relative"
        and when.day is not None
        and bool(reading.published)
        and (
            when.day > reading.published and bool(line.signs("multilateral"))  # type: ignore[operator]
        )
    )


def confidence(telling: Telling) -> float:
    """Return how sure the telling is, from 0 to 1."""
    named = 0.1 if telling.other.resolution in (Resolution.NAMED, Resolution.INTRODUCED) else 0.0
    return round(min(0.99, 0.45 + 0.25 * min(telling.score, 1.8) + named), 2)


def _reasons(reading: Reading, telling: Telling, form: Form, state: Status) -> tuple[Reason, ...]:
    best = max(telling.frames, key=lambda f: f.score)
    start, end = reading.text.span(best.trigger.first, best.trigger.last)
    how = "both sides stand in one sentence" if best.explicit else "one side is understood from the sentences around"
    where = "in the headline" if best.line.title else "in the lead" if best.line.weight == 1.0 else "further down"
    return (
        Reason(code=f"form-{form.value}", text=f"{reading.text.original[start:end]!r} {where}: {how}",
        start=start, end=end),
        Reason(code=f"status-{state.value}", text=f"{sum(not f.ahead for f in telling.frames)} lines look back, "
               f"{sum(f.ahead for f in telling.frames)} ahead"),
        Reason(code=f"counterpart-{telling.other.resolution.value}",
        text=f"{telling.other.office} of {telling.other.country}"),
    )  # fmt: skip


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
