"""Reasons in words."""

import re

import pytest

import workers.fetch
from newswire.polling.reasons import in_words


def named_by_fetch() -> list[str]:
    """The words of the docstring's list that are reasons."""
    listed = re.findall(r"^    (?:Transient|Permanent)(.*)$", workers.fetch.__doc__, re.MULTILINE)
    return [
        reason
        for line in listed
        for reason in re.findall(r"\b[a-z]+(?:_[a-z]+)*\b(?=[,\s(]|$)", line.split("http_")[0])
    ]


def test_every_reason_that_the_fetcher_names_has_words():
    reasons = [reason for reason in named_by_fetch() if reason != "cut"]
    assert {"dns", "inside_address", "too_many_redirects"} <= set(reasons)
    assert [reason for reason in reasons if in_words(reason).startswith("the reason given")] == []


@pytest.mark.parametrize("reason", ["not_a_feed", "robots", "time_limit", "killed_worker", "unexpected"])
def test_every_reason_of_the_stages_has_words(reason):
    assert not in_words(reason).startswith("the reason given")


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("http_404", "the server answers 404 Not Found: there is nothing at this address"),
        ("http_503", "the server answers 503 Service Unavailable: it fails, which may pass"),
        ("http_522", "the server answers 522: it fails, which may pass"),
        ("http_418", "the server answers 418 I'm a Teapot: it refuses"),
        ("http_300", "the server answers 300 Multiple Choices"),
        ("sunspots", "the reason given is sunspots"),
    ],
)
def test_a_status_is_named_and_explained(reason, expected):
    assert in_words(reason) == expected
