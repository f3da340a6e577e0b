"""Tokens and marks between them -> sentences: a mark ends one unless an abbreviation or a small letter objects.

Newlines always end a sentence: headlines, datelines and menus have no full stop.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from typing import Final, NamedTuple

from streams.languages.text import Bounds, Split

_LINES: Final = "\n\r\x0b\x0c\x85\u2028\u2029"
_MARKS: Final = ".!?؟…۔‼⁇⁈⁉"
# One class first, so that the search skips from mark to mark; an alternation here cost 0.3 ms an article.
ENDS: Final = re.compile(rf"[{_LINES}{_MARKS}][\s{_MARKS}\"'”’»“)\]]*+")
_LINE: Final = re.compile(f"[{_LINES}]")
SHORT_SENTENCE: Final = 6  # tokens; "W 2021 r. Tokajew ..." opens a sentence, it does not end one


class Abbreviations(NamedTuple):
    """Folded last words of abbreviations written with a full stop."""

    never_end: frozenset[str]
    may_end: frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABBREVIATIONS: Final[dict[str, Abbreviations]] = {
    "kk": Abbreviations(
        never_end=_words(
            "акад проф доц ген полк маршал көш даң ауд обл қал тел бет сур қар мыс бас ред құраст әл"
            " ықш имп ап ст стр им мин сек т.ғ.к авт мек пәт ш.м"
        ),
        may_end=_words("ж жж г гг ғ б с м м.а т.б т.с.с т.т млн млрд трлн мың тг долл км кв"),
    ),
    "pl": Abbreviations(
        never_end=_words(
            "prof dr hab gen płk ppłk mjr kpt por ppor sierż adm kmdr min wicemin prez wiceprez premier_"
            " amb ks bp abp kard św o bł inż mgr lic mec red dyr kier zast przew ws im ul al pl os np tzw tj"
            " tzn m.in in min por zob pkt ust art par nr str ok godz ur zm woj pow gm miejsc dot wg"
            " pt pn ps jw cd ang ros kaz niem fr łac chiń arab pol tel fot rys tab wyd tłum oprac mat n.p.m"
            " lp jr sr mrs mr ms st sz cz ch rz"
        ),
        may_end=_words("r w itd itp etc proc tys mln mld bln zł gr br bm ub wr rż n.e p.n.e k.o"),
    ),
    "ar": Abbreviations(never_end=_words("د ا أ م ص ت ق ب أ.د ا.د هـ مج ج ط"), may_end=_words("ه م الخ إلخ")),
}


class _Gap(NamedTuple):
    """The end of a token and the start of the next."""

    before: str  # folded
    end: int
    start: int


def _full_stop_ends(original: str, gap: _Gap, length: int, known: Abbreviations) -> bool:
    """One full stop, the next word not small: is it an end, or an abbreviation, an initial, an address?"""
    if gap.start - gap.end == 1:  # "талқыланды.Қазақстан" lost its space; "KAZ.NUR.KZ" never had one
        return (
            len(gap.before) > 3
            and not original[gap.end - 1].isupper()
            and (original[gap.start].isupper() or not original[gap.start].isascii())
        )
    if original[gap.end : gap.end + 1] != ".":
        return True
    if len(gap.before) == 1 and original[gap.end - 1].isupper():
        return False  # С. Жапаров; "с." and "w." are abbreviations too
    if gap.before in known.may_end:
        return length >= SHORT_SENTENCE
    if gap.before in known.never_end:
        return False
    return len(gap.before) > 1 or gap.before.isdigit()


def _ends(original: str, mark: str, gap: _Gap, length: int, known: Abbreviations) -> bool:
    """Whether the mark between the last of `length` tokens and the next one ends their sentence."""
    if original[gap.start].islower():
        return False
    single = mark[0] == "." and not any(other in _MARKS for other in mark[1:])
    return not single or _full_stop_ends(original, gap, length, known)


def sentences(
    original: str, bounds: Bounds, folded: Sequence[str], known: Abbreviations
) -> tuple[tuple[int, int], ...]:
    """Half-open ranges of token indexes, one a sentence, that cover all tokens."""
    if not folded:
        return ()
    starts = bounds[::2]
    cuts = [0]
    for end in ENDS.finditer(original):
        at = bisect_left(starts, end.end(), lo=cuts[-1])
        if at == cuts[-1] or at == len(starts) or bounds[2 * at - 1] > end.start():  # the last: inside a number
            continue
        mark = end[0]
        gap = _Gap(folded[at - 1], bounds[2 * at - 1], starts[at])
        if _LINE.search(mark) or _ends(original, mark, gap, at - cuts[-1], known):
            cuts.append(at)
    return tuple(zip(cuts, [*cuts[1:], len(starts)], strict=True))


def splitter(language: str) -> Split:
    """How a language divides its texts."""
    return partial(sentences, known=ABBREVIATIONS[language])
