"""The word of a line that says in what form one met.

signs of a line --that mean it--> phone, else video, else talks, reception, visit, journey ...
"""

from typing import Final

from streams.lexicon import Mention
from streams.meetings.framing.frame import FORMS
from streams.meetings.reading import Line, Reading
from streams.meetings.status import in_its_course_pl
from streams.meetings.tenses import is_past

VIDEO_NEAR: Final = 16
TRIGGERS: Final = frozenset(FORMS)


def trigger_of(reading: Reading, line: Line) -> Mention | None:
    """Return the word that says most plainly in what form one met."""
    if line.present.isdisjoint(TRIGGERS):
        return None
    signs = [m for m in line.signs(*TRIGGERS) if means_it(reading, line, m)]
    if not signs:
        return None
    if len(signs) > 1 and reading.language != "kk" and line.signs("visit", "travel"):
        signs = [m for m in signs if not _in_its_course(reading, m)] or signs
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
    order = ("talks", "receive", "visit", "travel", "discuss", "together", "guest", "video")
    strong = [m for m in signs if m.id in order]
    return min(strong, key=lambda m: (order.index(m.id), m.note != "verb", m.first)) if strong else None


COURSE_AR: Final = frozenset({"خلالها", "خلاله", "اثناءها"})


def _in_its_course(reading: Reading, sign: Mention) -> bool:
    """Whether a verb only tells what a visit is to hold: في زيارة يلتقي خلالها, podczas której spotka się."""
    if reading.language == "pl":
        return sign.note == "verb" and in_its_course_pl(reading, sign.first) and not is_past(reading, sign)
    ahead = sign.note == "verb" and reading.folded(sign.first).lstrip("وس").startswith(("ي", "ت"))
    return ahead and any(reading.folded(sign.last + step) in COURSE_AR for step in (1, 2))


def _ceremony(line: Line, video: Mention) -> bool:
    """Whether the link is for an opening in which they take part."""
    return any(abs(a.first - video.first) <= 4 for a in line.signs("attend"))


def means_it(reading: Reading, line: Line, sign: Mention) -> bool:
    if sign.id == "receive":
        documents = line.of("document")
        taken = any(0 <= d.first - sign.last <= 4 for d in documents) or (
            reading.language == "kk" and any(0 < sign.first - d.last <= 3 for d in documents)
        )
        return not (taken or _takes_up(reading, sign))
    if sign.id == "talks":
        return not _looks_for(reading, sign)
    if sign.id == "travel":
        if (
            reading.language == "pl"
            and reading.folded(sign.first).startswith(REFLEXIVE_PL)
            and not _oneself(reading, sign)
        ):
            return False
        if reading.language == "ar" and reading.folded(sign.first).endswith("غادر"):
            said = [reading.folded(at) for at in range(sign.last + 1, min(sign.last + OUT, line.end))]
            return not SETS_OUT.isdisjoint(said) and not any(word.startswith(BACK_AR) for word in said)
        return bool(line.of("country", "city")) and not _goes_on(reading, sign)
    return True


SEEKS_AR: Final = 5  # tokens from the verb, over its subject, to its preposition
APART_AR: Final = frozenset({"فضلا", "بعيدا", "الكشف", "الاعلان"})  # whose عن is their own


def _looks_for(reading: Reading, sign: Mention) -> bool:
    """Whether an Arabic word of discussing means looking for something: يبحث الوزير عن شركاء."""
    if reading.language != "ar" or "بحث" not in reading.folded(sign.first):
        return False
    for at in range(sign.last + 1, sign.last + 1 + SEEKS_AR):
        if reading.folded(at) == "عن":
            return reading.folded(at - 1) not in APART_AR
        if reading.folded(at) in ("مع", "ومع"):
            return False
    return False


SETS_OUT: Final = frozenset({"الي", "متوجها", "متوجهة", "متجها", "متجهة"})  # who leaves for a visit, not after it
BACK_AR: Final = "عايد"  # عائدا إلى موسكو
OUT: Final = 8  # tokens
REFLEXIVE_PL: Final = ("wyb", "uda", "staw", "zjaw")
ONESELF: Final = 4  # tokens


TAKEN_UP_PL: Final = ("decyz", "temat", "prób", "dział", "prac", "współ", "zobow", "kwesti", "ryzyk", "inicj", "uchwał",
                      "ustaw", "plan", "propoz", "zaprosz", "rezoluc", "ofert", "warun", "strateg")  # fmt: skip


IMPERSONAL_PL: Final = ("ęto", "ęte")


def _takes_up(reading: Reading, sign: Mention) -> bool:
    """Whether a Polish verb of receiving has a thing for its object: podejmie decyzję, przyjął ustawę."""
    if reading.language != "pl":
        return False
    near = [reading.folded(at) for at in (sign.first - 1, sign.last + 1, sign.last + 2)]
    if reading.folded(sign.first).endswith(IMPERSONAL_PL):  # zaproszenie dla prezydenta przyjęto z radością
        near = [reading.folded(at) for at in range(reading.line_of(sign.first).first, sign.first)]
    return any(word.startswith(TAKEN_UP_PL) for word in near)


def _oneself(reading: Reading, sign: Mention) -> bool:
    """Whether a Polish verb of going has the się that it needs: wybrała się, not wybrała."""
    if not reading.folded(sign.first).startswith(REFLEXIVE_PL):
        return True
    return any(reading.folded(at) == "się" for at in range(sign.first - ONESELF, sign.last + ONESELF))


def _goes_on(reading: Reading, sign: Mention) -> bool:
    """Whether a Kazakh verb of motion only helps another verb (дамып келеді), or is none (келер жылы)."""
    if reading.language != "kk" or sign.first != sign.last:
        return False
    if reading.folded(sign.first).startswith("барыс"):
        return True
    if reading.folded(sign.first - 1).endswith(("ғысы", "гісі", "қысы", "кісі")):
        return True  # барғысы келмейді
    return reading.folded(sign.first - 1).endswith("п") or reading.folded(sign.first) in ("келер", "келесі", "келгенде")
