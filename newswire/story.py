"""A story: one text under all its printings, and what it is after each of them.

Promises that a story never forgets its root, that its faces are bounded, and that `changes` grows with every printing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from newswire.article import Article, Mention, identity, printing_of
from newswire.decision import DIGEST, PAGE_GONE, Decision, Relation
from newswire.owners import origin_of_publisher
from newswire.sameness.comparable import comparable
from newswire.url import publisher_of

# The root and its latest revisions and translations: what later printings come from. Each is a text compared in full.
MAX_FACES = 6


class Face(Struct, frozen=True, kw_only=True):
    """A printing whose text later printings are held against: the root, a revision, or the text in another language.

    Every face but the root was itself held against the root, or resembles it: a story never grows through chains.
    """

    article: str  # the printing's id
    publisher: str
    language: str
    words: int  # furniture left out
    seen: datetime
    published: datetime | None = None


class Story(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of a story after its latest printing; the texts of its faces are kept apart."""

    id: str  # identity("s", the id of its first article)
    revision: int  # 1 when published; grows by one with each update, correction, withdrawal, merge and split
    changes: int  # grows by one with every commit: what a decision relied on
    coverage: str  # the id of the coverage: that of its first story, "c" for "s"
    first_seen: datetime
    faces: tuple[Face, ...]  # the first is the root
    agencies: tuple[Mention, ...] = ()  # what its printings say together
    publishers: tuple[str, ...] = ()  # each once, in order of appearance
    printings: int = 1
    title: str = ""  # of what it says now: its first text's, or its latest revision's
    withdrawn: bool = False  # taken back whole
    merged: tuple[str, ...] = ()  # stories that turned out to be this one
    apart: tuple[str, ...] = ()  # stories that somebody said are another, whatever the matcher finds
    again: int = 0  # how often a publisher announced under another link what it had printed: no printings
    routes: tuple[str, ...] = ()  # those it was told on: what becomes of it is told there too
    home: str = ""  # the publisher whose page its first printing names as the text's own, where it is another
    is_echo: bool = False  # an excerpt beside the story that it quotes, or a digest: it tells what others told
    gone: bool = False  # withdrawn since its only page is there no more: another printing brings it back

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


def origin_of(story: Story) -> str:
    """Who a story comes from: its agencies, sorted and joined by commas, else whose site it was first seen at.

    Empty for an echo that no agency signs. Two stories of one origin are no two sources (docs/decisions).
    """
    agencies = ",".join(sorted({mention.agency for mention in story.agencies}))
    return agencies or ("" if story.is_echo else origin_of_publisher(story.home or story.root.publisher))


def independent(origins: Iterable[str]) -> int:
    """How many independent origins these are, each as `origin_of` a story; one where there are nothing but echoes."""
    return len({name for names in origins for name in names.split(",") if name}) or 1


def united(stories: Iterable[Story]) -> Story:
    """Stories that are one: the one seen first remains, at a tie the smaller id, with the printings of all.

    One whose only page was gone is printed again, by the others.
    """
    first, *rest = sorted(stories, key=lambda story: (story.first_seen, story.id))
    story = first
    for other in rest:
        story = _with(story, other)
    if not rest:
        return story
    return replace(story, revision=first.revision + 1, withdrawn=story.withdrawn and not story.gone, gone=False)


def are_apart(one: Story, other: Story) -> bool:
    """Whether somebody said that the two are not one story."""
    return bool({one.id, *one.merged} & set(other.apart) or {other.id, *other.merged} & set(one.apart))


def fold(stories: Mapping[str, Story], article: Article, decision: Decision) -> Story:
    """What the story is after this printing; `stories` holds those that the decision names or quotes, by their ids.

    Raises ValueError when one of them is missing.
    """
    if decision.relation.begins_story:
        return Story(
            id=decision.story,
            revision=1,
            changes=1,
            coverage=decision.coverage,
            first_seen=article.first_seen,
            faces=(_face(article),),
            agencies=_once(article.credit.text),
            publishers=(article.publisher,),
            title=article.title,
            home=publisher_of(article.syndicated_from) if article.syndicated_from else "",
            is_echo=_is_echo(stories, decision),
        )
    joined = (decision.story, *decision.merges)
    if missing := set(joined) - stories.keys():
        raise ValueError(f"a {decision.relation} joins {', '.join(sorted(missing))}, which was not given")
    story = united(stories[one] for one in joined)
    is_withdrawn = _is_withdrawn(story, article, decision)
    return replace(
        story,
        revision=story.revision + (decision.relation.revises or brings_back(story, decision)),
        changes=story.changes + 1,
        faces=_faces(story.faces, (_face(article),)) if decision.face else story.faces,
        agencies=_once(story.agencies + article.credit.text),
        publishers=tuple(dict.fromkeys((*story.publishers, article.publisher))),
        printings=story.printings + 1,
        title=article.title if _says_anew(decision) else story.title,
        withdrawn=is_withdrawn,
        gone=is_withdrawn and decision.rule == PAGE_GONE,
    )


