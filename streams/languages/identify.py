"""title, text, the feed's claim -> script by counting -> tell-tale letters, else py3langid -> code, or ''.

py3langid knows no Kazakh in Latin letters: that is read off the letters and words which its neighbours lack.
"""

import re
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from streams.languages.text import INVISIBLE, MARKS

SAMPLE: Final = 600  # code points; the classifier takes 0.7 ms for 1,000
FEW_LETTERS: Final = 24  # a headline of two words says little; the feed's claim says more
ARABIC: Final = frozenset({"ar", "arb", "ary", "arz", "apc", "acm", "aeb", "ars", "ajp", "acq"})
_FAMILY: Final = {"kk": frozenset({"kk", "kaz"}), "pl": frozenset({"pl", "pol"}), "ar": ARABIC}
# What the classifier takes short or name-laden Kazakh texts for.
_MISTAKEN: Final = frozenset({"ky", "tt", "ba", "kaa", "uz", "mn", "tg", "sah", "nog", "kum", "krc", "ru"})
_TURKIC_LATIN: Final = frozenset(
    ("crh", "tr", "tk", "az", "uz", "tt", "kk", "gag", "kaa", "sq", "mt", "ku", "lv", "et", "id")
)
_KAZAKH_ONLY: Final = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"
_KAZAKH_SURE: Final = re.compile("[қғұі]", re.IGNORECASE)  # Tatar and Kyrgyz have none of these
_KAZAKH_I: Final = re.compile("і.*[қғұ]|[қғұ].*і", re.IGNORECASE | re.DOTALL)
_KAZAKH_WORDS: Final = re.compile(
    r"\b(?:[мпб]ен|және|туралы|үшін|бойынша|кездесті|өтті|келді|барды|болды|қойды)\b", re.IGNORECASE
)
# What a headline of names alone may show that it is Kazakh: Астанада саммит.
_KAZAKH_ENDINGS: Final = re.compile(r"\w{3}(?:[ғгқк][ае]|[дт][аеыі]|[нд][ыі]ң|[мпб]ен)\b", re.IGNORECASE)
_RUSSIAN_WORDS: Final = re.compile(r"\b(?:[виск]|на|по|об?|из|для|от|за|его|что|провел[аи]?|прибыл[аи]?)\b(?!\.)")
_NOT_KAZAKH: Final = re.compile("[ӣӯҷҳєїґўђјљњћџҗѓќҡҫҙ]", re.IGNORECASE)
_ARABIC_ONLY: Final = re.compile("[ةىأإؤئي]|(?<!\\w)ال")
_ARABIC_LETTERS: Final = "ةأإ"
_ARABIC_SURE: Final = re.compile("ة|(?<!\\w)[وبلف]?ال|[أإ]")
_NOT_ARABIC: Final = re.compile("[پچگژکیہھےٹڈڑںېۆۇۈۋڭەڕڵ]")
_CYRILLIC: Final = re.compile(r"[Ѐ-ӿ]+")
_ARABIC_SCRIPT: Final = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_ADDRESS: Final = re.compile(r"https?://\S+")
_NOISE: Final = re.compile(rf"[\d{MARKS}{INVISIBLE}]+")  # one class at a time: a choice of them takes thrice the time
_HALVES: Final = re.compile("[\ud800-\udfff]")
_KAZAKH_IN_LATIN: Final = re.compile(
    r"\b(?:qazaq\w*|aqorda\w*|qab[ıy]lda\w*|el[sş]h?[iı]\w*|bas+h?y?s[yı]\w*|toqayev\w*|qytai?\w*|men|pen|j[aáä]'?ne|memleket\w*|kel[iı]s+[oóö]'?z\w*|kezdes\w*|boly?p|bold[yı]|turaly"
    r"|q?as[yı]m-jomart\w*|toqaev\w*|\w+[nd][yıi](?:ñ|ń|n'))(?!\w)",
    re.IGNORECASE,
)
_OTHER_IN_LATIN: Final = re.compile(
    r"ə|\b(?:bilan|uchun|haqida|va|il[eə]|və|üçün|için|ve|bilen|vä|üçin|içün)\b", re.IGNORECASE
)
_Q: Final = re.compile(r"q(?!u)", re.IGNORECASE)
_POLISH_WORDS: Final = re.compile(r"\b(?:[wzoi]|we|ze|na|do|od|po|dla|przez|się)\b", re.IGNORECASE)
_POLISH: Final = re.compile("[ąęłńśżźć]", re.IGNORECASE)
_POLISH_SURE: Final = re.compile("ł.*[ąęśż]|[ąęśż].*ł", re.IGNORECASE | re.DOTALL)
_NOT_POLISH: Final = re.compile("[čřěšžůďťľňäöüßqv]", re.IGNORECASE)


@lru_cache(maxsize=1)
def _classifier() -> Any:
    import py3langid

    return py3langid


def _guess(sample: str) -> str:
    code = str(_classifier().classify(sample)[0])
    return next((ours for ours, family in _FAMILY.items() if code in family), code)


