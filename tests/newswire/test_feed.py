"""A row of the catalogue."""

import pytest

from newswire.feed import feed_from_url


def test_a_feed_is_the_same_in_every_spelling_of_its_address():
    assert feed_from_url("HTTPS://www.Paper.example:443/rss#x") == feed_from_url("https://www.paper.example/rss")


def test_a_feed_of_another_address_is_another():
    assert feed_from_url("https://paper.example/rss").id != feed_from_url("https://paper.example/rss?a").id


def test_a_feed_belongs_to_its_host():
    feed = feed_from_url("https://www.paper.example/rss", "The Paper", ["world"])
    assert (feed.publisher, feed.title, feed.tags) == ("paper.example", "The Paper", ("world",))


@pytest.mark.parametrize("url", ["", "paper.example/rss", "https://me:secret@paper.example/rss"])
def test_what_cannot_be_polled_is_refused(url):
    with pytest.raises(ValueError, match="url"):
        feed_from_url(url)
