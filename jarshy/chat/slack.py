"""Slack's protocol -> a message kept | a refusal.

POST /services/<T>/<B>/<X>, and with a bot's token POST /api/{chat.postMessage,chat.update}.
"""

import json
from typing import Any, Final

from aiohttp import web

from jarshy.chat.chat import Refusal
from jarshy.chat.markup import slack_text
from jarshy.chat.requests import Requests, arguments_of

MOST: Final = 40_000
REASONS: Final = {400: "invalid_payload", 403: "action_prohibited", 404: "no_service", 410: "channel_is_archived"}


class Slack:
    """Webhooks and the part of the Web API that Jarshy speaks, with their errors."""

    def __init__(self, requests: Requests) -> None:
        self._requests, self.chat = requests, requests.chat

    async def hook(self, request: web.Request) -> web.StreamResponse:
        """Answer an incoming webhook."""
        team, hook = request.match_info["team"], request.match_info["hook"]
        chat = f"{team}/{hook}"
        body = await request.text()
        try:
            self.chat.know(f"{chat}/{request.match_info['secret']}", chat)
            await self._requests.carry_out(request, chat, lambda: self._message(chat, body), REASONS)
        except Refusal as refusal:
            return _hook_refusal(refusal)
        return web.Response(text="ok")

    async def api(self, request: web.Request) -> web.StreamResponse:
        """Answer as Slack's Web API does: 200 and `ok: false` to nearly everything it refuses."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            arguments = await arguments_of(request)
            method, chat = request.match_info["method"], str(arguments.get("channel", ""))
            if method not in ("chat.postMessage", "chat.update"):
                raise Refusal(200, "unknown_method")
            self.chat.know(token, chat)
            answer = await self._requests.carry_out(
                request, chat, lambda: self._post(chat, arguments, edit=method == "chat.update"), REASONS
            )
        except Refusal as refusal:
            return _api_refusal(refusal)
        return web.json_response({"ok": True, **answer})

    def _post(self, chat: str, arguments: dict[str, Any], *, edit: bool) -> dict[str, Any]:
        self.chat.admit("slack", chat, "")
        source = str(arguments.get("text") or "")
        if not source:
            raise Refusal(200, "no_text")
        if len(source) > MOST:
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

    def _message(self, chat: str, body: str) -> dict[str, Any]:
        self.chat.admit("slack", chat, "")
        try:
            payload = json.loads(body)
            parts = [payload.get("text") or "", *(each.get("text") or "" for each in payload.get("attachments", []))]
        except (ValueError, AttributeError) as error:
            raise Refusal(400, "invalid_payload") from error
        source = "\n".join(part for part in parts if part)
        if not source:
            raise Refusal(400, "no_text")
        if len(source) > MOST:
            raise Refusal(400, "msg_too_long")
        self.chat.keep("slack", chat, slack_text(source, marked=payload.get("mrkdwn") is not False), source)
        return {}


def _hook_refusal(refusal: Refusal) -> web.Response:
    headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    if refusal.status == 401:  # Slack knows no such webhook
        return web.Response(status=404, text="no_service")
    return web.Response(status=refusal.status or 500, text=refusal.text, headers=headers)


def _api_refusal(refusal: Refusal) -> web.Response:
    means = {401: "invalid_auth", 400: "channel_not_found", 403: "not_in_channel", 404: "channel_not_found"}
    headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    if refusal.status == 429 or refusal.status >= 500 or refusal.status == 0:
        body, status = {"ok": False, "error": "ratelimited"}, refusal.status or 500
        return web.json_response(body, status=status, headers=headers)
    return web.json_response({"ok": False, "error": means.get(refusal.status, refusal.text)})


def _number(ts: str) -> int | None:
    """Return the number of the message with this time stamp."""
    return int(found) if (found := ts.partition(".")[2]).isdecimal() else None
