"""Who is spoken of: mentions of a line --offices, countries, names put together--> parties.

A party is an office holder of a country, or somebody who looks like one and is not (an organisation's
secretary, a region's president, a former minister): these are kept, for they explain a refusal.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from streams.lexicon import Mention
from streams.meetings.reading import Line, Reading
from streams.meetings.wordlists import words
from wire.records import Level, Resolution

HOME: Final = "KZ"
NOBODY: Final = ""  # the country of those who are no party
RANK: Final = {
    "head-of-state": 0, "supreme-leader": 0, "head-of-government": 1, "crown-prince": 1, "eu-president": 1,
    "speaker": 2,
    "foreign-minister": 3, "minister": 4,
}  # fmt: skip
BETWEEN: Final = {
    "kk": words(
    "жаңа қазіргі республикасы республикасының мырза ханым үкіметінің үкіметі елінің халық"
    " федеративтік"
),
    "pl": words(
    "nowy nowym nowego obecny obecnym obecnego republiki królestwa pan pana panem ds państwa"
    " rządu"
),
    "ar": words("جمهوريه جمهورية مملكه مملكة دوله دولة الجديد الجديده الحالي السيد الجمهورية سلطنة والمغتربين"),
}  # fmt: skip
HONORIFICS: Final = words(
    "السيد السيده الشيخ الامير الملك السلطان سمو سموه معالي فخامه فخامة صاحب جلاله جلالة سعاده"
    " سعادة دوله الدكتور د حضره حضرة صاحبه الاخ المهندس الرييس المستشار العزيز النبيل البابا pan"
    " pana panem pani panią dr мырза мырзамен ханым ханыммен"
)
AND: Final = {"kk": frozenset({"мен", "пен", "бен", "және"}), "pl": frozenset({"i", "oraz"}), "ar": frozenset({"و"})}
INITIAL: Final = 1
OF: Final = "of:"
COMMON_NAMES: Final = words(
    "ابراهيم شريف رشيد سلمان عباس محمود منصور فيصل خالد راشد زايد خليفه خليفة احمد الشرع عمران الدين رييسي dan park"
)
ALIKE: Final = 0.62


class Party(NamedTuple):
    """Somebody in a line: tokens first to last, both included."""

    country: str
    office: str
    person: str | None
    resolution: Resolution
    first: int
    last: int
    line: int
    counts: bool = True  # False: looks like an office holder and is not one
    why_not: str = ""
    core: int = 0  # the token that carries the case ending: the name's last, else the office's
    plural: bool = False


class Draft:
    """A party while it is put together."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self.office: Mention | None = None
        self.offices: list[str] = []
        self.country: str | None = None
        self.region = False
        self.counterpart = False
        self.former = False
        self.organisation = False
        self.plural = False
        self.persons: list[str] = []
        self.short = False
        self.core = last
        self.alien_name = False


def parties(reading: Reading) -> list[list[Party]]:
    """Return the parties of every line."""
    introduced = _introduced(reading)
    drafts = [list(_drafts(reading, line, introduced)) for line in reading.lines]
    return _resolve(reading, drafts)


def _introduced(reading: Reading) -> dict[str, int]:
    """Return the people called by their full name, and where first."""
    found: dict[str, int] = {}
    for mention in reading.mentions:
        if mention.kind == "person":
            found.setdefault(mention.id, mention.first)
    return found


def _drafts(reading: Reading, line: Line, introduced: dict[str, int]) -> Iterator[Draft]:
    places = _by_span(line.of("country", "region", "organisation"))
    offices = [
        draft for group in _office_groups(reading, line) for draft in _with_country(reading, line, group, places)
    ]
    people = list(_people(reading, line, introduced))
    for person in people:
        _join(reading, person, offices)
    offices = _one_holder(reading, offices)
    kept = [draft for draft in offices if draft.persons or _stands(reading, draft)]
    yield from sorted([*kept, *(p for p in people if not p.alien_name)], key=lambda draft: draft.first)


