"""robots.txt: what it allows."""

import pytest

from newswire.robots import MAX_BYTES, allowed_by_status, crawl_delay, may_fetch

ROBOTS = """
User-agent: *
Disallow: /private/
Crawl-delay: 2

User-agent: Wirefold
Disallow: /archive/*.pdf$
Allow: /archive/open.pdf$
Crawl-delay: 900

User-agent: Other
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "user_agent", "expected"),
    [
        ("/private/a", "Somebody/1", False),
        ("/public", "Somebody/1", True),
        ("/private/a", "Wirefold/0.1 (+https://wirefold.example)", True),
        ("/archive/a.pdf", "Wirefold/0.1", False),
        ("/archive/open.pdf", "Wirefold/0.1", True),
        ("/public", "Other/2", False),
    ],
)
def test_the_group_of_the_product_decides(path, user_agent, expected):
    assert may_fetch(ROBOTS, f"https://paper.example{path}", user_agent) is expected


@pytest.mark.parametrize("text", ["", "\0\xff", "<html>404</html>", "Disallow: /"])
def test_no_rule_for_us_allows_all(text):
    assert may_fetch(text, "https://paper.example/a", "Wirefold/0.1") is True


def test_what_stands_beyond_500_kib_is_not_read():
    assert may_fetch("#" * MAX_BYTES + "\nUser-agent: *\nDisallow: /", "https://paper.example/a", "Wirefold") is True


@pytest.mark.parametrize(("user_agent", "expected"), [("Somebody/1", 2.0), ("Wirefold/0.1", 120.0), ("Other/2", 0.0)])
def test_a_crawl_delay_is_bounded(user_agent, expected):
    assert crawl_delay(ROBOTS, user_agent) == expected


@pytest.mark.parametrize("value", ["-1", "soon", "nan", "inf", "1e400"])
def test_a_senseless_crawl_delay_is_within_the_bounds(value):
    assert 0 <= crawl_delay(f"User-agent: *\nCrawl-delay: {value}", "Wirefold") <= 120


@pytest.mark.parametrize(
    ("status", "expected"),
    [(200, None), (404, True), (403, True), (429, False), (500, False), (503, False), (0, False)],
)
def test_a_status_without_a_file_has_a_meaning(status, expected):
    assert allowed_by_status(status) is expected
