"""Lines that tell of a meeting: trigger words bound to the two who meet, or the reason why not.

line --trigger?--> parties beside it, or implied by its neighbours --> frames, refusals
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from streams.lexicon import Mention
from streams.meetings import calendar, places, status
from streams.meetings import dates as days
from streams.meetings.parties import HOME, NOBODY, RANK, Party
from streams.meetings.reading import Line, Reading
from streams.meetings.wordlists import words
from wire.records import Form, Reason, Resolution

FORMS: Final = {
    "phone": Form.PHONE_CALL, "video": Form.VIDEO_CALL, "talks": Form.MEETING, "receive": Form.MEETING,
    "visit": Form.VISIT, "travel": Form.VISIT, "together": Form.MEETING, "guest": Form.MEETING,
}  # fmt: skip
STRENGTH: Final = {
    "phone": 1.0,
    "video": 1.0,
    "talks": 1.0,
    "receive": 0.9,
    "visit": 0.7,
    "travel": 0.6,
    "together": 0.6,
    "guest": 0.5,
}
EXPLICIT, BY_PRONOUN, ONE_IMPLIED, BOTH_IMPLIED = 1.0, 0.8, 0.6, 0.4
LOOK_BACK: Final = 3
MANY: Final = 3  # countries in one line: a list, not a meeting
NEAR: Final = 7  # tokens
VIDEO_NEAR: Final = 16
FIRST_LINES: Final = 2  # of the body: "during talks" there is how the talks are told

RECALL_REACH: Final = 14
RECALL_BEHIND: Final = 5
OPINION: Final = 0.5

Lines = Sequence[Sequence[Party]]


class Frame(NamedTuple):
    """One line that tells of one meeting."""

    line: Line
    kind: str
    trigger: Mention
    kz: Party
    other: Party
    score: float
    explicit: bool
    ahead: bool
    attends: bool = False


class Refusal(NamedTuple):
    """A line that looked like a meeting and is none, and why."""

    line: Line
    trigger: Mention
    code: str
    text: str
    country: str = ""


TEXTS: Final = {
    "recalled": "an earlier meeting, recalled",
    "other-countries": "a meeting of two other countries",
    "multilateral": "many countries in one line: a multilateral event",
    "no-office": "nobody who holds an office of the other country",
    "no-kazakhstan": "nobody who holds an office of Kazakhstan",
    "organisation": "an organisation's officer, not a state's",
    "region": "the head of a region, not of a state",
    "ambassador": "an ambassador or credentials",
    "telegram": "a telegram, letter, congratulation or condolence",
    "invitation": "an invitation, not yet a visit",
    "business": "people of business",
    "domestic": "people of Kazakhstan alone",
    "sport": "a match",
    "denied": "said not to have taken place",
    "rumour": "a rumour or a supposition",
    "weak": "told too much in passing to be the article's news",
    "opinion": "opinion, not news",
    "former": "a former office holder",
    "participant": "takes part only",
}


def refuse(reading: Reading, refusal: Refusal) -> Reason:
    """Return a refusal as records have it."""
    start, end = reading.text.span(refusal.trigger.first, refusal.trigger.last)
    return Reason(code=refusal.code, text=TEXTS[refusal.code], start=start, end=end)


def frames(reading: Reading, lines: Lines) -> tuple[list[Frame], list[Refusal]]:
    """Return the frames of a text, and what was refused."""
    found: list[Frame] = []
    refused: list[Refusal] = []
    for line in reading.lines:
        trigger = _trigger(reading, line)
        if trigger is None:
            continue
        for each in _bound(reading, line, trigger, lines):
            (refused if isinstance(each, Refusal) else found).append(each)  # type: ignore[arg-type]
    return _without_strangers(found, refused, lines), refused


def _without_strangers(found: list[Frame], refused: list[Refusal], lines: Lines) -> list[Frame]:
    """Drop what is only implied when the lead tells of a meeting of others with the same people."""
    others: set[str] = set()
    for each in refused:
        if each.code in ("other-countries", "multilateral") and each.line.weight >= 1.0:
            others |= {p.country for p in lines[each.line.number] if p.counts}
    told = {f.other.country for f in found if f.explicit}
    return [f for f in found if f.explicit or f.other.country in told or f.other.country not in others]


def _trigger(reading: Reading, line: Line) -> Mention | None:
    """Return the word that says most plainly in what form one met."""
    signs = [m for m in line.signs(*FORMS) if _means_it(reading, line, m)]
    if not signs:
        return None
    talks = [m for m in signs if m.id in ("talks", "receive")]
    for sign in signs:
        if sign.id == "phone":
            return sign
    for sign in signs:
        if (
            sign.id == "video"
            and any(abs(sign.first - t.first) <= VIDEO_NEAR for t in talks)
            and not _ceremony(line, sign)
        ):
            return sign
    order = ("talks", "receive", "visit", "travel", "together", "guest")
    strong = [m for m in signs if m.id in order]
    return min(strong, key=lambda m: (order.index(m.id), m.note != "verb", m.first)) if strong else None


def _ceremony(line: Line, video: Mention) -> bool:
    """Whether the link is for an opening in which they take part."""
    return any(abs(a.first - video.first) <= 4 for a in line.signs("attend"))


def _means_it(reading: Reading, line: Line, sign: Mention) -> bool:
    if sign.id == "receive":
        documents = line.of("document")
        taken = any(0 <= d.first - sign.last <= 4 for d in documents) or (
            reading.language == "kk" and any(0 < sign.first - d.last <= 3 for d in documents)
        )
        return not taken
    if sign.id == "travel":
        return bool(line.of("country", "city")) and not _goes_on(reading, sign)
    return True


def _as_one(line: Line, trigger: Mention, ours: list[Party], theirs: list[Party]) -> bool:
    """Whether both do it together: sign a document, or stand side by side as one subject."""
    if trigger.note != "verb" or line.of("document"):
        return True
    return any(0 <= max(a.first, b.first) - min(a.last, b.last) - 1 <= 1 for a in ours for b in theirs)


def _goes_on(reading: Reading, sign: Mention) -> bool:
    """Whether a Kazakh verb of motion only helps another verb (дамып келеді), or is none (келер жылы)."""
    if reading.language != "kk" or sign.first != sign.last:
        return False
    if reading.folded(sign.first).startswith("барыс"):
        return True
    return reading.folded(sign.first - 1).endswith("п") or reading.folded(sign.first) in ("келер", "келесі", "келгенде")


def _bound(reading: Reading, line: Line, trigger: Mention, lines: Lines) -> Iterator[Frame | Refusal]:
    here = lines[line.number]
    ours = [p for p in here if p.counts and p.country == HOME]
    theirs = [p for p in here if p.counts and p.country not in (HOME, NOBODY)]
    countries = list(dict.fromkeys(p.country for p in theirs))
    why = _refused_outright(reading, line, trigger, here, ours, theirs)
    if why:
        yield Refusal(line, trigger, why, TEXTS[why], countries[0] if countries else "")
        return
    if trigger.id == "guest" and not (ours and theirs):
        return
    if trigger.id == "together" and not (ours and theirs and _as_one(line, trigger, ours, theirs)):
        return
    if len(countries) > 1:
        yield from _among_many(reading, line, trigger, ours, theirs, countries)
    elif ours and theirs:
        yield from _explicit(reading, line, trigger, ours, theirs)
    elif theirs:
        yield from _without_ours(reading, line, trigger, theirs, lines)
    elif ours:
        yield from _without_theirs(reading, line, trigger, ours, lines)
    else:
        yield from _without_both(reading, line, trigger, here, lines)


def _refused_outright(  # noqa: PLR0917, PLR0911
    reading: Reading, line: Line, trigger: Mention, here: Sequence[Party], ours: list[Party], theirs: list[Party]
) -> str:
    if recalled(reading, line, trigger):
        return "recalled"
    if status.did_not(reading, trigger):
        return "denied"
    if line.signs("rumour") or _irreal(reading, trigger):
        return "rumour"
    if trigger.id in ("visit", "travel") and _invites(reading, line):
        return "invitation"
    if trigger.id in ("visit", "travel") and _to_a_summit(reading, line):
        return "multilateral"
    if line.signs("telegram") and trigger.id in ("visit", "travel", "receive"):
        return "telegram"
    if line.signs("ambassador") and not (ours and theirs):
        return "ambassador"
    outsiders = [p for p in here if not p.counts]
    if outsiders and not theirs and trigger.id != "phone":
        nearest = min((*outsiders, *ours), key=lambda p: _distance(p, trigger))
        if not nearest.counts or len(outsiders) > 1 or ours:
            return outsiders[0].why_not or "no-office"
    return ""


def _irreal(reading: Reading, trigger: Mention) -> bool:
    """Whether the verb only supposes: кездессе."""
    if reading.language != "kk" or trigger.note != "verb" or not reading.folded(trigger.last).endswith(("са", "се")):
        return False
    line = reading.line_of(trigger.last)
    rest = [reading.folded(at) for at in range(trigger.last + 1, line.end)]
    return "еді" in rest or "?" in reading.gap(line.end - 1, line.end)


def _invites(reading: Reading, line: Line) -> bool:
    """Whether somebody is asked to come: an invitation by a verb, or one that is handed over."""
    for sign in line.signs("invited"):
        word = reading.folded(sign.first)
        if sign.note == "verb" and not (
            reading.language == "kk" and word.startswith(("шақыруы", "шақыртуы", "шақырғаны"))
        ):
            return True
    return False


def _to_a_summit(reading: Reading, line: Line) -> bool:
    return (
        bool(line.signs("multilateral"))
        and not line.of("invitation")
        and bool(line.of("organisation") or line.signs("attend"))
    )


def recalled(reading: Reading, line: Line, trigger: Mention) -> bool:  # noqa: PLR0911
    """Whether a line looks back on an earlier meeting."""
    if status.past_perfect(reading, line, trigger):
        return True
    for sign in line.signs("recalled"):
        far = abs(sign.first - trigger.first) > RECALL_REACH
        if sign.first > trigger.first and reading.language != "pl":
            far = sign.first - trigger.last > RECALL_BEHIND or reading.folded(sign.first).lstrip("و").startswith("كان")
        if not far and not line.title and not _about_trade(line, sign, trigger):
            return True
    day = reading.published
    if day is None:
        return False
    marks = [w for w in days.dates(reading, line) if w.day is not None]
    if any((day - w.day).days <= days.OLD for w in marks if w.day):
        return False
    if _another_month(reading, line, trigger):
        return True
    if any((day - (w.end or w.day)).days > days.OLD for w in marks if w.day and abs(w.first - trigger.first) < 25):
        return True
    return any(
        year < day.year and _distance_tokens(at, trigger) <= 12 and not _money_near(line, at)
        for at, year in days.years(reading, line)
    )


def _another_month(reading: Reading, line: Line, trigger: Mention) -> bool:
    """Whether a month without a day, and not this one, dates the trigger: we wrześniu, қыркүйекте."""
    day = reading.published
    if day is None or line.title or status.looks_ahead(reading, line, trigger):
        return False
    for at in range(max(line.first, trigger.first - RECALL_REACH), min(line.end, trigger.last + RECALL_BEHIND + 1)):
        month = calendar.month(reading.language, reading.folded(at), reading.folded(at + 1))
        if month and month != day.month and not reading.folded(at - 1)[:1].isdigit() and _in_a_month(reading, at):
            return not any(d.kind == "document" and abs(d.first - at) <= 2 for d in line.mentions)
    return False


def _in_a_month(reading: Reading, at: int) -> bool:
    if reading.language == "kk":
        return reading.folded(at).endswith(("да", "де", "та", "те", "дағы", "дегі", "тағы", "тегі"))
    return reading.folded(at - 1) in (("w", "we") if reading.language == "pl" else ("في", "شهر"))


def _about_trade(line: Line, sign: Mention, trigger: Mention) -> bool:
    """Whether `last year` speaks of trade figures, not of the meeting."""
    money = line.of("turnover", "unit", "currency")
    own = min((abs(sign.first - m.first) for m in money), default=99)
    return own < abs(sign.first - trigger.first)


def _money_near(line: Line, at: int) -> bool:
    return any(abs(m.first - at) <= 6 for m in line.of("turnover", "unit", "currency"))


def _distance(party: Party, trigger: Mention) -> int:
    return _distance_tokens(party.first, trigger) if party.first > trigger.last else abs(trigger.first - party.last)


def _distance_tokens(at: int, trigger: Mention) -> int:
    return min(abs(at - trigger.first), abs(at - trigger.last))


def comitative(reading: Reading, party: Party) -> bool:
    """Whether a party is the one with whom somebody meets: Путинмен, z Putinem, مع بوتين."""
    first, last = reading.folded(party.first), reading.folded(party.core)
    if reading.language == "kk":
        return last.endswith(("мен", "пен", "бен")) and not last.endswith("президентпен")
    before = reading.folded(party.first - 1)
    if reading.language == "pl":
        return before in ("z", "ze") or (
            reading.folded(party.first - 2) in ("z", "ze") and not reading.capital(party.first - 1)
        )
    return (
        before in ("مع", "ومع")
        or first.startswith(("بال", "برييس", "بنظير", "بوزير", "لل", "برييس"))
        or (reading.folded(party.first - 2) in ("مع", "ومع"))
    )


def _among_many(  # noqa: PLR0917
    reading: Reading, line: Line, trigger: Mention, ours: list[Party], theirs: list[Party], countries: list[str]
) -> Iterator[Frame | Refusal]:
    order = sorted([*ours, *theirs], key=lambda p: p.first)
    together = [p for p in order if comitative(reading, p)]
    if ours and len(together) == 1:
        other = _partner_of(together[0], order)
        if other is not None:
            kz, foreign = (together[0], other) if together[0].country == HOME else (other, together[0])
            yield _frame(reading, line, trigger, kz, foreign, EXPLICIT)
            return
        yield Refusal(line, trigger, "other-countries", TEXTS["other-countries"])
        return
    if len(countries) >= MANY or not ours:
        code = "multilateral" if len(countries) >= MANY else "other-countries"
        yield Refusal(line, trigger, code, TEXTS[code])
        return
    pair = sorted(order, key=lambda p: _distance(p, trigger))[:2]
    if {p.country == HOME for p in pair} == {True, False}:
        kz, foreign = sorted(pair, key=lambda p: p.country != HOME)
        yield _frame(reading, line, trigger, kz, foreign, EXPLICIT * 0.9)
    else:
        yield Refusal(line, trigger, "other-countries", TEXTS["other-countries"])


def _partner_of(party: Party, order: list[Party]) -> Party | None:
    """Return who meets the party in the comitative: the one before it, else the one behind; Kazakhstan's or nobody."""
    at = order.index(party)
    before = [p for p in order[:at] if p.country != party.country]
    behind = [p for p in order[at + 1 :] if p.country != party.country]
    other = before[-1] if before else behind[0] if behind else None
    if other is None:
        return None
    return other if HOME in (other.country, party.country) else None