GENITIVE_KK: Final = ("ның", "нің", "дың", "дің", "тың", "тің")
BELOW: Final = frozenset(
    {
        "envoy",
        "deputy-minister",
        "deputy-head-of-government",
        "vice-president",
        "security-secretary",
        "head-of-administration",
    }
)


def _one_holder(reading: Reading, offices: list[Draft]) -> list[Draft]:
    """Make one of two titles of one person: the President's envoy, Deputy Premier and Foreign Minister."""
    kept: list[Draft] = []
    for draft in offices:
        before = kept[-1] if kept else None
        if before is not None and before.office is not None and draft.office is not None and before is not draft:
            merged = _merged(reading, before, draft)
            if merged is not None:
                kept[-1] = merged
                continue
        kept.append(draft)
    return kept


def _merged(reading: Reading, left: Draft, right: Draft) -> Draft | None:
    assert left.office
    assert right.office
    if left.plural or right.plural or left.persons or left.counterpart or right.counterpart:
        return None
    gap = right.office.first - left.office.last - 1
    if left.country is None and right.country is not None and reading.language == "ar":
        return None  # رئيس الدولة والرئيس الكازاخي are two
    owned = reading.language == "kk" and reading.folded(left.office.last).endswith(GENITIVE_KK)
    if owned and 0 < gap <= 8 and set(right.offices) & BELOW:
        right.country, right.first = left.country, left.first
        return right  # Президентінің Орталық Азия істері жөніндегі арнаулы өкілі
    if not 0 <= gap <= 1 or (gap == 1 and reading.folded(right.office.first - 1) not in AND[reading.language]):
        return None
    if left.country and right.country and left.country != right.country:
        return None
    of = reading.language == "kk" and gap == 0 and reading.folded(left.office.last).endswith(GENITIVE_KK)
    under = (
        reading.language != "kk"
        and gap == 0
        and bool(set(left.offices) & BELOW)
        and not reading.folded(right.office.first).startswith("و")
    )
    right.country = right.country if right.country is not None else left.country
    right.first, right.last = min(left.first, right.first), max(left.last, right.last)
    if under:
        right.offices, right.office = left.offices, left.office
    elif not of:
        right.offices = sorted({*left.offices, *right.offices}, key=lambda office: office not in ("foreign-minister",))
    right.former = left.former or right.former
    return right


def _by_span(mentions: Iterable[Mention]) -> list[Mention]:
    """Return one mention a span, a country's name before its adjective."""
    seen: dict[tuple[int, int], Mention] = {}
    pairs: list[Mention] = []
    for mention in mentions:
        span = (mention.first, mention.last)
        if span in seen and seen[span].id != mention.id:
            pairs.append(mention)  # қазақ-қытай
        seen.setdefault(span, mention)
    return sorted([*seen.values(), *pairs], key=lambda mention: mention.first)


def _office_groups(reading: Reading, line: Line) -> Iterator[list[Mention]]:
    """Yield the office mentions of a line, all meanings of one span together."""
    group: list[Mention] = []
    for mention in line.of("office", "counterpart", "officer"):
        if group and (mention.first, mention.last) != (group[0].first, group[0].last):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _with_country(reading: Reading, line: Line, group: list[Mention], places: Sequence[Mention]) -> Iterator[Draft]:
    head = group[0]
    draft = Draft(head.first, head.last)
    draft.counterpart = head.kind == "counterpart"
    draft.former = any(_near(head, former, 2) for former in line.of("former"))
    draft.plural = _is_plural(reading, head)
    found = _country_of(reading, head, places)
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
    if not draft.offices and found is None:
        draft.offices = [m.id for m in group if m.note]  # only with a name beside it
    draft.office = head
    yield draft
    if found is not None and found.kind == "country":
        yield from _coordinated(reading, draft, found, places)


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


