"""Pure: how a frame calls countries, people, statuses and stories.

Names, Actor, Status -> the words of one language, isolated where they run against it
"""

from alerts.frames import NO_BREAK, Frame
from alerts.markup import Line, Piece, clean, isolate
from wire.records import Actor, Names, Status, StatusDetail

_SPEAKING = (StatusDetail.UNDER_WAY, StatusDetail.POSTPONED, StatusDetail.DENIED)
"""Details that say more than the status: they take its place."""


def called(names: Names, frame: Frame, most: int = 160) -> str:
    """Return a thing's name in the frame's language, or in English where it has none."""
    return foreign(getattr(names, frame.language) or names.en, frame, most)


def foreign(text: str, frame: Frame, most: int = 160) -> str:
    """Return feed text as it may stand in a line of the frame."""
    return isolate(clean(text, most), frame.direction)


def actor(each: Actor, frame: Frame, *, office: bool = True) -> Line:
    """Return an office holder: flag, name and office, or the office alone of somebody unknown."""
    title = called(each.office_names, frame)
    if each.names is None:
        return (Piece(flag(each.country) + NO_BREAK), Piece(title, bold=True))
    holds = (Piece(f" ({title})"),) if office else ()
    return (Piece(flag(each.country) + NO_BREAK), Piece(called(each.names, frame), bold=True), *holds)


def status_word(status: Status, detail: StatusDetail | None, frame: Frame) -> str:
    """Return what became of a meeting in one word: postponed says more than cancelled."""
    return frame.details[detail] if detail in _SPEAKING else frame.statuses[status]


def short_id(story: str) -> str:
    """Return a few letters by which people speak of a story."""
    return story.partition("-")[2][:6] or story[:6]


def flag(country: str) -> str:
    """Return the flag of a country code; EU has one too."""
    if len(country) != 2 or not (country.isascii() and country.isalpha()):
        return "🏳"
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in country.upper())
