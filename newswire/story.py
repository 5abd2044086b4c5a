"""A story: one text under all its printings, and what it is after each of them.

Promises that a story never forgets its root, that its faces are bounded, and that `changes` grows with every printing.
"""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from newswire.article import Article, Mention, identity
from newswire.decision import Decision

# The root and its latest revisions and translations: what later printings come from. Each is a text compared in full.
MAX_FACES = 6


class Face(Struct, frozen=True, kw_only=True):
    """One text of a story that later printings are held against: its root, a revision, or its text in another language.

    Every face but the root was itself held against the root, or resembles it: a story never grows through chains.
    """

    article: str  # the id of the printing it was taken from
    publisher: str
    language: str
    title: str
    text: str
    seen: datetime
    published: datetime | None = None


class Story(Struct, frozen=True, kw_only=True):
    """What is known of a story after its latest printing."""

    id: str  # identity("s", the id of its first article)
    revision: int  # 1 when published; grows by one with each update, correction, withdrawal
    changes: int  # grows by one with every commit: what a decision relied on
    coverage: str  # the id of the coverage: that of its first story, "c" for "s"
    first_seen: datetime
    faces: tuple[Face, ...]  # the first is the root
    agencies: tuple[Mention, ...] = ()  # what its printings say together
    publishers: tuple[str, ...] = ()  # each once, in order of appearance
    printings: int = 1

    @property
    def root(self) -> Face:
        """The text that gives the story its identity."""
        return self.faces[0]


def story_id(article_id: str) -> str:
    """The id of the story that this article would begin."""
    return identity("s", article_id)


def coverage_id(story: str) -> str:
    """The id of the coverage that this story would begin."""
    return "c" + story[1:]


def centre_id(coverage: str) -> str:
    """The id of the coverage's first story, which gives it its identity."""
    return "s" + coverage[1:]


def fold(story: Story | None, article: Article, decision: Decision) -> Story:
    """What the story is after this printing; `story` is None when the article begins it.

    Raises ValueError when the decision is about another story.
    """
    if story is None:
        if not decision.relation.begins_story:
            raise ValueError(f"a {decision.relation} joins a story; none was given")
        return Story(
            id=decision.story,
            revision=1,
            changes=1,
            coverage=decision.coverage,
            first_seen=article.first_seen,
            faces=(_face(article),),
            agencies=_once(article.credit.text),
            publishers=(article.publisher,),
        )
    if decision.relation.begins_story or story.id != decision.story:
        raise ValueError(f"the decision is about {decision.story}, not about {story.id}")
    return replace(
        story,
        revision=story.revision + decision.relation.revises,
        changes=story.changes + 1,
        faces=_faces(story.faces, article) if decision.face else story.faces,
        agencies=_once(story.agencies + article.credit.text),
        publishers=tuple(dict.fromkeys((*story.publishers, article.publisher))),
        printings=story.printings + 1,
    )


def _face(article: Article) -> Face:
    return Face(
        article=article.id,
        publisher=article.publisher,
        language=article.language,
        title=article.title,
        text=article.text,
        seen=article.first_seen,
        published=article.published,
    )


def _faces(faces: tuple[Face, ...], article: Article) -> tuple[Face, ...]:
    """With the new face; without the oldest but the root, when they are too many."""
    later = tuple(face for face in faces[1:] if face.article != article.id)
    return (faces[0], *later[-(MAX_FACES - 2) :], _face(article))


def _once(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Each agency by its first mention."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        found.setdefault(mention.agency, mention)
    return tuple(found.values())
