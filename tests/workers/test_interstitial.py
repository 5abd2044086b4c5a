"""Pages that only send on."""

import pytest

from workers.errors import Moved
from workers.fetch import Fetched
from workers.page.interstitial import MAX_BYTES, follow

URL = "https://short.example/x"


def sent_on(body: str) -> str:
    try:
        follow(Fetched(url=URL, status=200, body=body.encode()))
    except Moved as moved:
        return moved.url
    return ""


@pytest.mark.parametrize(
    "meta",
    [
        '<meta http-equiv="refresh" content="0; url=https://paper.example/a?b=1&amp;c=2">',
        "<META CONTENT='1;URL=https://paper.example/a?b=1&c=2' HTTP-EQUIV=Refresh>",
        """<meta http-equiv=refresh content="0;url='https://paper.example/a?b=1&c=2'">""",
        '<meta http-equiv="refresh" content="0;url=https://www.google.com/url?q=https%3A%2F%2Fpaper.example%2Fa%3Fb%3D1%26c%3D2">',
    ],
)
def test_a_page_that_only_sends_on_is_a_redirect(meta):
    assert (
        sent_on(f"<html><head>{meta}</head><body>You are being redirected.</body></html>")
        == "https://paper.example/a?b=1&c=2"
    )


@pytest.mark.parametrize(
    "page",
    [
        '<meta http-equiv="refresh" content="300; url=https://paper.example/a">',  # loads itself anew
        '<meta http-equiv="refresh" content="0">',
        f'<meta http-equiv="refresh" content="0;url={URL}#top">',
        '<noscript><meta http-equiv="refresh" content="0;url=/nojs"></noscript>',
        '<meta http-equiv="refresh" content="0;url=javascript:go()">',
        '<meta http-equiv="refresh" content="0;url=https://paper.example/a">' + "<p>A sentence of news.</p>" * 40,
        '<meta http-equiv="refresh" content="0;url=https://paper.example/a">' + " " * MAX_BYTES,
        "<p>Refresh</p>",
    ],
)
def test_every_other_page_is_read(page):
    assert sent_on(page) == ""


def test_a_relative_target_is_of_the_page():
    assert sent_on('<meta http-equiv="refresh" content="0;url=/a">') == "https://short.example/a"
