"""The offices of a line, each with the country, region or organisation whose it is.

office mentions --country beside--> Drafts (two for `the presidents of Kazakhstan and Tajikistan`)
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from streams.lexicon import Mention
from streams.meetings.reading import Line, Reading
from streams.meetings.who.owners import country_of
from streams.meetings.who.party import AND, GENITIVE_KK, HOME, NOBODY, OF, Draft
from streams.meetings.wordlists import words

DEPUTY: Final = "deputy-head-of-government"


def by_span(mentions: Iterable[Mention]) -> list[Mention]:
    """Return one mention a span, a country's name before its adjective."""
    seen: dict[tuple[int, int], Mention] = {}
    pairs: list[Mention] = []
    for mention in mentions:
        span = (mention.first, mention.last)
        if span in seen and seen[span].id != mention.id:
            pairs.append(mention)  # қазақ-қытай
        seen.setdefault(span, mention)
    return sorted([*seen.values(), *pairs], key=lambda mention: mention.first)


def office_groups(reading: Reading, line: Line) -> Iterator[list[Mention]]:
    """Yield the office mentions of a line, all meanings of one span together."""
    group: list[Mention] = []
    for mention in _of_deputies(reading, line.of("office", "counterpart", "officer")):
        if group and (mention.first, mention.last) != (group[0].first, group[0].last):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _of_deputies(reading: Reading, offices: list[Mention]) -> list[Mention]:
    """Return Arabic offices with a deputy's as one: نائب وزير and وزير الثقافة are of one deputy minister."""
    deputies = [m for m in offices if m.id == "deputy-minister"] if reading.language == "ar" else []
    if not deputies:
        return offices
    kept: list[Mention] = []
    for m in offices:
        if m.id in ("minister", "foreign-minister") and any(d.first < m.first <= d.last for d in deputies):
            continue
        inside = [o.last for o in offices if m in deputies and m.first < o.first <= m.last]
        kept.append(m._replace(last=max(m.last, *inside)) if inside else m)
    return kept


def with_country(reading: Reading, line: Line, group: list[Mention], places: Sequence[Mention]) -> Iterator[Draft]:
    head = group[0]
    draft = Draft(head.first, head.last)
    draft.counterpart = head.kind == "counterpart"
    draft.former = any(_near(head, former, 2) for former in line.of("former"))
    draft.plural = is_plural(reading, head)
    found = country_of(reading, head, places)
    if head.note.startswith(OF):  # szef węgierskiej dyplomacji
        found = Mention("country", head.note.removeprefix(OF), "adj", head.first, head.last)
    draft.organisation = head.kind == "officer"
    if found is not None:
        draft.first, draft.last = min(draft.first, found.first), max(draft.last, found.last)
        draft.organisation = draft.organisation or found.kind == "organisation"
        draft.region = found.kind == "region"
        draft.country = found.id if found.kind == "country" else NOBODY
    draft.offices = [
        m.id
        for m in group
        if not m.note or m.note == "plural" or m.note.startswith(OF) or (draft.country in m.note.split(","))
    ]
    bound = [m.id for m in group if draft.country and draft.country in m.note.split(",")]
    draft.offices = bound or draft.offices
    if DEPUTY in draft.offices:  # one word has both in it: вице-премьер
        draft.offices = [DEPUTY]
    if not draft.offices and found is None:
        draft.offices = [m.id for m in group if m.note]  # only with a name beside it
    draft.office = head
    if draft.plural and found is None and _of_both(reading, head) and (other := _sole_other(reading)):
        yield from _twins(draft, other)
        return
    _as_deputy(reading, line, draft)
    yield draft
    if found is not None and found.kind == "country":
        yield from _coordinated(reading, draft, found, places)


BOTH: Final = {
    "kk": words("екі"), "pl": words("obu obydwu dwóch"), "ar": words("البلدين الدولتين الجانبين"),
}  # fmt: skip
BOTH_STATES: Final = {"kk": ("ел", "мемлекет"), "pl": ("kraj", "państw", "stolic"), "ar": ("البلدين", "الدولتين")}


def _of_both(reading: Reading, head: Mention) -> bool:
    """Whether an office is of both countries: ministrów obu krajów, екі елдің министрлері, وزيرا خارجية البلدين."""
    language = reading.language
    if language == "ar":
        return reading.folded(head.last + 1) in BOTH["ar"]
    at = head.first - 2 if language == "kk" else head.last + 1
    return reading.folded(at) in BOTH[language] and reading.folded(at + 1).startswith(BOTH_STATES[language])


