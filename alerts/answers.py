"""What every receiver has in common: one interface, and one meaning of a service's answer.

status, words, Retry-After -> classify -> Answer (sent | retry | plain | parked), with its Reason
"""

import re
from typing import Literal, NamedTuple, Protocol

from alerts.rates import Bucket
from alerts.reasons import reason
from wire.records import Outcome, Reason

Style = Literal["html", "mrkdwn", "text"]
TELEGRAM_MOST = 4000  # of 4,096: line ends count double
TEXT_MOST = 6000
_STATUS = re.compile(r"error=(\d{3})")
_AFTER = re.compile(r"retry after (\d+)")
_NO_SUCH_CHAT = re.compile(
    r"chat not found|upgraded to a supergroup|not enough rights|have no rights|administrator rights|"
    r"PEER_ID_INVALID|TOPIC_|thread not found|deactivated|chat_id is empty",
    re.IGNORECASE,
)


class Answer(NamedTuple):
    """How a send ended."""

    outcome: Outcome
    reason: Reason | None = None
    after: float | None = None  # seconds that the service asks us to wait
    doubtful: bool = False  # it may have arrived all the same
    post: str | None = None  # the message's id, where the service tells it


class Anchor(NamedTuple):
    """Where in the chat a message belongs: messages' ids."""

    own: str | None = None  # the first message of the story alone: it can be edited
    root: str | None = None  # the first of the story or of its journey: it can be answered


NOWHERE = Anchor()


class Receiver(Protocol):
    """A chat that takes messages; each has its own ways, one interface and one outcome type."""

    name: str
    style: Style
    most: int  # UTF-16 units in one message
    buckets: tuple[Bucket, ...]
    edits: bool  # `edit` works, and a message can answer another

    def send(self, body: str, *, style: Style, silent: bool, anchor: Anchor = NOWHERE) -> Answer:
        """Send one message, and say how it ended."""

    def edit(self, post: str, body: str, *, style: Style) -> Answer | None:
        """Put a body in the place of a message's; None: it can no longer be edited."""


def classify(said: str, *, status: int | None = None, after: float | None = None, unsent: bool = False) -> Answer:
    """Return what a failed send means, from the service's words and what is known of the request."""
    found = _STATUS.search(said)
    status = status or (int(found[1]) if found else None)
    asked = [float(number) for number in _AFTER.findall(said)] + ([after] if after is not None else [])
    if status is None:
        return Answer(Outcome.RETRY, reason("no-connection" if unsent else "no-answer"), doubtful=not unsent)
    if status == 429:
        return Answer(Outcome.RETRY, reason("rate-limited"), max(asked, default=None))
    if status >= 500 or status == 408:
        return Answer(Outcome.RETRY, reason("server-error", str(status)), max(asked, default=None))
    refused = {401: "bad-credentials", 403: "blocked", 404: "not-found", 410: "not-found", 200: "unclear"}
    if status in refused or _NO_SUCH_CHAT.search(said):
        return Answer(Outcome.PARKED, reason(refused.get(status, "not-found"), _detail(said, status)))
    if 300 <= status < 400:
        return Answer(Outcome.PARKED, reason("redirected", str(status)))
    return Answer(Outcome.PLAIN, reason("markup-refused", _detail(said, status)))


def _detail(said: str, status: int) -> str:
    """Return the service's own words, without Apprise's."""
    words = said.splitlines()[-1] if said else ""
    words = words.partition(": ")[2] or words
    return f"{status}: {_STATUS.sub('', words).strip(' ,.')[:160]}".rstrip(" :")
