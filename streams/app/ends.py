"""How a worker ends when going on would lose something: at once, with the offset uncommitted."""

import logging
import os
import sys
from typing import NoReturn

from wire.settings import NEWER_RECORD

log = logging.getLogger("jarshy.streams")
BROKER_FAILED, NOT_ALONE, STALLED = 75, 76, 77
"""Exit statuses, all of them cured by another start: something was not taken; the log is not as it must be for
its only reader or writer; no progress, or paused for longer than its group waits."""


def end(status: int, why: str) -> NoReturn:
    """End the process now: a clean stop would commit what is not done."""
    what_next = "it must be upgraded" if status == NEWER_RECORD else "to be started again"
    log.critical("%s: stopping, %s", why, what_next)
    logging.shutdown()
    sys.stderr.flush()
    os._exit(status)
