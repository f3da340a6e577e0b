"""Packed bodies, honest and not."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.unpack import TEXT_BYTES, WIRE_BYTES, Unpacker, UnpackError


def unpacked(raw: bytes, encoding: str, size: int = 1000) -> bytes:
    unpacker = Unpacker(encoding)
    for start in range(0, len(raw), size):
        unpacker.feed(raw[start : start + size])
    return unpacker.finish()


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@given(st.binary(max_size=3000), st.integers(1, 4000))
def test_what_was_packed_comes_out(body: bytes, size: int) -> None:
    assert unpacked(body, "", size) == body
    assert unpacked(gzip.compress(body), "gzip", size) == body
    assert unpacked(gzip.compress(body) + gzip.compress(body) + b"\0\0", "GZIP", size + 40) == body + body
    assert unpacked(zlib.compress(body), "deflate", size + 2) == body


def test_a_second_member_may_begin_at_any_byte() -> None:
    one = gzip.compress(b"one")
    for size in range(1, len(one) + 3):
        assert unpacked(one + one, "gzip", size) == b"oneone"


@given(st.binary(min_size=1, max_size=3000))
def test_deflate_without_its_header_is_understood(body: bytes) -> None:
    assert unpacked(raw_deflate(body), "deflate", 10_000) == body


def refused(raw: bytes, encoding: str) -> str:
    with pytest.raises(UnpackError) as raised:
        unpacked(raw, encoding, 65_536)
    return raised.value.reason.code


def test_bounds() -> None:
    assert refused(b"x" * (WIRE_BYTES + 1), "") == "too-large"
    bomb = gzip.compress(b"\0" * (TEXT_BYTES + 1))
    assert len(bomb) < 20_000
    assert refused(bomb, "gzip") == "too-large"
    assert len(unpacked(gzip.compress(b"\0" * TEXT_BYTES), "gzip")) == TEXT_BYTES


@pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "deflate,gzip", "zstd"])
def test_stacked_and_unknown_encodings_are_refused(encoding: str) -> None:
    assert refused(b"", encoding) == "bad-encoding"


def test_broken_and_short_bodies_are_said() -> None:
    assert refused(b"hello", "gzip") == "broken-encoding"
    assert refused(b"\xff" * 50, "deflate") == "broken-encoding"
    assert refused(gzip.compress(b"x" * 1000)[:-12], "gzip") == "broken-encoding"
