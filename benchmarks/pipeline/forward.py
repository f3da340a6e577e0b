"""The peer: a stock Faust agent that forwards each message's bytes, and awaits each delivery.

python -m benchmarks.pipeline.forward
"""

import os
from typing import Any

import faust

from wire import embedded, settings
from wire.topics import ALERTS, ARTICLES, named

GROUP = "forward"


def main() -> None:
    """Forward articles to the alerts topic until told to stop; the settings are those of streams/app."""
    ours = settings.read()
    session = ours.session_timeout
    app = faust.App(
        f"{ours.prefix}.{GROUP}",
        broker=f"kafka://{ours.bootstrap[0]}",
        store="memory://",
        autodiscover=False,
        datadir=ours.data,
        broker_session_timeout=session,
        broker_heartbeat_interval=1,
        broker_rebalance_timeout=session * 2,
        broker_request_timeout=40,
        broker_commit_interval=1.0,
        broker_client_id=f"{ours.prefix}-forward-{os.getpid()}",
        consumer_auto_offset_reset="earliest",
        producer_acks=-1,
        producer_request_timeout=30.0,
        producer_max_batch_size=embedded.batch_bytes(ours),
        stream_wait_empty=True,
        topic_disable_leader=True,
        web_enabled=False,
        worker_redirect_stdouts=False,
    )
    source, target = (_raw(app, named(topic, ours.prefix)) for topic in (ARTICLES, ALERTS))

    @app.agent(source)
    async def forward(stream: Any) -> None:
        async for event in stream.events():
            await (await target.send(key=event.message.key, value=event.message.value))

    worker = faust.Worker(app, loglevel="WARNING", quiet=True)
    worker.spinner = None
    worker.execute_from_commandline()


def _raw(app: Any, name: str) -> Any:
    return app.topic(name, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")


if __name__ == "__main__":
    main()
