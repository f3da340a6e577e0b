"""A chat over HTTP: request -> known token and chat? -> limits -> faults -> markup -> message kept | refusal.

Telegram: POST or GET /bot<token>/{getMe,sendMessage,editMessageText}. Slack: POST /services/<T>/<B>/<X>, and
with a bot's token POST /api/{chat.postMessage,chat.update}.
"""

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import msgspec
from aiohttp import web

from jarshy.chat.chat import Chat, Refusal
from jarshy.chat.markup import Refused, Seen, slack_text, telegram_html, units
from jarshy.chat.records import ChatMessage, Fault, Service

TELEGRAM_MOST = 4096
SLACK_MOST = 40_000
_REASONS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    500: "Internal Server Error",
    502: "Bad Gateway",
}
_SLACK_REASONS = {400: "invalid_payload", 403: "action_prohibited", 404: "no_service", 410: "channel_is_archived"}


class ChatServer:
    """The chat on a port of 127.0.0.1; `async with` starts and stops it."""

    def __init__(self, chat: Chat | None = None, *, port: int = 0) -> None:
        self.chat = chat or Chat()
        self._port = port
        self._closing = asyncio.Event()
        app = web.Application(client_max_size=4 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._telegram)
        app.router.add_post("/services/{team}/{hook}/{secret}", self._slack)
        app.router.add_post("/api/{method}", self._slack_api)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close the port; requests that hang are let go."""
        self._closing.set()
        await self._runner.cleanup()

    @property
    def address(self) -> str:
        """Return the base address: what telegram_api and slack_api are set to."""
        return f"http://127.0.0.1:{self._port}"

    async def _telegram(self, request: web.Request) -> web.StreamResponse:
        try:
            result = await self._telegram_call(request, request.match_info["token"], await _arguments(request))
        except Refusal as refusal:
            return _telegram_refusal(refusal)
        return web.json_response({"ok": True, "result": result})

    async def _telegram_call(self, request: web.Request, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        bot, _, secret = token.partition(":")
        if not (bot.isdecimal() and secret):
            raise Refusal(404, "Not Found")
        chat = str(arguments.get("chat_id", ""))
        self.chat.know(token, chat or None)
        method = request.match_info["method"].lower()
        if method == "getme":
            return {"id": int(bot), "is_bot": True, "first_name": "Jarshy", "username": "jarshy_bot"}
        if method not in ("sendmessage", "editmessagetext"):
            raise Refusal(404, "Not Found")
        if not chat:
            raise Refusal(400, "Bad Request: chat_id is empty")
        return await self._carry_out(
            request, "telegram", chat, lambda: self._telegram_message(method, bot, chat, arguments)
        )

    def _telegram_message(self, method: str, bot: str, chat: str, arguments: dict[str, Any]) -> dict[str, Any]:
        self.chat.admit("telegram", chat, bot)
        source = str(arguments.get("text", ""))
        seen = _telegram_seen(source, str(arguments.get("parse_mode") or ""))
        reply = arguments.get("reply_to_message_id") or (arguments.get("reply_parameters") or {}).get("message_id")
        more: dict[str, Any] = {"silent": _truth(arguments.get("disable_notification")), "reply_to": reply}
        if method == "editmessagetext":
            more = {"id": self._editable(chat, arguments, seen), "edited": True}
        message = self.chat.keep("telegram", chat, seen, source, **more)
        return {
            "message_id": message.id, "date": int(message.at), "text": message.text,
            "chat": {"id": int(chat) if chat.lstrip("-").isdecimal() else chat},
        }  # fmt: skip

    def _editable(self, chat: str, arguments: dict[str, Any], seen: Seen) -> int:
        there = [each for each in self.chat.to(chat) if str(each.id) == str(arguments.get("message_id"))]
        if not there:
            raise Refusal(400, "Bad Request: message to edit not found")
        if there[-1].text == seen.text:
            raise Refusal(400, "Bad Request: message is not modified")
        return there[-1].id

    async def _slack(self, request: web.Request) -> web.StreamResponse:
        team, hook = request.match_info["team"], request.match_info["hook"]
        chat = f"{team}/{hook}"
        body = await request.text()
        try:
            self.chat.know(f"{chat}/{request.match_info['secret']}", chat)
            await self._carry_out(request, "slack", chat, lambda: self._slack_message(chat, body))
        except Refusal as refusal:
            return _slack_refusal(refusal)
        return web.Response(text="ok")

    async def _slack_api(self, request: web.Request) -> web.StreamResponse:
        """Answer as Slack's Web API does: 200 and `ok: false` to nearly everything it refuses."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            arguments = await _arguments(request)
            method, chat = request.match_info["method"], str(arguments.get("channel", ""))
            if method not in ("chat.postMessage", "chat.update"):
                raise Refusal(200, "unknown_method")
            self.chat.know(token, chat)
            answer = await self._carry_out(
                request, "slack", chat, lambda: self._slack_post(chat, arguments, edit=method == "chat.update")
            )
        except Refusal as refusal:
            return _slack_api_refusal(refusal)
        return web.json_response({"ok": True, **answer})

    def _slack_post(self, chat: str, arguments: dict[str, Any], *, edit: bool) -> dict[str, Any]:
        self.chat.admit("slack", chat, "")
        source = str(arguments.get("text") or "")
        if not source:
            raise Refusal(200, "no_text")
        if len(source) > SLACK_MOST:
            raise Refusal(200, "msg_too_long")
        thread = str(arguments.get("thread_ts") or "")
        more: dict[str, Any] = {
            "reply_to": _number(thread),
            "silent": bool(thread and not arguments["reply_broadcast"]),
        }
        if edit:
            number = _number(str(arguments.get("ts", "")))
            if number is None or not any(each.id == number for each in self.chat.to(chat)):
                raise Refusal(200, "message_not_found")
            more = {"id": number, "edited": True}
        seen = slack_text(source, marked=arguments.get("mrkdwn") is not False)
        message = self.chat.keep("slack", chat, seen, source, **more)
        return {"channel": chat, "ts": f"1700000000.{message.id:06}"}

    def _slack_message(self, chat: str, body: str) -> dict[str, Any]:
        self.chat.admit("slack", chat, "")
        try:
            payload = json.loads(body)
            parts = [payload.get("text") or "", *(each.get("text") or "" for each in payload.get("attachments", []))]
        except (ValueError, AttributeError) as error:
            raise Refusal(400, "invalid_payload") from error
        source = "\n".join(part for part in parts if part)
        if not source:
            raise Refusal(400, "no_text")
        if len(source) > SLACK_MOST:
            raise Refusal(400, "msg_too_long")
        self.chat.keep("slack", chat, slack_text(source, marked=payload.get("mrkdwn") is not False), source)
        return {}

    async def _carry_out(
        self, request: web.Request, service: Service, chat: str, deliver: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        """Deliver, or do as the scripted fault says."""
        self.chat.requests += 1
        fault = self.chat.fault(chat)
        try:
            if fault is None:
                return deliver()
            result = deliver() if fault.accept else None
            if fault.drop and fault.accept:
                self.chat.unanswered.append(self.chat.to(chat)[-1])
            await self._trouble(request, service, fault)
            return deliver() if result is None else result
        except Refusal as refusal:
            self.chat.refusals.append((chat, refusal.status))
            raise

    async def _trouble(self, request: web.Request, service: Service, fault: Fault) -> None:
        if fault.hang:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), fault.hang)
            if self._closing.is_set():
                raise Refusal(502, "the chat is closing")
        if fault.drop:
            if request.transport:  # else its client did not wait
                request.transport.close()
            raise Refusal(0, "dropped")
        if fault.status:
            reasons = _SLACK_REASONS if service == "slack" else _REASONS
            raise Refusal(fault.status, fault.text or reasons.get(fault.status, "error"), fault.retry_after)


