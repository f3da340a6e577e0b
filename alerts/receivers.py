"""The only import of apprise: one URL per receiver, one typed outcome.

desks.yaml + environment -> secrets -> plugin -> send -> Answer
"""

import logging
import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, Protocol

import apprise
from apprise.plugins import slack, telegram

from alerts.desks import DesksFile, ReceiverLines
from alerts.overheard import Overhearing, heard
from alerts.rates import BOT, CHAT, GROUP, WEBHOOK, Bucket, Rate
from alerts.reasons import reason
from alerts.secret import SECRET, missing, secrets_of, veil, veiled
from wire.files import Problem, Problems
from wire.records import Outcome, Reason
from wire.settings import Settings

Style = Literal["html", "text"]
TELEGRAM_MOST = 4000  # of 4,096: line ends count double
TEXT_MOST = 6000
ANSWER_SECONDS = 15.0
_STATUS = re.compile(r"error=(\d{3})")
_AFTER = re.compile(r"retry after (\d+)")
_NO_SUCH_CHAT = re.compile(
    r"chat not found|upgraded to a supergroup|not enough rights|have no rights|administrator rights|"
    r"PEER_ID_INVALID|TOPIC_|thread not found|deactivated|chat_id is empty",
    re.IGNORECASE,
)
_SHAPES = {"tgram": "tgram://BOT_TOKEN/CHAT_ID", "slack": "slack://T.../B.../..."}

_log = logging.getLogger("apprise")
_log.setLevel(logging.WARNING)  # DEBUG holds tokens, and a refused URL is warned of with its token: nobody listens
_log.propagate = False
_log.addHandler(logging.NullHandler())


class Answer(NamedTuple):
    """How a send ended."""

    outcome: Outcome
    reason: Reason | None = None
    after: float | None = None  # seconds that the service asks us to wait
    doubtful: bool = False  # it may have arrived all the same


class Receiver(Protocol):
    """A chat that takes messages; each has its own ways, one interface and one outcome type."""

    name: str
    style: Style
    most: int  # UTF-16 units in one message
    buckets: tuple[Bucket, ...]

    def send(self, body: str, *, style: Style, silent: bool) -> Answer:
        """Send one message, and say how it ended."""


for _plugin in (telegram, slack):
    _plugin.requests = Overhearing()  # type: ignore[attr-defined]


class AppriseReceiver:
    """One chat behind one Apprise URL."""

    def __init__(
        self, name: str, plugin: Any, *, buckets: tuple[Bucket, ...], asset: Any, veiled: tuple[str, ...] = ()
    ) -> None:
        self.name, self.buckets = name, buckets
        self.style: Style = "html" if isinstance(plugin, telegram.NotifyTelegram) else "text"
        self.most = TELEGRAM_MOST if self.style == "html" else min(TEXT_MOST, int(plugin.body_maxlen))
        self._plugin, self._veiled = plugin, veiled
        self._apprise = apprise.Apprise(asset=asset)
        self._apprise.add(plugin)

    def __str__(self) -> str:
        return f"{self.name} ({self._plugin.service_name})"

    def send(self, body: str, *, style: Style, silent: bool) -> Answer:
        """Send one message through Apprise, and classify what it logged."""
        if isinstance(self._plugin, telegram.NotifyTelegram):
            self._plugin.silent = silent
        heard.forget()
        result = self._apprise.notify(body=body, body_format=style)
        if result:
            return Answer(Outcome.SENT)
        said = "\n".join(entry.message for each in result.results for entry in each.logs())
        return classify(veil(said, self._veiled), status=heard.status, after=heard.after, unsent=heard.unsent)


def classify(said: str, *, status: int | None = None, after: float | None = None, unsent: bool = False) -> Answer:
    """Return what a failed send means, from Apprise's log and what was overheard."""
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


class Connected(NamedTuple):
    """Every receiver, and the values that must be shown nowhere."""

    receivers: dict[str, AppriseReceiver]
    secrets: tuple[str, ...]


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
    found = {name: secrets_of(lines.url, environ) for name, lines in file.desks.receivers.items()}
    if problems := missing(file, found):
        raise Problems(problems)
    asset = apprise.AppriseAsset(async_mode=False, service_timeout=0)
    asset.app_id = "Jarshy"
    hidden = veiled(value for values in found.values() for value in values.values() if value)
    bots: dict[str, Bucket] = {}
    receivers = {}
    for name, lines in file.desks.receivers.items():
        url = SECRET.sub(lambda match, values=found[name]: values[match[1]] or "", lines.url)  # type: ignore[misc]
        plugin = apprise.Apprise.instantiate(url, asset=asset)
        if fault := _unusable(plugin):
            problems.append(_wrong(file, name, lines, fault, tuple(found[name])))
            continue
        _set_up(plugin, settings, timeout)
        buckets = _buckets(plugin, lines.own_rate, bots, scale)
        receivers[name] = AppriseReceiver(name, plugin, buckets=buckets, asset=asset, veiled=hidden)
    if problems:
        raise Problems(problems)
    return Connected(receivers, hidden)


def _unusable(plugin: Any) -> str:
    """Return why a plugin cannot be one receiver, or nothing."""
    if plugin is None:
        return "Apprise makes no receiver of this URL"
    if isinstance(plugin, telegram.NotifyTelegram) and len(plugin.targets) != 1:
        return "this URL does not name exactly one chat"
    if isinstance(plugin, slack.NotifySlack) and len(plugin.channels) != 1:
        return "this URL names several channels"
    return ""


def _wrong(file: DesksFile, name: str, lines: ReceiverLines, fault: str, secrets: tuple[str, ...]) -> Problem:
    shape = _SHAPES.get(lines.url.partition("://")[0], "a URL that Apprise knows, for one chat")
    check = f"check what {' and '.join(secrets)} holds: " if secrets else ""
    return file.document.problem(
        ("receivers", name, "url"), f"receiver {name!r}: {fault}", f"{check}it should be {shape}"
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
