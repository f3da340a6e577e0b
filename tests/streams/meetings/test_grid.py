"""Wordings times partners: what holds for one pair holds for every pair, known to the lexicon or not."""

from pathlib import Path

import pytest

from streams.languages import LANGUAGES
from streams.lexicon import Lexicon
from streams.meetings import meetings
from streams.meetings.evaluate import judge, misses
from tests.streams.meetings.grid import wordings

LEXICON = Lexicon.compile(Path(__file__).parents[3] / "config" / "lexicon")


@pytest.mark.parametrize("code", ["kk", "pl", "ar"])
def test_every_wording_is_read_right_of_every_partner(code: str) -> None:
    language = LANGUAGES[code]  # type: ignore[index]
    told = list(wordings(code))
    judged = judge(told, lambda article: meetings(article, language.text(article.body), LEXICON), LEXICON)
    wrong = [f"{miss.article} {miss.what}: {miss.gold} / {miss.found}" for miss in misses(judged)]
    assert not wrong
    assert len(told) > 500  # every wording was said of every partner
