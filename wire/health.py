"""Whether a process lives and is ready, over HTTP on 127.0.0.1: /live and /ready answer 200 or 503.

Liveness asks for progress, not for an answer: a stalled loop that still serves pages must be restarted.
"""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import msgspec

STALLED_AFTER = 120.0


class Health:
    """What a stage says of itself; every turn of its loop calls `beat`."""

    def __init__(
        self, stage: str, clock: Callable[[], float] = time.monotonic, stalled_after: float = STALLED_AFTER
    ) -> None:
        self.stage, self.stalled_after = stage, stalled_after
        self.ready = False
        self._clock = clock
        self._last = clock()
        self.figures: dict[str, int | float | str] = {}

    def beat(self) -> None:
        """Note that the loop turned."""
        self._last = self._clock()

    @property
    def idle(self) -> float:
        """Return the seconds since the loop last turned."""
        return self._clock() - self._last

    @property
    def live(self) -> bool:
        """Return whether the loop turned within `stalled_after` seconds."""
        return self.idle < self.stalled_after


@asynccontextmanager
async def serve(health: Health, port: int) -> AsyncIterator[None]:
    """Serve the health page while the context is open; port 0 serves nothing."""
    if not port:
        yield
        return
    from aiohttp import web  # half a second, which a process without a health page need not spend

    async def answer(good: bool) -> web.Response:
        status = 200 if good else 503
        return web.Response(status=status, body=_page(health), content_type="application/json")

    application = web.Application()
    application.router.add_get("/live", lambda request: answer(health.live))
    application.router.add_get("/ready", lambda request: answer(health.live and health.ready))
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError as error:
        await runner.cleanup()
        raise OSError(f"the health page cannot be served, set another JARSHY_HEALTH_PORT: {error}") from error
    try:
        yield
    finally:
        await runner.cleanup()


def _page(health: Health) -> bytes:
    said = {"stage": health.stage, "live": health.live, "ready": health.ready, "idle": round(health.idle, 1)}
    return msgspec.json.encode(said | health.figures)
