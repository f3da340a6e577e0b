"""How a worker ends when going on would lose something: at once, with the offset uncommitted."""

import logging
import os
import sys
from typing import NoReturn

from wire.settings import WRONG_CONFIGURATION

log = logging.getLogger("jarshy.streams")
BROKER_FAILED, OFFSET_GAP, NEWER_RECORD = 75, 76, WRONG_CONFIGURATION
"""Exit statuses: start again (EX_TEMPFAIL), start again and refetch, upgrade first."""


def end(status: int, why: str) -> NoReturn:
    """End the process now: a clean stop would commit what is not done."""
    log.critical("%s: stopping, to be started again", why)
    logging.shutdown()
    sys.stderr.flush()
    os._exit(status)
