"""The only import of kafka-python: publish, consume, read back, create topics.

records --Publisher--> topic --Group | Share | read_all--> Message

Settings and habits here were tested (DESIGN 7): the idempotent producer wedges after a delivery time-out,
`flush` proves nothing; what the embedded broker does otherwise is in `wire.embedded`.
"""

from wire.broker.client import BrokerAway, Message, group_named
from wire.broker.group import Group
from wire.broker.making import Difference, alter, create, differing
from wire.broker.publisher import PUBLISH_TIMEOUT, Publisher, letter_for
from wire.broker.reading import length, read_all
from wire.broker.share import Share
from wire.broker.standing import Standing, lag, partitions

__all__ = [
    "PUBLISH_TIMEOUT", "BrokerAway", "Difference", "Group", "Message", "Publisher", "Share", "Standing",
    "alter", "create", "differing", "group_named", "lag", "length", "letter_for", "partitions", "read_all",
]  # fmt: skip
