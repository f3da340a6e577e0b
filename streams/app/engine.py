"""The Faust app of a worker, with the settings that held (DESIGN 7), and nothing of what it does."""

import os
from typing import Any

import faust

from streams.app.consumer import GaplessTransport
from streams.app.seldom import Seldom
from streams.app.tables import DurableTable
from wire import embedded, security
from wire.settings import Settings


class App(faust.App):
    """Faust's app, which leaves nothing on the disk."""

    def _create_directories(self) -> None:
        """Make none: all that a worker knows is in memory and on the broker."""


def engine(settings: Settings) -> Any:
    """Return the app: no leader, no web server, no standbys, no static membership (docs/decisions/0004)."""
    session = settings.session_timeout
    app = App(
        f"{settings.prefix}.streams",
        broker=";".join(f"kafka://{address}" for address in settings.bootstrap),
        broker_credentials=_credentials(settings),
        store="memory://",
        Table=DurableTable,
        autodiscover=False,
        broker_session_timeout=session,
        broker_heartbeat_interval=heartbeat(settings),
        broker_rebalance_timeout=max(10.0, session * 2),
        broker_request_timeout=max(40.0, session + 10),
        broker_commit_interval=1.0,
        broker_client_id=f"{settings.prefix}-streams-{os.getpid()}",
        consumer_auto_offset_reset="earliest",
        producer_acks=-1,
        producer_request_timeout=30.0,
        producer_max_batch_size=embedded.batch_bytes(settings),
        producer_max_request_size=8 * 1024 * 1024,
        stream_wait_empty=True,
        table_standby_replicas=0,  # a standby without writes makes Faust seek to -1 and crash
        topic_disable_leader=True,
        topic_allow_declare=True,
        web_enabled=False,
        worker_redirect_stdouts=False,
    )
    app.transport = GaplessTransport(app.conf.broker_consumer, app)
    return app


def heartbeat(settings: Settings) -> float:
    """Return the seconds between two heartbeats."""
    return settings.session_timeout / 10 if settings.session_timeout > 10 else 1.0


def run(app: Any, settings: Settings) -> None:
    """Run the app until it is told to stop; SIGTERM finishes the event in hand, commits and leaves the group."""
    worker = faust.Worker(app, loglevel="WARNING", quiet=True, logging_config=_logging(settings))
    worker.spinner = None  # it writes control codes to a log that is no terminal
    worker.execute_from_commandline()


def _credentials(settings: Settings) -> faust.SASLCredentials | faust.SSLCredentials | None:
    encryption = security.encryption(settings)
    if security.signs_in(settings):
        return faust.SASLCredentials(
            username=settings.kafka_user,
            password=str(settings.kafka_password),
            ssl_context=encryption,
            mechanism=settings.kafka_mechanism,
        )
    return faust.SSLCredentials(encryption) if encryption else None


def _logging(settings: Settings) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "filters": {"seldom": {"()": Seldom}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["seldom"]}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"jarshy": {"level": settings.log_level}},
    }
