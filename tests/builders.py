"""Values with defaults, for tests: `an_article(agency="EFE")`."""

from datetime import UTC, datetime, timedelta

from newswire.article import Article, Credit, Entry, Mention

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)

LEAD = (
    "The ferry that links the island of Orsa with the mainland ran aground on Tuesday evening in thick fog, and all "
    "84 passengers were brought ashore by fishing boats within two hours, the coast guard said.\n"
    "Nobody was hurt when the Santa Brigida struck a sandbank 300 metres from the harbour of Port Ellan shortly after "
    "nine o'clock. Captain Ivo Marsh had slowed down to four knots before the impact, according to the company.\n"
    "Divers will look at the hull on Wednesday morning, and a tug from Carrow is expected at high tide. Until then the "
    "island of 1,900 people is cut off, as the airfield has been closed for repairs since February.\n"
    "The mayor of Orsa, Lena Duarte, asked the regional government for a second ship, which the council had voted for "
    "in 2019 and never received."
)


def an_article(number: int = 1, *, text: str = LEAD, agency: str = "", minutes: int = 0, **given: object) -> Article:
    """An article of the publisher `p{number}.example`, fetched `minutes` after noon."""
    at = NOON + timedelta(minutes=minutes)
    defaults: dict[str, object] = {
        "id": f"a{number}",
        "publisher": f"p{number}.example",
        "url": f"http://p{number}.example/ferry",
        "language": "en",
        "title": "Ferry runs aground off Orsa",
        "text": text,
        "published": at,
        "first_seen": at,
        "fetched": at,
        "credit": Credit(text=(Mention(agency=agency, evidence=f"({agency})", where="trailing"),))
        if agency
        else Credit(),
    }
    return Article(**{**defaults, **given})  # type: ignore[arg-type]


def an_entry(number: int = 1, *, host: str = "p.example", feed: str = "f1", **given: object) -> Entry:
    """An entry of a feed, linked at `host`."""
    defaults: dict[str, object] = {
        "id": f"e{number}",
        "feed": feed,
        "publisher": host,
        "link": f"http://{host}/{number}",
        "title": f"Entry {number}",
    }
    return Entry(**{**defaults, **given})  # type: ignore[arg-type]
