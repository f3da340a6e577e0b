"""What the chat was told, and the troubles it can be asked to make."""

from typing import Literal

import msgspec

Service = Literal["telegram", "slack"]


class ChatMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it was delivered to a chat."""

    service: Service
    chat: str  # Telegram's chat id, or the first two parts of a webhook
    id: int
    text: str  # as people see it
    source: str  # as it came
    at: float  # seconds since 1970
    links: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    silent: bool = False
    edited: bool = False
    reply_to: int | None = None


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One trouble: an error answer, a hanging or a broken connection, before or after accepting."""

    status: int = 0  # answer with this HTTP status
    text: str = ""  # the description or body that goes with it
    retry_after: int | None = None  # seconds, with 429
    hang: float = 0.0  # seconds to wait before answering
    drop: bool = False  # close the connection without an answer
    accept: bool = False  # the message is delivered all the same


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How many messages a window of seconds admits; 0 admits any number."""

    chat: int = 0
    chat_window: float = 1.0
    group: int = 0
    group_window: float = 60.0
    bot: int = 0
    bot_window: float = 1.0
    webhook: int = 0
    webhook_window: float = 1.0


def real_limits(scale: float = 1.0) -> Limits:
    """Return what the services publish, in windows `scale` times as long."""
    return Limits(
        chat=1, chat_window=scale, group=20, group_window=60 * scale,
        bot=30, bot_window=scale, webhook=1, webhook_window=scale,
    )  # fmt: skip
