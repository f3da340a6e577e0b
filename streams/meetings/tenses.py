"""What the verb of a trigger says: done, denied of the past or the future, or done before the time of the article."""

import re
from typing import Final

from streams.lexicon import Mention
from streams.meetings.reading import Line, Reading
from streams.meetings.status import AR_WILL, KK_FINITE, KK_THAT_WILL, PL_PAST, kk_future, pl_future
from streams.meetings.wordlists import words

KK_PASTPERFECT: Final = re.compile(r"^(?:болатын|болатын-ды|еді|болатынды|еді-ау)$")
KK_DASHED: Final = re.compile(r"-(?:ды|ді|ты|ті|тұғын)$")
KK_VERB_LIKE: Final = re.compile(r"(?:ды|ді|ты|ті|мақ|мек|бақ|бек|пақ|пек|ған|ген|қан|кен)$")
KK_WILL_NOT: Final = re.compile(r"[мбп][ае]й(?:ды|ді|тын|тін)")


def will_not(reading: Reading, verb: Mention) -> bool:
    """Whether a verb is denied of the future."""
    if reading.language == "kk":
        return bool(KK_WILL_NOT.search(reading.folded(verb.last)))
    before = reading.folded(verb.first - 1)
    if reading.language == "pl":
        return before == "nie" and pl_future(reading.folded(verb.first))
    return before in ("لن", "ولن")


KK_DID_NOT: Final = re.compile(r"[мбп][ае](?:ды|ді|ған|ген)")


def did_not(reading: Reading, verb: Mention) -> bool:
    """Whether a verb is denied of the past: nie spotkał, لم يلتق, кездеспеді, кездескен жоқ."""
    if verb.note != "verb":
        return False
    if reading.language == "kk":
        return bool(KK_DID_NOT.search(reading.folded(verb.last)[-5:])) or reading.folded(verb.last + 1) == "жоқ"
    before = reading.folded(verb.first - 1)
    if reading.language == "pl":
        return before == "nie" and bool(PL_PAST.search(reading.folded(verb.first)))
    return before in ("لم", "ولم")


def is_past(reading: Reading, trigger: Mention) -> bool:
    """Whether the trigger's own verb says that it is done: headlines tell what is ahead in the present."""
    word = reading.folded(trigger.last if reading.language == "kk" else trigger.first)
    if reading.language == "kk":
        return bool(KK_FINITE.search(word)) and not kk_future(word)
    if reading.language == "pl":
        return bool(PL_PAST.search(word))
    plain = word.removeprefix("و").removeprefix("ف")
    return trigger.note == "verb" and not plain.startswith(("ي", "ت", "س", "ن"))


SAYING_KK: Final = words("деп деген")


def told_done(reading: Reading, line: Line) -> bool:
    """Whether a verb of meeting or arrival in a line is in the past, whatever else the line announces."""
    verbs = (m for m in line.signs("talks", "receive", "phone", "visit", "travel") if m.note == "verb")
    return any(is_past(reading, m) and not did_not(reading, m) for m in verbs)


DUE_KK: Final = words("тиіс керек")  # тиіс еді: was to come, and tells of no earlier meeting


def past_perfect(reading: Reading, line: Line, trigger: Mention) -> bool:
    """Whether the trigger's verb puts it before the time of the article."""
    if reading.language == "kk":
        ahead = range(trigger.first, line.end)
        said_so = next((at for at in ahead if reading.folded(at) in SAYING_KK), line.end)
        ahead = range(trigger.first, said_so)  # жүргізеді деп жазған болатын: the saying is past
        said = [reading.folded(at) for at in ahead if reading.folded(at - 1) not in DUE_KK]
        return any(
            KK_PASTPERFECT.match(word) or (KK_DASHED.search(word) and KK_VERB_LIKE.search(word.split("-")[0]))
            for word in said
        )
    if reading.language == "ar":
        close = "قد" in [reading.folded(at) for at in range(trigger.first - 3, trigger.first)]
        for at in range(line.first if close else max(line.first, trigger.first - 6), trigger.first):
            word = reading.folded(at)
            if word in ("كان", "وكان", "كانت", "وكانت", "كانا", "وكانا", "سبق", "وسبق"):
                return trigger.note == "verb" or "قد" in [reading.folded(i) for i in range(at, trigger.first)]
    return False


KK_COMING: Final = re.compile(  # no болатын: кездескен болатын is of the past; nor Үкіметін
    r"^(?:бол[ае]т[ыі]н[ыі]н?|(?:өт|кел|бар|өткіз|жүргіз|\w+(?:ыл|іл|ын|ін|ал))[ае]т[ыі]н(?:[ыі]н?)?)$"
)
PL_WILL_TOO: Final = words("powstanie powstaną ruszy ruszą zacznie zaczną")


def will(language: str, word: str) -> bool:
    """Whether a verb says of its clause that it is still to be: ашылатынын, powstanie, ستفتح."""
    if language == "kk":
        return bool(KK_THAT_WILL.search(word))
    return (pl_future(word) or word in PL_WILL_TOO) if language == "pl" else AR_WILL[word]
