"""The feed files of a corpus, and what transport, disks and careless software make of them.

Promises: the case of a number is the same for one corpus and one seed, whichever others are made before it.
"""

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

# What servers say of feeds, well and badly; the last two name codecs of Python that are no charsets.
CONTENT_TYPES = (
    "", "", "application/rss+xml", "text/xml", "text/html; charset=iso-8859-1", "application/json",
    "application/xml; charset=utf-16", "text/plain; charset=big5", "application/xml; charset=idna",
    "text/xml; charset=zlib",
)  # fmt: skip
MAX_REPEATS = 300


class File(NamedTuple):
    """A file of the corpus: no feed, where its kind is opml."""

    id: str
    kind: str
    body: bytes
    content_type: str


class Case(NamedTuple):
    """Bytes to read, and how they came about."""

    name: str
    body: bytes
    content_type: str


def files_of(pages: Path) -> list[File]:
    """The files that feeds.jsonl names."""
    rows = map(json.loads, (pages / "feeds.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        File(
            row["id"],
            row["kind"],
            gzip.decompress((pages / row["file"]).read_bytes()),
            (row.get("http_headers") or {}).get("content-type", ""),
        )
        for row in rows
    ]


def damaged(files: Sequence[File], seed: int, number: int) -> Case:
    """The case of that number: a file, damaged once or twice, under some content type."""
    chance = Random(f"{seed}:{number}")
    file = files[number % len(files)]
    body, ways = file.body, chance.choices(list(_WAYS), k=chance.choice((1, 1, 1, 2)))
    for way in ways:
        body = _WAYS[way](body, files, chance)
    return Case(f"{seed}:{number} {file.id} {'+'.join(ways)}", body, chance.choice((file.content_type, *CONTENT_TYPES)))


def _cut(body: bytes, _files: Sequence[File], chance: Random) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def _beheaded(body: bytes, _files: Sequence[File], chance: Random) -> bytes:
    return body[chance.randrange(len(body) + 1) :]


def _flipped(body: bytes, _files: Sequence[File], chance: Random) -> bytes:
    """With one bit in up to 64 of its bytes turned round."""
    made = bytearray(body)
    for _ in range(chance.randint(1, 64) if made else 0):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _spliced(body: bytes, files: Sequence[File], chance: Random) -> bytes:
    """Its beginning, and the end of another file."""
    return _cut(body, files, chance) + _beheaded(chance.choice(files).body, files, chance)


def _holed(body: bytes, _files: Sequence[File], chance: Random) -> bytes:
    start, end = sorted(chance.randrange(len(body) + 1) for _ in range(2))
    return body[:start] + body[end:]


def _repeated(body: bytes, _files: Sequence[File], chance: Random) -> bytes:
    """With a stretch of up to 2,000 bytes repeated: elements nested or listed without end."""
    start = chance.randrange(len(body) + 1)
    stretch = body[start : start + chance.randint(1, 2000)]
    return body[:start] + stretch * chance.randint(2, MAX_REPEATS) + body[start:]


_WAYS: dict[str, Callable[[bytes, Sequence[File], Random], bytes]] = {
    "cut": _cut,
    "beheaded": _beheaded,
    "flipped": _flipped,
    "spliced": _spliced,
    "holed": _holed,
    "repeated": _repeated,
}
