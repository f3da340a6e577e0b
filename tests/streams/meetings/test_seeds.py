"""The five real articles beside the repository: one meeting each, and what is only recalled in them opens nothing."""

from pathlib import Path

import pytest

from jarshy.history import quiet
from streams.pipeline import LivePipeline

ROOT = Path(__file__).parents[3]
SEEDS = ROOT.parent / "shared" / "seeds"
TOLD = {
    "000": ("CN", "meeting", "head-of-state"),
    "001": ("CN", "phone-call", "head-of-state"),
    "002": ("CN", "phone-call", "head-of-state"),
    "003": ("CN", "meeting", "head-of-government"),
    "004": ("TJ", "meeting", "head-of-state"),
}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are beside the repository only where it is developed")
def test_each_seed_tells_its_one_meeting() -> None:
    pipeline = LivePipeline(ROOT / "config").pipeline
    told = {
        article.id[:3]: [
            (meeting.partner.code, meeting.form.value, meeting.counterpart.level.value)
            for meeting in pipeline.recognise(article).recognition.meetings
        ]
        for article in quiet.articles(SEEDS)
    }
    assert told == {number: [meeting] for number, meeting in TOLD.items()}
