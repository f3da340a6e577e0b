"""Content-Encoding undone with a bound: raw chunks -> at most so many bytes of text."""

import zlib

from wire.records import Reason

WIRE_BYTES = 5 * 1024 * 1024
TEXT_BYTES = 15 * 1024 * 1024
_GZIP, _ZLIB, _RAW = 31, 15, -15
_MEMBER = b"\x1f\x8b"
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _ZLIB}


class UnpackError(Exception):
    """A body is too large, packed in an unknown way, or broken."""

    def __init__(self, code: str, text: str) -> None:
        self.reason = Reason(code=code, text=text)
        super().__init__(text)


class Unpacker:
    """Takes a body chunk by chunk and never holds more than its bounds."""

    def __init__(self, encoding: str) -> None:
        """Prepare for a Content-Encoding; raises UnpackError for stacked and unknown ones."""
        name = encoding.strip().lower()
        if name not in ("", "identity", *_WINDOWS):
            raise UnpackError("bad-encoding", f"is packed as {encoding[:40]!r}; only gzip or deflate, once, is read")
        self._window = _WINDOWS.get(name)
        self._inflate = zlib.decompressobj(self._window) if self._window else None
        self._ahead = b""  # the first byte of a next member whose second is not there yet
        self._kept: list[bytes] = []
        self._wire = self._text = 0

    def feed(self, chunk: bytes) -> None:
        """Take one raw chunk; raises UnpackError when a bound is passed."""
        self._wire += len(chunk)
        if self._wire > WIRE_BYTES:
            raise UnpackError("too-large", f"is larger than {WIRE_BYTES // 2**20} MB")
        if self._inflate is None:
            self._keep(chunk)
            return
        chunk, self._ahead = self._ahead + chunk, b""
        while chunk:
            chunk = self._some(chunk)

    def finish(self) -> bytes:
        """Return the whole text; raises UnpackError when the packed stream stops short."""
        if self._inflate and self._wire and not self._inflate.eof:
            raise UnpackError("broken-encoding", "ends in the middle of its packed body")
        return b"".join(self._kept)

    def _some(self, chunk: bytes) -> bytes:
        """Unpack part of a chunk and return what is left of it."""
        inflate = self._inflate
        if inflate is None or inflate.eof:  # what follows is padding, or another gzip member
            if chunk == _MEMBER[:1]:
                self._ahead = chunk
            if not chunk.startswith(_MEMBER) or self._window != _GZIP:
                return b""
            inflate = self._inflate = zlib.decompressobj(_GZIP)
        try:
            self._keep(inflate.decompress(chunk, TEXT_BYTES - self._text + 1))
        except zlib.error as error:
            return self._raw(chunk, error)
        return inflate.unconsumed_tail or inflate.unused_data

    def _raw(self, chunk: bytes, error: zlib.error) -> bytes:
        """Begin again without the zlib header that some servers leave out of `deflate`."""
        if self._window != _ZLIB or self._text or self._wire != len(chunk):
            raise UnpackError("broken-encoding", f"is packed wrongly: {error}") from error
        self._window = _RAW
        self._inflate = zlib.decompressobj(_RAW)
        return chunk

    def _keep(self, text: bytes) -> None:
        self._text += len(text)
        if self._text > TEXT_BYTES:
            raise UnpackError("too-large", f"unpacks to more than {TEXT_BYTES // 2**20} MB")
        self._kept.append(text)
