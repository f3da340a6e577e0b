"""Hundreds of short articles, a class of wording each: what newsrooms of three languages write, and what is none."""

import pytest

from streams.languages import LANGUAGES
from streams.meetings import meetings
from streams.meetings.evaluate import judge, misses
from streams.meetings.gold import GoldArticle
from tests.shipped import lexicon
from tests.streams.meetings.probes import probes

EVERY = [probe for code in ("kk", "pl", "ar") for probe in probes(code)]


@pytest.mark.parametrize("probe", EVERY, ids=lambda probe: str(probe.id))
def test_a_probe_is_read_right(probe: GoldArticle) -> None:
    language = LANGUAGES[probe.lang]  # type: ignore[index]
    found = judge([probe], lambda article: meetings(article, language.text(article.body), lexicon()), lexicon())
    assert not list(misses(found)), probe.title