def _country_of(reading: Reading, head: Mention, places: Sequence[Mention]) -> Mention | None:
    """Return the country, region or organisation whose office this is."""
    before = [m for m in places if m.last < head.first and _close(reading, m.last, head.first)]
    after = [
        m
        for m in places
        if m.first > head.last and (_close(reading, head.last, m.first) or _in_state(reading, head, m))
    ]
    inside = [m for m in places if m.first >= head.first and m.last <= head.last]
    if inside:
        return inside[0]
    if reading.language == "kk":
        return before[-1] if before else None
    if reading.language == "pl":
        named = [m for m in after if m.note != "adj"]
        bearing = [m for m in before if m.note == "adj" or m.kind == "region"]
        return named[0] if named else bearing[-1] if bearing else after[0] if after else None
    return after[0] if after else None


def _in_state(reading: Reading, head: Mention, place: Mention) -> bool:
    """وزير الخارجية في جمهورية كازاخستان: in a state, said in full."""
    between = [reading.folded(at) for at in range(head.last + 1, place.first)]
    full = reading.folded(place.first) in ("جمهورية", "جمهوريه", "دولة", "دوله", "مملكة", "المملكة")
    return reading.language == "ar" and between == ["في"] and (full or place.last > place.first)


def _close(reading: Reading, left: int, right: int) -> bool:
    """Whether nothing but small words stands between two tokens, and no full stop or comma."""
    if right - left - 1 > 2:
        return False
    for at in range(left, right):
        if any(mark in reading.gap(at, at + 1) for mark in ",.;:!?،؛()"):
            return False
    if reading.language == "kk" and reading.folded(left).endswith(GENITIVE_KK):
        return not any(reading.folded(at).endswith(GENITIVE_KK) for at in range(left + 1, right))
    return all(reading.folded(at) in BETWEEN[reading.language] for at in range(left + 1, right))


def _near(a: Mention, b: Mention, reach: int) -> bool:
    return 0 <= (b.first - a.last - 1 if b.first > a.last else a.first - b.last - 1) < reach


_PLURAL: Final = {
    "kk": ("лары", "лері", "дары", "дері", "тары", "тері"),
    "pl": ("prezydenci", "prezydentów", "prezydentami", "prezydentom", "premierzy", "premierów",
    "ministrowie", "ministrów",
           "przywódcy", "przywódców", "liderzy", "liderów", "szefowie", "szefów", "ministrami",
           "premierami", "przywódcom", "głowy"),
    "ar": ("روساء", "وزيري", "وزيرا", "روساء", "رويساء", "رييسا", "رييسي", "ريسا", "وزراء", "قادة", "زعماء"),
}  # fmt: skip


def _is_plural(reading: Reading, head: Mention) -> bool:
    word = reading.folded(head.last if reading.language == "kk" else head.first)
    if reading.language == "kk":
        stem = word[:-4] if word.endswith(("ының", "інің")) else word
        return any(mark[:-1] in stem[-9:] for mark in _PLURAL["kk"])
    plain = word.lstrip("ولبفك") if reading.language == "ar" else word
    return plain.removeprefix("ال") in _PLURAL[reading.language]


def _people(reading: Reading, line: Line, introduced: dict[str, int]) -> Iterator[Draft]:
    by_span: dict[tuple[int, int], list[Mention]] = {}
    for mention in line.of("person", "surname"):
        by_span.setdefault((mention.first, mention.last), []).append(mention)
    for (first, last), mentions in by_span.items():
        draft = Draft(first, last)
        full = [m.id for m in mentions if m.kind == "person"]
        draft.short = not full
        draft.persons = list(dict.fromkeys(full or [m.id for m in mentions]))
        if draft.short:
            given = all(m.note == "given" for m in mentions)
            draft.persons = _called(reading, first, draft.persons, introduced, given)
            if len(reading.surface(first - 1)) == INITIAL and reading.capital(first - 1):
                draft.first = first - 1
                draft.persons = _of_initial(reading, reading.folded(first - 1), draft.persons)
        if draft.persons:
            yield draft