def _slack_refusal(refusal: Refusal) -> web.Response:
    headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    if refusal.status == 401:  # Slack knows no such webhook
        return web.Response(status=404, text="no_service")
    return web.Response(status=refusal.status or 500, text=refusal.text, headers=headers)


def _slack_api_refusal(refusal: Refusal) -> web.Response:
    means = {401: "invalid_auth", 400: "channel_not_found", 403: "not_in_channel", 404: "channel_not_found"}
    headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    if refusal.status == 429 or refusal.status >= 500 or refusal.status == 0:
        body, status = {"ok": False, "error": "ratelimited"}, refusal.status or 500
        return web.json_response(body, status=status, headers=headers)
    return web.json_response({"ok": False, "error": means.get(refusal.status, refusal.text)})


def _number(ts: str) -> int | None:
    """Return the number of the message with this time stamp."""
    return int(found) if (found := ts.partition(".")[2]).isdecimal() else None


async def _arguments(request: web.Request) -> dict[str, Any]:
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


def _telegram_seen(source: str, mode: str) -> Seen:
    try:
        seen = telegram_html(source) if mode.upper() == "HTML" else Seen(source)
    except Refused as refused:
        raise Refusal(400, f"Bad Request: {refused}") from refused
    if not seen.text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if units(seen.text) > TELEGRAM_MOST:
        raise Refusal(400, "Bad Request: message is too long")
    return seen


def _telegram_refusal(refusal: Refusal) -> web.Response:
    answer: dict[str, Any] = {"ok": False, "error_code": refusal.status, "description": refusal.text}
    headers = {}
    if refusal.retry_after is not None:
        answer["description"] = f"Too Many Requests: retry after {refusal.retry_after}"
        answer["parameters"] = {"retry_after": refusal.retry_after}
        headers["Retry-After"] = str(refusal.retry_after)
    return web.json_response(answer, status=refusal.status or 500, headers=headers)


def _truth(value: object) -> bool:
    return value in (True, "true", "True", "1", 1)


class ChatThread:
    """A ChatServer on a thread of its own, for those who have no event loop."""

    def __init__(self, chat: Chat | None = None, *, port: int = 0) -> None:
        self.chat = chat or Chat()
        self._port = port
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="chat", daemon=True)
        self.address = ""

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(10):
            raise RuntimeError("the chat server did not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        async with ChatServer(self.chat, port=self._port) as server:
            self.address = server.address
            self._ready.set()
            await self._over.wait()


def line(message: ChatMessage) -> str:
    """Return a message as one line of JSON."""
    return msgspec.json.encode(message).decode()
