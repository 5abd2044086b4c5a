"""What goes wrong with Redis, named by what happens next.

    StorageError
    ├── Unavailable      wait: it does not answer, or refuses to write; nothing was the page's fault
    ├── BadAddress       stop: that is no address of a Redis
    ├── BadTarget        stop: entries cannot be copied to that stream; the text says why
    └── EmbeddedError    stop: there is nowhere to keep anything; the text says why
        └── NoServer     no program to run

Each text is one line, fit for a person.
"""


class StorageError(Exception):
    """Nothing can be kept or found."""


class Unavailable(StorageError):  # noqa: N818 - named by what happens next
    """Redis did not answer, or refused to write: no memory, no disk, no stream where one was."""


class BadAddress(StorageError):  # noqa: N818 - it names what is bad
    """What was named as a Redis is no address of one; the text never repeats it, for it may hold a password."""


class BadTarget(StorageError):  # noqa: N818 - it names what is bad
    """That stream takes no copy of another's entries."""


class EmbeddedError(StorageError):
    """A server of one's own could not be had."""


class NoServer(EmbeddedError):  # noqa: N818 - named by what is the matter
    """No program was found to run as the server, or the one named cannot be run."""