def brings_back(story: Story, decision: Decision) -> bool:
    """Whether a printing that revises nothing says that the story stands again: its only page was gone."""
    return story.gone and not (decision.relation.revises or decision.merges)


def _is_echo(stories: Mapping[str, Story], decision: Decision) -> bool:
    """Whether an article that begins a story quotes what its own coverage tells already, or sums up others.

    An excerpt of another coverage's story is a report of its own, with a paragraph of background.
    """
    if decision.relation is not Relation.EXCERPT:
        return False
    quoted = [story for story in stories.values() if any(face.article == decision.against for face in story.faces)]
    return decision.rule == DIGEST or any(story.coverage == decision.coverage for story in quoted)


def announced_again(story: Story) -> Story:
    """The story after a publisher announced under another link what it had printed."""
    return replace(story, changes=story.changes + 1, again=story.again + 1)


def _with(story: Story, other: Story) -> Story:
    """The story with the other's printings; a coverage that the other began is the story's own from now on."""
    coverage = story.coverage if centre_id(story.coverage) != other.id else coverage_id(story.id)
    return replace(
        story,
        changes=story.changes + 1,
        coverage=coverage,
        first_seen=min(story.first_seen, other.first_seen),
        faces=_faces(story.faces, other.faces),
        agencies=_once(story.agencies + other.agencies),
        publishers=tuple(dict.fromkeys((*story.publishers, *other.publishers))),
        printings=story.printings + other.printings,
        merged=(*story.merged, other.id, *other.merged),
        apart=tuple(dict.fromkeys((*story.apart, *other.apart))),
        again=story.again + other.again,
        routes=tuple(sorted({*story.routes, *other.routes})),
        is_echo=story.is_echo and other.is_echo,
    )


def without(story: Story, moved: Story, rest: Iterable[Article]) -> Story:
    """What is left of a story when those of `moved` are taken out of it; `rest` are the printings that stay."""
    return replace(
        _of(story, tuple(rest)),
        revision=story.revision + 1,
        changes=story.changes + 1,
        printings=story.printings - moved.printings,
        merged=tuple(one for one in story.merged if one not in (moved.id, *moved.merged)),
        apart=tuple(dict.fromkeys((*story.apart, moved.id))),
    )


def restored(before: Story, story: Story, rest: Iterable[Article], *, lost: int) -> Story:
    """What a story was `before` it was merged into the other, once more its own.

    `rest` are its printings and their versions that are still the other's, `lost` how many printings it had are not.
    """
    return replace(
        _of(before, tuple(rest)),
        revision=before.revision + 1,
        changes=before.changes + 1,
        printings=before.printings - lost,
        merged=tuple(one for one in before.merged if one in story.merged),
        apart=tuple(dict.fromkeys((*before.apart, story.id))),
    )


def _of(story: Story, articles: Sequence[Article]) -> Story:
    """The story, with what these of its printings say alone."""
    titles, ids = [article.title for article in articles], {article.id for article in articles}
    return replace(
        story,
        title=story.title if story.title in titles else titles[0],
        faces=tuple(face for face in story.faces if face.article in ids),
        agencies=_once(tuple(mention for article in articles for mention in article.credit.text)),
        publishers=tuple(dict.fromkeys(article.publisher for article in articles)),
    )


def _says_anew(decision: Decision) -> bool:
    return decision.relation in (Relation.UPDATE, Relation.CORRECTION)


def _is_withdrawn(story: Story, article: Article, decision: Decision) -> bool:
    """Whether the story is taken back whole: its first text was, and nothing new was said since.

    A page that is gone takes it back only where no other prints it, and while none does.
    """
    if decision.rule == PAGE_GONE:
        return story.withdrawn or (story.publishers == (article.publisher,) and story.printings == 1)
    if decision.relation is Relation.WITHDRAWAL:
        return story.withdrawn or printing_of(decision.against) == printing_of(story.root.article)
    return story.withdrawn and not (story.gone or _says_anew(decision))


def _face(article: Article) -> Face:
    return Face(
        article=article.id,
        publisher=article.publisher,
        language=article.language,
        words=len(comparable(article).words),
        seen=article.first_seen,
        published=article.published,
    )


def _faces(faces: tuple[Face, ...], more: tuple[Face, ...]) -> tuple[Face, ...]:
    """With the new faces; without those that came first but the root, when they are too many."""
    new = {face.article for face in more}
    later = (*(face for face in faces[1:] if face.article not in new), *more)
    return (faces[0], *later[-(MAX_FACES - 1) :])


def _once(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Each agency by its first mention."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        found.setdefault(mention.agency, mention)
    return tuple(found.values())
