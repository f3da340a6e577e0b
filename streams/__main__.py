"""Assembles a stream worker and runs it until it is told to stop: `python -m streams`."""

import gc
import logging
import sys

from streams import app
from streams.app.ends import BROKER_FAILED
from streams.pipeline import LivePipeline
from wire import settings
from wire.broker import BrokerAway, partitions
from wire.files import Problems
from wire.topics import ARTICLES


def main() -> None:
    """Run; wrong files, or a broker that is away, end it with what is wrong on standard error."""
    ours = settings.read()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("jarshy").setLevel(ours.log_level)
    try:
        live = LivePipeline(ours.config)
    except Problems as problems:
        print(f"streams: the rules or the lexicon cannot be used\n{problems}", file=sys.stderr)
        raise SystemExit(settings.WRONG_CONFIGURATION) from problems
    try:
        partitions(ours, ARTICLES)  # of a broker that is away, or lacks its topics, Faust tells by a traceback
    except BrokerAway as error:
        print(f"streams: {error}", file=sys.stderr)
        raise SystemExit(BROKER_FAILED) from error
    gc.collect()
    gc.freeze()  # the lexicon stays for good: looking through it for garbage takes a fifth of a second, again and again
    app.run(ours, live)


if __name__ == "__main__":
    main()
