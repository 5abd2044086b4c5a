"""Content-Encoding undone, within limits (RFC 9110 section 8.4).

Promises: at most one layer, and never more output than asked for. That bound stands in for a limit on the ratio: a bomb
costs what an honest body of the same limit costs. brotli and zstd are not asked for, so they are refused.
"""

import zlib

from workers.errors import Permanent

_GZIP_OR_ZLIB = 47  # zlib's wbits: finds out by itself which of the two it is
_RAW = -15
_GZIP_MAGIC = b"\x1f\x8b"
_NO_ENCODING = frozenset({"", "identity", "none", "utf-8"})  # the last two: misconfigured servers


class Inflater:
    """Decodes one body, chunk by chunk; `is_complete` says whether its end has been seen.

    Raises Permanent `bad_encoding` for an encoding that was not asked for, as `br` or gzip in gzip; zlib.error, when
    called, for bytes that are not what they were said to be.
    """

    def __init__(self, content_encoding: str) -> None:
        names = [name.strip().lower() for name in content_encoding.split(",")]
        layers = [name for name in names if name not in _NO_ENCODING]
        if layers not in ([], ["gzip"], ["x-gzip"], ["deflate"]):
            raise Permanent("bad_encoding", detail=content_encoding[:100])
        self._is_plain = not layers
        self._stream = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._may_be_raw = layers == ["deflate"]  # what some servers take "deflate" for: RFC 9110 section 8.4.1.2
        self.is_complete = self._is_plain

    def __call__(self, data: bytes, max_length: int) -> bytes:
        """The decoded bytes of the next chunk; whoever gets `max_length` of them (1 at the least) must not go on."""
        if self._is_plain:
            return data
        made = bytearray()
        while data and len(made) < max_length:
            made += self._step(data, max_length - len(made))
            self.is_complete = self._stream.eof
            if not self._stream.eof:
                break
            data = self._stream.unused_data
            if not data.startswith(_GZIP_MAGIC):
                break  # bytes after the end are ignored, as browsers do
            self._stream = zlib.decompressobj(_GZIP_OR_ZLIB)
        return bytes(made)

    def _step(self, data: bytes, max_length: int) -> bytes:
        try:
            made = self._stream.decompress(data, max_length)
        except zlib.error:
            if not self._may_be_raw:
                raise
            self._stream = zlib.decompressobj(_RAW)
            made = self._stream.decompress(data, max_length)
        self._may_be_raw = False
        return made
