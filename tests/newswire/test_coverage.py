from datetime import timedelta

from newswire.sameness.comparable import Comparable
from newswire.sameness.coverage import may_be_centre, nearest_coverage
from tests.newswire.printings import FERRY, NOW, RIVAL, TEXTS, a_story, an_article

FIRST = a_story(an_article(FERRY, publisher="root.example"))


def coverage_of(text: str, *, anchors: float, hours: float = 1) -> str:
    """The coverage joined by a text that comes so many hours later and shares so many anchors; "" for none."""
    if not may_be_centre(FIRST, anchors, NOW + timedelta(hours=hours)):
        return ""
    return nearest_coverage(Comparable("", text, "en"), [(FIRST, TEXTS[FIRST.root.article])])[0]


def test_a_rival_report_with_rare_names_in_common_joins_the_coverage():
    assert coverage_of(RIVAL, anchors=5.0) == FIRST.coverage


def test_names_that_half_the_window_bears_link_nothing():
    assert coverage_of(RIVAL, anchors=0.5) == ""


def test_a_later_report_must_share_more():
    assert coverage_of(RIVAL, anchors=1.2, hours=2) == FIRST.coverage
    assert coverage_of(RIVAL, anchors=1.2, hours=60) == ""


def test_after_three_days_nothing_joins():
    assert coverage_of(RIVAL, anchors=9.0, hours=73) == ""
