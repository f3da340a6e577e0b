"""Senders of our own: Telegram's bots, and Slack's with a token, whose messages can be edited; Slack's webhooks.

body -> one HTTPS request -> the same Answer as Apprise's, with the message's id where the service tells it
"""

import logging
import re
from typing import Any, Final, NamedTuple

import httpx

from alerts.answers import NOWHERE, TELEGRAM_MOST, TEXT_MOST, Anchor, Answer, Style, classify
from alerts.rates import Bucket
from alerts.reasons import reason
from alerts.secret import veil
from wire.records import Outcome

logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells every address at INFO, and Telegram's hold the token
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_FIXED = re.compile(r"message to edit not found|message can't be edited|MESSAGE_ID_INVALID", re.IGNORECASE)
_SLACK_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
SLACK_MEANS: Final = {
    "invalid_auth": 401, "not_authed": 401, "token_revoked": 401, "token_expired": 401, "account_inactive": 401,
    "channel_not_found": 404, "is_archived": 404, "not_in_channel": 403, "restricted_action": 403,
    "missing_scope": 403, "access_denied": 403, "team_access_not_granted": 403, "no_permission": 403,
    "ratelimited": 429, "rate_limited": 429,
    "internal_error": 500, "fatal_error": 500, "service_unavailable": 500, "request_timeout": 500,
}  # fmt: skip
"""Slack answers 200 to everything: what its words would be as a status. Any other refuses this message."""


class Api(NamedTuple):
    """A service's address, a bot's token there, and the connections that all bots share."""

    base: str
    token: str
    client: httpx.Client


def open_client(timeout: float) -> httpx.Client:
    """Return connections for any number of bots; each would have a certificate store of 2 MB of its own."""
    return httpx.Client(
        timeout=httpx.Timeout(timeout, connect=min(5.0, timeout)),
        limits=httpx.Limits(max_connections=None),
        trust_env=False,
        follow_redirects=False,
    )


class _Unanswered(Exception):
    """The request ended without an answer that can be read."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.reason)
        self.answer = answer


class _Chat:
    """A chat behind an address that holds a secret."""

    edits = True
    style: Style
    most: int

    def __init__(
        self, name: str, chat: str, client: httpx.Client, *, buckets: tuple[Bucket, ...], veiled: tuple[str, ...]
    ) -> None:
        self.name, self.buckets = name, buckets
        self._chat, self._client, self._veiled = chat, client, veiled

    def _posted(
        self, address: str, arguments: dict[str, Any], headers: dict[str, str] | None = None
    ) -> tuple[httpx.Response, float | None]:
        """Return the answer, and the pause asked for."""
        try:
            got = self._client.post(address, json=arguments, headers=headers)
        except httpx.HTTPError as error:
            raise _Unanswered(classify("", unsent=isinstance(error, _UNSENT))) from error
        after = got.headers.get("Retry-After", "")
        return got, float(after) if after.isdecimal() else None

    def _asked(
        self, address: str, arguments: dict[str, Any], headers: dict[str, str] | None = None
    ) -> tuple[int, float | None, dict[str, Any]]:
        """Return the status, the pause asked for, and the answer; what cannot be read is no answer."""
        got, after = self._posted(address, arguments, headers)
        try:
            answer = got.json()
        except ValueError:
            answer = {}
        return got.status_code, after, answer if isinstance(answer, dict) else {}

    def _refused(self, said: str, status: int, after: float | None) -> Answer:
        return classify(veil(said, self._veiled), status=status, after=after)


class TelegramBot(_Chat):
    """One chat, or one topic of it, of Telegram's Bot API."""

    style: Style = "html"
    most = TELEGRAM_MOST

    def __init__(self, name: str, api: Api, chat: str, topic: int | None = None, **more: Any) -> None:
        super().__init__(name, chat, api.client, **more)
        self._base, self._topic = f"{api.base.rstrip('/')}/bot{api.token}", topic

    def __str__(self) -> str:
        return f"{self.name} (Telegram, edits)"

    def send(self, body: str, *, style: Style, silent: bool, anchor: Anchor = NOWHERE) -> Answer:
        """Send one message, as an answer to what it belongs to."""
        more: dict[str, Any] = {"disable_notification": silent}
        if self._topic:
            more["message_thread_id"] = self._topic
        if to := anchor.own or anchor.root:
            more["reply_parameters"] = {"message_id": int(to), "allow_sending_without_reply": True}
        answer = self._call("sendMessage", body, style, more)
        return answer or Answer(Outcome.PARKED, reason("unclear"))

    def edit(self, post: str, body: str, *, style: Style) -> Answer | None:
        """Edit a message; when nothing in it changes, that is well."""
        answer = self._call("editMessageText", body, style, {"message_id": int(post)})
        return answer and answer._replace(doubtful=False, post=None)  # edited twice is edited once

    def _call(self, method: str, body: str, style: Style, more: dict[str, Any]) -> Answer | None:
        marked = {"text": body.replace("<br/>", "\n"), "parse_mode": "HTML"} if style == "html" else {"text": body}
        arguments = {"chat_id": self._chat, "link_preview_options": {"is_disabled": True}, **marked, **more}
        try:
            status, after, answer = self._asked(f"{self._base}/{method}", arguments)
        except _Unanswered as none:
            return none.answer
        said = str(answer.get("description", ""))
        if answer.get("ok") is True or "message is not modified" in said:
            result = answer.get("result")
            return Answer(Outcome.SENT, post=str(result["message_id"]) if isinstance(result, dict) else None)
        return None if _FIXED.search(said) else self._refused(said, status, after)