def _sole_other(reading: Reading) -> str:
    """Return the one country besides Kazakhstan of which headline and lead speak, by name."""
    lead = [line for line in reading.lines if line.weight >= 1.0][:LEAD]
    named = {m.id for line in lead for m in line.of("country") if m.note == "name"} - {HOME}
    return named.pop() if len(named) == 1 else ""


def _twins(draft: Draft, other: str) -> Iterator[Draft]:
    """Yield the holders of an office in Kazakhstan and in the other country."""
    for country in (HOME, other):
        twin = Draft(draft.first, draft.last)
        twin.office, twin.offices, twin.country, twin.core = draft.office, draft.offices, country, draft.core
        yield twin


LEAD: Final = 4  # lines
DEPUTY_REACH: Final = 5
DEPUTIES: Final = {
    "head-of-government": "deputy-head-of-government", "minister": "deputy-minister",
    "foreign-minister": "deputy-minister", "head-of-state": "head-of-administration",
}  # fmt: skip


def _as_deputy(reading: Reading, line: Line, draft: Draft) -> None:
    """Make a deputy of an office whose deputy is spoken of: министрінің энергетика жөніндегі орынбасары."""
    if reading.language != "kk" or not reading.folded(draft.last).endswith(GENITIVE_KK):
        return
    for at in range(draft.last + 1, min(draft.last + DEPUTY_REACH, line.end)):
        if any(mark in reading.gap(at - 1, at) for mark in ",.;:"):
            return
        if reading.folded(at).startswith(("орынбасар", "көмекші", "кеңесші")):
            draft.offices = [DEPUTIES.get(office, office) for office in draft.offices]
            draft.last = draft.core = at
            return


def _coordinated(reading: Reading, draft: Draft, found: Mention, places: Sequence[Mention]) -> Iterator[Draft]:
    """Yield the second party of `the presidents of Kazakhstan and Tajikistan`."""
    joints = AND[reading.language]
    for other in places:
        if other.kind != "country" or other.id == found.id:
            continue
        left, right = (other, found) if other.first < found.first else (found, other)
        between = right.first - left.last - 1
        joined = between == 1 and reading.folded(left.last + 1) in joints
        if reading.language == "ar":
            joined = between == 0 and reading.folded(right.first).startswith("و")
        beside = other.last < draft.first if reading.language == "kk" else other.first > draft.first
        if joined and beside:
            twin = Draft(min(draft.first, other.first), max(draft.last, other.last))
            twin.office, twin.offices, twin.country, twin.core = draft.office, draft.offices, other.id, draft.core
            twin.plural = False
            draft.plural = False
            yield twin
            return


def _near(a: Mention, b: Mention, reach: int) -> bool:
    return 0 <= (b.first - a.last - 1 if b.first > a.last else a.first - b.last - 1) < reach


_PLURAL: Final = {
    "kk": ("лары", "лері", "дары", "дері", "тары", "тері"),
    "pl": ("prezydenci", "prezydentów", "prezydentami", "prezydentom", "premierzy", "premierów",
    "ministrowie", "ministrów",
           "przywódcy", "przywódców", "liderzy", "liderów", "szefowie", "szefów", "ministrami",
           "premierami", "przywódcom", "głowy", "papieży", "królów", "emirów", "sułtanów"),
    "ar": ("روساء", "وزيري", "وزيرا", "روساء", "رويساء", "رييسا", "رييسي", "ريسا", "وزراء", "قادة", "زعماء",
           "وزيران", "وزيرين", "رييسان", "رييسين", "روساي"),
}  # fmt: skip


def is_plural(reading: Reading, head: Mention) -> bool:
    word = reading.folded(head.last if reading.language == "kk" else head.first)
    if reading.language == "kk":
        stem = word[:-4] if word.endswith(("ының", "інің")) else word
        stem = stem.replace("канцлер", "").replace("лидер", "")  # which end like plurals
        return any(mark[:-1] in stem[-9:] for mark in _PLURAL["kk"])
    plain = word.lstrip("ولبفك") if reading.language == "ar" else word
    return plain.removeprefix("ال") in _PLURAL[reading.language]
