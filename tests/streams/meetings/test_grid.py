"""Wordings times partners: what holds for one pair holds for every pair, known to the lexicon or not."""

import pytest

from streams.languages import LANGUAGES
from streams.meetings import meetings
from streams.meetings.evaluate import judge, misses
from tests.shipped import lexicon
from tests.streams.meetings.grid import wordings


@pytest.mark.parametrize("code", ["kk", "pl", "ar"])
def test_every_wording_is_read_right_of_every_partner(code: str) -> None:
    language = LANGUAGES[code]  # type: ignore[index]
    told = list(wordings(code))
    judged = judge(told, lambda article: meetings(article, language.text(article.body), lexicon()), lexicon())
    wrong = [f"{miss.article} {miss.what}: {miss.gold} / {miss.found}" for miss in misses(judged)]
    assert not wrong
    assert len(told) > 500  # every wording was said of every partner
