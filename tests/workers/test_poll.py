"""Feeds, good and bad, in all their formats. The newsrooms and their texts are invented."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.article import Entry, entry_id
from newswire.feed import FeedHints, feed_from_url
from workers.errors import Permanent
from workers.poll import parse

URL = "https://www.paper.example/rss/world.xml"
FEED = feed_from_url(URL)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SEVEN = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


def read(body, **options):
    body = body.encode() if isinstance(body, str) else body
    return parse(body, **{"feed": FEED, "url": URL, "now": NOW, **options})


def rss(items, head=""):
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>{head}{items}</channel></rss>'


def an_item(**fields):
    elements = {"title": "Harbour bridge opens", "link": "https://paper.example/bridge", **fields}
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in elements.items()) + "</item>"


def only(document):
    (entry,) = document.entries
    return entry


def an_entry(**fields):
    guid = fields.get("guid", "")
    link = fields.get("link", "https://paper.example/bridge")
    defaults = {"title": "Harbour bridge opens", "id": entry_id("paper.example", guid or link), "link": link}
    return Entry(**{"feed": FEED.id, "publisher": "paper.example", **defaults, **fields})


def test_rss_2_is_read():
    item = """<item>
      <title>Harbour &amp; bridge &lt;b&gt;open&lt;/b&gt;</title>
      <link>https://paper.example/bridge?utm_source=rss&amp;id=7</link>
      <guid isPermaLink="false">b-7</guid>
      <pubDate>Sun, 22 Nov 2026 08:00:00 CET</pubDate>
      <description>The bridge opened.</description>
      <content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[
        <p>The bridge opened on Sunday.</p><p>Ferries stopped.</p>]]></content:encoded>
      <dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">Ada Vela</dc:creator>
      <source url="https://agency.example/rss">The Agency</source>
    </item>"""
    document = read(rss(item, "<language>en_GB</language>"))
    assert (document.title, document.language) == ("The Paper", "en-GB")
    assert only(document) == an_entry(
        guid="b-7",
        title="Harbour & bridge open",
        link="https://paper.example/bridge?id=7",
        html="<p>The bridge opened on Sunday.</p><p>Ferries stopped.</p>",
        byline="Ada Vela",
        source="The Agency",
        language="en-GB",
        published=SEVEN,
    )


def test_rss_1_is_read():
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Paper</title></channel>
      <item rdf:about="https://paper.example/bridge"><title>Harbour bridge opens</title>
      <link>https://paper.example/bridge</link><dc:date>2026-11-22T08:00:00+01:00</dc:date></item></rdf:RDF>"""
    entry = only(read(body))
    assert (entry.link, entry.published or entry.updated) == ("https://paper.example/bridge", SEVEN)


def test_rss_091_is_read():
    body = f'<rss version="0.91"><channel><title>The Paper</title>{an_item()}</channel></rss>'
    assert only(read(body)) == an_entry()