def identify(title: str, text: str, claimed: str = "") -> str:
    """The language of an article: kk, pl, ar, or '' for any other; `claimed` (the feed's word) settles doubts."""
    sample = _without_noise(f"{title}\n{text[:SAMPLE]}"[:SAMPLE])
    claim = claimed.lower().replace("_", "-").split("-")[0]
    script, letters = _script(sample)
    return _BY_SCRIPT[script](sample, claim, letters) if letters > 2 else ""


def _without_noise(sample: str) -> str:
    if "://" in sample:
        sample = _ADDRESS.sub(" ", sample)
    return _HALVES.sub(" ", _NOISE.sub(" ", sample))


def _count(sample: str, letters: str) -> int:
    """How many of these letters there are: a count for each takes a third of a pattern's time."""
    return sum(map(sample.count, letters))


def _script(sample: str) -> tuple[str, int]:
    """The script that most letters are of, and how many."""
    counts: dict[str, int] = {}
    for script, found in _SCRIPTS.items():
        counts[script] = letters = sum(map(len, found.findall(sample)))
        if letters * 2 > len(sample):  # then no other has as many
            return script, letters
    return max(counts.items(), key=itemgetter(1))


def _cyrillic(sample: str, claim: str, letters: int) -> str:
    own = _count(sample, _KAZAKH_ONLY)
    if own * 6 < letters and _is_russian(sample):
        return ""  # Қазақстан and Тоқаев are written so in Russian too
    if own * 16 > letters > FEW_LETTERS and _KAZAKH_I.search(sample) and not _NOT_KAZAKH.search(sample):
        return "kk"  # no other language in Cyrillic writes both қ and і
    if not own or len(_NOT_KAZAKH.findall(sample)) * 2 > own:
        short = claim == "kk" and letters < FEW_LETTERS and not _NOT_KAZAKH.search(sample)
        return "kk" if short and _KAZAKH_ENDINGS.search(sample) else ""
    guess = _guess(sample)
    if guess == "kk":
        return "kk"
    if claim != "kk" or letters >= FEW_LETTERS * 4 or _NOT_KAZAKH.search(sample):
        return ""
    sure = _KAZAKH_I.search(sample) or _KAZAKH_WORDS.search(sample)
    written = own * 32 > letters and _KAZAKH_SURE.search(sample)  # a Kazakh name in Russian has fewer
    return "kk" if written and (sure or guess in _MISTAKEN) else ""


def _is_russian(sample: str) -> bool:
    russian = _RUSSIAN_WORDS.search(sample, 0, len(sample) - 1)  # the last word may be cut
    return russian is not None and russian.end() < len(sample) - 1 and not _KAZAKH_WORDS.search(sample)


def _arabic(sample: str, claim: str, letters: int) -> str:
    foreign = len(_NOT_ARABIC.findall(sample))
    sure = _count(sample, _ARABIC_LETTERS) * 20 > letters or len(_ARABIC_SURE.findall(sample)) * 20 > letters
    if sure and not foreign and letters > FEW_LETTERS:
        return "ar"
    guess = _guess(sample)
    if guess == "ar":
        return "ar" if foreign * 8 < letters else ""
    own = len(_ARABIC_ONLY.findall(sample))
    doubtful = claim == "ar" and foreign * 20 < letters and (own if not foreign else _ARABIC_SURE.search(sample))
    return "ar" if doubtful and (letters < FEW_LETTERS * 4 or own * 8 > letters) else ""


def _latin(sample: str, claim: str, letters: int) -> str:
    own = len(_POLISH.findall(sample)) * 40 > letters > FEW_LETTERS
    if own and _POLISH_SURE.search(sample) and not _NOT_POLISH.search(sample):
        return "pl"
    guess = _guess(sample)
    if guess == "pl":
        doubtful = letters < FEW_LETTERS and not _POLISH.search(sample)
        return "" if doubtful and claim not in ("pl", "") else "pl"
    if _is_kazakh(sample, guess, claim):
        return "kk"
    few = FEW_LETTERS * 2 if _POLISH.search(sample) else FEW_LETTERS
    if claim != "pl" or letters >= few or _NOT_POLISH.search(sample):
        return ""
    return "pl" if _POLISH_WORDS.search(sample) or _POLISH.search(sample) else ""


def _is_kazakh(sample: str, guess: str, claim: str) -> bool:
    known = len(_KAZAKH_IN_LATIN.findall(sample))
    if _OTHER_IN_LATIN.search(sample) or not known:
        return False
    return claim == "kk" or (bool(_Q.search(sample)) and (guess in _TURKIC_LATIN or known > 2))


_SCRIPTS: Final = {"cyrillic": _CYRILLIC, "arabic": _ARABIC_SCRIPT, "latin": _LATIN}
_BY_SCRIPT: Final = {"cyrillic": _cyrillic, "arabic": _arabic, "latin": _latin}
