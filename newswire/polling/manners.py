"""What is owed to a host that says no, and whom to blame for silence.

A host's breaker: a refusal leaves it alone for a while, one more for longer, an answer ends it. It closes by itself, as
the first request after the pause is its probe.
"""

# No answer came: the host's fault, or that of everything between it and us.
SILENCES = frozenset({"dns", "refused", "timeout", "network", "tls"})
# Said of the host rather than of what was asked for (RFC 6585 section 4, RFC 9110 section 15.6.4).
OVERLOADED = frozenset({"http_429", "http_503"})
# Refusals that may be of one page only, and how many of them in a row are: a hiccup behind one address, pages that are
# nobody's to read. 429 is always of the host.
_FORGIVEN = {"http_503": 1, "http_403": 2}
REFUSALS = OVERLOADED | _FORGIVEN.keys()

_FIRST_REST_S = 60.0
# Who is overloaded is tried every half hour, as news is to be soon; a ban is looked at four times a day.
_LONGEST_REST_S = 1800.0
_LONGEST_BAN_S = 21_600.0

# Hosts silent one after the other, with no answer from anyone in between: then it is our own network.
OUTAGE_HOSTS = 5
# So few may be all that one follows: without others to compare with, silence is theirs.
_FEW_HOSTS = 2
# Somebody answered while the request waited, or so shortly before: the network was there.
_RECENT_S = 5.0


def rest_s(reason: str, refusals: int, retry_after_s: float) -> float:
    """For how long a host is left alone after so many refusals in a row, the last with this reason."""
    counted = refusals - _FORGIVEN.get(reason, 0)
    longest_s = _LONGEST_REST_S if reason in OVERLOADED else _LONGEST_BAN_S
    own_s = min(_FIRST_REST_S * 2.0 ** min(counted - 1, 20), longest_s) if counted > 0 else 0.0
    return max(own_s, retry_after_s)


def is_to_blame(*, silent_hosts: int, answered_ago_s: float, took_s: float) -> bool:
    """Whether a host's silence is its own: others answered meanwhile, or too few are silent to suspect ourselves.

    `silent_hosts` counts this one and all others that were silent since the last answer, which came `answered_ago_s`
    ago (infinity: none within memory); the request in vain took `took_s`.
    """
    return answered_ago_s <= took_s + _RECENT_S or silent_hosts <= _FEW_HOSTS
