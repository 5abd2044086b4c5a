"""How long a host that refuses is left alone, and whose fault silence is."""

from math import inf

import pytest

from newswire.polling.manners import is_to_blame, rest_s


@pytest.mark.parametrize(
    ("reason", "refusals", "retry_after_s", "expected"),
    [
        ("http_429", 1, 0, 60),
        ("http_429", 1, 300, 300),
        ("http_429", 5, 0, 960),
        ("http_503", 1, 0, 0),
        ("http_503", 2, 0, 60),
        ("http_503", 1, 30, 30),
        ("http_429", 50, 0, 1800),
        ("http_403", 50, 0, 21_600),
        ("http_429", 50, 86_400, 86_400),
        ("http_403", 1, 0, 0),
        ("http_403", 2, 0, 0),
        ("http_403", 3, 0, 60),
        ("http_403", 1, 90, 90),
    ],
)
def test_each_refusal_in_a_row_doubles_the_rest_and_what_may_be_one_pages_is_forgiven(
    reason, refusals, retry_after_s, expected
):
    assert rest_s(reason, refusals, retry_after_s) == expected


@pytest.mark.parametrize(
    ("silent_hosts", "answered_ago_s", "took_s", "expected"),
    [
        (9, 3.0, 0.1, True),  # somebody answered just before
        (9, 15.0, 20.0, True),  # somebody answered while this one waited
        (3, 40.0, 20.0, False),
        (9, inf, 20.0, False),
        (2, inf, 20.0, True),  # two may be all that one follows
    ],
)
def test_silence_is_a_hosts_own_when_others_answered_meanwhile(silent_hosts, answered_ago_s, took_s, expected):
    assert is_to_blame(silent_hosts=silent_hosts, answered_ago_s=answered_ago_s, took_s=took_s) is expected
