"""The only import of apprise: one URL per receiver, one typed outcome.

desks.yaml + environment -> secrets -> plugin -> send -> Answer
"""

import logging
from collections.abc import Mapping
from typing import Any, NamedTuple

import apprise
from apprise.plugins import slack, telegram

from alerts.answers import NOWHERE, TELEGRAM_MOST, TEXT_MOST, Anchor, Answer, Receiver, Style, classify
from alerts.bots import Api, SlackBot, SlackHook, TelegramBot, open_client
from alerts.desks import DesksFile
from alerts.lines import ReceiverLines
from alerts.overheard import Overhearing, heard
from alerts.rates import BOT, CHAT, GROUP, WEBHOOK, Bucket, Rate
from alerts.secret import SECRET, missing, secrets_of, veil, veiled
from wire.files import Problem, Problems
from wire.records import Outcome
from wire.settings import Settings

ANSWER_SECONDS = 15.0
_SHAPES = {"tgram": "tgram://BOT_TOKEN/CHAT_ID", "slack": "slack://T.../B.../..."}

_log = logging.getLogger("apprise")
_log.setLevel(logging.WARNING)  # DEBUG holds tokens, and a refused URL is warned of with its token: nobody listens
_log.propagate = False
_log.addHandler(logging.NullHandler())


for _plugin in (telegram, slack):
    _plugin.requests = Overhearing()  # type: ignore[attr-defined]


class AppriseReceiver:
    """One chat behind one Apprise URL, and perhaps a second for what must not ring."""

    edits = False

    def __init__(
        self, name: str, plugin: Any, *, buckets: tuple[Bucket, ...], asset: Any, veiled: tuple[str, ...] = (),
        silent: Any = None,
    ) -> None:  # fmt: skip
        self.name, self.buckets = name, buckets
        self.style: Style = "html" if isinstance(plugin, telegram.NotifyTelegram) else "text"
        self.most = TELEGRAM_MOST if self.style == "html" else min(TEXT_MOST, int(plugin.body_maxlen))
        self._plugin, self._veiled = plugin, veiled
        self._loud = self._silent = _alone(plugin, asset)
        if silent is not None:
            self._silent = _alone(silent, asset)

    def __str__(self) -> str:
        return f"{self.name} ({self._plugin.service_name})"

    def send(self, body: str, *, style: Style, silent: bool, anchor: Anchor = NOWHERE) -> Answer:
        """Send one message through Apprise, and classify what it logged; where it belongs cannot be told."""
        if isinstance(self._plugin, telegram.NotifyTelegram):
            self._plugin.silent = silent
        heard.forget()
        result = (self._silent if silent else self._loud).notify(body=body, body_format=style)
        if result:
            return Answer(Outcome.SENT)
        said = "\n".join(entry.message for each in result.results for entry in each.logs())
        return classify(veil(said, self._veiled), status=heard.status, after=heard.after, unsent=heard.unsent)

    def edit(self, post: str, body: str, *, style: Style) -> Answer | None:
        """Return None: Apprise knows no message again."""
        return None


def _alone(plugin: Any, asset: Any) -> Any:
    one = apprise.Apprise(asset=asset)
    one.add(plugin)
    return one


class Connected(NamedTuple):
    """Every receiver, and the values that must be shown nowhere."""

    receivers: dict[str, Receiver]
    secrets: tuple[str, ...]


class _Connecting:
    """Makes receivers of URLs; those of one bot share its limit."""

    def __init__(
        self, file: DesksFile, environ: Mapping[str, str], settings: Settings, scale: float, timeout: float
    ) -> None:
        self.found = {name: secrets_of(_urls(lines), environ) for name, lines in file.desks.receivers.items()}
        self.hidden = veiled(value for values in self.found.values() for value in values.values() if value)
        self._file, self._settings, self._scale, self._timeout = file, settings, scale, timeout
        self._asset = apprise.AppriseAsset(async_mode=False, service_timeout=0)
        self._asset.app_id = "Jarshy"
        self._bots: dict[str, Bucket] = {}
        self._client = open_client(timeout)

    def receiver(self, name: str, lines: ReceiverLines) -> Receiver | Problem:
        """Return the receiver, or why there can be none."""
        plugin = self._plugin(name, lines.url)
        silent = self._plugin(name, lines.silent) if lines.silent else None
        fault, line = _unusable(plugin), "url"
        if not fault and lines.silent:
            fault, line = _unusable(silent), "silent"
        if not fault and lines.edits and not _editable(plugin):
            fault, line = "this service cannot edit messages: only Telegram and Slack with a bot's token can", "edits"
        if fault:
            return _wrong(self._file, (name, line), lines.url, fault, tuple(self.found[name]))
        buckets = _buckets(plugin, lines.own_rate, self._bots, self._scale)
        if ours := self._own(name, plugin, lines, buckets):
            return ours
        for each in filter(None, (plugin, silent)):
            _set_up(each, self._settings, self._timeout)
        return AppriseReceiver(name, plugin, buckets=buckets, asset=self._asset, veiled=self.hidden, silent=silent)

    def _plugin(self, name: str, url: str) -> Any:
        values = self.found[name]
        return apprise.Apprise.instantiate(SECRET.sub(lambda match: values[match[1]] or "", url), asset=self._asset)

    def _own(self, name: str, plugin: Any, lines: ReceiverLines, buckets: tuple[Bucket, ...]) -> Receiver | None:
        """Return a sender of our own where it can do more than Apprise's."""
        more: dict[str, Any] = {"buckets": buckets, "veiled": self.hidden}
        if lines.edits and isinstance(plugin, telegram.NotifyTelegram):
            chat, topic = plugin.targets[0]
            api = Api(self._settings.telegram_api, plugin.bot_token, self._client)
            return TelegramBot(name, api, str(chat), topic, **more)
        if not isinstance(plugin, slack.NotifySlack) or lines.silent:
            return None
        if plugin.mode == slack.SlackMode.WEBHOOK:
            secret = f"{plugin.token_a}/{plugin.token_b}/{plugin.token_c}"
            return SlackHook(name, f"{self._settings.slack_api.rstrip('/')}/services/{secret}", self._client, **more)
        if plugin.mode == slack.SlackMode.BOT and "@" not in plugin.channels[0]:  # Apprise looks people up
            api = Api(self._settings.slack_bot_api, str(plugin.access_token), self._client)
            return SlackBot(name, api, plugin.channels[0].lstrip("#+"), edits=lines.edits, **more)
        return None


