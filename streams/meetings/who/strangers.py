"""Names that the lexicon does not know, read from beside their office: tokens --bounded--> words --case off--> name.

In Kazakh and Polish a name is the capitalised words behind the office; in Arabic the one to four words up to a
word that no name holds. A name is shown as its language writes it, in the nominative where that is easy.
"""

import re
from itertools import pairwise
from typing import Final, NamedTuple

from streams.languages import LANGUAGES
from streams.meetings.reading import Reading
from streams.meetings.who import strangers_arabic
from streams.meetings.who.strangers_arabic import known
from streams.meetings.wordlists import words

LONGEST: Final = 5  # words of a name
INITIAL: Final = 1
PORTFOLIO: Final = 5  # tokens: minister aktywów państwowych
SHORTEST: Final = 3  # letters left of a word without its ending
POLITE: Final = {
    "kk": words("мырза ханым доктор шейх"),
    "pl": words("pan pana panem pani panią dr dra drem prof profesor profesorem szejk szejkiem książę"),
}
CASE_KK: Final = re.compile(r"(?:[мпб]ен|[ндт][ыі]ң|[ндт][ыі])$")
OWNED_KK: Final = re.compile(r"(?:[ыі]н[аедт]|с[ыі]н[аедт])\w{0,2}$")
SWAPS_PL: Final = (  # ending of the instrumental, genitive or feminine accusative -> what it may stand for
    ("ciem", ("ć",)), ("niem", ("ń",)), ("siem", ("ś",)), ("ziem", ("ź",)),
    ("iego", ("i",)), ("skim", ("ski",)), ("ckim", ("cki",)), ("ego", ("y",)), ("iem", ("",)), ("em", ("", "o")),
    ("ym", ("y",)), ("im", ("i",)), ("ą", ("a",)), ("ę", ("a",)), ("owi", ("",)),
)  # fmt: skip
NO_PORTFOLIO: Final = words("w we z ze na się o do po od za przy oraz który która którzy")
PL_VERB: Final = re.compile(r"(?:ł|ła|li|ły)$")
PARTICLES: Final = words("de la von der van bin ibn al el da do dos di del den y бен бин ибн де ла фон ван дер дос да")
PATRONYMS: Final = words("bin ibn ben бен бин ибн")  # Кайс бин Мұхаммед: of whom the next word only is the father
ARTICLE: Final = re.compile(r"^(?:[аәэ]л?[а-я]?ь?|a[a-z])-\w")  # әл-Юсеф, as-Sudani
GENITIVE_PL: Final = words(
    "prezydenta premiera ministra szefa kanclerza przewodniczącego marszałka wicepremiera wiceministra króla emira"
    " spikera sekretarza komisarza lidera"
)


class Stranger(NamedTuple):
    """A name that the lexicon lacks, in the nominative where that is easy, and its tokens."""

    name: str
    first: int
    last: int


def behind(reading: Reading, office_first: int, last: int) -> Stranger | None:
    """Return the name that stands behind an office whose last token is `last`."""
    if reading.language == "ar":
        return _made(reading, strangers_arabic.behind(reading, last), "")
    start = _past_polite(reading, last + 1)
    if reading.language == "pl" and reading.folded(office_first).startswith(("minist", "wiceminist")):
        start = _past_portfolio(reading, start)
    if start < 0 or start >= reading.line_of(last).end:
        return None
    found = capitals(reading, start)
    if not found or (len(found) == 1 and (len(reading.surface(found[0])) < SHORTEST or _of_a_thing(reading, found[0]))):
        return None
    return _made(reading, found, reading.folded(office_first))


def _of_a_thing(reading: Reading, at: int) -> bool:
    """Whether a Kazakh word in capitals only tells whose the thing behind it is: Үкімет үйінде."""
    if reading.language != "kk" or CASE_KK.search(reading.folded(at)) or reading.gap(at, at + 1).strip():
        return False
    return not reading.capital(at + 1) and bool(OWNED_KK.search(reading.folded(at + 1)))


def ahead(reading: Reading, first: int) -> Stranger | None:
    """Return the name that stands politely before an Arabic office."""
    return _made(reading, strangers_arabic.ahead(reading, first), "") if reading.language == "ar" else None


