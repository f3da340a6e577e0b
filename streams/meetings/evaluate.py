"""How well meetings are recognised, against gold: articles | recognise | match | count -> figures, misses.

An article is positive when it reports a meeting. Meetings are matched by partner, then by counterpart; on matched
ones each field of the gold that is not null is right or wrong.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import msgspec

from streams.lexicon import Lexicon
from streams.meetings.gold import GoldArticle, GoldMeeting
from streams.meetings.recognition import Recognition
from streams.meetings.who.latin import sound_alike
from wire.records import Article, Meeting

FIELDS: Final = ("with", "form", "status", "level", "counterpart", "place", "date")
EVERY: Final = "all"


class Pair(NamedTuple):
    """A gold meeting and the recognised one matched to it; one of the two may be missing."""

    gold: GoldMeeting | None
    found: Meeting | None
    right: Mapping[str, bool]


class Miss(NamedTuple):
    """One error, with the explanation."""

    article: str
    what: str
    gold: str
    found: str
    why: str


class Judged(NamedTuple):
    """One article and what came of it."""

    gold: GoldArticle
    recognition: Recognition
    pairs: tuple[Pair, ...]


class Figures(msgspec.Struct, frozen=True):
    """The figures of one language; shares are None where nothing was judged."""

    articles: int
    precision: float
    recall: float
    f1: float
    meeting_f1: float
    with_: float | None = msgspec.field(name="with")
    form: float | None
    status: float | None
    level: float | None
    counterpart: float | None
    place: float | None
    date: float | None


Recognise = Callable[[Article], Recognition]


def judge(gold: Iterable[GoldArticle], recognise: Recognise, lexicon: Lexicon) -> list[Judged]:
    """Recognise each gold article and match what was found."""
    judged = []
    for article in gold:
        recognition = recognise(article.article)
        judged.append(Judged(article, recognition, tuple(_match(article.meetings, recognition.meetings, lexicon))))
    return judged


def figures(judged: Sequence[Judged]) -> dict[str, Figures]:
    """Return the figures of each language and of all."""
    languages = sorted({each.gold.lang for each in judged}, key=("kk", "pl", "ar").index)
    found = {code: _figures([each for each in judged if each.gold.lang == code]) for code in languages}
    return {**found, EVERY: _figures(judged)}


def misses(judged: Iterable[Judged]) -> Iterator[Miss]:
    """Yield every error: an article missed or found for nothing, a meeting missed, a field wrong."""
    for each in judged:
        why = "; ".join(f"{r.code}: {r.text}" for r in each.recognition.refused)
        for pair in each.pairs:
            if pair.found is None:
                yield Miss(each.gold.id, "missed", _gold_shown(pair.gold), "", why)
            elif pair.gold is None:
                yield Miss(each.gold.id, "extra", "", _found_shown(pair.found), _reasons(pair.found))
            else:
                for field, right in pair.right.items():
                    if not right:
                        told = _reasons(pair.found)
                        yield Miss(
                            each.gold.id,
                            field,
                            str(_gold_field(pair.gold, field)),
                            str(_found_field(pair.found, field)),
                            told,
                        )


def _reasons(found: Meeting) -> str:
    unknown = (found.date_unknown,) if found.date_unknown else ()
    return "; ".join(f"{r.code}: {r.text}" for r in (*found.reasons, *unknown))


def _match(gold: Sequence[GoldMeeting], found: Sequence[Meeting], lexicon: Lexicon) -> Iterator[Pair]:
    left, open_ = list(gold), list(found)
    for test in (_same_two, _same_partner, lambda g, f, _: True):
        for each in list(left):
            other = next((f for f in open_ if test(each, f, lexicon)), None)
            if other is not None:
                left.remove(each)
                open_.remove(other)
                yield Pair(each, other, dict(_rights(each, other, lexicon)))
    yield from (Pair(each, None, {}) for each in left)
    yield from (Pair(None, each, {}) for each in open_)


def _same_partner(gold: GoldMeeting, found: Meeting, lexicon: Lexicon) -> bool:
    return gold.with_ == found.partner.code


def _same_two(gold: GoldMeeting, found: Meeting, lexicon: Lexicon) -> bool:
    return _same_partner(gold, found, lexicon) and _right_counterpart(gold, found, lexicon)


def _rights(gold: GoldMeeting, found: Meeting, lexicon: Lexicon) -> Iterator[tuple[str, bool]]:
    for field in FIELDS:
        wanted = _gold_field(gold, field)
        if wanted is None:
            continue
        if field == "counterpart":
            yield field, _right_counterpart(gold, found, lexicon)
        elif field == "place":
            yield field, _right_place(str(wanted), found, lexicon)
        elif field == "date":
            yield field, _right_date(str(wanted), found)
        else:
            yield field, wanted == _found_field(found, field)


def _gold_field(gold: GoldMeeting, field: str) -> str | None:
    value: str | None = getattr(gold, "with_" if field == "with" else field)
    return value


def _found_field(found: Meeting, field: str) -> str | None:
    date_ = found.new_date if found.date is None else found.date
    values = {
        "with": found.partner.code,
        "form": found.form.value,
        "status": found.status.value,
        "level": found.counterpart.level.value,
        "counterpart": found.counterpart.names.en if found.counterpart.names else None,
        "place": found.place.names.en if found.place and found.place.names else None,
        "date": date_.start.isoformat() if date_ else None,
    }
    return values[field]


def _right_counterpart(gold: GoldMeeting, found: Meeting, lexicon: Lexicon) -> bool:
    """A name is right in any spelling that the lexicon knows, so is a surname; one it lacks, when it sounds alike."""
    actor = found.counterpart
    if gold.counterpart is None or actor.names is None:
        return False
    if actor.person is None:
        return sound_alike(gold.counterpart, actor.names.en)
    spelt = lexicon.aliases(actor.person)
    wanted = plain(gold.counterpart)
    names = {plain(name) for name in spelt}
    surnames = {name.split()[-1] for name in names if name}
    return wanted in names or (bool(wanted) and wanted.split()[-1] in surnames)


def _right_place(wanted: str, found: Meeting, lexicon: Lexicon) -> bool:
    place = found.place
    if place is None or place.names is None:
        return False
    spelt = lexicon.city_aliases(place.city) if place.city else {place.names.en}
    return plain(wanted) in {plain(name) for name in spelt}


def _right_date(wanted: str, found: Meeting) -> bool:
    when = found.new_date if found.date is None else found.date
    return when is not None and when.start <= date.fromisoformat(wanted[:10]) <= when.end


_LOOSE: Final = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "’": "'", "ʻ": "'"})


def plain(name: str) -> str:
    """Return a name without diacritics, case, hyphens and apostrophes."""
    letters = unicodedata.normalize("NFD", name.translate(_LOOSE))
    bare = "".join(c for c in letters if not unicodedata.combining(c)).lower().replace("'", "").replace("-", " ")
    return " ".join(bare.split())


def _figures(judged: Sequence[Judged]) -> Figures:
    true = sum(1 for j in judged if j.gold.meetings and j.recognition.meetings)
    said = sum(1 for j in judged if j.recognition.meetings)
    gold = sum(1 for j in judged if j.gold.meetings)
    pairs = [pair for j in judged for pair in j.pairs]
    matched = [p for p in pairs if p.gold and p.found and p.right.get("with", True)]
    shares = {
        field: _share([p.right[field] for p in pairs if p.gold and p.found and field in p.right]) for field in FIELDS
    }
    wanted, told = sum(1 for p in pairs if p.gold), sum(1 for p in pairs if p.found)
    precision, recall = _ratio(true, said), _ratio(true, gold)
    return Figures(
        articles=len(judged), precision=precision, recall=recall, f1=_f1(precision, recall),
        meeting_f1=_f1(_ratio(len(matched), told), _ratio(len(matched), wanted)),
        with_=shares["with"], form=shares["form"], status=shares["status"], level=shares["level"],
        counterpart=shares["counterpart"], place=shares["place"], date=shares["date"],
    )  # fmt: skip


def _share(rights: Sequence[bool]) -> float | None:
    return round(sum(rights) / len(rights), 4) if rights else None


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def _f1(precision: float, recall: float) -> float:
    return round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0


def _gold_shown(gold: GoldMeeting | None) -> str:
    return f"{gold.with_} {gold.counterpart} {gold.form} {gold.status} {gold.place} {gold.date}" if gold else ""


def _found_shown(found: Meeting) -> str:
    return " ".join(str(_found_field(found, field)) for field in FIELDS)
