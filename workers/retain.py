"""Trimming the streams: what is told before something that a reader needs has to go, and when it went."""

import structlog

from storage.retention import Stream, held_back, is_full, is_idle, keep_from, room, texts_until_ms
from workers.bootstrap import Tools

log = structlog.get_logger()


def retain(tools: Tools) -> None:
    """Take off each stream what is too old and not needed, and what is too much; then texts that are nobody's."""
    streams = tools.groups.streams()
    for stream in streams:
        _warn(stream, tools)
        losses = tools.groups.trim(stream.key, keep_from(stream, tools.limits), tools.limits.max_entries)
        idle = {group.name for group in stream.groups if is_idle(group, tools.limits)}
        for loss in losses:
            if loss.group not in idle:  # of one that holds nothing `wirefold groups` tells, once a minute were a flood
                log.warning(
                    "stream_unread_trimmed",
                    stream=stream.key,
                    group=loss.group,
                    unread=loss.unread,
                    unacknowledged=loss.unacknowledged,
                )
    tools.groups.drop_texts(texts_until_ms(streams))


def _warn(stream: Stream, tools: Tools) -> None:
    for group in held_back(stream, tools.limits):
        log.warning(
            "stream_held_back",
            stream=stream.key,
            group=group.name,
            lag=group.lag,
            pending=group.pending,
            room=room(stream, group, tools.limits),
        )
    if is_full(stream, tools.limits):
        log.warning("stream_full", stream=stream.key, entries=stream.entries, first=stream.first)
