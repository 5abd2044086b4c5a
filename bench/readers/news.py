"""Invented news for `bench/readers`: stories of words that no two share by chance, and what becomes of them. Pure.

Every story is the same in every run. Its words are drawn from 20,000: two texts hardly share a five-gram, so each is a
story of its own, and what follows it is known beforehand.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from newswire.article import Article, Entry, entry_id

_ONSETS = (*"bcdfghklmnprstvz", "br", "kl", "st", "tr")
_SYLLABLES = ["".join(pair) for pair in product(_ONSETS, "aeiou")]
_AT_RANDOM = random.Random(0)
WORDS = ["".join(_AT_RANDOM.choices(_SYLLABLES, k=_AT_RANDOM.choice((2, 2, 3, 3, 4)))) for _ in range(20_000)]
PUBLISHERS = 400
# Short and with hardly a name, for what is wanted are many events: of one writer a commit takes 2.2 ms of CPU time, and
# 0.95 ms of the server's; with names in every story 2.9 and 1.4 ms.
STORY_WORDS = 70
LONG_WORDS = 5500  # more than the 32 KB from which on a text stands in a key of its own
QUOTED_WORDS = 45  # of another story, in one that quotes it: a block has 35 at least


class Step(StrEnum):
    """What happens, each after the story that it is about."""

    STORY = "story"
    COPY = "copy"
    UPDATE = "update"
    WITHDRAWAL = "withdrawal"
    MERGE = "merge"  # with the story before it, by hand
    SPLIT = "split"  # its copy out of it, by hand
    REJECT = "reject"  # an entry that could not be read, and its feed falls silent


# One in so many stories, and which: of a hundred articles 20 are copies and 2 updates.
_FOLLOWING = {
    Step.COPY: (4, 0),
    Step.UPDATE: (40, 1),
    Step.WITHDRAWAL: (500, 3),
    Step.MERGE: (500, 6),
    Step.SPLIT: (500, 8),
    Step.REJECT: (100, 10),
}
_QUOTING, _LONG = (200, 7), (500, 9)


class Told(Struct, frozen=True):
    """One step: what is done, and to the story of which number."""

    step: Step
    story: int


def steps(writer: int, writers: int, stories: int) -> Iterator[Told]:
    """What a writer does, in order: its stories are every so many-th, and each is followed by what becomes of it."""
    for at, number in enumerate(range(writer, stories, writers)):
        yield Told(Step.STORY, number)
        for step, (every, which) in _FOLLOWING.items():
            is_first_ones = step is not Step.REJECT or writer == 0  # whoever claims gets what any feed brought
            if at % every == which and is_first_ones:
                yield Told(step, number)


def story(number: int, writers: int, now: datetime) -> Article:
    """The story of that number, as its first publisher prints it."""
    at = number // writers
    text = _text(number, LONG_WORDS if _is(_LONG, at) else STORY_WORDS, _names(number) if _is(_QUOTING, at + 1) else ())
    if _is(_QUOTING, at):
        about = _names(number - writers)
        quoted = " ".join(_text(number - writers, STORY_WORDS, about).split()[-QUOTED_WORDS:])
        text = f"{_text(number, STORY_WORDS, about)}\n{quoted}\n{_text(f'{number} on', STORY_WORDS, about)}"
    return _article(f"story {number}", _title(number), text, number % PUBLISHERS, now)


def follow_up(told: Told, first: Article, now: datetime) -> Article:
    """The article by which a story is copied, updated or withdrawn."""
    number = told.story
    if told.step is Step.COPY:
        copied = _article(f"copy {number}", f"{first.title} today", first.text, (number + 1) % PUBLISHERS, now)
        return replace(copied, published=first.published)
    if told.step is Step.UPDATE:
        text = f"{first.text}\n{_text(f'{number} update', 25)}"
        return _article(f"update {number}", f"UPDATE 1 - {first.title}", text, number % PUBLISHERS, now)
    text = f'Please kill and do not use the item "{first.title}", sent in error today.'
    killed = _article(f"kill {number}", f"KILL: {first.title}", text, number % PUBLISHERS, now)
    return replace(killed, guid=first.guid)


def unreadable(number: int, feed: str) -> Entry:
    """An entry whose page cannot be read."""
    publisher = f"paper-{number % PUBLISHERS}.example"
    link = f"https://{publisher}/unreadable/{number}"
    return Entry(id=entry_id(publisher, link), feed=feed, publisher=publisher, link=link, title=_title(number))


def _is(which: tuple[int, int], at: int) -> bool:
    return at % which[0] == which[1]


def _article(name: str, title: str, text: str, publisher: int, now: datetime) -> Article:
    host = f"paper-{publisher}.example"
    return Article(
        id=entry_id(host, name),
        publisher=host,
        url=f"https://{host}/{name.replace(' ', '/')}",
        guid=name,
        language="en",
        title=title,
        text=text,
        published=now,
        first_seen=now,
        fetched=now,
    )


def _title(number: int) -> str:
    return " ".join(random.Random(f"{number} title").choices(WORDS, k=7)).capitalize()


def _text(seed: int | str, words: int, names: Sequence[str] = ()) -> str:
    """Sentences of 12 to 22 words, each with a figure of its own, and with a name where there are any; three a line."""
    at_random = random.Random(seed)
    sentences: list[str] = []
    left = words
    while left > 0:
        length = min(left, at_random.randint(12, 22))
        chosen = at_random.choices(WORDS, k=length)
        chosen[2:2] = names[len(sentences) % 4 :][:1]
        sentences.append(f"{' '.join(chosen)}, {at_random.randrange(100, 1_000_000)}.")
        left -= length
    return "\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def _names(number: int) -> list[str]:
    """Four people whom nobody else is called alike."""
    words = iter(random.Random(f"{number} names").choices(WORDS, k=16))
    return [
        f"{(one + two).capitalize()} {(three + four).capitalize()}"
        for one, two, three, four in zip(*[words] * 4, strict=True)
    ]
