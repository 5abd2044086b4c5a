"""A crowd of stories for `bench/speed`: real articles in other words, and the postings of one ten times as large.

In world k each word of four letters or more, and each number, has become another of its language, its kind (name, word,
number of as many digits) and its frequency band; so every article is another text, and the posting lists of anchors are
about as long as in so many real articles. Articles of a world are as like each other as the real ones are. What worlds
do not share are stock phrases: with the 217 commonest words left as they are, articles share 4 % of their shingles with
others by chance, as real ones do (5 %), but each also 4.4 shingles with itself in another world, and finds itself.
"""

import random
import re
import struct
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.synchronize import Lock
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from newswire.article import Article, entry_id
from newswire.decision import Decision, Relation
from newswire.event.telling import events_of
from newswire.sameness.fingerprint import Signature, sign
from newswire.story import coverage_id, fold, story_id
from storage.connection import LUA, Redis, connect
from storage.keys import Keys
from storage.stories import Answer, Lease, Stories, View

WINDOW_S = 5 * 86400
PROCESSES = 2
TOKEN = re.compile(r"\d+|[^\W\d_]{4,}")
# A form that is written with a capital so often is a name.
NAMED = 0.8
_SET = dict(re.findall(r"^local ([A-Z_]+) = (\d+)", (LUA / "index.lua").read_text(), re.MULTILINE))
PER_BUCKET, FIRST_BUCKETS, CAP = (int(_SET[name]) for name in ("PER_BUCKET", "FIRST_BUCKETS", "CAP"))
TEMPLATES = 100
# Buckets or stories in one call of a script.
BATCH = 500
POSTING_BYTES = 40  # with room to spare

Worlds = dict[tuple[str, str, int], list[str]]  # language, kind, band → forms
Renaming = Mapping[tuple[str, str], str]  # language, form → form


class Told(Struct, frozen=True):
    """A story of the crowd: its 8 bytes, and its hashes as the index takes them."""

    story: bytes
    hashes: bytes


def bands(articles: Sequence[Article]) -> Worlds:
    """The forms of these articles that may stand for each other: by powers of two of how many articles have them."""
    found: Counter[tuple[str, str]] = Counter()
    capital: Counter[tuple[str, str]] = Counter()
    for article in articles:
        tokens = set(TOKEN.findall(f"{article.title}\n{article.text}"))
        found.update((article.language, form) for form in {token.lower() for token in tokens})
        lower = {token for token in tokens if token == token.lower()}
        capital.update((article.language, form) for form in {token.lower() for token in tokens} - lower)
    grouped: Worlds = defaultdict(list)
    for (language, form), count in sorted(found.items()):
        named = capital[language, form] >= NAMED * count
        kind = f"figure {len(form)}" if form.isdecimal() else "name" if named else "word"
        grouped[language, kind, count.bit_length()].append(form)
    return grouped


def renaming(grouped: Worlds, world: int) -> Renaming:
    """Which form stands for which in a world; the same in every run."""
    renamed = {}
    for (language, kind, band), forms in grouped.items():
        others = forms.copy()
        random.Random(f"{world} {language} {kind} {band}").shuffle(others)
        renamed.update({(language, form): other for form, other in zip(forms, others, strict=True)})
    return renamed


def retold(text: str, language: str, renamed: Renaming) -> str:
    """The text in the words of a world, written with capitals where it was."""

    def other(found: re.Match[str]) -> str:
        token = found[0]
        form = renamed.get((language, token.lower()), token)
        if token[0].isupper():
            return form.upper() if token.isupper() else form.capitalize()
        return form

    return TOKEN.sub(other, text)


def name_of(article: Article, world: int) -> str:
    """The id of an article as it is told in a world."""
    return entry_id(article.publisher, f"{article.id} in world {world}")


def packed(signature: Signature) -> bytes:
    """All hashes of a signature as the index takes them."""
    hashes = (*signature.exact, *signature.shingles, *signature.anchors)
    return struct.pack(f">{len(hashes)}Q", *hashes)


class Teller:
    """Tells stories of the crowd, and commits each as one that begins a story. One a process."""

    def __init__(self, url: str, articles: Sequence[Article], stories: int, start_s: int, lock: Lock) -> None:
        self._client = connect(url)
        self._articles = articles
        self._stories = Stories(self._client, Keys(), window_s=WINDOW_S)
        self._grouped = bands(articles)
        self._renaming = lru_cache(maxsize=2)(lambda world: renaming(self._grouped, world))
        self._pace_s = WINDOW_S / stories
        self._start_s = start_s
        self._lock = lock

    def tell(self, number: int) -> Told:
        """Commit the story of that number."""
        world, at = divmod(number, len(self._articles))
        real = self._articles[at]
        now = datetime.fromtimestamp(self._start_s + int(number * self._pace_s), UTC)
        article = replace(
            real,
            id=name_of(real, world),
            url=f"{real.url}#{world}",
            title=retold(real.title, real.language, self._renaming(world)),
            text=retold(real.text, real.language, self._renaming(world)),
            first_seen=now,
            fetched=now,
        )
        story = story_id(article.id)
        decision = Decision(relation=Relation.ORIGINAL, story=story, coverage=coverage_id(story), score=0.0, rule="new")
        begun = fold({}, article, decision)
        signature = sign(article)
        events = events_of(article, decision, begun, sources=1, now=now)
        with self._lock:  # while nobody else writes, no view moves, and none is looked up
            writes: Any = self._client.get(Keys()("index", "writes")) or b"0"
            answer = self._stories.commit(
                *(Lease(article.id), article, signature, decision, begun, View(writes + b" ", ())),
                feed="crowd",
                outcome="published",
                events=events,
                now=now,
            )
        if answer is not Answer.DONE:
            raise RuntimeError(f"story {number} was not written: {answer}")
        return Told(bytes.fromhex(story[1:]), packed(signature))


