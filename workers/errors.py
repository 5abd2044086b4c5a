"""Errors are named by what happens next.

    BadSetting       stop: the service cannot be run like this
    WirefoldError
    ├── Moved        go on elsewhere: it is another host's turn
    ├── Busy         begin anew soon: another host's turn is needed in between, and is not free
    ├── Transient    try again later: the entry goes back to the frontier
    └── Permanent    give up and say why: the entry is rejected with the reason

What is not an error is not one: "not modified" and "already seen" are outcomes (workers.outcome).
"""

# Reasons that are found out before anybody was asked: they cost a host no turn.
UNSENT = frozenset({"bad_url", "inside_address", "robots", "too_late"})


class BadSetting(ValueError):  # noqa: N818 - it names what is bad
    """A setting that is unknown or cannot be used; the text says which, and how to mend it."""


class WirefoldError(Exception):
    """Carries the url it happened at and a reason: one word of a small set, fit for counting.

    `retry_after_s` is what the server asked for, or what manners demand; 0 where nobody asked for anything.
    """

    def __init__(self, reason: str, url: str = "", detail: str = "", *, retry_after_s: float = 0.0) -> None:
        super().__init__(reason, url, detail)
        self.reason = reason
        self.url = url
        self.detail = detail
        self.retry_after_s = retry_after_s

    def __str__(self) -> str:
        return ": ".join(part for part in (self.reason, self.url, self.detail) if part)


class Transient(WirefoldError):  # noqa: N818 - named by what happens next
    """Try again later.

    `counts` says whether it was the page's or its host's doing: only that counts as an attempt.
    """

    def __init__(
        self, reason: str, url: str = "", detail: str = "", *, counts: bool = True, retry_after_s: float = 0.0
    ) -> None:
        super().__init__(reason, url, detail, retry_after_s=retry_after_s)
        self.counts = counts


class Moved(WirefoldError):  # noqa: N818 - named by what happens next
    """Go on at `url`, which is another host's: its turn and its rules are to be waited for.

    `for_good` says whether every redirect on the way there was a permanent one.
    """

    def __init__(self, url: str, *, for_good: bool = False) -> None:
        super().__init__("moved", url)
        self.for_good = for_good


class Busy(WirefoldError):  # noqa: N818 - named by what happens next
    """Begin anew soon: the host of `url` is needed in between, and somebody else has its turn."""

    def __init__(self, url: str) -> None:
        super().__init__("busy", url)


class Permanent(WirefoldError):  # noqa: N818 - named by what happens next
    """Give up and say why."""
