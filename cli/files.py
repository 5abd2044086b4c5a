"""Files as they are handed to commands: plain, or compressed when their name ends in .gz; and written whole or not."""

import gzip
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO, cast

# What reading a file may raise, a cut or damaged .gz included.
READ_ERRORS = (OSError, EOFError, zlib.error)


def open_plain(path: Path) -> IO[bytes]:
    """The file's bytes, unpacked. Opening and reading raise READ_ERRORS."""
    return cast("IO[bytes]", gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb"))


@contextmanager
def written(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears under its name only when all of it was written.

    Raises OSError at once, before any work, when the place cannot be written to.
    """
    if path is None:
        yield sys.stdout
    elif path.exists() and not path.is_file():  # /dev/null, a pipe
        with path.open("w", encoding="utf-8") as sink:
            yield sink
    else:
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with part.open("w", encoding="utf-8") as sink:
                yield sink
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