class SlackBot(_Chat):
    """One channel of Slack's Web API; a post is known by its channel's id and its time stamp."""

    style: Style = "mrkdwn"
    most = TEXT_MOST

    def __init__(self, name: str, api: Api, channel: str, *, edits: bool = True, **more: Any) -> None:
        super().__init__(name, channel, api.client, **more)
        self._base, self._headers = api.base.rstrip("/"), {"Authorization": f"Bearer {api.token}"}
        self.edits = edits

    def __str__(self) -> str:
        return f"{self.name} (Slack{', edits' if self.edits else ''})"

    def send(self, body: str, *, style: Style, silent: bool, anchor: Anchor = NOWHERE) -> Answer:
        """Send one message into the thread it belongs to; what rings is shown in the channel as well."""
        more: dict[str, Any] = {"channel": self._chat}
        if anchor.root:
            more |= {"thread_ts": anchor.root.partition("/")[2], "reply_broadcast": not silent}
        answer = self._call("chat.postMessage", body, style, more)
        return answer or Answer(Outcome.PLAIN, reason("markup-refused", "message_not_found"))

    def edit(self, post: str, body: str, *, style: Style) -> Answer | None:
        """Edit a message."""
        channel, _, at = post.partition("/")
        answer = self._call("chat.update", body, style, {"channel": channel, "ts": at})
        return answer and answer._replace(doubtful=False, post=None)

    def _call(self, method: str, body: str, style: Style, more: dict[str, Any]) -> Answer | None:
        arguments = _slack_message(body, style) | more
        try:
            status, after, answer = self._asked(f"{self._base}/{method}", arguments, self._headers)
        except _Unanswered as none:
            return none.answer
        if answer.get("ok") is True:
            post = f"{answer.get('channel', self._chat)}/{answer.get('ts', '')}"
            return Answer(Outcome.SENT, post=post if self.edits else None)
        said = str(answer.get("error", ""))
        if said in _SLACK_GONE:
            return None
        if status == 200 and said:
            status = SLACK_MEANS.get(said, 400)
        return self._refused(said, status, after)


class SlackHook(_Chat):
    """One channel behind an incoming webhook: what is posted there is bold and linked as it says.

    Apprise hands a text over as an attachment, in which Slack promises no markup.
    """

    style: Style = "mrkdwn"
    most = TEXT_MOST
    edits = False

    def __init__(self, name: str, address: str, client: httpx.Client, **more: Any) -> None:
        super().__init__(name, address, client, **more)

    def __str__(self) -> str:
        return f"{self.name} (Slack)"

    def send(self, body: str, *, style: Style, silent: bool, anchor: Anchor = NOWHERE) -> Answer:
        """Send one message; a webhook neither keeps quiet nor answers another."""
        try:
            got, after = self._posted(self._chat, _slack_message(body, style))
        except _Unanswered as none:
            return none.answer
        if got.status_code == 200 and got.text.strip() == "ok":
            return Answer(Outcome.SENT)
        return self._refused(got.text[:200], got.status_code, after)

    def edit(self, post: str, body: str, *, style: Style) -> Answer | None:
        """Return None: a webhook knows no message again."""
        return None


def _slack_message(body: str, style: Style) -> dict[str, Any]:
    """Return what Slack is asked to show; text that is not marked up stays as it is."""
    if style != "mrkdwn":
        body = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"text": body, "mrkdwn": style == "mrkdwn", "unfurl_links": False, "unfurl_media": False}
