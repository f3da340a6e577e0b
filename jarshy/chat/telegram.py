"""Telegram's protocol: POST or GET /bot<token>/{getMe,sendMessage,editMessageText} -> a message kept | a refusal."""

from typing import Any, Final

from aiohttp import web

from jarshy.chat.chat import Refusal
from jarshy.chat.markup import Refused, Seen, telegram_html, units
from jarshy.chat.requests import Requests, arguments_of

MOST: Final = 4096
REASONS: Final = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class Telegram:
    """The part of the bot API that Jarshy speaks, with its limits and errors."""

    def __init__(self, requests: Requests) -> None:
        self._requests, self.chat = requests, requests.chat

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer /bot<token>/<method>."""
        try:
            result = await self._call(request, request.match_info["token"], await arguments_of(request))
        except Refusal as refusal:
            return _refusal(refusal)
        return web.json_response({"ok": True, "result": result})

    async def _call(self, request: web.Request, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
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
        return await self._requests.carry_out(
            request, chat, lambda: self._message(method, bot, chat, arguments), REASONS
        )

    def _message(self, method: str, bot: str, chat: str, arguments: dict[str, Any]) -> dict[str, Any]:
        self.chat.admit("telegram", chat, bot)
        source = str(arguments.get("text", ""))
        seen = _seen(source, str(arguments.get("parse_mode") or ""))
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


def _seen(source: str, mode: str) -> Seen:
    try:
        seen = telegram_html(source) if mode.upper() == "HTML" else Seen(source)
    except Refused as refused:
        raise Refusal(400, f"Bad Request: {refused}") from refused
    if not seen.text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if units(seen.text) > MOST:
        raise Refusal(400, "Bad Request: message is too long")
    return seen


def _refusal(refusal: Refusal) -> web.Response:
    answer: dict[str, Any] = {"ok": False, "error_code": refusal.status, "description": refusal.text}
    headers = {}
    if refusal.retry_after is not None:
        answer["description"] = f"Too Many Requests: retry after {refusal.retry_after}"
        answer["parameters"] = {"retry_after": refusal.retry_after}
        headers["Retry-After"] = str(refusal.retry_after)
    return web.json_response(answer, status=refusal.status or 500, headers=headers)


def _truth(value: object) -> bool:
    return value in (True, "true", "True", "1", 1)
