"""Whole articles: our own corpus, the seeds and the development set where they are."""

from pathlib import Path

import pytest

from streams.languages import LANGUAGES
from streams.lexicon import Lexicon
from streams.meetings import Recognition, meetings
from streams.meetings.evaluate import Judged, figures, judge, misses
from streams.meetings.gold import read_gold
from wire.records import Article

CONFIG = Path(__file__).parents[3] / "config" / "lexicon"
CORPUS = Path(__file__).parent / "corpus"
DEV = Path("/work/shared/eval/dev")
LANGS = ("kk", "pl", "ar")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.compile(CONFIG)


def judged(folder: Path, code: str, lexicon: Lexicon) -> list[Judged]:
    def recognise(article: Article) -> Recognition:
        return meetings(article, LANGUAGES[code].text(article.body), lexicon)  # type: ignore[index]

    lines = (folder / f"{code}.jsonl").read_text("utf-8").splitlines()
    return judge(read_gold(lines), recognise, lexicon)


@pytest.mark.parametrize("code", LANGS)
def test_our_own_articles_are_read_right(code: str, lexicon: Lexicon) -> None:
    found = judged(CORPUS, code, lexicon)
    told = figures(found)[code]
    explained = "\n".join(map(str, misses(found)))
    assert told.f1 >= 0.97, explained
    assert told.meeting_f1 >= 0.95, explained
    for share in (told.form, told.status, told.counterpart, told.place, told.date):
        assert share is None or share >= 0.9, explained


@pytest.mark.skipif(not DEV.exists(), reason="the development set is not on this machine")
@pytest.mark.parametrize("code", LANGS)
def test_the_development_set(code: str, lexicon: Lexicon) -> None:
    found = judged(DEV, code, lexicon)
    told = figures(found)[code]
    explained = "\n".join(map(str, misses(found)))
    assert told.f1 >= 0.97, explained
    assert (told.status or 0) >= 0.97, explained
    assert (told.counterpart or 0) >= 0.95, explained


@pytest.mark.parametrize("code", LANGS)
def test_evidence_stands_in_the_article(code: str, lexicon: Lexicon) -> None:
    for each in judged(CORPUS, code, lexicon):
        body = each.gold.article.body
        for meeting in each.recognition.meetings:
            proof = [*meeting.evidence, *(e for fact in meeting.facts for e in fact.evidence)]
            assert proof
            assert all(body[e.start : e.end] == e.quote for e in proof)
            assert 0 < meeting.confidence < 1
            assert meeting.reasons
        spans = [(r.start, r.end) for r in each.recognition.refused if r.start is not None and r.end is not None]
        assert all(0 <= start < end <= len(body) for start, end in spans)
        assert each.recognition.meetings or each.recognition.refused
