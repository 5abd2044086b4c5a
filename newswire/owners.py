"""Whose site a publisher is: sites that print one newsroom's texts are one origin, and no two sources.

Promises that a site is joined with another only where the table in owners.toml says so, or where both are under one
registered domain; what is not known is an origin of its own.
"""

import tomllib
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from newswire.url import site_of


class Row(Struct, frozen=True, forbid_unknown_fields=True):
    """What owners.toml says of a group; the key of its row is the id that origins carry."""

    name: str
    sites: tuple[str, ...]  # hosts without `www.`, with all that is under them
    source: str  # where its titles can be seen


BY_ID: dict[str, Row] = msgspec.convert(
    tomllib.loads(Path(__file__).with_name("owners.toml").read_text("utf-8")), dict[str, Row]
)


def origin_of_publisher(publisher: str) -> str:
    """The id of the group that a publisher (a host) belongs to, else its registered domain.

    >>> origin_of_publisher("www1.wdr.de"), origin_of_publisher("news.bbc.co.uk"), origin_of_publisher("bbc.com")
    ('wdr.de', 'bbc', 'bbc')
    """
    site = site_of(publisher)
    host = publisher
    while host not in _id_by_site() and len(host) > len(site):
        host = host.partition(".")[2]
    return _id_by_site().get(host, site)


@cache
def _id_by_site() -> dict[str, str]:
    return {site: id_ for id_, row in BY_ID.items() for site in row.sites}
