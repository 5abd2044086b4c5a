"""Whose site a publisher is, and what only looks like one owner."""

import re
from collections import Counter

import pytest

from newswire.agencies import BY_ID as AGENCIES
from newswire.owners import BY_ID, origin_of_publisher
from newswire.url import publisher_of, site_of


def test_a_site_is_in_one_group():
    count = Counter(site for row in BY_ID.values() for site in row.sites)
    assert [site for site, times in count.items() if times > 1] == []


def test_a_site_is_written_as_publishers_are():
    sites = [site for row in BY_ID.values() for site in row.sites]
    assert [publisher_of(f"https://{site}/") for site in sites] == sites


def test_a_group_has_two_sites_that_differ():
    alone = {id_ for id_, row in BY_ID.items() if len(row.sites) < 2}
    assert alone == set()


def test_only_papers_on_a_portal_are_less_than_a_site():
    inside = {site for row in BY_ID.values() for site in row.sites if site_of(site) != site}
    assert inside == {"economictimes.indiatimes.com", "folha.uol.com.br", "timesofindia.indiatimes.com"}


@pytest.mark.parametrize("group", BY_ID)
def test_a_group_says_where_its_titles_are_seen(group):
    assert re.match(r"https://[\w.-]+/.", BY_ID[group].source)


def test_a_groups_id_is_neither_a_host_nor_an_agency():
    assert [id_ for id_ in BY_ID if not re.fullmatch(r"[a-z0-9-]+", id_)] == []
    assert BY_ID.keys() & AGENCIES.keys() == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("leprogres.fr", "dna.fr"),
        ("haz.de", "lvz.de"),
        ("elcorreo.com", "ideal.es"),
        ("usatoday.com", "courier-journal.com"),
        ("mirror.co.uk", "liverpoolecho.co.uk"),
        ("bbc.co.uk", "bbc.com"),
        ("news.bbc.co.uk", "bbc.com"),
        ("sport.paper.example", "paper.example"),
        ("sport.paper.co.uk", "www1.paper.co.uk"),
        ("m.folha.uol.com.br", "www1.folha.uol.com.br"),
    ],
)
def test_what_prints_one_newsrooms_texts_is_one_origin(one, other):
    assert origin_of_publisher(one) == origin_of_publisher(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("thetimes.com", "thesun.co.uk"),
        ("elpais.com", "as.com"),
        ("elcorreo.com", "abc.es"),
        ("lesoir.be", "sudinfo.be"),
        ("repubblica.it", "lastampa.it"),
        ("dn.se", "expressen.se"),
        ("sfchronicle.com", "sfgate.com"),
        ("thehill.com", "wgntv.com"),
        ("freep.com", "detroitnews.com"),
        ("elcomercio.es", "elcomercio.pe"),
        ("folha.uol.com.br", "noticias.uol.com.br"),
        ("economictimes.indiatimes.com", "timesofindia.indiatimes.com"),
        ("xbbc.com", "bbc.com"),
        ("bbc.com.example", "bbc.com"),
        ("paper.co.uk", "rival.co.uk"),
        ("one.blogspot.com", "two.blogspot.com"),
        ("one.blogspot.de", "two.blogspot.de"),
        ("one.blogspot.com.br", "two.blogspot.com.br"),
        ("one.substack.com", "two.substack.com"),
        ("one.github.io", "two.github.io"),
    ],
)
def test_rivals_and_neighbours_on_a_platform_are_two(one, other):
    assert origin_of_publisher(one) != origin_of_publisher(other)


@pytest.mark.parametrize("publisher", ["", "localhost", "[2001:db8::1]", "192.0.2.1", "com", "blogspot.com"])
def test_what_is_no_site_is_an_origin_of_its_own(publisher):
    assert origin_of_publisher(publisher) == publisher
