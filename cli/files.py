"""Files as they are handed to commands: plain, or compressed when their name ends in .gz."""

import gzip
from pathlib import Path
from typing import IO, cast


def open_plain(path: Path) -> IO[bytes]:
    """The file's bytes, unpacked. Raises OSError; reading a cut .gz raises EOFError."""
    return cast("IO[bytes]", gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb"))
