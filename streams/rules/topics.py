"""Where the topics of the rules stand in one article, and whether it is about them.

finds (topic, span) + sentences --in a list? in the lead? how often?--> Sighted(about, mentions)

A topic is what the article is about when it stands in the title or first sentence, or in two
sentences. A topic in a list of three or more things is boilerplate ("trade, transit and culture
were discussed") and counts as mentioned only.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from streams.languages.text import Text

Span = tuple[int, int]


class Find(NamedTuple):
    """One place where a topic's words stand: tokens first to last, both included."""

    topic: int
    first: int
    last: int


class Sighted(NamedTuple):
    """The topics of one article, each with the span that shows it best."""

    language: str = ""
    about: Mapping[int, Span] = {}
    mentions: Mapping[int, Span] = {}
    why_not_about: Mapping[int, str] = {}  # of each topic that is mentioned only


class Standing(NamedTuple):
    """One find, and what its place in the text is worth."""

    span: Span
    sentence: int
    listed: bool
    lead: bool


def sight(text: Text, finds: Iterable[Find], title_end: int = 0) -> Sighted:
    """Return what an article is about and what it mentions; its title is the first `title_end` code points."""
    found = sorted(finds, key=itemgetter(1))
    if not found:  # then the text need not be cut into sentences
        return Sighted(text.language)
    standing: dict[int, list[Standing]] = defaultdict(list)
    opening = _opening(text, title_end)
    lists: dict[int, list[Span]] = {}
    bounds = text.bounds
    for topic, first, last in found:
        span = start, _ = bounds[2 * first], bounds[2 * last + 1]
        sentence = text.sentence_of(first)
        if sentence not in lists:
            lists[sentence] = listings(text.original, *text.sentence_span(sentence))
        listed = any(begin <= start < end for begin, end in lists[sentence])
        standing[topic].append(Standing(span, sentence, listed, start < title_end or sentence == opening))
    return _weighed(text.language, standing)


def _weighed(language: str, standing: Mapping[int, list[Standing]]) -> Sighted:
    about, mentions, why = {}, {}, {}
    for topic, all_of_it in standing.items():
        serious = [each for each in all_of_it if not each.listed]
        mentions[topic] = (serious or all_of_it)[0].span
        lead = [each for each in serious if each.lead]
        if lead or len({each.sentence for each in serious}) > 1:
            about[topic] = (lead or serious)[0].span
        else:
            why[topic] = "in one sentence only, not the first" if serious else "in a list of things only"
    return Sighted(language, about, mentions, why)


def _opening(text: Text, title_end: int) -> int:
    """Return the number of the first sentence behind the title that is more than a dateline."""
    behind, bounds = -1, text.bounds
    for number, (first, end) in enumerate(text.sentences):
        if bounds[2 * first] < title_end:
            continue
        behind = number if behind < 0 else behind
        if end - first > LONGEST_DATELINE:
            return number
    return behind


LONGEST_DATELINE = 3  # "Астана. 5 қаңтар."
FEW = 4  # words between two joints of a list: "współpracy wojskowo-technicznej", "көлік пен логистика"
LONG_WORDS = 120  # code points in which NEAR words stand: looking back further would be quadratic
NEAR = 2  # words between an outer joint and where the thing before or behind it may stand

_WORD = r"[^\W_]+(?:[-’'ʼ‑–][^\W_]+)*"
_WORDS = re.compile(_WORD)
# A list shows by its joints: commas and semicolons, and conjunctions. Arabic joins by the prefix و; before
# the article only, and not before the verbs that begin alike (والتقى "and met"), for it joins clauses too.
_CONJUNCTION = r"және|oraz|a\s+także|i|و"
_AND = rf"(?:{_CONJUNCTION})\s+|(?=وال(?!تق|تز|تم)\w)"
# Kazakh "with" joins the last two things of a list, but also the two who met: Тоқаев пен Мирзиёев уран, көлік ...
_WITH = r"[мпб]ен\s+"
# One class first, so that the search skips from space to space.
_JOINTS = re.compile(
    rf"[\s,،;؛](?:(?<=[,،;؛])\s+(?P<comma_and>(?i:{_AND}))?|(?P<and>(?i:{_AND}))|(?P<with>(?i:{_WITH})))"
)


def listings(body: str, start: int, end: int) -> list[Span]:
    """Return the parts of the sentence [start, end) that list three or more things."""
    chains: list[list[re.Match[str]]] = []
    for joint in _JOINTS.finditer(body, start, end):
        if chains and _one_thing(body, chains[-1][-1].end(), joint.start()):
            chains[-1].append(joint)
        elif joint.lastgroup != "with":
            chains.append([joint])
    return [_reach(body, chain, start, end) for chain in chains if _is_list(body, chain, start)]


def _one_thing(body: str, start: int, end: int) -> bool:
    return 1 <= len(_WORDS.findall(body, start, end)) <= FEW


def _is_list(body: str, chain: Sequence[re.Match[str]], start: int) -> bool:
    """Two joints with a conjunction or behind a colon, or three: two commas alone are an aside. Names are no topics."""
    joined = any(joint.lastgroup for joint in chain)
    if len(chain) < 3 and (len(chain) < 2 or not (joined or _announced(body, chain[0].start(), start))):
        return False
    inner = body[chain[0].end() : chain[-1].start()]
    return any(not word[0].isupper() for word in _WORDS.findall(inner) if len(word) > 1)


def _announced(body: str, joint: int, start: int) -> bool:
    """Whether the thing before the first joint stands behind a colon, and is no speech: мәселелер: уран, көлік, су."""
    colon = body.rfind(":", max(start, joint - LONG_WORDS), joint)
    words = _WORDS.findall(body, colon, joint) if colon >= 0 else []
    return 1 <= len(words) <= FEW and not words[0][0].isupper()


def _reach(body: str, chain: Sequence[re.Match[str]], start: int, end: int) -> Span:
    """Return from the thing before the first joint to the thing behind the last."""
    joint = chain[0].start()
    before = list(_WORDS.finditer(body, max(start, joint - LONG_WORDS), joint))[-NEAR:]
    behind = _WORDS.finditer(body, chain[-1].end(), end)
    last = [word for word, _ in zip(behind, range(NEAR), strict=False)]
    return (
        before[0].start() if before else chain[0].start(),
        last[-1].end() if last else chain[-1].end(),
    )
