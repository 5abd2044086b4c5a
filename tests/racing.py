"""What a process of its own does in a test: importable by name, as a spawned process needs it."""

from builders import an_article

from newswire.article import Article
from newswire.routes import parse_routes
from storage import connection
from storage.keys import Keys
from storage.outbox import Outbox
from storage.stories import Lease, Stories
from workers.errors import Transient
from workers.settle import settle


def settle_one(url: str, installation: str, article: Article) -> None:
    """Settle an article on the Redis at `url`, as often as it loses a race."""
    client = connection.connect(url)
    try:
        stories = Stories(client, Keys(installation), window_s=5 * 86400)
        while True:
            try:
                settle(Lease(article.id), article, stories, feed="f", now=article.fetched)
            except Transient:
                continue
            return
    finally:
        connection.close(client)


def settle_all(url: str, routes: str, articles: list[Article]) -> None:
    """Settle articles on the Redis at `url`, each as often as it loses a race, and tell them on routes too."""
    client = connection.connect(url)
    try:
        outbox = Outbox(Keys(), routes=parse_routes(routes))
        stories = Stories(client, Keys(), window_s=5 * 86400, outbox=outbox)
        waiting = list(articles)
        while waiting:
            try:
                settle(Lease(waiting[0].id), waiting[0], stories, feed="f", now=waiting[0].fetched)
            except Transient:
                continue
            del waiting[0]
    finally:
        connection.close(client)


def publish(url: str, number: int) -> str:
    """Settle printing `number` of one text on the Redis at `url`; returns the relation found."""
    client = connection.connect(url)
    try:
        stories = Stories(client, Keys(), window_s=5 * 86400)
        article = an_article(number, minutes=number)
        while True:
            try:
                settled = settle(Lease(article.id), article, stories, feed="f", now=article.fetched)
            except Transient:  # lost too many races: the service gives the entry back, and it comes again
                continue
            assert settled.decision is not None
            return settled.decision.relation.value
    finally:
        connection.close(client)