def _of_initial(reading: Reading, initial: str, persons: list[str]) -> list[str]:
    """Return those of several people of one surname whose given name begins so: А.Жапаров is Ақылбек."""
    fitting = [id for id in persons if any(name.lower().startswith(initial) for name in reading.lexicon.aliases(id))]
    return fitting or persons


def _called(reading: Reading, at: int, persons: list[str], introduced: dict[str, int], given: bool) -> list[str]:
    """Return whom a surname alone may mean: people introduced, else well-known ones in office that day."""
    if _has_other_given_name(reading, at):
        return []
    known = [id for id in persons if id in introduced]
    if known and (reading.language == "ar" or reading.capital(at)):
        return known
    if given:
        return []
    word = reading.folded(at)
    if word in COMMON_NAMES or len(word) < (4 if reading.language != "ar" else 5):
        return []
    if reading.language != "ar" and not reading.capital(at):
        return []
    lexicon, day = reading.lexicon, reading.published
    serving = [id for id in persons if (term := lexicon.held_by(id, day)) and RANK.get(term.office, 9) <= 3]
    return serving or (persons if day is None else [])


def _has_other_given_name(reading: Reading, at: int) -> bool:
    """Whether a capitalised stranger stands before the surname: Гейдар Әлиев is not Ильхам."""
    if reading.language == "ar" or at == 0 or reading.gap(at - 1, at).strip() or not reading.capital(at - 1):
        return False
    line = reading.line_of(at)
    if at - 1 < line.first or len(reading.surface(at - 1)) <= INITIAL:
        return False
    taken = any(m.first <= at - 1 <= m.last for m in line.mentions)
    if at - 1 == line.first:
        return False
    return not taken and reading.folded(at - 1) not in HONORIFICS


def _join(reading: Reading, person: Draft, offices: list[Draft]) -> None:
    """Give a person the office that stands beside the name."""
    lexicon = reading.lexicon
    for draft in offices:
        if draft.persons or draft.plural:
            continue
        before = draft.last < person.first and _beside(reading, draft.last, person.first)
        after = person.last < draft.first and _beside(reading, person.last, draft.first)
        if not before and not (after and not _named_after(reading, draft)):
            continue
        fitting = [id for id in person.persons if draft.country in (None, lexicon.people[id])]
        if not fitting or (after and draft.country is None):
            continue
        draft.persons = _fitting_office(reading, fitting, draft)
        draft.short = person.short
        draft.core = person.last if before else draft.core
        draft.first, draft.last = min(draft.first, person.first), max(draft.last, person.last)
        person.alien_name = True  # told with its office
        return


def _fitting_office(reading: Reading, persons: list[str], draft: Draft) -> list[str]:
    """Return the people who held this office, or all when none did."""
    lexicon = reading.lexicon
    held = [id for id in persons if any(term.office in draft.offices for term in lexicon.holdings(id))]
    return held or persons


def _beside(reading: Reading, left: int, right: int) -> bool:
    if right - left - 1 > 4:
        return False
    if any(mark in reading.gap(at, at + 1) for at in range(left, right) for mark in ".;!?؛") and right - left > 2:
        return False
    return all(
        reading.folded(at) in HONORIFICS
        or reading.folded(at) in BETWEEN[reading.language]
        or len(reading.surface(at)) == 1
        for at in range(left + 1, right)
    )


def _named_after(reading: Reading, draft: Draft) -> bool:
    """Whether a name follows the office, so that the office is not the earlier person's."""
    line = reading.line_of(draft.first)
    return any(m.kind in ("person", "surname") and 0 < m.first - draft.last <= 2 for m in line.mentions)


