"""What a page's markup says of the page: its own data about itself, in meta elements, links, JSON-LD and microdata.

No text is extracted here (workers.extract does that), and nothing is judged: where a page states a thing several times
all its words are kept, the most trusted first. Nothing that a page may contain raises. Sources: schema.org/Article,
ogp.me, the robots meta tag (developers.google.com/search), W3C TDMRep.
"""

from collections.abc import Iterator

import lxml.html
from msgspec import Struct

from newswire.rights import Rights, reserved
from workers.page.head import Head, read_head
from workers.page.jsonld import Node, address_of, article_nodes, bare, names_of, nodes_of, page_nodes, text_of
from workers.page.lines import letters
from workers.page.stated import dates_of, times_of

LONGEST_SECTION = 60  # characters: some put a standfirst in its place (spox.com)
_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "byl",
    "sailthru.author",
    "articleauthor",
)
_SECTIONS = ("article:section", "parsely-section", "cxenseparse:section", "section", "og:section")
_CRAWLERS = ("googlebot", "googlebot-news", "bingbot", "ccbot", "gptbot", "google-extended")


class Markup(Struct, frozen=True, kw_only=True):
    """What a page says of itself; each part empty or None where it is silent."""

    title: str = ""
    descriptions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()  # the article's own, JSON-LD's first
    people: tuple[str, ...] = ()  # of these who JSON-LD does not call an organisation; empty where it names nobody
    sources: tuple[str, ...] = ()  # JSON-LD's source organisation, provider, copyright holder and publisher
    origins: tuple[str, ...] = ()  # addresses that the page names as the text's own
    site: str = ""  # its publisher's name
    language: str = ""
    canonical: str = ""  # its link element
    og_url: str = ""
    rights: Rights = Rights()
    published: tuple[str, ...] = ()  # as printed, the most trusted first
    modified: tuple[str, ...] = ()
    times: tuple[str, ...] = ()  # of its time elements below the headline
    section: str = ""
    images: tuple[str, ...] = ()
    is_free: bool | None = None
    is_article: bool = False  # says so itself, in JSON-LD or og:type


def read_markup(tree: lxml.html.HtmlElement, link: str = "") -> Markup:
    """What the page behind a link says of itself."""
    head = read_head(tree)
    metas, links = head.metas, head.links
    nodes = nodes_of(head.scripts)
    canonical, og_url = links.get("canonical", ""), metas.get("og:url", "")
    headlines = {letters(text) for text in (head.h1, metas.get("og:title", ""), head.title) if text}
    own = article_nodes(nodes, {bare(one) for one in (link, canonical, og_url) if one}, headlines)
    node: Node = own[0] if own else {}
    free = node.get("isAccessibleForFree")
    is_said = isinstance(free, bool | int | float | str)  # the words of a list are another's, of a deep one an error
    published, modified = dates_of(tree, head, own, page_nodes(nodes))
    named = names_of(node.get("author"), nodes) + names_of(node.get("creator"), nodes)
    return Markup(
        title=text_of(node.get("headline")) or metas.get("og:title", "") or head.h1 or head.title,
        descriptions=tuple(dict.fromkeys(filter(None, (text_of(node.get("description")), *head.said(_DESCRIPTIONS))))),
        authors=tuple(
            name for name in dict.fromkeys((*named, *head.said(_AUTHORS))) if "://" not in name and name[0] != "@"
        ),
        people=tuple(names_of(node.get("author"), nodes, people=True)) if named else (),
        sources=tuple(
            names_of(node.get("sourceOrganization"), nodes)
            + names_of(node.get("provider"), nodes)
            + names_of(node.get("copyrightHolder"), nodes)
            + names_of(node.get("publisher"), nodes)
            + head.said(("source", "article:source", "dc.source"))
        ),
        origins=tuple(head.said(("original-source", "syndication-source"))),
        site=metas.get("og:site_name", "") or next(iter(names_of(node.get("publisher"), nodes)), ""),
        language=str(
            tree.get("lang")
            or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
            or metas.get("content-language", "")
            or metas.get("og:locale", "")
        ),
        canonical=canonical,
        og_url=og_url,
        rights=_rights(head, node, nodes),
        published=published,
        modified=modified,
        times=() if published else times_of(head),
        section=next(
            (name for name in (text_of(node.get("articleSection")), *head.said(_SECTIONS)) if _is_section(name)), ""
        ),
        images=tuple(
            filter(None, (metas.get("og:image", ""), address_of(node.get("image")), metas.get("twitter:image")))
        ),
        is_free=None if not is_said else str(free).lower().rsplit("/", 1)[-1] not in ("false", "no", "0"),
        is_article=bool(own) or metas.get("og:type", "").lower() == "article",
    )


def _is_section(name: str) -> bool:
    return 0 < len(name) <= LONGEST_SECTION and "://" not in name


def _rights(head: Head, node: Node, nodes: list[Node]) -> Rights:
    metas = head.metas
    holder = next(iter(names_of(node.get("copyrightHolder"), nodes)), "")
    return Rights(
        robots=", ".join(dict.fromkeys(_robots(metas))),
        tdm_reserved=reserved(metas.get("tdm-reservation", "")),
        tdm_policy=metas.get("tdm-policy", ""),
        licence=head.links.get("license", "") or address_of(node.get("license")) or address_of(node.get("usageInfo")),
        copyright=text_of(node.get("copyrightNotice"))
        or next(iter(head.said(("copyright", "dc.rights", "dcterms.rights", "rights"))), "")
        or holder,
    )


def _robots(metas: dict[str, str]) -> Iterator[str]:
    """What it asks of all crawlers, and of one where that differs; the latter as X-Robots-Tag writes it."""
    of_all = metas.get("robots", "")
    if of_all:
        yield of_all
    for name in _CRAWLERS:
        if metas.get(name, of_all) != of_all:
            yield f"{name}: {metas[name]}"
