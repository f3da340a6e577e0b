"""The demo's run: newsroom and chat up | broker, topics, stages | watch | settled | verdict and summary."""

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape

from jarshy import system
from jarshy.chat.records import ChatMessage
from jarshy.demo import as_json, expect, show, stage
from jarshy.demo.watch import Seen, Watch
from jarshy.kept import State, Status, StoppedByUser
from jarshy.newsroom.script import Newsroom
from jarshy.newsroom.server import NewsroomServer
from jarshy.supervise import Supervisor
from wire import broker
from wire.records import Alert, Record
from wire.settings import Settings
from wire.topics import ALERTS, ARTICLES, MEETINGS

SETTLES_WITHIN = 120.0
POLLS_TO_WAIT = 3 * 2.0  # seconds: three polls of every feed after the last entry came


class NotSettled(TimeoutError):
    """The run did not come to its end; the text says what it still waited for."""


class Play:
    """One run of the demo."""

    def __init__(self, newsroom: Newsroom, asked: Settings, console: Console, *, judged: bool) -> None:
        self.newsroom, self.asked, self.console, self.judged = newsroom, asked, console, judged
        self.seen = Seen()
        self.latencies: list[float] = []
        self.first_alert: float | None = None
        self.chats: dict[str, int] = {}
        self._began = time.monotonic()

    async def run(self, *, once: bool) -> bool:
        """Play until told to stop, or (`once`) until all is told; return whether all came as expected."""
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jarshy-demo-")))
            supervisor = await stack.enter_async_context(Supervisor(folder / "logs", on_change=self._say_status))
            try:
                self.server = await stack.enter_async_context(NewsroomServer(self.newsroom))
                ours = await self._set_up(folder, supervisor, stack)
                await self._show(ours, supervisor, once)
            except StoppedByUser:
                self._say("stopping")
                return not once
        if not once:
            return True
        return self._verdict()

    async def _set_up(self, folder: Path, supervisor: Supervisor, stack: AsyncExitStack) -> Settings:
        chat = await stack.enter_async_context(stage.open_chat(self._read))
        stage.config(folder / "config", self.asked.config, self.server)
        asked = msgspec.structs.replace(self.asked, config=folder / "config", data=folder / "data")
        engine = system.engine(stage.chat_settings(asked, chat), supervisor, self._say)
        ours = await stack.enter_async_context(engine)
        stack.enter_context(Watch(ours, self.seen, self._progress))
        for each in system.stages(ours):
            supervisor.start(each)
        await supervisor.running("alerts", "streams", seconds=90)
        return ours

    async def _show(self, ours: Settings, supervisor: Supervisor, once: bool) -> None:
        self._say(f"the newsroom at {self.server.base_url} opens: {len(self.newsroom.feeds)} feeds")
        if once:
            seconds = SETTLES_WITHIN + self.newsroom.lasts
            try:
                await supervisor.during(asyncio.wait_for(self._settled(ours), seconds))
            except TimeoutError:
                children = ", ".join(f"{each.name} {each.state}" for each in supervisor.statuses)
                raise NotSettled(
                    f"not all was told within {seconds:.0f} s: {self._waits_for(ours)}; {children}"
                ) from None
        else:
            await supervisor.until_stopped()
            raise StoppedByUser("stopped")

    async def _settled(self, ours: Settings) -> None:
        """Return when everything the newsroom tells has gone all the way."""
        while not self.server.over:  # noqa: ASYNC110  # a clock, no event
            await asyncio.sleep(0.1)
        await asyncio.sleep(POLLS_TO_WAIT)
        quiet = 0
        while quiet < 2:
            await asyncio.sleep(0.5)
            quiet = quiet + 1 if await asyncio.to_thread(self._is_quiet, ours) else 0

    def _is_quiet(self, ours: Settings) -> bool:
        return not self._waits_for(ours)

    def _waits_for(self, ours: Settings) -> str:
        """Return what is still under way, in words; nothing when all is told."""
        unread = {
            "articles": broker.lag(ours, "streams", (ARTICLES,)),
            "meetings": broker.lag(ours, "streams", (MEETINGS,)),
            "alerts": broker.lag(ours, "alerts", (ALERTS,)),
            "unsent alerts": len(set(self.seen.alerts) - self.seen.sent()),
        }
        return ", ".join(f"{number} {what}" for what, number in unread.items() if number)

    def _read(self, told: ChatMessage) -> None:
        """Take note of a message that reached a chat, and show those of the desk that is read here."""
        self.chats[told.chat] = self.chats.get(told.chat, 0) + 1
        if self.first_alert is None:
            self.first_alert = time.monotonic() - self._began
        if told.chat == stage.READ_HERE:
            seconds = self._since_shown(told)
            if seconds is not None and not told.silent:
                self.latencies.append(seconds)
            show.message(self.console, told, seconds)

    def _since_shown(self, told: ChatMessage) -> float | None:
        """Return the seconds since the newest of the message's articles stood in its feed."""
        moments = [
            self.server.play.moment(entry.at).timestamp()
            for entry in self.newsroom.entries
            if entry.path
            and entry.at > 0
            and any(link.partition("?")[0].endswith("/" + entry.path) for link in told.links)
        ]
        return told.at - max(moments) if moments else None

    def _progress(self, record: Record) -> None:
        if isinstance(record, Alert) and not self.judged:
            self._say(f"alert: {as_json.fields(record)['with']} {record.form.value} {record.status.value}")

    def _verdict(self) -> bool:
        right = True
        if self.judged:
            judged = expect.judge(self.newsroom, self.seen.alerts.values(), self.server.play.today)
            show.verdicts(self.console, judged)
            right = judged.right
        show.summary(self.console, self.seen, self._figures())
        for letter in self.seen.dead:
            self.console.print(f"[red]dead letter[/] {letter.stage}: {letter.reason.text}")
        return right and not self.seen.dead

    def _figures(self) -> show.Figures:
        return show.Figures(len(self.newsroom.entries), tuple(self.latencies), self.first_alert, self.chats)

    def _say(self, words: str) -> None:
        self.console.print(f"[dim]{datetime.now(UTC):%H:%M:%S}[/] {words}", highlight=False)

    def _say_status(self, status: Status) -> None:
        if status.state in (State.RUNNING, State.RESTARTING, State.FAILED):
            self._say(escape(str(status)))
