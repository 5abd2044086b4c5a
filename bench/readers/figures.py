"""The figures of the first phase, from the ledgers of all who wrote and read."""

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

from bench.frontier.visits import percentile
from bench.readers.judge import Appended, Handled, appended, gaps, handled, lags, older, taking, unread_when_trimmed
from bench.readers.killed import CUT, LONG
from bench.readers.ledger import rows
from bench.readers.reading import STORIES
from bench.readers.soak import GROUPS, HALF, WHOLE, WINDOW_S, WRITERS, Run
from bench.readers.states import differing, snapshot_of, states_of
from newswire.event.types import TYPES, StoryPublished
from storage.retention import order

Figures = dict[str, float]
MISSED, UNREAD = "events missed, {}", "entries trimmed before they were handled, {}"
TAKING = "trimmings that took something, from one window on until all was written"
OTHERWISE = "stories that a snapshot and what follows tell otherwise, {}"
GAPS, AGAIN = "gaps in the sequences, {}", "events handled again, {}"


def figures_of(run: Run, folder: Path) -> Figures:
    """Every figure."""
    told = list(chain.from_iterable(rows(folder / f"writer-{number}") for number in range(WRITERS)))
    types, committed = Counter(row.more for row in told), {(row.stream, row.event) for row in told}
    stood = appended(rows(folder / "tail"))
    kills = sum(1 for _ in rows(folder / "kills"))
    write_s = run.written_s - run.started_s
    figures: Figures = {
        "stories published": types[TYPES[StoryPublished]],
        "types of events": len(types),
        "events committed and on no stream, or the reverse": len(committed ^ ids_of(stood)),
        "kills between read and acknowledgement": kills,
    }
    behind: dict[str, list[list[int]]] = {stream: [] for stream in stood}
    for group, streams in GROUPS.items():
        did = handled(rows(folder / group))
        wanted = {stream: stood[stream] for stream in streams}
        figures |= of_group(group, did, wanted, run)
        for stream, mine in wanted.items():
            at_s = [sample.at_s for sample in run.samples[stream]]
            behind[stream].append(lags(mine.at_s, did[stream].first_s.values(), at_s))
    texts = Counter(row.more for row in rows(folder / "killed"))
    figures["long texts in keys of their own, handled by killed"] = texts[LONG]
    figures["  of which only the beginning was there"] = texts[CUT]
    figures[AGAIN.format("killed, beyond one a kill")] = figures[AGAIN.format("killed")] - kills
    old, needless, length = [], [], []
    for stream, mine in stood.items():
        most = [max(every) for every in zip(*behind[stream], strict=True)]
        for sample, waited_for in zip(run.samples[stream], most, strict=True):
            there = older(mine.at_s, sample, WINDOW_S)
            old.append(there)
            needless.append(min(there, sample.length - waited_for))
            length.append(sample.length)
    figures |= of_snapshots(folder)
    entries = sum(len(mine.events) for mine in stood.values())
    trimmed = [sum(samples[at].first - 1 for samples in run.samples.values()) for at in (run.written_at, -1)]
    return figures | {
        "entries older than the window that nobody waited for, most": max(needless),
        "entries left a window after all was read": sum(samples[-1].length for samples in run.samples.values()),
        TAKING: taking([one for one in run.samples[STORIES] if run.started_s + WINDOW_S < one.at_s <= run.written_s]),
        "entries on the streams, in all": entries,
        "entries trimmed while the writers wrote": trimmed[0],
        "entries trimmed, in all": trimmed[1],
        "entries on a stream at a time, most": max(length),
        "entries older than the window on a stream at a time, most": max(old),
        "events committed a second": len(told) / write_s,
        "s until all was written": write_s,
        "s until all was read, then": run.read_s - run.written_s,
        **run.beside,
        **{f"  {name.removeprefix('org.wirefold.')}": count for name, count in sorted(types.items())},
    }


def of_group(group: str, did: Mapping[str, Handled], wanted: Mapping[str, Appended], run: Run) -> Figures:
    """What a group of readers did, on the streams that it reads."""
    ids = {(stream, event) for stream in wanted for event in did[stream].times}
    first_s = sorted(at_s for stream in wanted for at_s in did[stream].first_s.values())
    all_s = [at_s for mine in wanted.values() for at_s in mine.at_s]
    at_s = [sample.at_s for sample in next(iter(run.samples.values()))]
    figures: Figures = {
        MISSED.format(group): len(ids_of(wanted) - ids),
        GAPS.format(group): sum(gaps(did[stream].first_s, len(mine.events)) for stream, mine in wanted.items()),
        UNREAD.format(group): sum(unread_when_trimmed(did[stream].first_s, run.samples[stream]) for stream in wanted),
        AGAIN.format(group): sum(times - 1 for stream in wanted for times in did[stream].times.values()),
        f"entries behind, most, {group}": max(lags(all_s, first_s, at_s)),
        f"events a second, {group}": len(first_s) / (first_s[-1] - first_s[0]),
    }
    if group == "slow":
        after = [one for one in first_s if one > run.written_s]
        figures["events a second, slow, when it caught up"] = len(after) / (run.read_s - run.written_s)
    if group == "fast":
        waits = sorted(
            mine_s - since_s
            for stream, mine in wanted.items()
            for number, since_s in enumerate(mine.at_s, 1)
            if (mine_s := did[stream].first_s.get(number))
        )
        figures["ms from commit to handled, fast, median"] = 1000 * percentile(waits, 0.5)
        figures["ms from commit to handled, fast, p99"] = 1000 * percentile(waits, 0.99)
    return figures


def of_snapshots(folder: Path) -> Figures:
    """Whether a snapshot and the events after it come to the same as all events."""
    told = [row.more.split(" ", 1) for row in rows(folder / "tail") if row.stream == STORIES]
    whole = states_of(facts for _, facts in told)
    figures: Figures = {}
    for said, name in (("half-way", HALF), ("at the end", WHOLE)):
        with (folder / name).open("rb") as lines:
            read_on_from, states = snapshot_of(lines)
        figures[f"stories in a snapshot, {said}"] = len(states)
        after = (facts for entry_id, facts in told if order(entry_id) > order(read_on_from))
        figures[OTHERWISE.format(said)] = differing(states_of(after, states), whole)
    return figures


def ids_of(stood: Mapping[str, Appended]) -> set[tuple[str, str]]:
    """All events that stood on these streams, each with its stream."""
    return {(stream, event) for stream, mine in stood.items() for event in mine.events}
