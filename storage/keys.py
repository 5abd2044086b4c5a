"""Every key: its type, how long it lives, who writes it, and why it is there.

All stand in one hash slot: the main stream is the key `NAME`, every other begins with `{NAME}:`, and a cluster hashes
only what is between the braces. So the atomic steps also hold on a Redis Cluster. NAME is a setting (`wirefold`).

| key | type | lives | writer | what |
|---|---|---|---|---|
| NAME | stream | window | commit, revise, merge, split | each story once, its revisions, links |
| copies | stream | window | commit | further printings |
| rejects | stream | window | reject | what could not be read, and why |
| route:NAME | stream | window | the same steps | what a route takes (newswire/routes.py) |
| sequences | hash | for ever | the same steps | stream → number of its last entry: a jump is a gap |
| text:EVENT | string | with its entry | the same steps | a text of more than 32 KB, whole (UTF-8) |
| texts | zset | – | the same steps, trim | text's key → ms of its latest entry's id |
| groups | hash | with its group | trim | stream and group → since when it stands where it does, and what it lost |
| feeds | hash | for ever | catalogue | feed id → Feed (JSON) |
| feed:ID | hash | with its feed | absorb | state (packed), touched (s), account (its part of the sums): what is
  known of a feed |
| feed:ID:entries | set | with its feed | absorb | the entries that stand in it now: their marks are kept alive |
| entry:ID | hash | while waiting or in a feed, then `mark_s` | absorb, commit, reject | seen-mark and ledger row |
| item:ID | hash | while it waits | frontier, commit | what is to be fetched: kind, host, url, data, attempts,
  token |
| frontier:hosts | zset | – | frontier | host → ms when it may be asked and has something due |
| frontier:host:HOST | zset | while not empty | frontier | item → ms when due |
| frontier:slot:HOST | string | until that time | frontier | ms before which the host is not asked |
| frontier:leases | zset | – | frontier | item → ms when its lease ends |
| frontier:pages | set | – | frontier | the page items: what the ledger calls waiting |
| frontier:looks | zset | – | frontier, commit | page to be looked at again → ms when due |
| frontier:looking | set | – | frontier | looks that are leased: nobody waits for them |
| frontier:look_at | string | a minute, or two looks | frontier | ms of the last look, by the budget |
| frontier:tokens | string | for ever | frontier | the last token given |
| frontier:demand | hash | for ever | absorb, unfollow | what all feeds together ask for of the budget of polls |
| frontier:conditions | hash | for ever | absorb, unfollow | condition → how many feeds are in it |
| frontier:standing:PUBLISHER | hash | 3 days after a change | intake | feed → digest of its document: which feeds
  are alike |
| frontier:answered | string | an hour | ask | how long ago any host answered, by what is left of it |
| frontier:silent | set | an hour | ask | hosts that did not answer since one did |
| frontier:refusals:HOST | string | 2 days | ask | how often a host refused in a row |
| frontier:missing:HOST | set | 6 hours | look | entries whose pages the host does not have any more |
| robots:HOST | string | 30 days | visit | robots.txt as read; asked for again after a day |
| index:EPOCH | string | 2 windows | commit, revise | number of buckets of the epoch |
| index:EPOCH:size | string | 2 windows | commit | postings written: sizes the next epoch |
| index:EPOCH:BUCKET | zset | 2 windows | commit | postings: score = 31 bits of a hash, member = its last byte,
  story |
| index:writes | string | for ever | commit, revise, merge, split | how often they wrote: no view moves while
  it stands still |
| story:ID | string | 2 windows after its last printing | commit, revise, merge, split | the story (packed), its
  changes and coverage, when seen (s), the ids of its printings, and into which story it was merged |
| article:ID | string | 2 windows, and as long as its mark; while it is a face, with its story | commit, revise,
  split | the article, its text parsed, what was decided of it (packed) |
| coverage:ID | hash | 2 windows after its last story | commit, revise, merge, split | story → its origin: its
  agencies, else whose site it is on; empty for an echo |
| ledger | hash | for ever | all of them | entries, sightings, each outcome with its reason, what became of looks |
| ledger:feed:ID | hash | with its feed | all of them | the same for one feed |
| ledger:hour:H | hash | a week | all of them | the same for one hour since 1970 |
| unexpected:MINUTE | string | 2 minutes | tasks | errors nobody expected, over all workers |
| heartbeat | string | an hour | canary | s when a canary last came through beat → io → cpu |

Celery's own keys (`{NAME}:celery:…`) and page bodies in transit (`{NAME}:body:…`) are on the broker's Redis and may all
be lost.
"""

from msgspec import Struct

from newswire.event.types import Channel


class Keys(Struct, frozen=True):
    """The names of one installation's keys."""

    name: str = "wirefold"

    @property
    def prefix(self) -> str:
        """What every key but the main stream begins with; the scripts put their keys together from it."""
        return f"{{{self.name}}}:"

    def __call__(self, *parts: str | int) -> str:
        """`keys("feed", id)` → `{wirefold}:feed:ID`."""
        return self.prefix + ":".join(map(str, parts))

    def channel(self, channel: Channel) -> str:
        """The key of the stream that is told this."""
        return self.stream("" if channel is Channel.STORIES else channel.value)

    def route(self, name: str) -> str:
        """The key of a route's stream."""
        return self.stream(f"route:{name}")

    def stream(self, name: str = "") -> str:
        """The key of an output stream: "" or the installation's name for the main one, else its name."""
        return self.name if name in ("", self.name) else self(name.removeprefix(self.prefix))

    def name_of(self, stream: str) -> str:
        """The name of the output stream of a key, or of a name; "" for the main one."""
        return "" if stream == self.name else stream.removeprefix(self.prefix)
