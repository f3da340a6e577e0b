"""What the chat knows and does, without HTTP: known? -> limits -> faults -> message kept."""

import itertools
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from jarshy.chat.markup import Seen
from jarshy.chat.records import ChatMessage, Fault, Limits, Service


class Refusal(Exception):
    """The answer to a request that is not carried out."""

    def __init__(self, status: int, text: str, retry_after: int | None = None) -> None:
        super().__init__(text)
        self.status, self.text, self.retry_after = status, text, retry_after


class _Window(NamedTuple):
    times: deque[float]
    most: int
    seconds: float

    def wait(self, now: float) -> float:
        """Return how long it takes until there is room, 0 when there is."""
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        return self.times[0] + self.seconds - now if len(self.times) >= self.most else 0.0


class Chat:
    """A chat: scripted faults, limits, and every message that was delivered."""

    def __init__(
        self,
        *,
        tokens: Iterable[str] | None = None,
        chats: Iterable[str] | None = None,
        limits: Limits | None = None,
        on_message: Callable[[ChatMessage], None] | None = None,
    ) -> None:
        """Know these `tokens` and `chats` (None: any of a right shape)."""
        self.messages: list[ChatMessage] = []
        self.requests = 0
        self.refusals: list[tuple[str, int]] = []
        self.unanswered: list[ChatMessage] = []  # accepted, and then the connection was closed
        self.chooser: Callable[[str], Fault | None] = lambda chat: None
        self._tokens = None if tokens is None else frozenset(tokens)
        self._chats = None if chats is None else frozenset(chats)
        self._limits = limits or Limits()
        self._on_message = on_message
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._lasting: dict[str, Fault] = {}
        self._windows: dict[str, _Window] = {}
        self._ids = itertools.count(1)
        self._lock = threading.Lock()

    def fail(self, chat: str, *faults: Fault) -> None:
        """Make the next requests for `chat` meet these faults, one each."""
        self._faults[chat].extend(faults)

    def fail_always(self, chat: str, fault: Fault) -> None:
        """Make every request for `chat` meet the fault, until `heal`."""
        self._lasting[chat] = fault

    def heal(self, chat: str) -> None:
        """Forget every fault of `chat`."""
        self._lasting.pop(chat, None)
        self._faults.pop(chat, None)

    def fault(self, chat: str) -> Fault | None:
        """Return the trouble that this request meets."""
        waiting = self._faults.get(chat)
        return waiting.popleft() if waiting else self._lasting.get(chat) or self.chooser(chat)

    def to(self, chat: str) -> list[ChatMessage]:
        """Return what one chat was sent."""
        return [message for message in list(self.messages) if message.chat == chat]

    def know(self, token: str, chat: str | None) -> None:
        """Refuse tokens and chats that nobody registered."""
        if self._tokens is not None and token not in self._tokens:
            raise Refusal(401, "Unauthorized")
        if self._chats is not None and chat is not None and chat not in self._chats:
            raise Refusal(400, "Bad Request: chat not found")

    def admit(self, service: Service, chat: str, bot: str) -> None:
        """Count the message against the limits; Refusal 429 when there is no room."""
        limits, windows = self._limits, []
        if service == "slack":
            windows.append((f"webhook {chat}", limits.webhook, limits.webhook_window))
        else:
            windows.append((f"chat {chat}", limits.chat, limits.chat_window))
            windows.append((f"bot {bot}", limits.bot, limits.bot_window))
            if not chat.isdecimal():
                windows.append((f"group {chat}", limits.group, limits.group_window))
        with self._lock:
            now = time.monotonic()
            kept = [self._windows.setdefault(k, _Window(deque(), most, s)) for k, most, s in windows if most]
            wait = max((window.wait(now) for window in kept), default=0.0)
            if wait > 0:
                raise Refusal(429, "Too Many Requests", max(1, round(wait + 0.5)))
            for window in kept:
                window.times.append(now)

    def keep(self, service: Service, chat: str, seen: Seen, source: str, **more: Any) -> ChatMessage:
        """Deliver a message."""
        number = more.pop("id", None) or next(self._ids)
        message = ChatMessage(
            service=service, chat=chat, id=number, text=seen.text, source=source, at=time.time(),
            links=seen.links, strong=seen.strong, mentions=seen.mentions, **more,
        )  # fmt: skip
        self.messages.append(message)
        if self._on_message:
            self._on_message(message)
        return message
