"""A cpu worker in which some pages do what hostile pages do: run by name, with the environment of a worker."""

import ctypes
import os
import signal

from newswire.article import Article, Entry, Page
from workers import __main__, ingest

_extract = ingest.extract


def extract(page: Page, entry: Entry | None = None) -> Article:
    """The real one, but for pages that say what they do to their process."""
    if b"kills its process" in page.body:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"never returns from C" in page.body:
        ctypes.CDLL(None).sleep(60)
    return _extract(page, entry)


if __name__ == "__main__":
    ingest.extract = extract
    __main__.main("cpu")
