"""What the service really writes, for readers to read."""

import random

from builders import NOON, an_article
from redis import Redis

from newswire.article import Article
from newswire.event.telling import trouble
from newswire.event.types import FeedDied
from newswire.feed import feed_from_url
from newswire.polling.state import FeedState
from storage.feeds import Feeds
from storage.frontier import Frontier
from storage.keys import Keys
from storage.outbox import Outbox
from storage.stories import Lease, Stories
from workers.settle import settle

STREAMS = ("wirefold", "{wirefold}:copies", "{wirefold}:rejects")
WINDOW_S = 5 * 86400


def a_story(number: int, *, words: int = 120) -> Article:
    """A story like no other: invented words, the same for the same number."""
    chance = random.Random(number)
    text = " ".join("".join(chance.choices("abcdefghilmnorstu", k=chance.randint(3, 9))) for _ in range(words))
    return an_article(number, text=text, title=f"Story {number}", agency="EFE")


def publish(redis: Redis, *articles: Article, body_field: str = "data") -> None:
    """Write articles as the service does."""
    stories = Stories(redis, Keys(), window_s=WINDOW_S, outbox=Outbox(Keys(), body_field=body_field))
    for article in articles:
        settle(Lease(article.id), article, stories, feed="f", now=article.fetched)


def publish_everywhere(redis: Redis, *, body_field: str = "data") -> None:
    """An entry on each of the three streams: a story, its copy by another publisher, and a feed that died."""
    told = a_story(1)
    publish(redis, told, an_article(2, text=told.text, minutes=5), body_field=body_field)
    feed = feed_from_url("http://p.example/rss")
    Feeds(redis, Keys()).follow(feed)
    frontier = Frontier(redis, Keys(), window_s=WINDOW_S, outbox=Outbox(Keys(), body_field=body_field))
    (claim,) = frontier.claim(limit=1)
    died = FeedDied(
        feed=feed.id,
        url=feed.url,
        publisher="p.example",
        title="P",
        reason="http_410",
        last_success=NOON,
        last_news=NOON,
    )
    frontier.absorb(claim.lease, FeedState(), address=feed.url, next_poll_s=None, events=[trouble(died, NOON)])