def _explicit(
    reading: Reading, line: Line, trigger: Mention, ours: list[Party], theirs: list[Party]
) -> Iterator[Frame | Refusal]:
    kz = _chief(ours, trigger)
    for other in _counterparts(reading, line, trigger, theirs):
        attends = _attends(reading, line, other)
        yield _frame(reading, line, trigger, kz, other, EXPLICIT if not attends else ONE_IMPLIED, attends)


def _chief(parties: Iterable[Party], trigger: Mention) -> Party:
    """Return the highest of several of one side; of equals the nearest."""
    return min(parties, key=lambda p: (RANK.get(p.office, 9), p.person is None, _distance(p, trigger)))


def _counterparts(reading: Reading, line: Line, trigger: Mention, theirs: list[Party]) -> list[Party]:
    """Return who is met: all that stand in the comitative, else the highest."""
    together = _distinct([p for p in theirs if comitative(reading, p)])
    if len(together) > 1:
        return together
    apart = _each_its_own(reading, line, theirs)
    if len(apart) > 1:
        return apart
    if len(together) == 1 and not _distinct([p for p in theirs if _key(p) != _key(together[0])]):
        return [max((p for p in theirs), key=lambda p: p.person is not None)]
    if len(together) == 1:
        higher = [
            p for p in theirs if RANK.get(p.office, 9) < RANK.get(together[0].office, 9) and _distance(p, trigger) < 12
        ]
        return together if not higher else [_chief(theirs, trigger)]
    return [_chief(theirs, trigger)]


