"""Two titles of one person made one: the President's envoy; Deputy Premier and Foreign Minister.

Drafts of a line --side by side, of one state--> one Draft
"""

from typing import Final

from streams.meetings.reading import Reading
from streams.meetings.who.party import AND, BELOW, GENITIVE_KK, HOME, OWN_KK, Draft

FIRST: Final = {"head-of-government": 0, "foreign-minister": 1}


def one_holder(reading: Reading, offices: list[Draft]) -> list[Draft]:
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
    """Return the one person of two titles; None when they are two people's."""
    assert left.office
    assert right.office
    if left.persons and reading.language == "ar" and _second_title(left, right):
        left.offices, left.last = [*left.offices, *right.offices], right.last
        return left
    if left.plural or right.plural or left.persons or left.counterpart or right.counterpart:
        return None
    gap = right.office.first - left.office.last - 1
    owned = reading.language == "kk" and reading.folded(left.office.last).endswith(GENITIVE_KK)
    if owned and 0 < gap <= 8 and set(right.offices) & BELOW:
        right.country, right.first = left.country, left.first
        return right  # Президентінің Орталық Азия істері жөніндегі арнаулы өкілі
    return None if _two_people(reading, left, right, gap) else _side_by_side(reading, left, right, gap)


def _two_people(reading: Reading, left: Draft, right: Draft, gap: int) -> bool:
    """Whether two titles are too far apart, or of two states."""
    deputy = set(left.offices) & BELOW and gap == 0
    if left.country is None and right.country is not None and reading.language == "ar" and not deputy:
        return True  # رئيس الدولة والرئيس الكازاخي are two
    if _own_and_anothers(reading, left, right):
        return True
    joined = right.office is not None and reading.folded(right.office.first - 1) in AND[reading.language]
    if not 0 <= gap <= 1 or (gap == 1 and not joined):
        return True
    return bool(left.country and right.country and left.country != right.country)


def _own_and_anothers(reading: Reading, left: Draft, right: Draft) -> bool:
    """Whether a Kazakh sentence begins with its own head of state, and another's title follows."""
    if reading.language != "kk" or left.country is not None or left.first != reading.line_of(left.first).first:
        return False
    anothers = right.country not in (None, HOME) or bool(right.office and right.office.note not in ("", "plural"))
    return anothers and reading.folded(left.first) in OWN_KK


def _side_by_side(reading: Reading, left: Draft, right: Draft, gap: int) -> Draft:
    """Put two titles that stand side by side into the second."""
    assert left.office
    assert right.office
    kazakh = reading.language == "kk"
    of = kazakh and gap == 0 and reading.folded(left.office.last).endswith(GENITIVE_KK)
    second = reading.folded(right.office.first).startswith("و")
    under = not kazakh and gap == 0 and bool(set(left.offices) & BELOW) and not second
    right.country = right.country if right.country is not None else left.country
    right.first, right.last = min(left.first, right.first), max(left.last, right.last)
    if under:
        right.offices, right.office = left.offices, left.office
    elif not of:
        both = dict.fromkeys((*left.offices, *right.offices))  # a set's order is another in every process
        right.offices = sorted(both, key=lambda office: FIRST.get(office, 2))
    right.former = left.former or right.former
    return right


def _second_title(left: Draft, right: Draft) -> bool:
    """Whether a second title follows a named holder's first at once: رئيس مجلس الوزراء وزير الخارجية."""
    plain = not (right.persons or right.plural or right.counterpart) and right.country is None
    return plain and left.last + 1 == right.first
