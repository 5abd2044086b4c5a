"""Two articles for `wirefold explain`: how the service holds them, what the matcher finds, and their passages."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from cli.plain import plain
from newswire.decision import Relation
from newswire.sameness.explain import Explanation, Sameness, explain
from newswire.sameness.passages import Likeness, Passage, Side, places
from newswire.story import are_apart
from storage.packing import Kept
from storage.stories import Stories

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

HELD = {
    Sameness.STORY: "one story",
    Sameness.COVERAGE: "two stories of one coverage",
    Sameness.NEITHER: "two stories of two coverages",
}
FOUND = {
    Sameness.STORY: "one story",
    Sameness.COVERAGE: "two stories about one happening",
    Sameness.NEITHER: "two stories with nothing in common that counts",
}


class Told(Struct, frozen=True, kw_only=True):
    """An article, what was decided of it when it came, and where it is by now."""

    id: str
    publisher: str
    title: str
    language: str
    agencies: tuple[str, ...]
    first_seen: datetime
    relation: Relation
    rule: str
    score: float
    against: str
    evidence: tuple[str, ...]
    story: str  # as decided
    story_now: str
    coverage_now: str


class Two(Struct, frozen=True, kw_only=True):
    """Two articles, the earlier first."""

    same: Sameness  # as the service holds them
    apart: bool  # because somebody said so
    articles: tuple[Told, Told]
    direct: Explanation


def of(article: str, other: str, stories: Stories) -> Two:
    """What is to be said of two articles; UsageError where one is not kept."""
    if article == other:
        raise click.UsageError(f"{plain(article)} and {plain(other)} are one article")
    kept = {one.article.id: one for one in stories.kept([article, other])}
    for one in (article, other):
        if one not in kept:
            raise click.UsageError(f"no article {plain(one)} is kept; it may have left the window")
    direct = explain(kept[article].article, kept[other].article)
    told = [kept[one] for one in (direct.earlier, direct.later)]
    now = [stories.story(one.decision.story) for one in told]
    earlier, later = (
        _told(one, story.id, story.coverage) if story else _told(one, one.decision.story, one.decision.coverage)
        for one, story in zip(told, now, strict=True)
    )
    same = Sameness.COVERAGE if earlier.coverage_now == later.coverage_now else Sameness.NEITHER
    return Two(
        same=Sameness.STORY if earlier.story_now == later.story_now else same,
        apart=bool(now[0] and now[1] and are_apart(now[0], now[1])),
        articles=(earlier, later),
        direct=direct,
    )


def _told(kept: Kept, story: str, coverage: str) -> Told:
    decision = kept.decision
    return Told(
        id=kept.article.id,
        publisher=kept.article.publisher,
        title=kept.article.title,
        language=kept.article.language,
        agencies=kept.article.credit.agencies,
        first_seen=kept.article.first_seen,
        relation=decision.relation,
        rule=decision.rule,
        score=decision.score,
        against=decision.against,
        evidence=decision.evidence,
        story=decision.story,
        story_now=story,
        coverage_now=coverage,
    )


def show(two: Two) -> None:
    """Print it: the passages as a table on a terminal, line by line elsewhere."""
    from rich.console import Console

    click.echo("\n".join((*_held(two), "", *_found(two))))
    passages = two.direct.passages
    if not passages:
        return
    click.echo()
    console = Console()
    if console.is_terminal:
        console.print(table(two))
    else:
        click.echo("\n".join(line for passage in passages for line in _plain_lines(passage)))


def _held(two: Two) -> Iterator[str]:
    """How the service holds them, and by which decisions."""
    earlier, later = two.articles
    ids = {
        Sameness.STORY: earlier.story_now,
        Sameness.COVERAGE: f"{earlier.coverage_now} ({earlier.story_now}, {later.story_now})",
        Sameness.NEITHER: f"{earlier.story_now}, {later.story_now}",
    }
    by_hand = ", because somebody said so" if two.apart else ""
    yield f"The service holds them as {HELD[two.same]}: {ids[two.same]}{by_hand}"
    width = max(len(one.id) for one in two.articles)
    for one in two.articles:
        because = f"({one.rule}, {one.score:.2f}) against {one.against}" if one.against else f"({one.rule})"
        about = " · ".join(filter(None, (one.publisher, ", ".join(one.agencies), plain(one.title, 60))))
        yield f"  {plain(one.id):{width}}  {plain(f'{one.relation} {because} · {about}')}"
        if one.story != one.story_now:
            yield f"  {'':{width}}  its story {one.story} turned out to be {one.story_now}"


def _found(two: Two) -> Iterator[str]:
    """What the matcher finds in the two texts, and why it finds no more."""
    direct = two.direct
    rule = f": {direct.relation} ({direct.rule}, {direct.score:.2f})" if direct.rule != "new" else ""
    yield f"The two texts alone are {FOUND[direct.same]}{rule}"
    yield from (f"  + {plain(line)}" for line in direct.evidence)
    yield from (f"  - {plain(reason.said)}" for reason in direct.reasons)
    if two.same is Sameness.STORY is not direct.same:
        yield "  They are one story through other printings, or because somebody said so."
    elif direct.same is Sameness.STORY is not two.same and not two.apart:
        yield "  When the later one came it was not found beside the earlier, or its feed's `merging` kept it out."
    word_for_word = sum(one.likeness is Likeness.WORD_FOR_WORD for one in direct.passages)
    count = len(direct.passages)
    yield f"  {count} {'sentence goes' if count == 1 else 'sentences go'} together, {word_for_word} word for word"


def _plain_lines(passage: Passage) -> Iterator[str]:
    yield _how(passage)
    if passage.likeness is Likeness.WORD_FOR_WORD:
        yield f"  = {plain(passage.later.text)}"
        return
    yield f"  < {plain(passage.earlier.text)}"
    yield f"  > {plain(passage.later.text)}"


def _how(passage: Passage) -> str:
    changed = f": {plain(', '.join(passage.changed))}" if passage.changed else ""
    return f"{passage.likeness.replace('_', ' ')}{changed}"


def table(two: Two) -> "Table":
    """The passages in two columns; what the other text does not know is marked."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=box.SIMPLE_HEAD, expand=True, show_lines=True)
    for one in two.articles:
        shown.add_column(Text(plain(f"{one.id} · {one.publisher}")), ratio=1)
    for passage in two.direct.passages:
        dim = passage.likeness is Likeness.WORD_FOR_WORD
        how = Text(f"\n{_how(passage)}", style="cyan")
        shown.add_row(
            _marked(passage.earlier, "bold red", dim=dim), _marked(passage.later, "bold green", dim=dim) + how
        )
    return shown


def _marked(side: Side, style: str, *, dim: bool) -> "Text":
    from rich.text import Text

    line = plain(side.text)
    text = Text(line, style="dim" if dim else "")
    for start, end in places(line, side.own):
        text.stylize(style, start, end)
    return text
