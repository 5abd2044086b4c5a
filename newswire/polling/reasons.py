"""Why an address could not be read, in words.

Promises: a sentence for every reason, also for one that is not listed. The words are those of `workers.fetch` (which
names its reasons in its docstring), `workers.poll`, robots.txt, and what ends a worker's stage.
"""

from http import HTTPStatus

_WORDS = {
    "bad_url": "this is no address that can be fetched",
    "inside_address": "the address leads inside (this machine or its network), and nothing inside is fetched",
    "dns": "the host's name cannot be resolved: it is misspelt, it is gone, or the name server does not answer",
    "refused": "the host refuses the connection: no web server listens there",
    "timeout": "the host did not answer in time",
    "network": "the connection failed on its way",
    "tls": "no trusted encrypted connection: the certificate is expired, self-signed or of another name",
    "bad_encoding": "the answer's compression is broken, or of a kind that was not asked for",
    "too_large": "the answer is larger than allowed",
    "too_many_redirects": "the address redirects again and again",
    "robots": "the site's robots.txt does not allow it",
    "robots_unreachable": "the host does not give its robots.txt, and without it nothing may be fetched",
    "too_late": "its host gave it no turn while it was news",
    "not_a_feed": "what is there is no RSS, Atom or JSON Feed that can be read",
    "time_limit": "reading it took too long, and was ended",
    "killed_worker": "the worker died reading it, most likely for want of memory",
    "unexpected": "an error that nobody foresaw; the service's log has it",
}
_STATUS_WORDS = {
    304: "nothing has changed, though that was not asked",
    401: "it wants a user and a password",
    402: "it wants to be paid",
    403: "it does not let us in, which may be a ban or a wall against bots",
    404: "there is nothing at this address",
    406: "it has nothing that suits us",
    410: "there was something at this address, and it is gone for good",
    429: "we ask too often",
    451: "it may not show this for legal reasons",
}


def in_words(reason: str) -> str:
    """What a reason means, as a part of a sentence without its full stop.

    >>> in_words("http_404")
    'the server answers 404 Not Found: there is nothing at this address'
    >>> in_words("sunspots")
    'the reason given is sunspots'
    """
    status = reason.removeprefix("http_")
    if status != reason and status.isdecimal():
        return _answer(int(status))
    return _WORDS.get(reason, f"the reason given is {reason}")


def _answer(status: int) -> str:
    try:
        named = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:  # 520 to 530 are Cloudflare's own
        named = str(status)
    meaning = _STATUS_WORDS.get(status) or (
        "it fails, which may pass" if status >= 500 else "" if status < 400 else "it refuses"
    )
    return f"the server answers {named}" + (f": {meaning}" if meaning else "")
