"""Wordings times partners: every sentence form of a newsroom said of many pairs --inflected--> GoldArticles.

A file of a language holds `= level | slots` (Kazakhstan's side), `+ country level name capital | slots` (a partner;
`*` when the lexicon does not know the name) and wordings, `status form place day | title | text`, whose slots
take a case: {n:com}. `known` before a wording: only for those whom a surname tells; `chief`: for heads. `no`: no
meeting. All is published on Wednesday 2024-05-15; the place is `there` (the partner's capital), `here` or `-`.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Final

from streams.meetings.gold import GoldArticle, GoldMeeting

HERE: Final = Path(__file__).parent
PUBLISHED: Final = datetime(2024, 5, 15, 9, tzinfo=UTC)
CASES_PL: Final = ("nom", "gen", "ins", "loc")
BACK: Final = "аоұыуяю"
FRONT: Final = "әеөүіэи"
VOICELESS: Final = "птксшщчцфхвгдбқ"
NASAL: Final = "мнң"


Partner = tuple[bool, list[str], SimpleNamespace]  # known to the lexicon, what is told of him, his slots


class Word(str):
    """A slot's word that a wording takes in a case."""

    def __format__(self, case: str) -> str:
        forms = self.split("/")
        if not case or case == "nom":
            return forms[0]
        if len(forms) > 1:
            return forms[CASES_PL.index(case)] if CASES_PL.index(case) < len(forms) else forms[-1]
        return kazakh(str(self), case)


def kazakh(word: str, case: str) -> str:
    """Return a Kazakh noun or name in a case."""
    last = word[-1].lower()
    glide = last == "у" and word[-2:-1].lower() in BACK + FRONT  # Нұртілеуді
    letters = word.lower()[:-1] if glide else word.lower()
    vowel = next((letter for letter in reversed(letters) if letter in BACK + FRONT), "а")
    back = vowel in BACK or word.endswith(("ев", "ов", "ёв"))
    a, y = ("а", "ы") if back else ("е", "і")
    own = word.endswith(("ті", "рі", "сы", "сі"))  # of somebody: Президентін, Төрағасымен
    stop, is_vowel = last in VOICELESS, last in BACK + FRONT + "ь" and not glide
    company = "пен" if stop else "бен" if last in "зж" else "мен"
    own_forms = {"gen": f"н{y}ң", "acc": "н", "dat": f"н{a}", "loc": f"нд{a}", "abl": f"н{a}н", "com": "мен"}
    forms = {
        "gen": f"{'т' if stop else 'н' if is_vowel or last in NASAL else 'д'}{y}ң",
        "acc": f"{'т' if stop else 'н' if is_vowel else 'д'}{y}",
        "dat": f"{'к' if stop else 'г'}{a}" if not back else f"{'қ' if stop else 'ғ'}{a}",
        "loc": f"{'т' if stop else 'д'}{a}",
        "abl": f"{'т' if stop else 'н' if last in NASAL else 'д'}{a}н",
        "com": company,
        "and": f" {company}",
    }
    return word + {**forms, **(own_forms if own else {})}[case]


def wordings(code: str) -> Iterator[GoldArticle]:
    """Yield every wording of a language for every partner whom it fits; an id is its line and the partner's country."""
    ours: dict[str, SimpleNamespace] = {}
    partners: list[Partner] = []
    for number, line in enumerate((HERE / f"{code}.txt").read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        head, *rest = (part.strip() for part in line.split("|"))
        if line[0] == "=":
            ours[head[1:].strip()] = _slots(rest)
        elif line[0] in "+*":
            partners.append((line[0] == "+", head[1:].split(), _slots(rest)))
        else:
            yield from _said(code, number, head.split(), rest, partners, ours)


def _slots(parts: list[str]) -> SimpleNamespace:
    return SimpleNamespace(**{name: Word(value) for name, value in (part.split("=", 1) for part in parts)})


def _said(  # noqa: PLR0917
    code: str, number: int, told: list[str], rest: list[str], partners: list[Partner], ours: dict[str, SimpleNamespace]
) -> Iterator[GoldArticle]:
    flags = {word for word in told if word in ("known", "chief")}
    told = [word for word in told if word not in flags]
    for known, (country, level, name, capital), slots in partners:
        if ("known" in flags and not known) or ("chief" in flags and not level.startswith("head-of")):
            continue
        title, text = (*rest, "")[:2]
        said = [part.format(k=ours[level], **vars(slots)) for part in (title, text)]
        meetings = () if told == ["no"] else (_gold(country, level, name, capital, told),)
        yield GoldArticle(
            id=f"{code}-{number}-{country}", lang=code, title=said[0], text=said[1], meetings=meetings,
            published=PUBLISHED,
        )  # fmt: skip


def _gold(country: str, level: str, name: str, capital: str, told: list[str]) -> GoldMeeting:
    status, form, place, day = told
    level = {"foreign": "minister", "deputy": "other-official"}.get(level, level)
    city = {"there": capital.replace("_", " "), "here": "Astana", "-": None}[place]
    return GoldMeeting(
        with_=country, form=form, status=status, level=level, counterpart=name.replace("_", " "), place=city,
        date=None if day == "-" else f"2024-05-{day}",
    )  # fmt: skip
