"""What both services do with a request: its arguments, then the message delivered, or the trouble that was scripted."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from jarshy.chat.chat import Chat, Refusal
from jarshy.chat.records import Fault


class Requests:
    """Requests to one chat server, until it closes."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.closing = asyncio.Event()

    async def carry_out(
        self,
        request: web.Request,
        chat: str,
        deliver: Callable[[], dict[str, Any]],
        reasons: Mapping[int, str],
    ) -> dict[str, Any]:
        """Deliver, or do as the scripted fault says; `reasons` are the service's words for a status."""
        self.chat.requests += 1
        fault = self.chat.fault(chat)
        try:
            if fault is None:
                return deliver()
            result = deliver() if fault.accept else None
            if fault.drop and fault.accept:
                self.chat.unanswered.append(self.chat.to(chat)[-1])
            await self._trouble(request, fault, reasons)
            return deliver() if result is None else result
        except Refusal as refusal:
            self.chat.refusals.append((chat, refusal.status))
            raise

    async def _trouble(self, request: web.Request, fault: Fault, reasons: Mapping[int, str]) -> None:
        if fault.hang:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.closing.wait(), fault.hang)
            if self.closing.is_set():
                raise Refusal(502, "the chat is closing")
        if fault.drop:
            if request.transport:  # else its client did not wait
                request.transport.close()
            raise Refusal(0, "dropped")
        if fault.status:
            raise Refusal(fault.status, fault.text or reasons.get(fault.status, "error"), fault.retry_after)


async def arguments_of(request: web.Request) -> dict[str, Any]:
    """Return the arguments, from the query, a form or JSON."""
    arguments: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            arguments |= json.loads(await request.text() or "{}")
        except (ValueError, TypeError) as error:
            raise Refusal(400, "Bad Request: can't parse JSON object") from error
    elif request.method == "POST":
        arguments |= dict(await request.post())
    return arguments
