"""Why a text is not YAML, in words for people who never wrote any: PyYAML's error + text -> Fault.

The scanner stops where it no longer understands, often a line or more behind the slip: an open quote is told
where it opens, a tab where it stands.
"""

import re
import unicodedata
from typing import Any, Final, NamedTuple

import yaml

_BLANKS: Final = {"\t": "a tab", "\u00a0": "a no-break space"}
_ODD_BLANK: Final = re.compile(r"[ ]*([^\S\r\n ])")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_QUOTE: Final = 'put it in quotes: "..."'
_CLOSE: Final = r"close it with the same quote; inside the text write «» or \""
_CLOSING: Final = {"[": "]", "{": "}"}


class Fault(NamedTuple):
    """Where the slip is, what it is, and what to do."""

    line: int
    column: int
    what: str
    mend: str


def fault(error: yaml.YAMLError, text: str) -> Fault:
    """Return the likely slip behind what PyYAML could not read."""
    slip = _Slip(
        getattr(error, "problem", None) or str(error).splitlines()[0],
        getattr(error, "context", None) or "",
        _place(getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)),
        _place(getattr(error, "context_mark", None) or getattr(error, "problem_mark", None)),
        text.splitlines(),
    )
    readings = (_blank, _unseen, _open, _colon, _out_of_line, _sign)
    told = next(filter(None, (reading(slip) for reading in readings)), None)
    return told or Fault(*slip.at, f"is not YAML: {slip.problem}", "check indentation, colons and quotes on this line")


class _Slip(NamedTuple):
    """PyYAML's error: where it gave up, and where what it was reading began."""

    problem: str
    context: str
    at: tuple[int, int]
    opened: tuple[int, int]
    lines: list[str]

    def line(self, number: int) -> str:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def sign(self, place: tuple[int, int]) -> str:
        return self.line(place[0])[place[1] - 1 : place[1]]

    @property
    def before(self) -> str:
        """What stands on the line before the place."""
        return self.line(self.at[0])[: self.at[1] - 1]


def _blank(slip: _Slip) -> Fault | None:
    for number in (slip.at[0] - 1, slip.at[0]):
        if (odd := _ODD_BLANK.match(slip.line(number))) and odd[1] in _BLANKS:
            what = f"{_BLANKS[odd[1]]} stands before the first word of the line"
            return Fault(number, odd.start(1) + 1, what, "replace it by spaces: YAML is indented by spaces alone")
    return None


def _unseen(slip: _Slip) -> Fault | None:
    for number, line in enumerate(slip.lines, 1):
        if "control characters" in slip.problem and (odd := _CONTROL.search(line)):
            what = f"a character that nobody sees (U+{ord(odd[0]):04X}) stands here"
            return Fault(number, odd.start() + 1, what, "remove it")
    return None


def _open(slip: _Slip) -> Fault | None:
    if "quoted scalar" in slip.context and "end of stream" in slip.problem:
        return Fault(*slip.opened, "the quote that opens here is never closed", _CLOSE)
    if "flow" in slip.context:
        sign = slip.sign(slip.opened) or "["
        what = f"the {sign} that opens here is never closed, or a comma is missing in it"
        return Fault(*slip.opened, what, f"close it with {_CLOSING.get(sign, ']')}, and put a comma between two words")
    return None


def _colon(slip: _Slip) -> Fault | None:
    if "expected ':'" in slip.problem:
        what = "this line has no colon with a space behind it"
        return Fault(*slip.opened, what, "write key: value, and a list as - value, each with its space")
    if "mapping values are not allowed" not in slip.problem:
        return None
    if re.search(r":\s", slip.before):
        return Fault(*slip.at, "a second colon stands on this line", 'put the value in quotes: key: "one: two"')
    begins = len(slip.before) - len(slip.before.lstrip()) + 1
    what = "this line is indented deeper than the one above, which has its value already"
    return Fault(slip.at[0], begins, what, "begin both in the same column")


def _out_of_line(slip: _Slip) -> Fault | None:
    if "expected key" not in slip.problem and "expected '-'" not in slip.problem:
        return None
    if (opened := _left_open(slip)) and slip.before.strip():
        what = f"the quote that opens here is closed only on line {slip.at[0]}"
        return Fault(*opened, what, _CLOSE)
    if slip.before.strip():
        what = "something stands behind the end of the value"
        return Fault(*slip.at, what, r"inside a text in quotes write «» or \", and # only behind a space")
    what = f"this line begins in column {slip.at[1]}, where no block of lines begins"
    return Fault(*slip.at, what, "begin it in the same column as the lines that it belongs with")


def _left_open(slip: _Slip) -> tuple[int, int] | None:
    """Return where the nearest line above the slip has a quote without its fellow."""
    for number in range(slip.at[0] - 1, 0, -1):
        if slip.line(number).count('"') % 2:
            return number, slip.line(number).rindex('"') + 1
    return None


def _sign(slip: _Slip) -> Fault | None:
    if "another document" in slip.problem:
        return Fault(*slip.at, "--- begins a second document here", "remove it: a file holds one document")
    if "cannot start any token" in slip.problem:
        return Fault(*slip.at, f"a value cannot begin with {slip.sign(slip.at)}", _QUOTE)
    if any(name in slip.context for name in ("alias", "anchor", "a tag")):
        return Fault(*slip.opened, f"a value cannot begin with {slip.sign(slip.opened)}", _QUOTE)
    return None


def _place(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def strange_letter(word: str) -> str:
    """Say which letter of a word in Latin letters is of another script: nobody sees it."""
    if not any(letter.isascii() and letter.isalpha() for letter in word):
        return ""
    strange = next((letter for letter in word if letter.isalpha() and not letter.isascii()), "")
    script = unicodedata.name(strange, "").split(" ")[0].title() if strange else ""
    if not strange or script == "Latin":
        return ""
    return f"its {strange!r}, letter {word.index(strange) + 1}, is {script} and no Latin letter"
