"""Whether a publisher's pages have come to look all alike: a wall that no rule knows, or a fault of the site.

Promises to say so only of near-exact copies that nobody else prints, and only of the further ones: what came before
stays as it is told, and of an agency's text that many print nothing is lost.
"""

from newswire.article import Article
from newswire.decision import Decision, Relation
from newswire.story import Story

# Links of its own that a publisher may give a text which nobody else prints; the next is alike. A site that sorts one
# text under sections, regions and a start page has two to four: on the dev stream (6,437 articles) none has more than
# two. A wall has as many as the feed has entries, and five are there within the first poll.
MOST_PRINTINGS = 5


def is_alike(article: Article, decision: Decision, story: Story) -> bool:
    """Whether the article is one copy too many; `story` is what it would join, before it does."""
    return (
        decision.relation is Relation.COPY
        and not decision.merges
        and story.publishers == (article.publisher,)
        and story.printings + story.again >= MOST_PRINTINGS
    )
