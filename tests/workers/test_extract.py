"""Pages made into articles, on pages written for these tests."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newswire.article import Article, Entry, Page, Verdict
from workers.extract import extract

FETCHED = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
URL = "https://www.lennepost.example/town/bridge-reopens"
PARAGRAPHS = [
    "The bridge over the Lenne has reopened after two years of work, the mayor of the town said on Monday morning.",
    "Work had been delayed twice, by a flood in the spring and by a strike, and it cost some 40 million euros in all.",
    "Shops on the east bank, which lost half of their customers, will be helped by a fund until the end of the year.",
    "The old footbridge beside it, which stood for a century, is to be torn down in March when the ferry has left.",
]


def a_page(body="", *, head="", paragraphs=PARAGRAPHS, before="", after="", url=URL, **rest) -> Page:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    body = body or f"<main><article><h1>Bridge reopens</h1>{before}{story}{after}</article></main>"
    html = f"<!doctype html><html lang='en-GB'><head><title>Bridge</title>{head}</head><body>{body}</body></html>"
    return Page(url=url, body=rest.pop("encode", html.encode()), fetched=FETCHED, **rest)


def an_entry(**rest) -> Entry:
    return Entry(**{"id": "1a", "feed": "f1", "publisher": "lennepost.example", "link": URL, **rest})


def json_ld(**node) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **node})}</script>'


def test_the_text_is_the_articles_paragraphs():
    assert extract(a_page()).text == "\n".join(PARAGRAPHS)


def test_an_article_is_known_by_its_entry():
    article = extract(a_page(), an_entry(guid="urn:7"))
    assert (article.id, article.guid, article.publisher) == ("1a", "urn:7", "lennepost.example")


def test_captions_and_share_bars_are_not_text():
    extra = [*PARAGRAPHS[:2], "The mayor at the bridge (REUTERS / Ann Lee)", "Share on Facebook Tweet Email"]
    assert extract(a_page(paragraphs=[*extra, *PARAGRAPHS[2:]])).text == "\n".join(PARAGRAPHS)


def test_a_standfirst_that_the_page_shows_is_put_back():
    standfirst = "After two years the two banks of the town are joined again, and the shops hope for their customers."
    page = a_page(
        f"<header><h1>Bridge reopens</h1><h2 class='sub'>{standfirst}</h2></header><article>"
        + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
        + "</article>",
        head=f'<meta name="description" content="{standfirst}">',
    )
    assert extract(page).text.split("\n").count(standfirst) == 1


def test_a_description_that_the_page_does_not_show_is_no_text():
    hidden = "Read the news of the Lenne valley on lennepost.example, every day and free of charge, since 1871."
    assert hidden not in extract(a_page(head=f'<meta name="description" content="{hidden}">')).text


def test_the_page_says_title_byline_and_time():
    head = json_ld(
        headline="Bridge over the Lenne reopens",
        author={"@type": "Person", "name": "Ann Lee"},
        datePublished="2026-11-22T08:30:00+01:00",
    )
    article = extract(a_page(head=head))
    assert (article.title, article.byline, article.published) == (
        "Bridge over the Lenne reopens",
        "Ann Lee",
        datetime(2026, 11, 22, 7, 30, tzinfo=UTC),
    )


def test_an_images_author_is_not_the_articles():
    head = json_ld(author={"name": "Ann Lee"}, image={"@type": "ImageObject", "author": "AP"})
    assert extract(a_page(head=head)).credit.agencies == ()


@pytest.mark.parametrize("moment", [FETCHED + timedelta(days=3), datetime(1970, 1, 1, tzinfo=UTC)])
def test_a_time_that_cannot_be_is_left_to_the_feed(moment):
    page = a_page(head=json_ld(datePublished=moment.isoformat()))
    assert extract(page, an_entry(published=FETCHED)).published == FETCHED


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://lennepost.example/b/7?utm_source=x", "https://lennepost.example/b/7"),
        ("/b/7", "https://www.lennepost.example/b/7"),
        ("https://elsewhere.example/b/7", "https://www.lennepost.example/town/bridge-reopens"),
        ("https://www.lennepost.example/", "https://www.lennepost.example/town/bridge-reopens"),
        ("https://[", "https://www.lennepost.example/town/bridge-reopens"),
    ],
)
def test_only_a_link_of_the_same_site_is_the_pages_own(canonical, url):
    assert extract(a_page(head=f'<link rel="canonical" href="{canonical}">')).url == url


def test_the_people_of_a_byline_are_named_and_the_byline_stands_as_printed():
    head = json_ld(author=[{"@type": "Person", "name": "ANN LEE"}, {"@type": "Organization", "name": "Bo Ray Ferries"}])
    article = extract(a_page(head=head))
    assert (article.byline, article.authors) == ("ANN LEE, Bo Ray Ferries", ("Ann Lee",))


def test_where_the_markup_names_nobody_the_line_under_the_headline_does():
    assert extract(a_page(before="<p>22 May | By Ann Lee</p>")).authors == ("Ann Lee",)


def test_an_article_that_comes_by_an_aggregators_feed_is_its_publishers():
    article = extract(a_page(), an_entry(publisher="news.google.com"))
    assert article.publisher == "lennepost.example"


def test_the_page_that_a_copy_names_as_its_original_is_told_and_not_taken_over():
    article = extract(a_page(head='<link rel="canonical" href="https://agency.example/b/7">'))
    assert (article.url, article.syndicated_from) == (URL, "https://agency.example/b/7")


@pytest.mark.parametrize(
    ("lang", "entry", "words", "language"),
    [
        ("pt-BR", an_entry(language="en"), "Lenne, Orsa", "pt"),
        ("", an_entry(language="de-AT"), "Lenne, Orsa", "de"),
        ("nb-NO", None, "Lenne, Orsa", "no"),
        ("", None, "", "en"),
        ("pt-BR", an_entry(language="pt"), "", "en"),  # a template's language, over an English text
    ],
)
def test_the_language_is_the_texts_and_where_it_says_too_little_the_pages_or_the_feeds(lang, entry, words, language):
    page = a_page(paragraphs=[words] if words else PARAGRAPHS)
    page = Page(url=page.url, body=page.body.replace(b"en-GB", lang.encode()), fetched=FETCHED)
    assert extract(page, entry).language == language


def test_robots_of_page_and_header_are_joined():
    page = a_page(head='<meta name="robots" content="noarchive">', robots="noai")
    assert extract(page).rights.robots == "noai, noarchive"


@pytest.mark.parametrize(
    ("meta", "header", "reserved"), [("", "1", True), ("0", "1", True), ("0", "", False), ("x", "", None)]
)
def test_of_two_words_on_mining_the_stricter_holds(meta, header, reserved):
    page = a_page(head=f'<meta name="tdm-reservation" content="{meta}">', tdm_reservation=header, tdm_policy="/tdm")
    assert (extract(page).rights.tdm_reserved, extract(page).rights.tdm_policy) == (reserved, "/tdm")


def test_section_picture_and_change_are_told():
    node = json_ld(
        articleSection="Town", image="/b.jpg", datePublished="2026-11-22T06:00Z", dateModified="2026-11-22T07:00Z"
    )
    article = extract(a_page(head=node))
    assert (article.section, article.image) == ("Town", "https://www.lennepost.example/b.jpg")
    assert article.modified == FETCHED - timedelta(hours=1)


def test_a_page_that_names_a_day_only_is_dated_by_day():
    article = extract(a_page(before="<p>22 November 2026</p>"))
    assert (article.published, article.is_dated_by_day) == (datetime(2026, 11, 22, tzinfo=UTC), True)


@pytest.mark.parametrize(
    ("encoding", "declared"), [("cp1252", "iso-8859-1"), ("gb18030", "gb2312"), ("utf-8", "iso-8859-1"), ("cp1251", "")]
)
def test_the_charset_is_what_the_bytes_are(encoding, declared):
    texts = {
        "gb18030": "市长周一上午表示，莱讷河上的大桥经过两年的施工后重新开放，全部费用约为四千万欧元。",
        "cp1251": "Мост через реку открыли после двух лет работ, сообщил в понедельник утром мэр города.",
    }
    text = texts.get(
        encoding, "Die Brücke über die Lenne ist nach zwei Jahren wieder für alle geöffnet, “endlich”, sagt er."
    )
    html = (
        f'<html><head><meta charset="{declared}"></head><body><article>'
        + f"<p>{text}</p>" * 8
        + "</article></body></html>"
    )
    assert text in extract(Page(url=URL, body=html.encode(encoding), fetched=FETCHED)).text


@pytest.mark.parametrize(
    ("parts", "agencies"),
    [
        ({"before": "<div class='meta'><span>AFP</span> <time>22.11.2026</time></div>"}, ("AFP",)),
        ({"after": "<div class='source'>Quelle: dpa</div>"}, ("dpa",)),
        ({"head": json_ld(author=[{"name": "Ann Lee"}, {"name": "The Associated Press"}])}, ("AP",)),
        ({"head": "<meta name='author' content='EFE'>"}, ("EFE",)),
        ({"paragraphs": ["PARIS (Reuters) - " + PARAGRAPHS[0], *PARAGRAPHS[1:]]}, ("Reuters",)),
        ({"before": "<figure><img src=a.jpg><figcaption>The bridge. AFP</figcaption></figure>"}, ()),
        ({"after": "<aside class='related'><p>ROME (AP) — Two hurt</p><p>AP</p></aside>"}, ()),
        ({"after": "<footer>AFP</footer>"}, ()),
    ],
)
def test_the_credit_is_read_round_the_text_too(parts, agencies):
    assert extract(a_page(**parts)).credit.agencies == agencies


def test_the_feeds_source_is_a_credit():
    assert extract(a_page(), an_entry(source="AFP")).credit.agencies == ("AFP",)


def test_the_feeds_text_is_taken_where_the_page_gives_less():
    feed = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    article = extract(a_page("<p>We value your privacy.</p>"), an_entry(html=feed))
    assert (article.verdict, article.text) == (Verdict.FEED_TEXT, "\n".join(PARAGRAPHS))


def test_the_pages_text_is_kept_where_the_feed_has_no_more():
    assert extract(a_page(), an_entry(html=f"<p>{PARAGRAPHS[0]}</p>")).verdict == Verdict.FULL


LIVE = "<div class='liveblog'>" + "".join(
    f"<div class='liveblog-entry'><time>{8 + at}:15</time><p>{paragraph} More as it comes in.</p></div>"
    for at, paragraph in enumerate(PARAGRAPHS)
)
PAGES = [
    (a_page(), Verdict.FULL),
    (a_page(paragraphs=PARAGRAPHS[:1], head=json_ld()), Verdict.TEASER),
    (a_page(paragraphs=[*PARAGRAPHS[:2], "Read more"], head=json_ld()), Verdict.TEASER),
    (a_page(paragraphs=PARAGRAPHS[:2], head=json_ld(isAccessibleForFree="False")), Verdict.PAYWALL),
    (a_page(paragraphs=[*PARAGRAPHS[:2], "Para seguir leyendo, hazte premium."]), Verdict.PAYWALL),
    (
        a_page(paragraphs=PARAGRAPHS[:2], after="<div class='offer'><p>Subscribe to continue reading.</p></div>"),
        Verdict.PAYWALL,
    ),
    (a_page("<h1>Just a moment...</h1><p>Verifying you are human.</p>"), Verdict.BOT_WALL),
    (
        a_page("<p>Bitte warten.</p><script>window._cf_chl_opt={cType:'managed'};</script>"),
        Verdict.BOT_WALL,
    ),
    (
        a_page("<div><p>Bevor Sie fortfahren</p><p>Wir und unsere 200 Partner nutzen Cookies</p></div>"),
        Verdict.CONSENT,
    ),
    (
        a_page(
            "<div id='didomi-host'><p>" + "Egy nyelv, amelyet nem ismerünk, cookie és más szavak. " * 8 + "</p></div>"
        ),
        Verdict.CONSENT,
    ),
    (a_page(head=json_ld().replace("NewsArticle", "LiveBlogPosting")), Verdict.LIVE_BLOG),
    (a_page(LIVE), Verdict.LIVE_BLOG),
    (Page(url=URL, body=b"", fetched=FETCHED), Verdict.EMPTY),
    (Page(url=URL, body=b"<!-- -->", fetched=FETCHED), Verdict.EMPTY),
    (Page(url=URL, body=b'{"error": 404}', fetched=FETCHED), Verdict.NOT_ARTICLE),
]


@pytest.mark.parametrize(("page", "verdict"), PAGES)
def test_every_page_has_a_verdict(page, verdict):
    assert extract(page).verdict == verdict


def test_every_verdict_is_given_at_least_once():
    feed = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    of_feed = extract(a_page("<p>We value your privacy.</p>"), an_entry(html=feed)).verdict
    assert {verdict for _, verdict in PAGES} | {of_feed} == set(Verdict)


@pytest.mark.parametrize(
    "page",
    [
        # The makers' scripts stand on good pages, and so do their elements.
        a_page(
            paragraphs=PARAGRAPHS[:2],
            head=json_ld() + "<script src='https://cdn.tinypass.com/api/tinypass.min.js'></script>",
            before="<div id='onetrust-consent-sdk'><p>We and our 9 partners use cookies.</p><b>Accept all</b></div>",
            after="<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
        ),
        # What is marked as paid is all there.
        a_page(
            "<main><article><h1>Bridge reopens</h1><div class='paywall'>"
            + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:3])
            + "</div></article></main>",
            head=json_ld(
                isAccessibleForFree=False,
                hasPart={"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"},
            ),
        ),
        a_page(
            paragraphs=[*PARAGRAPHS[:2], "“Verify you are human,” said every page of the town’s site on Sunday night."],
            head=json_ld(),
        ),
        a_page(paragraphs=["The reopening is shown live at 19:30.", *PARAGRAPHS]),
    ],
    ids=["scripts", "metered", "quoted", "live"],
)
def test_a_good_page_that_looks_like_a_wall_is_full(page):
    assert extract(page).verdict == Verdict.FULL


def test_a_live_blog_is_none_whatever_its_feed_says():
    feed = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert extract(a_page(LIVE), an_entry(html=feed)).verdict == Verdict.LIVE_BLOG


HOSTILE = {
    "deep": b"<div>" * 20_000 + b"<p>text</p>",
    "spans": b"<p>" + b"<span>" * 3_000 + b"words",
    "tables": b"<table><tr><td>" * 1_500,
    "attributes": b"<p " + b" ".join(b"a%d=1" % number for number in range(150_000)) + b">text</p>",
    "many": b"<p>word</p>" * 100_000,
    "json": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
    "declaration": b'<?xml version="1.0" encoding="utf-16"?><p>text</p>',
    "surrogates": "<p>\ud800</p>".encode("utf-8", "surrogatepass"),
    "frames": b"<frameset><frame src=x></frameset>",
    "binary": bytes(range(256)) * 40,
    "nul": b"\x00" * 100,
    "link": b"<link rel=canonical href='http://[::1'><p>text</p>",
    "names": b"<p>" + b"AFP, " * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_page_raises(name):
    assert isinstance(extract(Page(url=URL, body=HOSTILE[name], fetched=FETCHED)), Article)


TAGS = [
    "table",
    "tr",
    "td",
    "p",
    "div",
    "ul",
    "li",
    "b",
    "a",
    "h2",
    "figure",
    "br",
    "article",
    "script",
    "style",
    "!--",
    "/p",
    "/div",
    "/table",
    "q",
    "del",
    "head",
    "body",
    "title",
    "svg",
    "pre",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(TAGS), st.sampled_from(["", "word ", PARAGRAPHS[0], "(AP)", "&amp;", "\xff"])),
        max_size=40,
    )
)
def test_no_heap_of_tags_raises(pieces):
    body = "".join(f"<{tag}>{text}" for tag, text in pieces).encode()
    assert extract(Page(url=URL, body=body, fetched=FETCHED)).verdict in Verdict


def test_nothing_is_remembered_from_one_page_to_the_next():
    assert [extract(a_page()) for _ in range(5)] == [extract(a_page())] * 5


def test_an_address_that_is_none_is_kept_as_it_is():
    assert extract(a_page(url="nonsense")).url == "nonsense"
