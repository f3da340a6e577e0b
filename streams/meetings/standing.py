"""Whether a telling's meeting was held, is planned, put off, cancelled or denied, and in what form.

telling --signs, tenses, days ahead--> status with its detail and evidence; frames --weighed--> form
"""

from typing import Final

from streams.lexicon import Mention
from streams.meetings import places, tenses
from streams.meetings.days.dates import dates
from streams.meetings.framing.frame import FORMS, Frame
from streams.meetings.framing.triggers import means_it
from streams.meetings.framing.welcome import is_welcome, taken_as_known
from streams.meetings.reading import Line, Reading
from streams.meetings.telling import Telling
from streams.meetings.who.party import HOME
from streams.meetings.wordlists import words
from wire.records import Evidence, Form, Status, StatusDetail

NEAR: Final = 7
NEAR_BEHIND: Final = 14
RECALL: Final = 12  # a year after he had called it off
HEADLINE: Final = 0.6  # headlines tell what is ahead in the present tense


def form_of(reading: Reading, telling: Telling, state: Status) -> Form:
    """Talks outweigh the visit in whose course they are held; a plan is called what it is announced as."""
    ahead = state is not Status.HELD
    if state is Status.CANCELLED and _journey_off(reading):
        return Form.VISIT
    frames = [f for f in telling.frames if f.ahead == ahead] or list(telling.frames)
    total: dict[Form, float] = {}
    for frame in frames:
        form = FORMS[frame.kind]
        total[form] = total.get(form, 0.0) + frame.score
    remote = max((Form.PHONE_CALL, Form.VIDEO_CALL), key=lambda form: total.get(form, 0.0))
    outright = sum(f.score for f in frames if FORMS[f.kind] is Form.MEETING and not _speech(reading, f))
    in_person = max(outright, total.get(Form.VISIT, 0.0))
    if total.get(remote, 0.0) and total[remote] >= 0.6 * in_person:
        return remote
    if ahead and any(FORMS[f.kind] is Form.VISIT or _on_a_visit(f) for f in telling.frames):
        return Form.VISIT
    met = any(FORMS[f.kind] is Form.MEETING and not _welcome(reading, f) for f in frames)
    return Form.MEETING if met or Form.VISIT not in total else Form.VISIT


def _welcome(reading: Reading, frame: Frame) -> bool:
    """Whether a frame only tells that a guest was met on his arrival."""
    return frame.kind == "receive" and is_welcome(reading, frame.trigger)


SPEECH: Final = {  # words for talking, which says nothing of how
    "kk": ("сөйлес", "әңгіме", "тілдес", "пікір", "талқыла", "келіссөз"),
    "pl": ("rozm", "konsult", "om", "porozm", "negocj", "wymieni"),
    "ar": ("بحث", "يبحث", "مباحث", "محادث", "ناقش", "يناقش", "تباحث", "يتباحث", "مشاور", "تناول", "يتناول", "استعرض"),
}  # fmt: skip


def _speech(reading: Reading, frame: Frame) -> bool:
    """Whether a frame only says that they talked."""
    return reading.folded(frame.trigger.first).lstrip("وال").startswith(SPEECH[reading.language])


def _journey_off(reading: Reading) -> bool:
    """Whether it is a journey that the lead says to be called off."""
    lead = [line for line in reading.lines if line.weight >= 1.0]
    off = [(line, sign) for line in lead for sign in line.signs("cancelled", "postponed")]
    return any(_called_off(reading, sign, m) for line, sign in off for m in line.signs("visit", "travel"))


def _on_a_visit(frame: Frame) -> bool:
    """Whether a meeting ahead is told as part of a visit announced before it in the line."""
    return (
        frame.ahead
        and any(m.last < frame.trigger.first for m in frame.line.signs("visit", "travel"))
        and frame.explicit
    )


