"""Names that the lexicon does not know, read from beside their office: tokens --bounded--> words --case off--> name.

In Kazakh and Polish a name is the capitalised words behind the office; in Arabic the one to four words up to a
word that no name holds. A name is shown as its language writes it, in the nominative where that is easy.
"""

import re
from itertools import pairwise
from typing import Final

from streams.languages import LANGUAGES
from streams.meetings.reading import Reading
from streams.meetings.wordlists import words

LONGEST: Final = 4  # words of a name
INITIAL: Final = 1
PORTFOLIO: Final = 5  # tokens: minister aktywów państwowych
SHORTEST: Final = 3  # letters left of a word without its ending
TAKEN: Final = frozenset({"country", "city", "region", "organisation", "office", "counterpart", "officer", "sign"})
POLITE: Final = {
    "kk": words("мырза ханым доктор шейх"),
    "pl": words("pan pana panem pani panią dr dra drem prof profesor profesorem szejk szejkiem książę"),
    "ar": words(
        "السيد السيده السيدة الشيخ الامير سمو سموه معالي سعاده سعادة الدكتور الدكتورة الدكتوره د المهندس فخامه فخامة"
        " الاستاذ اللواء الفريق الجنرال الحاج صاحب"
    ),
}
STOP_AR: Final = words(
    "في من الى علي على عن مع ومع الذي التي الذين خلال قبل بعد حول بين ضمن عبر اليوم امس غدا مساء صباح ظهر بحضور"
    " بمشاركه بمشاركة لبحث لمناقشه لمناقشة حيث ان انه بان لدي لدى عقب اثر عند عندما ثم كما وذلك هناك امام بشان الاحد"
    " الاثنين الثلاثاء الاربعاء الخميس الجمعه الجمعة السبت وقال وقد كان قال اكد واكد هاتفيا بهدف بمناسبه بمناسبة"
    " علي تعزيز سبل العلاقات التعاون يوم وتم تم وذكر واعرب اعرب والوفد وعدد وعددا"
)
VERB_AR: Final = re.compile(r"^و?(?:[ينت]بحث|سي[بلزش]|يلت|يزو|يصل|يقو|يستق|يجر|ناقش|بحث)")
CASE_KK: Final = re.compile(r"(?:[мпб]ен|[ндт][ыі]ң|[ндт][ыі])$")
SWAPS_PL: Final = (  # ending of the instrumental, genitive or feminine accusative -> what it may stand for
    ("iego", ("i",)), ("skim", ("ski",)), ("ckim", ("cki",)), ("ego", ("y",)), ("iem", ("",)), ("em", ("", "o")),
    ("ym", ("y",)), ("im", ("i",)), ("ą", ("a",)), ("ę", ("a",)), ("owi", ("",)),
)  # fmt: skip
GENITIVE_PL: Final = words(
    "prezydenta premiera ministra szefa kanclerza przewodniczącego marszałka wicepremiera wiceministra króla emira"
    " spikera sekretarza komisarza lidera"
)


def behind(reading: Reading, office_first: int, last: int) -> str:
    """Return the name that stands behind an office whose last token is `last`; empty when there is none."""
    start = _past_polite(reading, last + 1)
    if reading.language == "pl" and reading.folded(office_first).startswith(("minist", "wiceminist")):
        start = _past_portfolio(reading, start)
    if start < 0 or start >= reading.line_of(last).end:
        return ""
    found = _arabic(reading, start, start > last + 1) if reading.language == "ar" else _capitals(reading, start)
    if not found or (len(found) == 1 and len(reading.surface(found[0])) < SHORTEST):
        return ""
    return _nominative(reading, found, reading.folded(office_first))


AHEAD: Final = 8  # words of a polite form and a name before an Arabic office


def ahead(reading: Reading, first: int) -> str:
    """Return the name that stands politely before an Arabic office: سعادة السيد علي الكواري وزير المالية."""
    if reading.language != "ar":
        return ""
    line = reading.line_of(first)
    for at in range(first - 1, max(line.first, first - AHEAD) - 1, -1):
        if reading.gap(at, at + 1).strip(" -،") or (_known(reading, at) and not _polite(reading, at)):
            return ""
        if _polite(reading, at) or (_begins(reading, at) and first - at > 2):
            found = range(at + 1, first)
            fitting = 2 <= len(found) <= LONGEST + 2 and not any(_no_name(reading, i) for i in found)
            return " ".join(reading.surface(i) for i in found) if fitting else ""
    return ""


def bounded(reading: Reading, tokens: range) -> bool:
    """Whether Arabic words may all be of one name."""
    plain = not any(reading.gap(at - 1, at).strip(" -") for at in tokens)
    return plain and not any(_no_name(reading, at) for at in tokens)


def _polite(reading: Reading, at: int) -> bool:
    return reading.folded(at).removeprefix("و").removeprefix("ب").removeprefix("ل") in POLITE["ar"]


def _begins(reading: Reading, at: int) -> bool:
    """Whether the verb of meeting stands here, whose subject follows."""
    return any(m.last == at and m.note == "verb" for m in reading.line_of(at).signs("talks", "receive", "discuss"))


def _no_name(reading: Reading, at: int) -> bool:
    word = reading.folded(at)
    return _stops(reading, at) or bool(VERB_AR.match(word)) or word[:1].isdigit() or _polite(reading, at)


def _stops(reading: Reading, at: int) -> bool:
    """Whether a word ends every Arabic name; on and Ali fold alike, and are told apart as written."""
    word = reading.folded(at)
    return word in STOP_AR and (word != "علي" or reading.surface(at).endswith("ى"))


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
        if reading.capital(at) or not _joined(reading, at + 1) or _known(reading, at):
            return at if reading.capital(at) and (at == start or reading.capital(at + 1)) else -1
    return -1


def _joined(reading: Reading, at: int) -> bool:
    """Whether nothing but space stands before a token, a full stop behind an initial or a dash inside a name apart."""
    gap = reading.gap(at - 1, at)
    if len(reading.surface(at - 1)) == INITIAL and reading.capital(at - 1):
        return not gap.strip(" .")
    return bool(gap) and not gap.strip(" -\u00a0")


def _capitals(reading: Reading, start: int) -> list[int]:
    end = reading.line_of(start).end
    found: list[int] = []
    for at in range(start, min(end, start + LONGEST)):
        if not reading.capital(at) or (found and not _joined(reading, at)) or _known(reading, at):
            break
        found.append(at)
    return found


def _arabic(reading: Reading, start: int, polite: bool) -> list[int]:
    """Return the words up to one that ends every name; none when that is too far off to tell."""
    end = reading.line_of(start).end
    found: list[int] = []
    for at in range(start, end):
        word = reading.folded(at)
        if at > start and reading.gap(at - 1, at).strip(" -"):
            break
        if _stops(reading, at) or VERB_AR.match(word) or word[:1].isdigit() or _known(reading, at):
            break
        if not found and word.startswith(("ال", "لل", "و", "ب", "ل")) and not polite and len(word) > SHORTEST + 3:
            return []  # the office's own continuation: وزير التنمية الرقمية
        found.append(at)
        if len(found) > LONGEST:
            return []
    enough = 1 if polite else 2
    return found if len(found) >= enough else []


def _known(reading: Reading, at: int) -> bool:
    return any(m.first <= at <= m.last and m.kind in TAKEN for m in reading.line_of(at).mentions)


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
    swaps = (*SWAPS_PL, ("a", ("", "o"))) if office in GENITIVE_PL else SWAPS_PL
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
