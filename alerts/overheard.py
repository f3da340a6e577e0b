"""What Apprise does not tell of a request: headers, and whether it left before the connection failed.

plugin -> Overhearing, in the place of `requests` -> requests; its answer is noted for the calling thread
"""

import importlib
import threading
from typing import Any

from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError


class Heard(threading.local):
    """What the last request of this thread came to: Apprise tells neither headers nor the kind of a failure."""

    status: int | None = None
    after: float | None = None
    unsent: bool = False

    def forget(self) -> None:
        self.status, self.after, self.unsent = None, None, False


heard = Heard()


class Overhearing:
    """`requests` as a plugin sees it: every call goes through, and its answer is noted.

    Slack asks for a pause only in the Retry-After header, which Apprise 2.2 drops, and whether a message may
    have left before a connection failed shows only in the exception, which it drops too. And each thread keeps its
    connection: Apprise opens one for every message, and shakes hands anew.
    """

    def __init__(self) -> None:
        self._requests = importlib.import_module("requests")
        self._own = threading.local()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._requests, name)

    def post(self, *args: Any, **kwargs: Any) -> Any:
        return self._noted("POST", *args, **kwargs)

    def request(self, *args: Any, **kwargs: Any) -> Any:
        return self._noted(*args, **kwargs)

    def _noted(self, *args: Any, **kwargs: Any) -> Any:
        if not hasattr(self._own, "session"):
            self._own.session = self._requests.Session()
        try:
            answer = self._own.session.request(*args, **kwargs)
        except self._requests.RequestException as error:
            cause = error.args[0] if error.args else None
            cause = cause.reason if isinstance(cause, MaxRetryError) else None
            before = (self._requests.ConnectTimeout, self._requests.exceptions.SSLError)
            heard.unsent = isinstance(error, before) or isinstance(cause, NewConnectionError | ConnectTimeoutError)
            raise
        heard.status, heard.after = answer.status_code, _seconds(answer.headers.get("Retry-After"))
        return answer


def _seconds(header: str | None) -> float | None:
    return float(header) if header and header.isdecimal() else None