def _each_its_own(reading: Reading, line: Line, theirs: list[Party]) -> list[Party]:
    """Return the high officials of whom each has a verb of meeting of its own."""
    verbs = [m for m in line.signs("talks", "receive") if _means_it(reading, line, m)]
    taken: dict[int, Party] = {}
    for party in _distinct(p for p in theirs if RANK.get(p.office, 9) <= 3):
        behind = (
            [v for v in verbs if v.first > party.last]
            if reading.language == "kk"
            else [v for v in verbs if v.last < party.first]
        )
        if behind:
            verb = behind[0] if reading.language == "kk" else behind[-1]
            if (
                not any(party.last < other.first < verb.first for other in theirs if other is not party)
                or reading.language != "kk"
            ):
                taken.setdefault(verb.first, party)
    return list(taken.values())


def _key(party: Party) -> tuple[str, str]:
    return party.country, party.office


def _distinct(parties: Iterable[Party]) -> list[Party]:
    """Return one party an office, named ones before others."""
    found: dict[tuple[str, str], Party] = {}
    for party in parties:
        if _key(party) not in found or found[_key(party)].person is None:
            found[_key(party)] = party
    return list(found.values())


def _attends(reading: Reading, line: Line, party: Party) -> bool:
    """Whether a party only takes part in the talks of others."""
    for sign in line.signs("attend"):
        if reading.language == "kk" and 0 < sign.first - party.last <= 4:
            return True
        if reading.language != "kk" and 0 < party.first - sign.last <= 6:
            return True
    return False


