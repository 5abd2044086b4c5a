"""`wirefold feeds check`, `add` and `import`: real Redis, real sockets, invented sites."""

import json

import pytest
from serving import Pages, serving

from cli.main import main

ADDRESS = "http://paper.example/rss"
OPML = '<opml version="2.0"><body><outline text="World">{}</outline></body></opml>'
PAPER = f'<outline text="The Paper" xmlUrl="{ADDRESS}"/>'


def rss(*items, head=""):
    return f'<rss version="2.0"><channel><title>The Paper</title>{head}{"".join(items)}</channel></rss>'.encode()


def an_item(path, date="Sun, 22 Nov 2026 07:00:00 GMT"):
    return f"<item><title>A</title><link>{path}</link><pubDate>{date}</pubDate></item>"


def page(*hrefs):
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in hrefs)
    return f"<html><head>{links}</head></html>".encode()


@pytest.fixture
def wirefold(capsys, monkeypatch, tmp_path):
    """Run a command in an empty folder, against these pages of paper.example: (exit status, output, errors)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIREFOLD_HOST_GAP_S", "0")

    def run(*arguments, pages=None):
        with serving(Pages(pages or {})) as place:
            monkeypatch.setenv("WIREFOLD_ALLOW_HOSTS", f"paper.example={place}")
            with pytest.raises(SystemExit) as ended:
                main(list(arguments))
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture
def followed(wirefold, redis, redis_server):
    """Run a command on an empty Redis; then also what is followed."""
    assert redis.dbsize() == 0

    def run(*arguments, pages=None):
        answer = wirefold(*arguments, "--redis", redis_server, pages=pages)
        _, out, _ = wirefold("feeds", "list", "--json", "--redis", redis_server)
        return *answer, [json.loads(line) for line in out.splitlines()]

    return run


def test_a_feed_that_is_checked_says_what_it_is(wirefold):
    head = "<language>en</language><ttl>30</ttl><skipDays><day>Sunday</day></skipDays>"
    body = rss(an_item("/1"), an_item("/1"), an_item("/2", "soon"), an_item(""), head=head)
    status, out, _ = wirefold("feeds", "check", ADDRESS, "--json", pages={"/rss": "/feed", "/feed": body})
    row = json.loads(out)
    assert status == 0
    assert (row["url"], row["moved_for_good"], row["redirected_from"]) == (
        "http://paper.example/feed",
        "http://paper.example/feed",
        ADDRESS,
    )
    assert (row["kind"], row["title"], row["language"], row["etag"]) == ("RSS 2.0", "The Paper", "en", '"1"')
    assert [row[name] for name in ("entries", "undated", "linkless", "repeated")] == [2, 1, 1, 1]
    assert row["hints"] == {"ttl_s": 1800, "skip_days": ["Sun"]}
    assert row["newest_age_s"] > 0


def test_a_feed_that_is_checked_is_told_in_words(wirefold):
    _, out, _ = wirefold("feeds", "check", ADDRESS, pages={"/rss": rss(an_item("/1"), head="<ttl>30</ttl>")})
    said = dict(line.split(None, 1) for line in out.splitlines())
    assert (said["kind"], said["entries"], said["robots"]) == ("RSS 2.0", "1", "allowed")
    assert said["hints"] == "ttl 30 minutes"
    assert "linkless" not in said


def test_a_file_is_checked_without_the_network(wirefold, tmp_path):
    (tmp_path / "feed.xml").write_bytes(rss(an_item("/1")))
    status, out, _ = wirefold("feeds", "check", "feed.xml", "--url", ADDRESS, "--json")
    row = json.loads(out)
    assert (status, row["entries"], row["robots"]) == (0, 1, "")


@pytest.mark.parametrize(
    ("source", "pages", "reason"),
    [
        (ADDRESS, {"/rss": b"<html><body>Sorry"}, "not_a_feed"),
        (ADDRESS, {"/rss": 404}, "http_404"),
        (ADDRESS, {"/rss": rss(), "/robots.txt": b"User-agent: *\nDisallow: /rss"}, "robots"),
        (ADDRESS, {"/rss": "http://169.254.169.254/latest"}, "inside_address"),
        ("http://127.0.0.1:1/rss", {}, "inside_address"),
        ("http://[::1]/rss", {}, "inside_address"),
        ("http://2130706433/rss", {}, "inside_address"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_exit_status_1(wirefold, source, pages, reason):
    status, out, err = wirefold("feeds", "check", source, pages=pages)
    assert (status, out, len(err.splitlines())) == (1, "", 1)
    assert err.startswith(f"wirefold: {source}: ")
    status, out, _ = wirefold("feeds", "check", source, "--json", pages=pages)
    assert (status, json.loads(out)["error"]) == (1, reason)


@pytest.mark.parametrize("source", ["nothing.xml", "http://", "http://me:secret@paper.example/rss", "cut.xml.gz"])
def test_what_cannot_be_asked_is_one_line_and_exit_status_2(wirefold, tmp_path, source):
    (tmp_path / "cut.xml.gz").write_bytes(b"\x1f\x8b\x08\0\0")
    status, out, err = wirefold("feeds", "check", source)
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert "secret" not in err


def test_a_feed_is_added_with_its_own_title(followed):
    status, out, _, rows = followed("feeds", "add", ADDRESS, pages={"/rss": rss(an_item("/1"))})
    assert (status, out) == (0, "added\n")
    assert [(row["url"], row["title"]) for row in rows] == [(ADDRESS, "The Paper")]


def test_a_home_page_leads_to_its_feed(followed):
    pages = {"/": page("/comments/feed/", "/rss"), "/rss": rss(an_item("/1"))}
    _, out, _, rows = followed("feeds", "add", "http://paper.example", "--tag", "world", pages=pages)
    assert out == f"added: {ADDRESS}\n"
    assert [(row["url"], row["tags"]) for row in rows] == [(ADDRESS, ["world"])]


SEVERAL = {"/": page("/a", "/b"), "/a": rss(an_item("/1")), "/b": rss(an_item("/2"))}


def test_of_several_feeds_none_is_followed_unasked(followed):
    status, out, err, rows = followed("feeds", "add", "http://paper.example", pages=SEVERAL)
    assert (status, rows) == (2, [])
    assert out.splitlines() == ["http://paper.example/a  The Paper", "http://paper.example/b  The Paper"]
    assert "--all" in err


def test_all_of_several_feeds_are_followed_when_asked_for(followed):
    status, _, _, rows = followed("feeds", "add", "http://paper.example", "--all", pages=SEVERAL)
    assert (status, [row["url"] for row in rows]) == (0, ["http://paper.example/a", "http://paper.example/b"])


@pytest.mark.parametrize("pages", [{"/rss": 503}, {"/rss": b"no feed"}, {"/rss": page()}])
def test_what_cannot_be_read_is_not_followed_and_the_way_out_is_told(followed, pages):
    status, out, err, rows = followed("feeds", "add", ADDRESS, pages=pages)
    assert (status, out, rows) == (2, "", [])
    assert "--no-check" in err


def test_without_a_check_the_network_is_not_asked(followed):
    status, out, _, rows = followed("feeds", "add", ADDRESS, "--no-check", pages={"/rss": 503})
    assert (status, out, [row["url"] for row in rows]) == (0, "added\n", [ADDRESS])


def test_a_feed_that_is_followed_is_not_asked_again(followed):
    followed("feeds", "add", ADDRESS, "--no-check")
    status, out, _, rows = followed("feeds", "add", ADDRESS, "--title", "P", pages={"/rss": 503})
    assert (status, out.startswith("followed already"), rows[0]["title"]) == (0, True, "P")


def test_an_import_follows_the_good_and_names_the_bad(followed, tmp_path):
    bad = '<outline text="Files" xmlUrl="file:///etc/hostname"/>'
    (tmp_path / "my.opml").write_text(OPML.format(bad + PAPER))
    status, out, err, rows = followed("feeds", "import", "my.opml")
    assert (status, out) == (1, "1 added, 0 followed already; faults: 1\n")
    assert err.startswith("wirefold: my.opml: Files: ")
    assert [(row["url"], row["tags"]) for row in rows] == [(ADDRESS, ["World"])]


def test_what_is_exported_is_imported_the_same(followed, tmp_path):
    (tmp_path / "my.opml").write_text(OPML.format(f'<outline text="Europe">{PAPER}</outline>'))
    *_, before = followed("feeds", "import", "my.opml")
    followed("feeds", "export", "all.opml")
    followed("feeds", "remove", ADDRESS)
    *_, after = followed("feeds", "import", "all.opml")
    assert after == before
    assert before[0]["tags"] == ["World/Europe"]