def _stands(reading: Reading, draft: Draft) -> bool:  # noqa: PLR0911
    """Whether an office without a name is somebody's at all."""
    office = draft.office
    if office is None or draft.counterpart:
        return True
    if not draft.offices:
        return False
    if office.id in reading.lexicon.only_with:
        return draft.country is not None
    if draft.country is not None:
        return True
    if all(reading.lexicon.offices.get(o) is None for o in draft.offices):
        return False
    if office.note and office.note != "plural" and not office.note.startswith(OF):
        return False
    return not _of_something_else(reading, office)


_OWNED_KK: Final = ("і", "ы", "сі", "сы")
_HEADS_KK: Final = frozenset({"мемлекет", "ел", "елінің", "елдің", "мемлекеттің", "оның", "біздің"})


def _of_something_else(reading: Reading, office: Mention) -> bool:
    """Whether the office belongs to a thing that is no state: клуб президенті, رئيس النادي, prezydent klubu."""
    if reading.language == "ar":
        word = reading.folded(office.first)
        return office.first == office.last and not any(
            word.startswith((p + "ال", "لل")) for p in ("", "و", "ب", "ف", "ك", "وب")
        )
    if reading.language == "kk":
        word = reading.folded(office.last)
        stem = word
        for ending in ("мен", "нің", "ның", "не", "на", "н", "нде", "нда", "нен", "нан"):
            if word.endswith(ending) and word.removesuffix(ending).endswith(_OWNED_KK):
                stem = word.removesuffix(ending)
        owned = stem.endswith(("ті", "сы", "сі", "рі", "ры")) and office.first == office.last
        return owned and reading.folded(office.first - 1) not in _HEADS_KK
    after = reading.folded(office.last + 1)
    return after in {
        "klubu",
        "federacji",
        "fifa",
        "uefa",
        "spółki",
        "firmy",
        "miasta",
        "banku",
        "miejscowego",
        "koncernu",
        "izby",
        "krakowa",
        "warszawy",
    }


def _resolve(reading: Reading, drafts: list[list[Draft]]) -> list[list[Party]]:
    """Turn drafts into parties: countries and holders from what was said before, and from the lexicon."""
    done: list[list[Party]] = []
    named = _named_offices(reading, drafts)
    last: dict[str, str] = {}  # office -> country last spoken of
    for number, line in enumerate(drafts):
        found: list[Party] = []
        for draft in line:
            party = _party(reading, draft, number, line, named, last)
            if party is not None:
                found.append(party)
                if party.counts:
                    last[party.office] = party.country
        done.append(found)
    return done


def _named_offices(reading: Reading, drafts: list[list[Draft]]) -> dict[tuple[str, str], str]:
    """Return (country, office) -> person for everyone named with or known in an office."""
    found: dict[tuple[str, str], str] = {}
    for draft in (draft for line in drafts for draft in line):
        for id in draft.persons[:1]:
            country = reading.lexicon.people[id]
            term = reading.lexicon.held_by(id, reading.published)
            if term is not None:
                found.setdefault((country, term.office), id)
            for office in draft.offices:
                if any(t.office == office for t in reading.lexicon.holdings(id)):
                    found.setdefault((country, office), id)
    return found


def _party(  # noqa: PLR0917, PLR0911
    reading: Reading,
    draft: Draft,
    number: int,
    line: list[Draft],
    named: dict[tuple[str, str], str],
    last: dict[str, str],
) -> Party | None:
    if draft.organisation or draft.region:
        why = "organisation" if draft.organisation else "region"
        return _nobody(draft, number, why)
    if draft.persons:
        return _named_party(reading, draft, number, line)
    if draft.counterpart:
        return _counterpart(reading, draft, number, line, named)
    country = draft.country if draft.country is not None else _implied_country(reading, draft, line, last)
    if country is None or (draft.plural and draft.country is not None):
        return None
    if draft.country is None and reading.lines[number].weight < 1.0 and _stranger_follows(reading, draft):
        return None
    office = _office(reading, draft.offices, country)
    if office == "minister" and (country, "foreign-minister") in named and not _named_portfolio(draft):
        office = "foreign-minister"  # the Turkish minister, told of before
    if draft.former:
        return _nobody(draft, number, "former")
    person, resolution = _holder(reading, draft, country, office, named)
    return Party(
        country, office, person, resolution, draft.first, draft.last, number, core=draft.core, plural=draft.plural
    )


