"""What a page says of its use: by robots, by text and data mining, by licence.

It is told on, never acted upon here: who reads the stream decides. Sources: the robots meta tag and X-Robots-Tag
(developers.google.com/search/docs/crawling-indexing/robots-meta-tag), noai and noimageai (DeviantArt, 2022), the
TDM Reservation Protocol (W3C Community Group, final report of 10 May 2024), schema.org `license` and `usageInfo`.
"""

from msgspec import Struct

# A licence is an address, a notice a line; what is longer is a text that nobody filters by.
MAX_CHARS = 160


class Rights(Struct, frozen=True, array_like=True):
    """Each as the page words it, "" or None where it is silent. A list when stored: its names would be half of it."""

    robots: str = ""  # robots meta elements and X-Robots-Tag, joined by ", "
    tdm_reserved: bool | None = None  # whether the rights of text and data mining are
    tdm_policy: str = ""  # the address of the terms
    licence: str = ""  # the address of one, or its name
    copyright: str = ""  # a notice, or who holds it


def reserved(value: str) -> bool | None:
    """What `tdm-reservation` says: 1 or 0, and nothing else."""
    return {"1": True, "0": False}.get(value.strip())


def joined(page: Rights, *, robots: str, tdm_reservation: str, tdm_policy: str) -> Rights:
    """What a page states, and what its server sent in headers: X-Robots-Tag, tdm-reservation, tdm-policy.

    Both robots directives hold, as crawlers take them; of the reservation the stricter, for one of the two was meant.
    """
    sent = reserved(tdm_reservation)
    return Rights(
        robots=_short(", ".join(filter(None, (robots, page.robots)))),
        tdm_reserved=sent if page.tdm_reserved is None else page.tdm_reserved or bool(sent),
        tdm_policy=_short(page.tdm_policy or tdm_policy),
        licence=_short(page.licence),
        copyright=_short(page.copyright),
    )


def _short(text: str) -> str:
    return text[:MAX_CHARS].strip()
