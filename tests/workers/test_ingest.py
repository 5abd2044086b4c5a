"""The age at which a page is too old."""

from datetime import UTC, datetime

import pytest

from newswire.article import Entry, Page
from workers.errors import Permanent
from workers.ingest import read

SEEN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TEXT = "".join(
    f"<p>The ferry of the {number}th day came late into the harbour, as the mate had said.</p>" for number in range(30)
)
ENTRY = Entry(id="1a", feed="f1", publisher="paper.example", link="https://paper.example/ferry")


def a_page(date: str) -> Page:
    head = f'<meta property="article:published_time" content="{date}">'
    html = f"<html lang=en><head>{head}</head><body><article><h1>Ferry</h1>{TEXT}</article></body></html>"
    return Page(url=ENTRY.link, body=html.encode(), fetched=SEEN)


def test_a_day_without_a_time_lasts_until_its_end():
    assert read(a_page("2026-11-20"), ENTRY, SEEN, max_age_hours=48).is_dated_by_day


@pytest.mark.parametrize("date", ["2026-11-20T00:30Z", "2026-11-18"])
def test_what_is_older_is_too_old(date):
    with pytest.raises(Permanent, match="too_old"):
        read(a_page(date), ENTRY, SEEN, max_age_hours=48)