def _attended(reading: Reading, line: Line, trigger: Mention) -> bool:
    """Whether the line says who took part in the talks: وحضر اللقاء, келіссөзге ... қатысты."""
    if trigger.note == "verb":
        return False
    if reading.language == "kk":
        dative = reading.folded(trigger.last).endswith(("ге", "ға", "ке", "қа", "не", "на"))
        return dative and any(s.first > trigger.last for s in line.signs("attend"))
    return any(0 < trigger.first - s.last <= 3 for s in line.signs("attend"))


def _frame(  # noqa: PLR0917
    reading: Reading, line: Line, trigger: Mention, kz: Party, other: Party, sureness: float, attends: bool = False
) -> Frame:
    kind = trigger.id
    if kind == "receive" and line.signs("airport"):
        kind = "travel"
    score = sureness * STRENGTH[kind] * line.weight
    if not line.title and _taken_as_known(reading, trigger) and line not in reading.body_lines[:FIRST_LINES]:
        score *= GIVEN
    if line.signs("opinion") and not line.title:
        score *= OPINION
    ahead = status.looks_ahead(reading, line, trigger)
    return Frame(line, kind, trigger, kz, other, score, sureness >= EXPLICIT * 0.9, ahead, attends)


KNOWN: Final = {
    "kk": words("барысында кезінде кезіндегі барысындағы"),
    "pl": words("podczas trakcie czasie"),
    "ar": words("خلال اثناء اثر عقب"),
}
GIVEN: Final = 0.5


