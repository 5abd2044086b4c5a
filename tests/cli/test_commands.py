"""The commands, each on a real Redis: what they print, and how they refuse."""

import gzip
import json
import re
import subprocess
import sys

import pytest
from watching import processes_with, until

from cli.main import main

ROWS = [
    {
        "id": f"a{i}",
        "publisher": f"p{i}.example",
        "url": f"http://p{i}.example/ferry",
        "lang": "en",
        "title": "Ferry runs aground off Orsa",
        "text": (
            "PORT ELLAN, March 3 (Reuters) - The ferry that links the island of Orsa with the mainland ran aground on "
            "Tuesday evening in thick fog, and all 84 passengers were brought ashore by fishing boats within two "
            "hours, the coast guard said.\nNobody was hurt when the Santa Brigida struck a sandbank 300 metres from "
            "the harbour of Port Ellan shortly after nine o'clock. Captain Ivo Marsh had slowed down to four knots."
        ),
        "published": "2026-03-03T21:00:00Z",
        "fetched": f"2026-03-03T21:1{i}:00Z",
    }
    for i in range(2)
]


@pytest.fixture
def wirefold(capsys, monkeypatch, tmp_path):
    """Run a command in an empty folder: (exit status, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


@pytest.fixture
def folded(wirefold, rows, redis, redis_server):
    """The address of a Redis that holds a story and its copy."""
    assert redis.dbsize() == 0
    assert wirefold("fold", str(rows), "--redis", redis_server)[0] == 0
    return redis_server


def test_fold_tells_what_each_article_is(wirefold, rows):
    status, out, _ = wirefold("fold", str(rows))
    first, second = (json.loads(line) for line in out.splitlines())
    assert status == 0
    assert list(first) == ["id", "story", "coverage", "relation", "score", "rule", "against", "agencies"]
    assert (first["relation"], first["agencies"]) == ("original", ["Reuters"])
    assert (second["relation"], second["story"], second["against"]) == ("copy", first["story"], "a0")


def test_a_dry_run_leaves_nothing_behind(wirefold, rows, tmp_path):
    wirefold("fold", str(rows), "--out", str(tmp_path / "out.jsonl"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "rows.jsonl"]


def test_fold_looks_at_no_environment(wirefold, rows, monkeypatch):
    monkeypatch.setenv("WIREFOLD_REDIS_URL", "redis://nowhere.invalid:1")
    monkeypatch.setenv("WIREFOLD_NONSENSE", "1")
    assert wirefold("fold", str(rows))[0] == 0


def test_fold_reads_gzip_and_says_the_same(wirefold, rows, tmp_path):
    packed = tmp_path / "rows.jsonl.gz"
    packed.write_bytes(gzip.compress(rows.read_bytes()))
    assert wirefold("fold", str(packed)) == wirefold("fold", str(rows))


def test_a_backfill_done_twice_says_the_same_and_adds_nothing(wirefold, rows, redis, folded):
    before = redis.xlen("wirefold"), redis.xlen("{wirefold}:copies")
    _, out, _ = wirefold("fold", str(rows), "--redis", folded)
    _, dry, _ = wirefold("fold", str(rows))
    assert (redis.xlen("wirefold"), redis.xlen("{wirefold}:copies")) == before == (1, 1)
    assert out == dry


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "x"}', "missing required field `publisher`"),
        ("not json", "line 3"),
        (json.dumps(ROWS[0]), "'a0' stands there twice"),
        (json.dumps({**ROWS[0], "id": "x", "fetched": "yesterday"}), "fetched"),
    ],
    ids=["field", "json", "twice", "time"],
)
def test_a_bad_row_is_one_line_that_names_it_and_nothing_is_done(wirefold, rows, tmp_path, line, said):
    rows.write_text(rows.read_text() + line + "\n")
    status, _, err = wirefold("fold", str(rows), "--out", str(tmp_path / "out.jsonl"))
    assert status == 2
    assert said in err.splitlines()[-1]
    assert "line 3" in err.splitlines()[-1]
    assert not (tmp_path / "out.jsonl").exists()


def test_tail_shows_json_or_a_line_for_a_person(wirefold, folded):
    _, out, _ = wirefold("tail", "--from", "beginning", "--json", "--redis", folded)
    (event,) = (json.loads(line) for line in out.splitlines())
    assert event["type"] == "org.wirefold.story.published.v1"
    _, out, _ = wirefold("tail", "copies", "--from", "beginning", "--redis", folded)
    assert re.fullmatch(r"\S+Z {2}story\.copied .* · p1\.example · Reuters · copy \(\w+\)\n", out)


def test_tail_stops_after_its_count_and_starts_after_an_id(wirefold, redis, folded):
    assert (
        len(wirefold("tail", "--from", "beginning", "--count", "1", "--json", "--redis", folded)[1].splitlines()) == 1
    )
    ((entry_id, _),) = redis.xrange("wirefold")
    assert wirefold("tail", "--from", entry_id.decode(), "--redis", folded)[1] == ""
    assert wirefold("tail", "--from", "yesterday", "--redis", folded)[0] == 2


def test_what_others_put_into_the_stream_is_passed_over(wirefold, redis, folded):
    redis.xadd("wirefold", {"note": "not ours"})
    redis.xadd("wirefold", {"data": b"\xff"})
    redis.xadd("wirefold", {"data": "[1]"})
    redis.xadd("wirefold", {"data": '{"type": "org.wirefold.story.published.v1", "data": {}}'})
    status, out, _ = wirefold("tail", "--from", "beginning", "--json", "--redis", folded)
    assert (status, len(out.splitlines())) == (0, 1)


def test_a_command_told_to_end_stops_the_server_it_started(tmp_path):
    command = [sys.executable, "-m", "cli.main", "tail", "--data", str(tmp_path / "d")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as tail:
        until(lambda: processes_with(str(tmp_path)) != [tail.pid] and (tmp_path / "d/redis/redis.sock").exists())
        tail.terminate()
        assert tail.wait(timeout=20) == 130
    until(lambda: processes_with(str(tmp_path)) == [])


def test_no_control_sequence_reaches_a_terminal(wirefold, rows, redis, redis_server):
    assert redis.dbsize() == 0
    rows.write_text(json.dumps({**ROWS[0], "title": "Ferry \x1b[2J\x1b]0;gone\x07 aground\u202e"}) + "\n")
    wirefold("fold", str(rows), "--redis", redis_server)
    _, out, _ = wirefold("tail", "--from", "beginning", "--redis", redis_server)
    assert "Ferry [2J]0;gone aground ·" in out


def test_no_control_sequence_reaches_an_explanation(wirefold, rows, redis, redis_server, monkeypatch):
    assert redis.dbsize() == 0
    hostile = "\x1b]0;gone\x07\u202e [bold]84[/bold] \x9b2J"
    more = {"title": hostile, "text": ROWS[0]["text"].replace("84", hostile), "publisher": hostile}
    rows.write_text("".join(json.dumps({**row, **more}) + "\n" for row in ROWS))
    wirefold("fold", str(rows), "--redis", redis_server)
    plain = [wirefold("explain", *ids, "--redis", redis_server)[1] for ids in (("a1",), ("a0", "a1"))]
    monkeypatch.setenv("FORCE_COLOR", "1")
    plain.append(re.sub(r"\x1b\[[0-9;]*m", "", wirefold("explain", "a0", "a1", "--redis", redis_server)[1]))
    assert all("[bold]84[/bold]" in out for out in plain)
    assert {c for out in plain for c in out if not c.isprintable()} == {"\n"}


def test_the_ledger_and_an_explanation(wirefold, folded):
    _, out, _ = wirefold("ledger", "--json", "--redis", folded)
    ledger = json.loads(out)
    assert (ledger["balanced"], ledger["entries"], ledger["waiting"]) == (True, 2, 0)
    assert ledger["outcomes"] == {"published": 1, "copied": 1, "revised": 0, "unchanged": 0, "rejected": 0}
    _, out, _ = wirefold("explain", "a1", "--json", "--redis", folded)
    row = json.loads(out)
    assert (row["relation"], row["against"], row["against_title"]) == ("copy", "a0", ROWS[0]["title"])
    assert row["evidence"]
    _, out, _ = wirefold("explain", "a1", "--redis", folded)
    assert "because" in out
    assert wirefold("explain", "a9", "--redis", folded)[0] == 2


@pytest.fixture
def compared(wirefold, rows, redis, redis_server):
    """The address of a Redis that holds a story, its update, and a text that has nothing to do with them."""
    assert redis.dbsize() == 0
    update = {"id": "b1", "publisher": "p0.example", "text": ROWS[0]["text"].replace("84", "91").replace("300", "400")}
    harvest = "Growers in the Aldana valley expect 340,000 tonnes of pears this year, their association said on Monday."
    more = [{**ROWS[1], **update}, {**ROWS[1], "id": "c1", "text": harvest, "url": "http://p1.example/pears"}]
    rows.write_text("".join(json.dumps(row) + "\n" for row in (ROWS[0], *more)))
    assert wirefold("fold", str(rows), "--redis", redis_server)[0] == 0
    return redis_server


def test_two_articles_are_one_story_with_their_passages(wirefold, compared):
    status, out, _ = wirefold("explain", "b1", "a0", "--redis", compared)
    held, first, second, *rest = out.splitlines()
    assert (status, held[:38]) == (0, "The service holds them as one story: s")
    assert (first.split()[:2], second.split()[:2]) == (["a0", "original"], ["b1", "correction"])
    assert "alike: 84 → 91" in rest
    assert "= Captain Ivo Marsh had slowed down to four knots." in map(str.strip, rest)


def test_two_articles_have_nothing_in_common_and_why(wirefold, compared):
    _, out, _ = wirefold("explain", "a0", "c1", "--redis", compared)
    assert out.startswith("The service holds them as two stories of two coverages: ")
    assert "  - 0 % of the later text stands in the earlier" in out
    _, out, _ = wirefold("explain", "a0", "c1", "--json", "--redis", compared)
    document = json.loads(out)
    assert (document["same"], document["direct"]["same"], document["direct"]["passages"]) == ("neither", "neither", [])
    assert [one["id"] for one in document["articles"]] == ["a0", "c1"]
    assert {"gate", "said", "seen", "asked"} == document["direct"]["reasons"][0].keys()


def test_a_terminal_shows_them_side_by_side_and_marks_what_changed(wirefold, compared, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "90")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    _, out, _ = wirefold("explain", "a0", "b1", "--redis", compared)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", out)
    assert re.search(r"^ +a0 · p0\.example +b1 · p0\.example +$", bare, re.MULTILINE)
    assert max(map(len, bare[bare.index("a0 · p0.example  ") :].splitlines())) <= 90
    assert "\x1b[1;31m84\x1b[0m" in out
    assert "\x1b[1;32m91\x1b[0m" in out


def test_a_split_is_told_by_both_forms(wirefold, compared):
    assert wirefold("split", "b1", "--redis", compared)[0] == 0
    _, out, _ = wirefold("explain", "b1", "--redis", compared)
    assert "somebody said that they are not one story" in out
    _, out, _ = wirefold("explain", "a0", "b1", "--redis", compared)
    assert ", because somebody said so\n" in out


def test_a_merge_is_told_by_both_forms(wirefold, compared):
    _, out, _ = wirefold("explain", "a0", "c1", "--json", "--redis", compared)
    ids = [one["story"] for one in json.loads(out)["articles"]]
    assert wirefold("merge", *ids, "--redis", compared)[0] == 0
    _, out, _ = wirefold("explain", "c1", "--redis", compared)
    assert f"part of {ids[0]}: the two stories turned out to be one" in out
    _, out, _ = wirefold("explain", "a0", "c1", "--redis", compared)
    assert out.startswith(f"The service holds them as one story: {ids[0]}\n")
    assert f"its story {ids[1]} turned out to be {ids[0]}" in out
    assert "one story through other printings, or because somebody said so" in out


@pytest.mark.parametrize(
    ("other", "said"),
    [("a9", "no article a9 is kept; it may have left the window"), ("a0", "a0 and a0 are one article")],
)
def test_what_cannot_be_compared_is_one_line(wirefold, folded, other, said):
    assert wirefold("explain", "a0", other, "--redis", folded) == (2, "", f"wirefold: {said}\n")


def test_status_counts_what_is_there(wirefold, folded):
    _, out, _ = wirefold("status", "--json", "--redis", folded)
    report = json.loads(out)
    assert (report["feeds"], report["waiting"], report["streams"]["wirefold"]) == (0, 0, 1)
    assert wirefold("health", "--redis", folded)[0] == 1  # nothing runs


def test_feeds_are_added_listed_exported_imported_and_removed(wirefold, redis, redis_server, tmp_path):
    assert redis.dbsize() == 0
    at = ("--redis", redis_server)
    assert (
        wirefold("feeds", "add", "https://Paper.example:443/rss", "--tag", "world", "--no-check", *at)[1] == "added\n"
    )
    assert "already" in wirefold("feeds", "add", "https://paper.example/rss", *at)[1]
    assert wirefold("feeds", "export", str(tmp_path / "all.opml"), *at)[0] == 0
    (row,) = (json.loads(line) for line in wirefold("feeds", "list", "--json", *at)[1].splitlines())
    assert (row["url"], row["publisher"]) == ("https://paper.example/rss", "paper.example")
    assert wirefold("feeds", "remove", "https://paper.example/rss", *at)[0] == 0
    assert wirefold("feeds", "remove", "https://paper.example/rss", *at)[0] == 2
    assert wirefold("feeds", "import", str(tmp_path / "all.opml"), *at)[1] == "1 added, 0 followed already\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("feeds", "add", "paper.example"),
        ("feeds", "import", "rows.jsonl"),
        ("run", "nothing.opml"),
        ("run", "--sample", "https://paper.example/rss"),
        ("run", "--redis", "redis://127.0.0.1:1"),
        ("status", "--redis", "redis://127.0.0.1:1"),
        ("tail", "gossip"),
        ("tail", "--from", "5-"),
        ("explain", "a\udcff"),
        ("status", "--redis", "foo"),
        ("status", "--redis", "redis://127.0.0.1:99999"),
        ("status", "--redis", "redis://127.0.0.1:1/0?nonsense=1"),
        ("status", "--data", "rows.jsonl"),
        ("feeds", "export", "nowhere/all.opml"),
        ("fold", "rows.jsonl", "--out", "nowhere/out.jsonl"),
        ("fold", "cut.jsonl.gz"),
        ("read", "cut.jsonl.gz"),
        ("read", "--batch", "cut.jsonl.gz"),
        ("read", "nothing.html"),
        ("read",),
        ("fold", "nothing.jsonl"),
    ],
    ids=" ".join,
)
def test_bad_input_is_one_line_and_exit_status_2(wirefold, rows, arguments):
    packed = gzip.compress(rows.read_bytes())
    rows.with_name("cut.jsonl.gz").write_bytes(packed[:20] + b"\xff\xff\xff" + packed[23:])
    status, out, err = wirefold(*arguments)
    assert (status, out) == (2, "")
    assert re.fullmatch(r"wirefold: \S.*\n", err)


def test_an_empty_catalogue_says_the_way_out(wirefold, redis, redis_server):
    assert redis.dbsize() == 0
    status, _, err = wirefold("run", "--redis", redis_server)
    assert status == 2
    assert "wirefold run my.opml" in err


def test_a_password_is_never_shown(wirefold):
    _, out, err = wirefold("status", "--redis", "redis://:hunter2@127.0.0.1:1")
    assert "hunter2" not in out + err


PAGE = """<html lang="es"><head><title>Encalla un ferri</title><meta name="author" content="EFE"></head><body>
<nav>Inicio</nav><article><h1>Encalla un ferri</h1><p>Port Ellan, 3 mar (EFE).- El ferri que une la isla de Orsa con el
continente encalló este martes por la noche a causa de la niebla, y los 84 pasajeros fueron llevados a tierra por barcos
de pesca en menos de dos horas, informó la guardia costera.</p><p>Nadie resultó herido cuando el Santa Brígida chocó con
un banco de arena a 300 metros del puerto, poco después de las nueve. El capitán había reducido la velocidad a cuatro
nudos antes del choque, según la compañía, que espera un remolcador con la marea alta.</p></article></body></html>"""


def test_read_says_what_the_service_makes_of_a_page(wirefold, tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    _, out, _ = wirefold("read", "page.html", "--url", "https://paper.example/ferri", "--json")
    row = json.loads(out)
    assert (row["title"], row["language"], row["verdict"]) == ("Encalla un ferri", "es", "full")
    assert row["dateline"] == {"place": "Port Ellan", "date": "3 mar"}
    assert [mention["agency"] for mention in row["credit"]["text"]] == ["EFE"]
    status, out, _ = wirefold("read", "page.html")
    assert status == 0
    assert "Santa Brígida" in out
    said = dict(line.split(None, 1) for line in out.split("\n\n")[0].splitlines())
    assert (said["dateline"], said["credit"][:14]) == ("place Port Ellan; date 3 mar", "EFE (dateline:")
    assert "rights" not in said  # of which the page says nothing


def test_a_batch_goes_on_after_a_page_that_cannot_be_read(wirefold, tmp_path):
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    manifest = tmp_path / "pages.jsonl"
    lines = [{"id": "1", "file": "gone.html", "url": "https://a.example/"}, {"id": "2", "file": "page.html.gz"}]
    manifest.write_text("".join(json.dumps(line) + "\n" for line in lines))
    status, out, _ = wirefold("read", "--batch", str(manifest))
    first, second = (json.loads(line) for line in out.splitlines())
    assert status == 0
    assert (first["id"], "gone.html" in first["error"]) == ("1", True)
    assert (second["id"], second["title"]) == ("2", "Encalla un ferri")


def test_schemas_are_printed_by_type(wirefold):
    _, out, _ = wirefold("schemas")
    assert "org.wirefold.story.published.v1" in json.loads(out)


def test_the_contract_is_written_as_files(wirefold, tmp_path):
    status, out, _ = wirefold("schemas", "--out", str(tmp_path / "contract"))
    assert (status, out) == (0, "")
    written = {path.name: json.loads(path.read_text()) for path in (tmp_path / "contract").iterdir()}
    printed = json.loads(wirefold("schemas", "--asyncapi")[1])
    assert written.pop("asyncapi.json") == printed
    assert {f"{name}.json": schema for name, schema in json.loads(wirefold("schemas")[1]).items()} == written
    status, _, said = wirefold("schemas", "--asyncapi", "--out", str(tmp_path))
    assert (status, "--out" in said) == (2, True)


@pytest.mark.parametrize("command", ["run", "tail", "fold", "read", "feeds", "status", "health", "ledger", "explain"])
def test_every_command_has_help_with_an_example(wirefold, command):
    status, out, _ = wirefold(command, "--help")
    assert status == 0
    assert "Example" in out or command == "feeds"
