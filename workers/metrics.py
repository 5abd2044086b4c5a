"""Prometheus metrics, read from Redis when asked: one answer for the whole service, however many workers it has."""

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from newswire.polling.health import Condition
from storage.errors import Unavailable
from storage.retention import Limits, Stream, held_back
from workers.bootstrap import Tools


class ServiceCollector(Collector):
    """The table of names is this method; no host or URL is ever a label."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def collect(self) -> Iterator[Metric]:
        """The figures as they are now; `wirefold_up` 0 alone when Redis does not answer."""
        try:
            balance = self._tools.ledger.balance()
            waiting, leased = self._tools.frontier.in_hand()
            read = self._tools.groups.streams()
            heartbeat = self._tools.health.heartbeat_age_s()
            used, _ = self._tools.health.memory()
            feeds = len(self._tools.feeds)
            conditions = self._tools.feeds.conditions()
            silence = self._tools.hosts.silence()
        except Unavailable:
            yield GaugeMetricFamily("wirefold_up", "Whether Redis answers", value=0)
            return
        yield GaugeMetricFamily("wirefold_up", "Whether Redis answers", value=1)
        yield CounterMetricFamily("wirefold_entries", "Entries announced by feeds", value=balance.entries)
        outcomes = CounterMetricFamily("wirefold_outcomes", "Entries that ended, by outcome", labels=["outcome"])
        for outcome, count in balance.outcomes.items():
            outcomes.add_metric([outcome], count)
        yield outcomes
        reasons = CounterMetricFamily("wirefold_rejections", "Rejected entries, by reason", labels=["reason"])
        for reason, count in balance.reasons.items():
            reasons.add_metric([reason], count)
        yield reasons
        looks = CounterMetricFamily("wirefold_looks", "Looks at pages that were read, by result", labels=["result"])
        for result, count in balance.looks.items():
            looks.add_metric([result], count)
        yield looks
        yield GaugeMetricFamily(
            "wirefold_ledger_balanced", "Whether every entry is accounted for", value=balance.balanced
        )
        yield GaugeMetricFamily("wirefold_waiting", "Entries that wait or are being read", value=waiting)
        yield GaugeMetricFamily("wirefold_leases", "Claims at work", value=leased)
        yield GaugeMetricFamily("wirefold_feeds", "Feeds followed", value=feeds)
        health = GaugeMetricFamily("wirefold_feed_health", "Feeds polled, by condition", labels=["condition"])
        for condition in Condition:
            if condition is not Condition.NEW:
                health.add_metric([condition], conditions.get(condition, 0))
        yield health
        yield GaugeMetricFamily(
            "wirefold_silent_hosts", "Hosts that did not answer since one did: many are an outage", value=silence.hosts
        )
        streams = GaugeMetricFamily("wirefold_stream_entries", "Entries in an output stream", labels=["stream"])
        for stream in read:
            streams.add_metric([stream.key], stream.entries)
        yield streams
        yield from _groups(read, self._tools.limits)
        yield GaugeMetricFamily("wirefold_redis_bytes", "Memory used by Redis", value=used)
        if heartbeat is not None:
            yield GaugeMetricFamily("wirefold_heartbeat_age_seconds", "Since a canary came through", value=heartbeat)


def _groups(streams: Iterable[Stream], limits: Limits) -> Iterator[Metric]:
    labels = ["stream", "group"]
    lag = GaugeMetricFamily("wirefold_group_lag", "Entries that a group has not read", labels=labels)
    pending = GaugeMetricFamily("wirefold_group_pending", "Entries read and not acknowledged", labels=labels)
    lost = CounterMetricFamily(
        "wirefold_group_lost", "Entries trimmed before they were read and acknowledged", labels=labels
    )
    held = GaugeMetricFamily(
        "wirefold_group_held_back", "Whether what a live group needs takes most of the stream's room", labels=labels
    )
    for stream in streams:
        in_danger = held_back(stream, limits)
        for group in stream.groups:
            names = [group.stream, group.name]
            lag.add_metric(names, group.lag)
            pending.add_metric(names, group.pending)
            lost.add_metric(names, group.lost)
            held.add_metric(names, group in in_danger)
    yield from (lag, pending, lost, held)


def serve(port: int, tools: Tools) -> None:
    """Answer on http://…:port/metrics from a thread of this process."""
    registry = CollectorRegistry()
    registry.register(ServiceCollector(tools))
    start_http_server(port, registry=registry)
