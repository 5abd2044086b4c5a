"""Lists of feeds in TOML, as people write them:

    [[feed]]
    url = "https://paper.example/rss"
    title = "The Paper"
    tags = ["world"]
    merging = "exact"  # or "never"; left out: "any"

Promises: a mistyped key or value is an error that names it and its place, never ignored.
"""  # noqa: D400, D415 - the first line introduces the sample

import tomllib
from typing import Any

from newswire.decision import Merging
from newswire.feed import Feed, feed_from_url

_KEYS = frozenset({"url", "title", "tags", "merging"})


def read_feeds_toml(text: str) -> tuple[Feed, ...]:
    """The feeds of a TOML document, in its order. Raises ValueError that names the line, or the table and its key."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # its text names line and column
        raise ValueError(f"not TOML: {error}") from error
    if unknown := sorted(document.keys() - {"feed"}):
        raise ValueError(f"unknown key {unknown[0]!r}; a list of feeds holds [[feed]] tables only")
    rows = document.get("feed", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("feed is no list of tables; write [[feed]] with two brackets")
    feeds: dict[str, Feed] = {}
    for number, row in enumerate(rows, 1):
        feed = _feed(row, f"[[feed]] number {number}")
        if feed.id in feeds:
            raise ValueError(f"[[feed]] number {number}: {feed.url} stands in the list twice")
        feeds[feed.id] = feed
    return tuple(feeds.values())


def _feed(row: dict[str, Any], place: str) -> Feed:
    if unknown := sorted(row.keys() - _KEYS):
        raise ValueError(f"{place}: unknown key {unknown[0]!r}; known are url, title, tags and merging")
    url, title, tags = row.get("url"), row.get("title", ""), row.get("tags", [])
    if not isinstance(url, str):
        raise ValueError(f"{place}: url is missing, or no text")  # noqa: TRY004 - all that is wrong here is one error
    if not isinstance(title, str):
        raise ValueError(f"{place}: title is no text")  # noqa: TRY004
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise ValueError(f"{place}: tags is no list of texts")
    merging = row.get("merging", "any")
    if merging not in list(Merging):
        raise ValueError(f"{place}: merging is none of {', '.join(Merging)}")
    try:
        return feed_from_url(url, title=title, tags=tags, merging=Merging(merging))
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from error