def _taken_as_known(reading: Reading, trigger: Mention) -> bool:
    """Whether the meeting is spoken of as known: `during the meeting` alone does not tell one."""
    if trigger.note == "verb":
        return False
    beside = trigger.last + 1 if reading.language == "kk" else trigger.first - 1
    return reading.folded(beside) in KNOWN[reading.language]


def _without_ours(
    reading: Reading, line: Line, trigger: Mention, theirs: list[Party], lines: Lines
) -> Iterator[Frame | Refusal]:
    """Kazakhstan's side is not named in the line: it stands nearby, or is the host."""
    partner = theirs[0].country
    strangers = _named(reading, line) - {HOME, partner}
    near = _near_side(reading, line, lines, lambda p: p.country == HOME)
    at_home = places.speaks_of(reading, line, HOME) or _headline_at_home(reading, line, partner)
    others = [p for p in theirs if not _attends(reading, line, p)] if not _attended(reading, line, trigger) else []
    if not others:
        yield Refusal(line, trigger, "participant", TEXTS["participant"], partner)
        return
    if strangers or (trigger.id in ("visit", "travel") and not (at_home or line.signs("guest", "host"))):
        yield Refusal(line, trigger, "no-kazakhstan", TEXTS["no-kazakhstan"], partner)
        return
    received = (
        trigger.id in ("visit", "travel") or line.signs("both") or any(m.note == "place" for m in line.of("city"))
    )
    if near is None and not (at_home and received):
        yield Refusal(line, trigger, "no-kazakhstan", TEXTS["no-kazakhstan"], partner)
        return
    for other in _counterparts(reading, line, trigger, others):
        kz = near or host(reading, other.office, line)
        implied = BY_PRONOUN if _pronoun(reading, line) else ONE_IMPLIED
        sure = implied if near is not None and trigger.id not in ("visit", "travel") else EXPLICIT
        yield _frame(reading, line, trigger, kz, other, sure)


