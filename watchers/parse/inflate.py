"""A compressed body unpacked without ever holding more than was allowed."""

import zlib

from core.errors import SourceError

CODINGS = "gzip, deflate"
RATIO_MATTERS_FROM = 1 << 20
MOST_PARTS = 100

_GZIP = 31
_ZLIB = 15
_RAW_DEFLATE = -15
_GZIP_START = b"\x1f\x8b"
_NOT_ASKED_FOR = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})


class Inflater:
    """Takes a body chunk by chunk; raises `SourceError` at the first byte too many.

    A coding nobody knows ("utf-8", "none") is a server's slip of the pen: such a body is taken as it is.
    """

    def __init__(self, coding: str, *, most: int, ratio: int) -> None:
        self._coding = coding.strip().lower()
        if self._coding in _NOT_ASKED_FOR or "," in self._coding:
            raise SourceError(f"the body is packed as {self._coding!r}, which was not asked for")
        self._engine = _engine_for(self._coding)
        self._most = most
        self._ratio = ratio
        self._taken = 0
        self._given = 0
        self._parts = 1
        self._pieces: list[bytes] = []

    def take(self, chunk: bytes) -> None:
        piece = self._unpacked(chunk) if self._engine else chunk
        self._taken += len(chunk)
        self._given += len(piece)
        self._pieces.append(piece)
        if self._given > self._most:
            raise SourceError(f"the body is larger than {self._most} bytes")
        if self._given > max(RATIO_MATTERS_FROM, self._taken * self._ratio):
            raise SourceError(f"the body unpacks to more than {self._ratio} times its size")

    def body(self) -> bytes:
        if self._engine and self._taken and not self._engine.eof:
            raise SourceError("the packed body is cut short")
        return b"".join(self._pieces)

    def _unpacked(self, chunk: bytes) -> bytes:
        assert self._engine is not None
        room = self._most - self._given + 1
        try:
            return self._engine.decompress(chunk, room) + self._next_parts()
        except zlib.error as error:
            if self._coding != "deflate" or self._given or self._taken:
                raise SourceError(f"the body is not the {self._coding} it says") from error
        return self._unpacked_raw(chunk, room)

    def _next_parts(self) -> bytes:
        """What is packed in several parts is one body: gzip allows it, and the rest would be lost unseen."""
        assert self._engine is not None
        piece = b""
        while self._engine.eof and self._engine.unused_data.startswith(_GZIP_START):
            self._parts += 1
            if self._parts > MOST_PARTS or len(piece) > self._most:
                raise SourceError("the body is packed in too many parts")
            rest, self._engine = self._engine.unused_data, zlib.decompressobj(_GZIP)
            piece += self._engine.decompress(rest, self._most + 1)
        return piece

    def _unpacked_raw(self, chunk: bytes, room: int) -> bytes:
        """Some servers take "deflate" to mean the bare stream, without zlib's two bytes before it."""
        self._engine = zlib.decompressobj(_RAW_DEFLATE)
        try:
            return self._engine.decompress(chunk, room)
        except zlib.error as error:
            raise SourceError(f"the body is not the {self._coding} it says") from error


def _engine_for(coding: str) -> "zlib._Decompress | None":
    if coding in ("gzip", "x-gzip"):
        return zlib.decompressobj(_GZIP)
    return zlib.decompressobj(_ZLIB) if coding == "deflate" else None