def _urls(lines: ReceiverLines) -> str:
    return f"{lines.url} {lines.silent or ''}"


def connect(
    file: DesksFile,
    environ: Mapping[str, str],
    settings: Settings,
    *,
    scale: float = 1.0,
    timeout: float = ANSWER_SECONDS,
) -> Connected:
    """Make a receiver of every URL in desks.yaml.

    `scale` shortens the services' own limits and `timeout` is in seconds. Raises Problems with every fault.
    """
    connecting = _Connecting(file, environ, settings, scale, timeout)
    if problems := missing(file, connecting.found, environ):
        raise Problems(problems)
    made = {name: connecting.receiver(name, lines) for name, lines in file.desks.receivers.items()}
    if problems := [each for each in made.values() if isinstance(each, Problem)]:
        raise Problems(problems)
    receivers = {name: each for name, each in made.items() if not isinstance(each, Problem)}
    return Connected(receivers, connecting.hidden)


def _unusable(plugin: Any) -> str:
    """Return why a plugin cannot be one receiver, or nothing."""
    if plugin is None:
        return "Apprise makes no receiver of this URL"
    if isinstance(plugin, telegram.NotifyTelegram) and len(plugin.targets) != 1:
        return "this URL does not name exactly one chat"
    if isinstance(plugin, slack.NotifySlack) and len(plugin.channels) != 1:
        return "this URL names several channels"
    return ""


def _editable(plugin: Any) -> bool:
    return isinstance(plugin, telegram.NotifyTelegram) or (
        isinstance(plugin, slack.NotifySlack) and plugin.mode == slack.SlackMode.BOT
    )


def _wrong(file: DesksFile, at: tuple[str, str], url: str, fault: str, secrets: tuple[str, ...]) -> Problem:
    name, line = at
    shape = _SHAPES.get(url.partition("://")[0], "a URL that Apprise knows, for one chat")
    check = f"check what {' and '.join(secrets)} {'hold' if len(secrets) > 1 else 'holds'}: " if secrets else ""
    return file.document.problem(
        ("receivers", name, line), f"receiver {name!r}: {fault}", f"{check}it should be {shape}"
    )


def _set_up(plugin: Any, settings: Settings, timeout: float) -> None:
    """Take from the URL what is ours to decide: attempts, pieces, redirects, decoration, base addresses."""
    plugin.retry, plugin.optional, plugin.redirects = 0, False, False
    plugin.overflow_mode = apprise.OverflowMode.UPSTREAM
    plugin._format_override = None
    plugin.socket_connect_timeout, plugin.socket_read_timeout = min(5.0, timeout), timeout
    if isinstance(plugin, telegram.NotifyTelegram):
        plugin.notify_url = f"{settings.telegram_api.rstrip('/')}/bot"
        plugin.include_image = False
    elif isinstance(plugin, slack.NotifySlack):
        plugin.webhook_url = f"{settings.slack_api.rstrip('/')}/services"
        plugin.include_image = plugin.include_footer = plugin.use_blocks = False


def _buckets(plugin: Any, own: Rate | None, bots: dict[str, Bucket], scale: float) -> tuple[Bucket, ...]:
    """Return the limits a receiver keeps: its chat's, and its bot's, which it shares."""
    if not isinstance(plugin, telegram.NotifyTelegram):
        return (Bucket(own or WEBHOOK, scale=scale),)
    bot = bots.setdefault(plugin.bot_token, Bucket(BOT, scale=scale))
    chat = plugin.targets[0][0]
    person = isinstance(chat, int) and chat > 0
    rates = (own,) if own else (CHAT,) if person else (CHAT, GROUP)
    return (*(Bucket(rate, scale=scale) for rate in rates), bot)
