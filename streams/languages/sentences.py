"""Words and what stands between them -> sentences: a mark ends one unless an abbreviation or a small letter objects.

Newlines always end a sentence: headlines, datelines and menus have no full stop.
"""

import re
from collections.abc import Sequence
from functools import partial
from itertools import compress
from typing import Final

from streams.languages.text import Fold, Split

_LINES: Final = "\n\r\x0b\x0c\x85\u2028\u2029"
_MARKS: Final = ".!?؟…۔‼⁇⁈⁉"
ENDS: Final = re.compile(rf"[{_LINES}{_MARKS}][\s{_MARKS}\"'”’»“)\]]*+")
_LINE: Final = re.compile(f"[{_LINES}]")
SHORT_SENTENCE: Final = 6  # tokens; "W 2021 r. Tokajew ..." opens a sentence, it does not end one


class Abbreviations:
    """Folded last words of abbreviations written with a full stop."""

    def __init__(self, never_end: str, may_end: str) -> None:
        self.never_end = frozenset(never_end.split())
        self.may_end = frozenset(may_end.split())
        self.every = self.never_end | self.may_end


ABBREVIATIONS: Final[dict[str, Abbreviations]] = {
    "kk": Abbreviations(
        never_end=(
            "акад проф доц ген полк маршал көш даң ауд обл қал тел бет сур қар мыс бас ред құраст әл"
            " ықш имп ап ст стр им мин сек т.ғ.к авт мек пәт ш.м"
        ),
        may_end="ж жж г гг ғ б с м м.а т.б т.с.с т.т млн млрд трлн мың тг долл км кв",
    ),
    "pl": Abbreviations(
        never_end=(
            "prof dr hab gen płk ppłk mjr kpt por ppor sierż adm kmdr min wicemin prez wiceprez premier_"
            " amb ks bp abp kard św o bł inż mgr lic mec red dyr kier zast przew ws im ul al pl os np tzw tj"
            " tzn m.in in min por zob pkt ust art par nr str ok godz ur zm woj pow gm miejsc dot wg"
            " pt pn ps jw cd ang ros kaz niem fr łac chiń arab pol tel fot rys tab wyd tłum oprac mat n.p.m"
            " lp jr sr mrs mr ms st sz cz ch rz"
        ),
        may_end="r w itd itp etc proc tys mln mld bln zł gr br bm ub wr rż n.e p.n.e k.o",
    ),
    "ar": Abbreviations(never_end="د ا أ م ص ت ق ب أ.د ا.د هـ مج ج ط", may_end="ه م الخ إلخ"),
}


# What stands between two words. Numbers: a member of an Enum takes Python 3.11 as long as a look-up.
NOTHING, FULL_STOP, MARK, LINE = range(4)


def _gap(between: str) -> int:
    ends = ENDS.findall(between)
    if any(_LINE.search(end) for end in ends):
        return LINE
    if any(end[0] != "." or any(other in _MARKS for other in end[1:]) for end in ends):
        return MARK
    return FULL_STOP if ends else NOTHING


class _Gaps(dict[str, int]):
    """What stands between words, remembered: an article has some five hundred gaps and a dozen kinds of them."""

    LONGEST: Final = 8
    ROOM: Final = 10_000

    def __missing__(self, between: str) -> int:
        found = _gap(between)
        if len(between) <= self.LONGEST and len(self) < self.ROOM:
            self[between] = found
        return found


_GAPS: Final = _Gaps()


def _full_stop_ends(around: Sequence[str], folded: str, length: int, known: Abbreviations) -> bool:
    """One full stop, the next word not small: is it an end, or an abbreviation, an initial, an address?"""
    before, between, after = around
    if len(between) == 1:  # "талқыланды.Қазақстан" lost its space; "KAZ.NUR.KZ" never had one
        return len(folded) > 3 and not before[-1].isupper() and (after[0].isupper() or not after[0].isascii())
    if between[0] != ".":
        return True
    if len(folded) == 1 and before[-1].isupper():
        return False  # С. Жапаров; "с." and "w." are abbreviations too
    if folded in known.may_end:
        return length >= SHORT_SENTENCE
    if folded in known.never_end:
        return False
    return len(folded) > 1 or folded.isdigit()


def sentences(pieces: Sequence[str], fold: Fold, known: Abbreviations) -> tuple[tuple[int, int], ...]:
    """Half-open ranges of token indexes, one a sentence, that cover all tokens.

    `pieces` are what stands before the first word, the word, what stands before the second, and so on.
    """
    gaps = list(map(_GAPS.__getitem__, pieces[::2]))
    if not gaps:
        return ()
    gaps[0], every = NOTHING, known.every  # a text begins where its first word does
    cuts = [0]
    for at in compress(range(len(gaps)), gaps):
        if gaps[at] != LINE and pieces[2 * at + 1][0].islower():
            continue
        if gaps[at] == FULL_STOP:
            word = fold(pieces[2 * at - 1])
            if len(word) < 2 or len(pieces[2 * at]) == 1 or word in every:
                around = pieces[2 * at - 1 : 2 * at + 2]
                if not _full_stop_ends(around, word, at - cuts[-1], known):
                    continue
        cuts.append(at)
    return tuple(zip(cuts, [*cuts[1:], len(gaps)], strict=True))


def splitter(language: str) -> Split:
    """How a language divides its texts."""
    return partial(sentences, known=ABBREVIATIONS[language])