def _named(reading: Reading, line: Line) -> set[str]:
    """Return the countries that a line names otherwise than as the place of something."""
    return {m.id for m in line.of("country") if not places.is_place(reading, m)}


def _headline_at_home(reading: Reading, line: Line, partner: str) -> bool:
    """Whether the headline names Kazakhstan as the place and the line no other."""
    if line.of("city") or any(m.note == "name" and m.id not in (HOME, partner) for m in line.of("country")):
        return False
    return line.weight >= 1.0 and any(
        places.speaks_of(reading, reading.lines[at], HOME) for at in reading.title_numbers
    )


def host(reading: Reading, office: str, line: Line, country: str = HOME) -> Party:
    """Return the other side's holder of the like office, not named in the text."""
    like = (
        office
        if office in RANK and office not in ("supreme-leader", "crown-prince", "eu-president")
        else "head-of-state"
    )
    if like == "head-of-state" and country != HOME:
        like = reading.lexicon.leads(country)
    day = reading.published
    person = reading.lexicon.holder(country, like, day) if day else None
    known = Resolution.OFFICE if person else Resolution.UNKNOWN
    return Party(country, like, person, known, line.first, line.first, line.number)


def _near_side(reading: Reading, line: Line, lines: Lines, wanted) -> Party | None:  # type: ignore[no-untyped-def]
    """Return the party wanted from the lines before, the title, or just behind; not from a list of countries."""
    numbers = [line.number - back for back in range(1, LOOK_BACK + 1)] + [line.number + 1, line.number + 2]
    if line.title:
        numbers += [line.number + ahead for ahead in range(2, 6)]
    numbers += reading.title_numbers
    for number in numbers:
        if not 0 <= number < len(lines):
            continue
        strangers = {p.country for p in lines[number] if p.counts} - {HOME}
        if len(strangers) >= MANY or (len(strangers) > 1 and not any(p.country == HOME for p in lines[number])):
            continue
        found = [p for p in lines[number] if p.counts and wanted(p)]
        if found:
            return min(found, key=lambda p: (RANK.get(p.office, 9), p.person is None))
    return None


