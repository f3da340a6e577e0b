"""Confidence is a sum of named reasons, and who is surer is right more often."""

from pathlib import Path

from streams.languages import LANGUAGES
from streams.lexicon import Lexicon
from streams.meetings import meetings
from streams.meetings.confidence import BASE, HIGHEST, WEIGHTS
from streams.meetings.evaluate import Judged, judge
from streams.meetings.gold import read_gold

ROOT = Path(__file__).parents[3]
SURE = 0.8
JUDGED = ("with", "form", "status", "level", "counterpart")


def judged(code: str, lexicon: Lexicon) -> list[Judged]:
    language = LANGUAGES[code]  # type: ignore[index]
    files = sorted((ROOT / "tests/corpus").glob(f"open*/{code}.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return judge(read_gold(lines), lambda article: meetings(article, language.text(article.body), lexicon), lexicon)


def test_the_surer_are_right_more_often_and_every_sum_adds_up() -> None:
    lexicon = Lexicon.compile(ROOT / "config" / "lexicon")
    told = [pair for code in ("kk", "pl", "ar") for each in judged(code, lexicon) for pair in each.pairs if pair.found]
    right: dict[bool, list[bool]] = {True: [], False: []}
    for pair in told:
        assert pair.found is not None
        right[pair.found.confidence >= SURE].append(
            pair.gold is not None and all(pair.right.get(field, True) for field in JUDGED)
        )
        reason = next(r for r in pair.found.reasons if r.code == "confidence")
        parts = [what for what in WEIGHTS if what in reason.text]
        assert pair.found.confidence == round(min(HIGHEST, BASE + sum(WEIGHTS[what] for what in parts)), 2)
    shares = {sure: sum(each) / len(each) for sure, each in right.items()}
    assert shares[True] > shares[False]
    assert shares[True] >= 0.95