def _made(reading: Reading, found: list[int], office: str) -> Stranger | None:
    return Stranger(_nominative(reading, found, office), found[0], found[-1]) if found else None


def _past_polite(reading: Reading, at: int) -> int:
    """Return the first token behind Mr, Dr and the like; -1 where punctuation stands between."""
    if not _joined(reading, at):
        return -1
    while reading.folded(at) in POLITE[reading.language]:
        at += 1
        if reading.gap(at - 1, at).strip(" ."):
            return -1
    return at


def _past_portfolio(reading: Reading, start: int) -> int:
    """Return the first capitalised token behind a Polish ministry's small words; -1 when there is something else."""
    for at in range(max(start, 0), start + PORTFOLIO):
        if reading.folded(at) in NO_PORTFOLIO or PL_VERB.search(reading.folded(at)):
            return -1
        if reading.capital(at) or not _joined(reading, at + 1) or known(reading, at):
            return at if reading.capital(at) and (at == start or reading.capital(at + 1)) else -1
    return -1


def _joined(reading: Reading, at: int) -> bool:
    """Whether nothing but space stands before a token, a full stop behind an initial or a dash inside a name apart."""
    gap = reading.gap(at - 1, at)
    if len(reading.surface(at - 1)) == INITIAL and reading.capital(at - 1):
        return not gap.strip(" .")
    return bool(gap) and not gap.strip(" -\u00a0")


def shown(reading: Reading, span: list[int]) -> str:
    """Return a name that stands without an office, as its language writes it."""
    return _nominative(reading, span, "")


def capitals(reading: Reading, start: int) -> list[int]:
    """Return the tokens from one on that are one name by their capitals; a person whom the lexicon knows ends it."""
    line = reading.line_of(start)
    end = line.end
    found: list[int] = []
    if len(reading.surface(start)) == INITIAL and "." not in reading.gap(start, start + 1):
        return []  # Z Duarte Cordeiro
    for at in range(start, min(end, start + LONGEST)):
        small = bool(found) and reading.folded(at) in PARTICLES and _capital_ahead(reading, at, end)
        small = small or (bool(found) and bool(ARTICLE.match(reading.folded(at))))
        if not (reading.capital(at) or small) or (found and not _joined(reading, at)) or known(reading, at):
            break
        if any(m.kind == "person" and m.first == at for m in line.mentions):
            break
        found.append(at)
    return found


def _capital_ahead(reading: Reading, at: int, end: int) -> bool:
    """Whether a small word stands inside a name: de la Fuente."""
    return any(reading.capital(i) for i in range(at + 1, min(at + 3, end)))


def _nominative(reading: Reading, found: list[int], office: str) -> str:
    parts = [reading.surface(at) for at in found]
    if reading.language == "kk":
        parts[-1] = _bare_kazakh(parts[-1])
    if reading.language == "pl":
        parts = [_nominative_pl(part, office) for part in parts]
    joints = ["-" if "-" in reading.gap(a, b) else " " for a, b in pairwise(found)]
    dots = [". " if len(part) == INITIAL else joint for part, joint in zip(parts, joints, strict=False)]
    return "".join(part + joint for part, joint in zip(parts, [*dots, ""], strict=True))


def _bare_kazakh(word: str) -> str:
    bare = CASE_KK.sub("", word)
    return bare.rstrip("-") if len(bare) >= SHORTEST else word


def _nominative_pl(word: str, office: str) -> str:
    """Return the nominative whose forms hold the word, where the ending or the office's own case tells one."""
    swaps = (*SWAPS_PL, ("cia", ("ć",)), ("nia", ("ń",)), ("a", ("", "o"))) if office in GENITIVE_PL else SWAPS_PL
    polish = LANGUAGES["pl"]
    folded = polish.fold(word)
    for ending, instead in swaps:
        if not word.endswith(ending) or len(word) - len(ending) < SHORTEST:
            continue
        for end in instead:
            bare = word.removesuffix(ending) + end
            if any(stem.key == folded for stem in polish.stems(bare, "name")):
                return bare
    return word
