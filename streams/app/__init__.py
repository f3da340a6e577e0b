"""The only import of faust: a worker with its two agents, durable tables and a consumer that skips nothing."""

from streams.app.worker import run

__all__ = ["run"]
