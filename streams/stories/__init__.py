"""Many articles -> one event: a pure fold over the set of current reports of one partner.

reports --tellings--> group (who, when) --inherit--> stories (merged, claims) --news--> alerts
"""

from streams.stories.gather import Gathered, gather
from streams.stories.inherit import Kept
from streams.stories.rows import Rows, follow

__all__ = ["Gathered", "Kept", "Rows", "follow", "gather"]