def test_atom_is_read():
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es" xml:base="https://paper.example/es/">
      <title>El Papel</title><entry xml:base="2026/"><title type="html">Abre el &amp;lt; puente</title>
      <id>urn:7</id><link rel="self" href="/x.atom"/><link href="puente"/>
      <author><name>Ada Vela</name></author><author><name>Bo Lind</name></author>
      <published>2026-11-22T07:00:00Z</published><updated>2026-11-22T07:30:00Z</updated>
      <summary>Breve.</summary><content type="html">&lt;p&gt;El puente abre.&lt;/p&gt;</content></entry></feed>"""
    assert only(read(body)) == an_entry(
        guid="urn:7",
        link="https://paper.example/es/2026/puente",
        title="Abre el < puente",
        html="<p>El puente abre.</p>",
        byline="Ada Vela, Bo Lind",
        language="es",
        published=SEVEN,
        updated=SEVEN + timedelta(minutes=30),
    )


def test_json_feed_is_read():
    item = {
        "id": 7,
        "url": "/bridge",
        "title": "Harbour < bridge",
        "content_text": "The bridge opened.\nFerries stopped.",
        "authors": [{"name": "Ada Vela"}],
        "language": "en",
        "date_published": "2026-11-22T07:00:00Z",
    }
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Paper",
        "items": [item, "no item", {"id": "8"}],
    }
    document = read("\ufeff" + json.dumps(body))
    assert (document.title, document.linkless) == ("The Paper", 1)
    assert only(document) == an_entry(
        guid="7",
        link="https://www.paper.example/bridge",
        title="Harbour < bridge",
        html="<p>The bridge opened.</p><p>Ferries stopped.</p>",
        byline="Ada Vela",
        language="en",
        published=SEVEN,
    )


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/bridge", "https://www.paper.example/bridge"),
        ("bridge", "https://www.paper.example/rss/bridge"),
        ("//cdn.example/bridge", "https://cdn.example/bridge"),
        ("https://paper.example/a?x=1&amp;amp;y=2", "https://paper.example/a?x=1&y=2"),
    ],
)
def test_a_link_is_absolute_and_canonical(link, expected):
    assert only(read(rss(an_item(link=link)))).link == expected


def test_a_guid_that_is_not_absolute_stays_as_it_is_wherever_the_feed_moves():
    body = rss(an_item(guid="7"))
    assert (
        only(read(body, url="https://elsewhere.example/x/")).id == only(read(body)).id == entry_id("paper.example", "7")
    )


def test_the_pages_own_address_is_better_than_feedburners():
    element = "feedburner:origLink xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'"
    links = f"<link>https://feeds.example/~r/7</link><{element}>https://paper.example/bridge</feedburner:origLink>"
    assert only(read(rss(f"<item>{links}</item>"))).link == "https://paper.example/bridge"


def test_the_publishers_page_is_taken_out_of_an_aggregators_link():
    item = an_item(
        link="http://www.bing.com/news/apiclick.aspx?ref=x&amp;url=https%3a%2f%2fpaper.example%2fbridge&amp;c=1"
    )
    assert only(read(rss(item))).link == "https://paper.example/bridge"


def test_a_guid_that_is_an_address_stands_in_for_a_link():
    item = '<item><title>A</title><guid isPermaLink="false">https://paper.example/bridge</guid></item>'
    assert only(read(rss(item))).link == "https://paper.example/bridge"


def test_what_leads_nowhere_is_dropped_and_counted():
    document = read(rss("<item><title>A</title></item>" + an_item(link="mailto:desk@paper.example") + an_item()))
    assert (len(document.entries), document.linkless) == (1, 2)


def test_the_same_item_twice_is_one_entry():
    document = read(rss(an_item(guid="7", title="first") + an_item(guid="7", title="second")))
    assert (only(document).title, document.repeated) == ("first", 1)


def test_a_guid_shared_by_two_pages_names_neither():
    document = read(
        rss(an_item(guid="0", link="https://paper.example/a") + an_item(guid="0", link="https://paper.example/b"))
    )
    assert [entry.id for entry in document.entries] == [
        entry_id("paper.example", "https://paper.example/a"),
        entry_id("paper.example", "https://paper.example/b"),
    ]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Sun, 22 Nov 2026 12:30:00 IST", SEVEN),
        ("Sun, 22 Nov 2026 07:00:00", SEVEN),
        ("dim., 22 nov. 2026 08:00:00 +0100", SEVEN),
        ("1795330800", SEVEN),
        ("Sun, 22 Nov 2026 19:00:00 GMT", datetime(2026, 11, 22, 19, 0, tzinfo=UTC)),
        ("Tue, 22 Dec 2026 07:00:00 GMT", NOW),
        ("soon", None),
    ],
)
def test_a_date_is_read_and_never_far_in_the_future(date, expected):
    document = read(rss(an_item(pubDate=date)))
    assert (only(document).published, document.undated) == (expected, int(expected is None))


def test_the_newest_come_first_and_the_undated_last():
    items = [
        an_item(link="https://paper.example/old", pubDate="Sat, 21 Nov 2026 07:00:00 GMT"),
        an_item(link="https://paper.example/undated"),
        an_item(link="https://paper.example/new", pubDate="Sun, 22 Nov 2026 07:00:00 GMT"),
    ]
    assert [entry.link[22:] for entry in read(rss("".join(items))).entries] == ["new", "old", "undated"]


def test_of_too_many_entries_the_newest_stay():
    items = (
        an_item(
            link=f"https://paper.example/{day}", pubDate=f"{(SEVEN - timedelta(days=600 - day)):%Y-%m-%dT%H:%M:%SZ}"
        )
        for day in range(600)
    )
    document = read(rss("".join(items)))
    links = {entry.link for entry in document.entries}
    assert (links, document.surplus) == ({f"https://paper.example/{day}" for day in range(100, 600)}, 100)


@pytest.mark.parametrize("oldest_first", [False, True])
def test_of_a_list_without_end_the_newest_are_read_at_whichever_end_they_stand(oldest_first):
    numbers = range(5000) if oldest_first else range(4999, -1, -1)
    items = (
        f"<item><link>https://paper.example/{number}</link>"
        f"<pubDate>{SEVEN - timedelta(hours=5000 - number):%Y-%m-%dT%H:%M:%SZ}</pubDate></item>"
        for number in numbers
    )
    document = read(rss("".join(items)))
    assert [entry.link[22:] for entry in document.entries] == [str(number) for number in range(4999, 4499, -1)]
    assert document.surplus == 4500


def test_of_a_json_feed_without_end_both_ends_are_read():
    items = [{"url": f"/{number}"} for number in range(5000)]
    document = read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}))
    assert (len(document.entries), document.surplus) == (500, 4500)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (rss(""), "RSS 2.0"),
        ('<rss version="0.92"><channel/></rss>', "RSS 0.92"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"/>', "Atom 1.0"),
        ('{"version": "https://jsonfeed.org/version/1.1"}', "JSON Feed 1.1"),
        (f"<news>{an_item()}</news>", ""),
    ],
)
def test_a_document_says_what_it_is(body, expected):
    assert read(body).kind == expected


def test_the_site_of_a_feed_is_absolute():
    assert read(rss("", "<link>/world</link>")).site == "https://www.paper.example/world"


def test_hints_are_read():
    head = """<ttl>30</ttl><skipHours><hour>3</hour><hour> 24 </hour></skipHours>
      <skipDays><day>Sunday</day><day>Mon</day></skipDays>
      <x:updatePeriod xmlns:x="http://purl.org/rss/1.0/modules/syndication/">daily</x:updatePeriod>
      <x:updateFrequency xmlns:x="http://purl.org/rss/1.0/modules/syndication/">4</x:updateFrequency>"""
    assert read(rss(an_item(), head)).hints == FeedHints(
        ttl_s=1800, update_period_s=21_600, skip_hours=(0, 3), skip_days=(0, 6)
    )


def test_a_charset_is_taken_from_the_header():
    body = rss(an_item(title="Früh")).replace('<?xml version="1.0"?>', "").encode("latin-1")
    assert only(read(body, content_type="application/xml; charset=iso-8859-1")).title == "Früh"


@pytest.mark.parametrize("charset", ["utf-16", "utf-8-sig", "windows-1251"])
def test_a_charset_is_taken_from_the_document(charset):
    body = rss(an_item(title="Мост")).replace('"1.0"?>', f'"1.0" encoding="{charset.removesuffix("-sig")}"?>')
    assert only(read(body.encode(charset))).title == "Мост"


@pytest.mark.parametrize("content_type", ["", "text/xml", "text/html; charset=iso-8859-1", "application/rss+xml"])
def test_utf8_is_known_by_its_form_whatever_the_header_says(content_type):
    assert only(read(rss(an_item(title="Früh")), content_type=content_type)).title == "Früh"


def test_a_feed_cut_in_the_middle_gives_its_whole_entries():
    body = rss("".join(an_item(link=f"https://paper.example/{n}", description="word " * 20) for n in range(5)))
    document = read(body[: body.rindex("word")])
    assert [entry.link[22:] for entry in document.entries] == ["0", "1", "2", "3"]
    assert (document.cut, document.fault) == (True, "line 1: no element found")


def test_an_ill_formed_feed_gives_all_its_entries():
    body = rss(an_item(title="Bread &nbsp; & butter") + an_item(link="https://paper.example/2", title="<p>open"))
    document = read(body)
    assert (len(document.entries), document.cut, document.fault) == (2, False, "line 1: undefined entity")


@pytest.mark.parametrize("blank", ["\n", "\ufeff", "\ufeff \r\n\n"])
def test_blank_lines_before_the_declaration_are_no_fault(blank):
    document = read(blank + rss(an_item(title="Früh")))
    assert (only(document).title, document.fault) == ("Früh", "")


def test_an_empty_feed_is_a_feed():
    assert read(rss("")).entries == ()


def test_an_empty_feed_is_a_feed_though_it_is_ill_formed():
    assert read(rss("<description>a &nbsp; b</description>")).entries == ()


def nested(depth):
    return rss("<item><link>https://paper.example/1</link>" + "<a>" * depth)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n\xef\xbb\xbf",
        b"\xef\xbb\xbf",
        b"/etc/hostname",
        b"http://127.0.0.1:1/rss",
        b"<html><head><title>Sorry</title></head><body><p>Not here.</p></body></html>",
        b"<!doctype html><meta http-equiv=refresh content='0;url=/rss'>",
        b"plain text, no feed",
        b"{",
        b'{"version": 1}',
        b'{"items": []}',
        b"{" * 100_000,
        b'{"version":"https://jsonfeed.org/version/1","items":' + b"[" * 100_000,
        b"<?xml version='1.0' encoding='no-such'?><html/>",
        b"<?xml version='1.0'?><rss version='2.0'><channel><title>The Pa",
        b"<opml version='2.0'><body><outline xmlUrl='https://paper.example/rss'/></body></opml>",
        b"\0" * 1000,
        b"\xff\xfe\xff\xfe\xfd",
        b"\x1f\x8b\x08\0\0\0",
    ],
)
def test_what_is_no_feed_is_refused(body):
    with pytest.raises(Permanent) as raised:
        read(body)
    assert (raised.value.reason, raised.value.url) == ("not_a_feed", URL)


def hostile():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    yield f'<!DOCTYPE r [<!ENTITY e0 "ha">{entities}]>' + rss(an_item(title="&e9;"))
    yield '<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + rss(an_item(title="&e;"))
    yield rss(an_item(title="&#99999999999999999999;&#x110000;&#xD800;&#0;"))
    yield rss(an_item(), "<skipHours>" * 5000)
    yield rss(an_item(pubDate="99999999999999999999"))
    yield rss(an_item(pubDate="Sun, 99 Nov 99999 99:99:99 +9999"))
    yield rss(an_item(link="http://[::1"))
    yield rss(an_item(guid="x" * 100_000))
    yield nested(20_000)
    yield rss(an_item(), "<ttl>99999999999999</ttl><skipHours><hour>-1</hour><hour>\u0663</hour></skipHours>")
    yield rss(an_item()).encode() + b"\xff\xfe\0"
    yield b"<?xml version='1.0' encoding='utf-16'?>" + rss(an_item()).encode()
    yield b"<?xml version='1.0' encoding='idna'?>" + rss(an_item()).encode()
    yield '{"version":"https://jsonfeed.org/version/1","items":[{"id":1e400,"url":[],"authors":[null],"title":{}}]}'
    yield '{"version":"https://jsonfeed.org/version/1","items":{"a":1},"title":null,"language":7}'


def entries_or_reason(body):
    try:
        return read(body).entries
    except Permanent as refused:
        return (refused.reason,)


@pytest.mark.parametrize("body", list(hostile()))
def test_a_hostile_feed_ends_in_entries_or_in_not_a_feed(body):
    found = entries_or_reason(body)
    assert found == ("not_a_feed",) or all(len(entry.title) <= 1000 and "root" not in entry.title for entry in found)


WHOLE = {
    "rss": rss(
        an_item(guid="7", description="The bridge opened at nine."), "<ttl>30</ttl><skipDays><day>Sun</day></skipDays>"
    ),
    "atom": """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/es/"><title>El Papel</title>
      <entry><title>Señal</title><id>1</id><link href="puente"/>
      <content type="xhtml"><div><p>Abre.</p></div></content></entry></feed>""",
    "json": json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 7, "url": "/bridge", "title": "é"}]}
    ),
}


@pytest.mark.parametrize("whole", [body.encode() for body in WHOLE.values()], ids=WHOLE)
def test_a_feed_cut_or_changed_at_any_byte_ends_in_entries_or_in_not_a_feed(whole):
    cuts = [whole[:at] for at in range(len(whole))]
    flips = [whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :] for at in range(len(whole))]
    for body in cuts + flips:
        found = entries_or_reason(body)
        assert found == ("not_a_feed",) or all(entry.link.startswith("http") for entry in found)


PIECES = [
    "<item>", "</item>", "<link>", "</link>", "https://paper.example/", "<guid>", "</guid>", "<![CDATA[", "]]>", "<!--",
    "<entry>", "</entry>", "&amp;", "&#x0;", "&e;", "<!DOCTYPE a [", "]>", "<pubDate>", "</pubDate>", "1795330800",
    "xml:base='http://['", "<a xml:base='//['>", "<title type='xhtml'>", "<content type='base64'>", "</content>", "é",
    "<source>", "<author>", "<dc:creator>", "<x:y xmlns:x='", "'>", "<?xml version='1.0' encoding='", "'?>", "<feed>",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5)))
def test_no_feed_breaks_the_reader(pieces):
    found = entries_or_reason(rss("".join(pieces)).encode("utf-8", "replace"))
    assert found == ("not_a_feed",) or all(entry.link.startswith("http") for entry in found)


def test_an_emoji_spelt_as_two_halves_costs_no_entry():
    item = b"<item><title>Up &#55357;&#56832;</title><link>http://p.example/1</link></item>"
    body = b"<rss version='2.0'><channel><title>p</title>" + item + b"</channel></rss>"
    (entry,) = parse(body, feed=FEED, url=URL, now=NOW).entries
    assert entry.title == "Up \N{GRINNING FACE}"