def _named_portfolio(draft: Draft) -> bool:
    return draft.office is not None and draft.office.last > draft.office.first


def _nobody(draft: Draft, number: int, why: str) -> Party:
    return Party(NOBODY, "", None, Resolution.UNKNOWN, draft.first, draft.last, number, False, why, draft.core)


def _office(reading: Reading, offices: Sequence[str], country: str) -> str:
    chosen = min(offices, key=lambda office: RANK.get(office, 9)) if offices else "head-of-state"
    return reading.lexicon.leads(country) if chosen == "leader" else chosen


def _named_party(reading: Reading, draft: Draft, number: int, line: list[Draft]) -> Party | None:
    lexicon, day = reading.lexicon, reading.published
    serving = [id for id in draft.persons if lexicon.held_by(id, day)] or draft.persons
    if draft.counterpart and (like := _like_office(reading, line)):
        serving = [id for id in serving if (term := lexicon.held_by(id, day)) and term.office == like] or serving
    person = min(serving, key=lambda id: RANK.get((lexicon.held_by(id, day) or lexicon.holdings(id)[-1]).office, 9))
    resolution = Resolution.INTRODUCED if draft.short else Resolution.NAMED
    country = lexicon.people[person]
    term = lexicon.held_by(person, day)
    held = [t.office for t in lexicon.holdings(person)]
    said = [office for office in draft.offices if office in held]
    if draft.former or (term is None and not said and not (draft.offices and day is None)):
        return _nobody(draft, number, "former" if draft.former else "no-office")
    said_here = [o for o in draft.offices if o not in ("leader",)]
    office = said[0] if said else term.office if term and not said_here else _office(reading, said_here, country)
    serving_as = [t.office for t in lexicon.holdings(person) if day is None or t.on(day)]
    if term is not None and (not said_here or office not in serving_as):
        office = next((o for o in said_here if o in serving_as), term.office)
    return Party(country, office, person, resolution, draft.first, draft.last, number, core=draft.core)


def _like_office(reading: Reading, line: list[Draft]) -> str:
    """Return the office of whom a counterpart is the counterpart."""
    for other in line:
        if other.counterpart or not (other.persons or other.offices):
            continue
        if other.persons and (term := reading.lexicon.held_by(other.persons[0], reading.published)):
            return term.office
    return ""


def _counterpart(
    reading: Reading, draft: Draft, number: int, line: list[Draft], named: dict[tuple[str, str], str]
) -> Party | None:
    """Return who is meant by `his Chinese counterpart`: of the same office as the other side."""
    if draft.country is None or not draft.country:
        return None
    office = "head-of-state"
    for other in line:
        if other is draft or other.counterpart:
            continue
        if other.persons:
            term = reading.lexicon.held_by(other.persons[0], reading.published)
            held = [t.office for t in reading.lexicon.holdings(other.persons[0])]
            office = next((o for o in other.offices if o in held), term.office if term else office)
            break
        if other.offices and (other.country or other.country is None):
            office = _office(reading, other.offices, other.country or HOME)
            break
    person, resolution = _holder(reading, draft, draft.country, office, named)
    return Party(draft.country, office, person, resolution, draft.first, draft.last, number, core=draft.core)


_SOME_STATES: Final = frozenset({"елдің", "мемлекеттің", "елдерінің", "мемлекеттердің", "елдер"})


def _sole_stranger(reading: Reading, draft: Draft, line: list[Draft], office: str) -> str | None:
    """Return the one other country of the line when Kazakhstan's holder of this office stands in it by name."""
    if not any(d is not draft and d.persons and reading.lexicon.people[d.persons[0]] == HOME for d in line):
        return None
    here = reading.line_of(draft.first)
    foreign = {m.id for m in here.of("country")} - {HOME}
    return next(iter(foreign)) if len(foreign) == 1 else None