def _without_theirs(
    reading: Reading, line: Line, trigger: Mention, ours: list[Party], lines: Lines
) -> Iterator[Frame | Refusal]:
    """The other side is not named in the line: it was before, or a country is visited."""
    kz = _chief(ours, trigger)
    if trigger.id in ("visit", "travel"):
        country = places.destination(reading, line, HOME)
        if country:
            near = _near_side(reading, line, lines, lambda p: p.country == country and _like_rank(p, kz))
            other = near or host(reading, kz.office, line, country)
            if (
                other.person is None
                and reading.published
                and reading.lexicon.holder(country, "head-of-state", reading.published)
            ):
                yield Refusal(
                    line, trigger, "no-office", TEXTS["no-office"], country
                )  # nobody holds the like office there
                return
            yield _frame(reading, line, trigger, kz, other, EXPLICIT)
            return
    strangers = _named(reading, line) - {HOME}
    near = _near_side(reading, line, lines, lambda p: p.country not in (HOME, NOBODY))
    joint = line.signs("both", "guest", "host") or line.of("counterpart")
    if near is None or (strangers and near.country not in strangers):
        code = "business" if line.signs("business") else "no-office" if strangers else "domestic"
        yield Refusal(line, trigger, code, TEXTS[code])
        return
    if not joint and not _pronoun(reading, line) and trigger.note != "verb" and not strangers:
        yield _frame(reading, line, trigger, kz, near, BOTH_IMPLIED)
        return
    yield _frame(reading, line, trigger, kz, near, ONE_IMPLIED)


def _like_rank(party: Party, other: Party) -> bool:
    """Whether one is not merely sent to the airport for the other."""
    return RANK.get(party.office, 9) <= RANK.get(other.office, 9) + 1


PRONOUNS: Final = {
    "kk": words("оны оған онымен екеуі бір-бірімен"),
    "pl": words("go jego nim niego mu sobą niej jej nią"),
    "ar": words("معه معها استقبله به بها التقاه اياه"),
}


def _pronoun(reading: Reading, line: Line) -> bool:
    return any(reading.folded(at) in PRONOUNS[reading.language] for at in range(line.first, line.end))


def _without_both(
    reading: Reading, line: Line, trigger: Mention, here: Sequence[Party], lines: Lines
) -> Iterator[Frame | Refusal]:
    """Neither is named: the two are `the presidents`, `host and guest`, or a headline hides them."""
    if trigger.id in ("visit", "travel") or (_named(reading, line) - {HOME} and not line.title):
        yield from _countries_meet(reading, line, trigger, lines)
        return
    if any(not p.counts for p in here):
        return
    if trigger.id == "receive" and not (line.signs("guest", "host", "both") or _pronoun(reading, line)):
        return
    ours = _near_side(reading, line, lines, lambda p: p.country == HOME)
    theirs = _near_side(reading, line, lines, lambda p: p.country not in (HOME, NOBODY))
    if ours is None and theirs is not None and line.signs("both") and places.speaks_of(reading, line, HOME):
        ours = host(reading, theirs.office, line)
    if ours is None or theirs is None:
        return
    yield _frame(reading, line, trigger, ours, theirs, BOTH_IMPLIED)


def _countries_meet(reading: Reading, line: Line, trigger: Mention, lines: Lines) -> Iterator[Frame | Refusal]:
    """A line that names two countries, or a guest and a place, and nobody."""
    mentioned = {m.id for m in line.of("country")}
    foreign = mentioned - {HOME}
    ours = _near_side(reading, line, lines, lambda p: p.country == HOME)
    if len(foreign) > 1 or ours is None:
        return
    theirs = _near_side(
        reading, line, lines, lambda p: p.country not in (HOME, NOBODY) and (not foreign or p.country in foreign)
    )
    if theirs is None:
        return
    at_home = places.speaks_of(reading, line, HOME) or places.speaks_of(reading, line, theirs.country)
    if trigger.id in ("visit", "travel") and not (
        (at_home and line.signs("guest", "host", "both")) or (at_home and line.title)
    ):
        return
    yield _frame(reading, line, trigger, ours, theirs, BOTH_IMPLIED)