_TELLERS: list[Teller] = []  # this process' own


def _begin(url: str, articles: Sequence[Article], stories: int, start_s: int, lock: Lock) -> None:
    _TELLERS.append(Teller(url, articles, stories, start_s, lock))


def _tell(number: int) -> Told:
    return _TELLERS[0].tell(number)


def open_epoch(client: Redis, epoch: int, postings: float) -> int:
    """Open an epoch as one is opened after an epoch of so many postings; returns its number of buckets."""
    buckets = max(FIRST_BUCKETS, round(postings / PER_BUCKET))
    client.set(Keys()("index", epoch), buckets, ex=2 * WINDOW_S)
    client.set(Keys()("index", epoch, "size"), 0, ex=2 * WINDOW_S)
    return buckets


def close_epoch(client: Redis, epoch: int) -> None:
    """Take away an epoch with all its postings; how many they were stays, for the next that is opened."""
    buckets = int(client.get(Keys()("index", epoch)) or 0)
    for at in range(0, buckets, BATCH):
        client.delete(*(Keys()("index", epoch, bucket) for bucket in range(at, min(at + BATCH, buckets))))
    client.delete(Keys()("index", epoch))


def fill(url: str, articles: Sequence[Article], stories: int, epoch: int) -> Iterator[Told]:
    """Tell so many stories, spread over the epoch, which is as long as the window."""
    context = get_context("fork")
    with context.Pool(PROCESSES, _begin, (url, articles, stories, epoch * WINDOW_S, context.Lock())) as pool:
        for count, told in enumerate(pool.imap(_tell, range(stories), chunksize=16), 1):
            if count % 5000 == 0 or count == stories:
                print(f"{count:,} stories told", file=sys.stderr, flush=True)
            yield told


_POST = """
local P, now_s, window = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
for i = 4, #ARGV, 2 do post(P, now_s, window, ARGV[i], ARGV[i + 1]) end
"""
# ARGV: prefix of the buckets, ms, number of templates, those, the buckets. RESTORE takes a tenth of the time of as many
# ZADD.
_SPREAD = """
local kinds = tonumber(ARGV[3])
for i = 4 + kinds, #ARGV do
  redis.call('RESTORE', ARGV[1] .. ARGV[i], ARGV[2], ARGV[4 + (ARGV[i] * 7919) % kinds])
end
"""


def grow(client: Redis, crowd: Sequence[Told], asked: Mapping[int, int], epoch: int, times: int) -> tuple[int, float]:
    """Make the epoch's index so many times as large; returns its postings, and the share of its buckets that are full.

    The crowd's own postings are placed anew, in as many buckets as an epoch opens with after one of that size (once is
    what makes them so many after the filling, which could not know it). The lists of `asked` (hash → length) grow
    in proportion with stories that do not exist, up to one more than the cap; the rest is random. Where the memory does
    not suffice, that fills only the buckets that are asked for.
    """
    size: Any = client.get(Keys()("index", epoch, "size"))
    own = int(size)  # lists over the cap have stopped growing: fewer than the crowd has hashes
    close_epoch(client, epoch)
    buckets = open_epoch(client, epoch, own * times)
    grown = {value: min(times * length, CAP + 1) - min(length, CAP + 1) for value, length in asked.items()}
    at_random = random.Random(0)
    mean = max(0.0, own * (times - 1) - sum(grown.values())) / buckets
    templates = [_template(client, at_random, mean) for _ in range(TEMPLATES)]
    suffices = _available_bytes() > own * times * POSTING_BYTES
    filled: Sequence[int] = range(buckets) if suffices else sorted({(value >> 32) % buckets for value in asked})
    if times == 1:
        filled = ()
    spread = client.register_script(_SPREAD)
    prefix = Keys()("index", epoch, "")
    for at in range(0, len(filled), BATCH):
        spread(keys=[prefix], args=[prefix, 2000 * WINDOW_S, TEMPLATES, *templates, *filled[at : at + BATCH]])
    if filled:
        print(f"{len(filled):,} buckets of about {mean:.1f} random postings", file=sys.stderr, flush=True)
    parts = [(LUA / f"{name}.lua").read_text() for name in ("story", "index")]
    post = client.register_script("\n".join([*parts, _POST]))
    made = ((at_random.randbytes(8), value.to_bytes(8)) for value, more in grown.items() for _ in range(more))
    rest = chain(((one.story, one.hashes) for one in crowd), made)
    while batch := [part for pair in islice(rest, BATCH) for part in pair]:
        post(keys=[prefix], args=[Keys().prefix, epoch * WINDOW_S, WINDOW_S, *batch])
    written: Any = client.get(Keys()("index", epoch, "size"))
    postings = int(written) + round(mean * len(filled))
    client.set(Keys()("index", epoch, "size"), own * times, keepttl=True)  # sizes the next epoch
    return postings, len(filled) / buckets


def _available_bytes() -> int:
    lines = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    return 1024 * int(lines["MemAvailable"].split()[0])


def _template(client: Redis, at_random: random.Random, mean: float) -> bytes:
    """A bucket of random postings, as RESTORE takes it; as many as chance would bring into one."""
    key, size = Keys()("template"), max(1, round(at_random.gauss(mean, mean**0.5)))
    client.zadd(key, {at_random.randbytes(9): at_random.getrandbits(31) for _ in range(size)})
    form = bytes(client.dump(key) or b"")
    client.delete(key)
    return form
