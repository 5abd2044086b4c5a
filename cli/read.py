"""`wirefold read`: what the service makes of a page."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec import Struct, structs

from cli.files import READ_ERRORS, open_plain, written
from cli.plain import plain
from newswire.article import Article, Page, as_dict
from newswire.url import canonical
from workers.errors import WirefoldError
from workers.extract import extract
from workers.settings import load

NO_URL = "http://file.invalid/"  # for a file whose address nobody named (RFC 6761)


class Line(Struct, frozen=True, kw_only=True):
    """A line of a batch's manifest; `file` is relative to the manifest."""

    id: str
    file: str
    url: str | None = None


@click.command(epilog="Example: wirefold read https://paper.example/story --json")
@click.argument("source", metavar="URL|FILE", required=False)
@click.option("--url", help="The address of a FILE: its links and its publisher are read by it.")
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Manifest: JSON Lines of id, file, url.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where a batch's rows go [standard output]."
)
@click.option("--json", "as_json", is_flag=True, help="As one JSON document.")
def read(source: str | None, url: str | None, batch: Path | None, out: Path | None, *, as_json: bool) -> None:
    """Read a page: title, text, byline, dateline, time, language, verdict, credit.

    With --batch, many files (.gz allowed): a JSON line each, with its id; one that cannot be read has its error.
    """
    if (source is None) == (batch is None):
        raise click.UsageError("name a URL or FILE, or a manifest with --batch")
    if batch is not None:
        _batch(batch, out)
        return
    try:
        article = extract(_page(str(source), url))
    except WirefoldError as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        click.echo(json.dumps(row_of(article), ensure_ascii=False))
    else:
        _show(article)


def row_of(article: Article) -> dict[str, Any]:
    """What is told of an article."""
    return {
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "byline": article.byline,
        "dateline": {"place": article.dateline.place, "date": article.dateline.date},
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "is_dated_by_day": article.is_dated_by_day,
        "modified": article.modified.isoformat() if article.modified else None,
        "section": article.section,
        "image": article.image,
        "syndicated_from": article.syndicated_from,
        "rights": structs.asdict(article.rights),
        "language": article.language,
        "verdict": article.verdict.value,
        "credit": as_dict(article.credit),
    }


def _batch(manifest: Path, out: Path | None) -> None:
    lines = list(_lines(manifest))
    with written(out) as sink:
        for line in lines:
            try:
                row = row_of(extract(_page(str(manifest.parent / line.file), line.url)))
            except (WirefoldError, click.UsageError) as error:
                row = {"error": plain(error)}
            sink.write(json.dumps({"id": line.id, **row}, ensure_ascii=False) + "\n")


def _lines(manifest: Path) -> Iterator[Line]:
    decoder = msgspec.json.Decoder(Line)
    number = 0
    try:
        with open_plain(manifest) as file:
            for number, line in enumerate(file, 1):  # noqa: B007 - the error names it
                if line.strip():
                    yield decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{manifest}: line {number}: {error}") from error
    except READ_ERRORS as error:
        raise click.UsageError(f"{manifest}: {error}") from error


def _page(source: str, url: str | None) -> Page:
    """The page behind an address or in a file."""
    now = datetime.now(UTC)
    if source.startswith(("http://", "https://")):
        from workers.fetch import Fetcher
        from workers.ingest import page_of

        settings = load()
        fetcher = Fetcher(
            user_agent=settings.user_agent, allow_hosts=settings.allow_hosts, timeout_s=settings.fetch_timeout_s
        )
        try:
            got = fetcher.get(source, max_bytes=settings.max_page_bytes)
        finally:
            fetcher.close()
        return page_of(got, now)
    try:
        with open_plain(Path(source)) as file:
            body = file.read()
    except READ_ERRORS as error:
        raise click.UsageError(f"{source}: {error}") from error
    try:
        return Page(url=canonical(url or NO_URL), body=body, fetched=now)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _show(article: Article) -> None:
    """What is known of the article, a line each, and its text; --json tells what is not known as well."""
    for name, value in row_of(article).items():
        if name not in ("text", "credit") and (words := _in_words(value)):
            click.echo(f"{name:15} {plain(words)}")
    credit = article.credit
    for kind, mentions in (("credit", credit.text), ("photo", credit.photo), ("mentioned", credit.mentioned)):
        for mention in mentions:
            click.echo(f"{kind:15} {mention.agency} ({mention.where}: {plain(mention.evidence, 80)})")
    for paragraph in article.text.splitlines():
        click.echo(f"\n{plain(paragraph)}")


def _in_words(value: Any) -> str:
    """A value for people: a list by commas, of a table what it has, "" for what is not known."""
    if isinstance(value, dict):
        return "; ".join(f"{name} {_in_words(one)}" for name, one in value.items() if _in_words(one))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value or "")