def standing_of(reading: Reading, telling: Telling) -> tuple[Status, StatusDetail | None, tuple[Evidence, ...]]:
    """Return the status of a telling's meeting, its detail, and the words that prove it: called off before all else."""
    told = _told_as_done(reading, telling)
    for code, detail in (("postponed", StatusDetail.POSTPONED), ("cancelled", None), ("denied", StatusDetail.DENIED)):
        for line in reading.lines:
            if line.weight < 1.0:
                break
            if _goes_elsewhere(reading, line, telling):
                continue
            for sign in [*line.signs(code), *_negated(reading, line, code, telling)]:
                if any(0 < sign.first - m.first <= RECALL for m in line.signs("recalled")):
                    continue
                if (not told or line.title) and _about_meeting(reading, line, sign, telling):
                    return Status.CANCELLED, detail, (reading.line_evidence(line, "status"),)
    telling_frames = [f for f in telling.frames if f.explicit] or list(telling.frames)
    ahead = sum(f.score for f in telling_frames if f.ahead or _dated_ahead(reading, f))
    done = sum(
        f.score * (HEADLINE if f.line.title and not tenses.is_past(reading, f.trigger) else 1.0)
        for f in telling_frames
        if not (f.ahead or _dated_ahead(reading, f))
    )
    told = any(f.line.title and not f.ahead and tenses.is_past(reading, f.trigger) for f in telling_frames)
    if not told and (ahead > done or (done and ahead >= 0.5 * done and _future_day(reading, telling))):
        frame = max(telling_frames, key=lambda f: (f.ahead or _dated_ahead(reading, f), f.score))
        proof = reading.evidence(frame.trigger.first, frame.trigger.last, "status")
        return Status.PLANNED, StatusDetail.ANNOUNCED, (proof,)
    return Status.HELD, None, ()


def _goes_elsewhere(reading: Reading, line: Line, telling: Telling) -> bool:
    """Whether a line of the text tells of a journey to a third country: years ago he put off a visit to Germany."""
    sides = (HOME, telling.other.country)
    if line.title or any(places.speaks_of(reading, line, country) for country in sides):
        return False
    return places.destination(reading, line, HOME) not in (None, *sides)


def _negated(reading: Reading, line: Line, code: str, telling: Telling) -> list[Mention]:
    """Return the verbs of meeting and travel that are denied of the future: nie poleci, келмейді, لن يزور."""
    if code != "cancelled":
        return []
    told = line.title or any(f.line.number == line.number for f in telling.frames) or line.of("country", "city")
    if not told:
        return []
    signs = [m for m in line.signs("talks", "visit", "travel") if means_it(reading, line, m)]
    if reading.language == "kk":  # сапары болмайтын болды
        return [m for m in signs if any(tenses.KK_WILL_NOT.search(reading.folded(m.last + step)) for step in (0, 1, 2))]
    return [m for m in signs if (tenses.will_not(reading, m) if m.note == "verb" else _there_is_none(reading, m))]


def _there_is_none(reading: Reading, noun: Mention) -> bool:
    """Whether a noun of meeting is said not to be: nie będzie spotkania, لا لقاء."""
    before = reading.folded(noun.first - 1)
    if reading.language == "pl":
        return before == "będzie" and reading.folded(noun.first - 2) == "nie"
    return before in ("لا", "ولا")


def _about_meeting(reading: Reading, line: Line, sign: Mention, telling: Telling) -> bool:
    """Whether what is put off is the meeting, not a document, a match or a decision long put off."""
    if reading.folded(sign.first - 1) in AFTER[reading.language] or reading.folded(sign.last + 1) in BEHIND_KK:
        return False
    meant = [m for m in line.signs("talks", "visit", "travel", "phone") if _called_off(reading, sign, m)]
    if sign.id == "denied" and not meant and _of_the_report(reading, line, telling):
        return True
    return bool(meant) or (
        sign.note == "verb" and any(f.line.number == line.number and f.line.title for f in telling.frames)
    )