NOT_HOME: Final = frozenset(
    {"crown-prince", "supreme-leader", "eu-president", "eu-high-representative", "commissioner"}
)


def _implied_country(reading: Reading, draft: Draft, line: list[Draft], last: dict[str, str]) -> str | None:  # noqa: PLR0911
    """Return whose president "the President" is."""
    office = draft.offices[0] if draft.offices else ""
    if draft.plural or not office:
        return None
    if office == "first-president":
        return HOME
    if office in NOT_HOME:
        return reading.outlet_country if reading.outlet_country != HOME else last.get(office)
    if RANK.get(office, 9) >= 3 and (other := _sole_stranger(reading, draft, line, office)):
        return other
    beside = {
        d.country or reading.lexicon.people[d.persons[0]] for d in line if d is not draft and (d.country or d.persons)
    }
    foreign = beside - {HOME}
    if reading.language == "kk" and office == "head-of-state":
        return None if draft.office and reading.folded(draft.office.first) in _SOME_STATES else HOME
    if reading.language == "ar" and office == "head-of-state" and office not in last and not beside:
        return HOME if any(m.kind == "country" and m.id == HOME for m in reading.mentions) else None
    if foreign and HOME not in beside and any(party in last for party in (office,)) and last[office] not in foreign:
        return last[office]
    if office in last:
        guest = draft.office is not None and bool(reading.line_of(draft.office.first).signs("guest"))
        return HOME if guest and last[office] != HOME and reading.language == "ar" else last[office]
    if reading.language == "kk":
        return HOME
    if reading.outlet_country:
        return reading.outlet_country
    return HOME if foreign else None


MANY_HOLD: Final = frozenset(
    {"minister", "deputy-minister", "envoy", "commissioner", "deputy-head-of-government", "eu-president", "judge"}
)


def _holder(
    reading: Reading, draft: Draft, country: str, office: str, named: dict[tuple[str, str], str]
) -> tuple[str | None, Resolution]:
    person = named.get((country, office))
    if person is not None:
        return person, Resolution.INTRODUCED
    if reading.published is None or office in MANY_HOLD:
        return None, Resolution.UNKNOWN
    holder = reading.lexicon.holder(country, office, reading.published)
    if holder is None or _another_name_follows(reading, draft, holder):
        return None, Resolution.UNKNOWN
    return holder, Resolution.OFFICE


def _stranger_follows(reading: Reading, draft: Draft) -> bool:
    """Whether a capitalised word unknown to the lexicon stands behind the office."""
    at = draft.last + 1
    if reading.language == "ar" or not reading.capital(at) or reading.gap(draft.last, at).strip():
        return False
    line = reading.line_of(draft.last)
    return at < line.end and not any(m.first <= at <= m.last for m in line.mentions)


def _another_name_follows(reading: Reading, draft: Draft, holder: str) -> bool:
    """Whether the office is followed by a name that is not its known holder's (a newcomer)."""
    if reading.language == "ar" or draft.plural:
        return False
    at = draft.last + 1
    if not reading.capital(at) or reading.gap(draft.last, at).strip() or reading.line_of(draft.last).end <= at:
        return False
    line = reading.line_of(at)
    if any(m.first <= at <= m.last for m in line.mentions):
        return False
    words = [reading.folded(i) for i in (at, at + 1) if reading.capital(i)]
    spelt = [part.lower() for alias in reading.lexicon.aliases(holder) for part in alias.split()]
    return not any(SequenceMatcher(None, word, part).ratio() >= ALIKE for word in words for part in spelt)


def level(reading: Reading, party: Party) -> Level:
    """Return a party's level."""
    return reading.lexicon.offices.get(party.office, Level.OTHER_OFFICIAL)
