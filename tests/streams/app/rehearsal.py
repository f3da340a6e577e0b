"""A stream worker for tests: the real one, with a pipeline that stumbles over the articles of certain feeds.

python -m tests.streams.app.rehearsal
"""

import re
import time
from datetime import datetime
from pathlib import Path

from streams import app
from streams.pipeline import LivePipeline, Pipeline, Reading
from wire import settings
from wire.records import Article, Notice


class Stumbling(Pipeline):
    """Reads as the real one does, after what the article's feed is named for."""

    def read(self, article: Article, revision: int, now: datetime) -> Reading:
        what, _, seconds = article.feed.partition(" ")
        if what == "raises":
            raise ArithmeticError(f"{article.id} is too much for this code")
        if what == "waits":  # the event loop stands still, other threads do not
            time.sleep(float(seconds))
        if what == "runaway":  # one call into C that never ends and lets no thread run
            re.match(r"(a+)+$", "a" * 64 + "!")
        return super().read(article, revision, now)


class Rehearsal:
    """The shipped rules and lexicon, read by a pipeline that stumbles."""

    problems = 0

    def __init__(self, config: Path) -> None:
        ours = LivePipeline(config).pipeline
        self.pipeline: Pipeline = Stumbling(ours.lexicon, ours.rules)

    def refresh(self) -> list[Notice]:
        return []


if __name__ == "__main__":
    asked = settings.read()
    app.run(asked, Rehearsal(asked.config))