REPORTS: Final = {
    "kk": ("хабар", "ақпарат", "дерек", "сыбыс", "қауесет"),
    "pl": ("doniesie", "informacj", "pogłos", "wiadomoś", "plot"),
    "ar": ("انباء", "الانباء", "تقارير", "التقارير", "معلومات", "المعلومات", "شايعات", "الشايعات", "الخبر", "خبر"),
}  # fmt: skip


def _of_the_report(reading: Reading, line: Line, telling: Telling) -> bool:
    """Whether a line that names no meeting denies the report told beside it: бұл ақпараттың шындыққа жанаспайтынын."""
    said = any(reading.folded(at).startswith(REPORTS[reading.language]) for at in range(line.first, line.end))
    ahead = any(f.ahead and (line.title or f.line.number == line.number - 1) for f in telling.frames)
    return said and ahead


AFTER: Final = {"kk": frozenset[str](), "pl": words("po mimo"), "ar": words("بعد رغم عقب")}
BEHIND_KK: Final = words("кейін соң")
GOVERNED: Final = 3  # tokens from إلغاء, odwołanie to what it is of


def _called_off(reading: Reading, sign: Mention, meant: Mention) -> bool:
    """Whether a sign of calling off is of this word of meeting: beside a verb, right behind a noun."""
    if sign.id == "denied" and sign.note == "verb" and 0 < _behind(reading, sign, meant) <= DENIED:
        return not taken_as_known(reading, meant)  # it may be a clause: zdementował, jakoby miał się spotkać
    if sign.note == "verb" and reading.language == "ar":
        return -NEAR <= meant.first - sign.first <= NEAR_BEHIND  # the object stands behind the subject
    if sign.note == "verb" or reading.language == "kk":
        return abs(meant.first - sign.first) <= NEAR
    if reading.folded(sign.first).lstrip("وبل").startswith(NOUNS[reading.language]):
        return 0 <= meant.first - sign.last <= GOVERNED
    return -(NEAR + _clause(reading, meant, sign)) <= meant.first - sign.first <= NEAR


DENIED: Final = 20  # tokens


def _behind(reading: Reading, sign: Mention, meant: Mention) -> int:
    """Return how far on the side of its object a word stands from a verb: behind it, in Kazakh before it."""
    return sign.first - meant.first if reading.language == "kk" else meant.first - sign.first


def _clause(reading: Reading, meant: Mention, sign: Mention) -> int:
    """Return the tokens of a Polish relative clause between both: rozmowa, którą mieli odbyć, została odwołana."""
    if "," not in reading.gap(meant.last, meant.last + 1) or not reading.folded(meant.last + 1).startswith("któr"):
        return 0
    stop = next((at for at in range(meant.last + 2, sign.first) if "," in reading.gap(at - 1, at)), 0)
    return stop - meant.last - 1 if stop else 0


def _told_as_done(reading: Reading, telling: Telling) -> bool:
    """Whether a sentence that calls nothing off tells outright of the meeting as done."""
    off = ("cancelled", "postponed", "denied")
    done = [f for f in telling.frames if f.explicit and not f.ahead and tenses.is_past(reading, f.trigger)]
    return any(not f.line.signs(*off) and FORMS[f.kind] is not Form.VISIT for f in done)


NOUNS: Final = {
    "pl": ("odwołani", "przełożeni", "przesunięci", "odroczeni", "dementi"),
    "ar": ("الغاء", "تاجيل", "ارجاء", "نفي"),
}


def _dated_ahead(reading: Reading, frame: Frame) -> bool:
    """Whether the line of a visit names a day to come, whatever its verb: بزيارة ... 28 نوفمبر."""
    day = reading.published
    if day is None or not (FORMS[frame.kind] is Form.VISIT or reading.language == "ar"):
        return False
    if tenses.told_done(reading, frame.line):
        return False  # وصل اليوم ... ويفتتح في 17 مايو
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
