"""The words round the text: which may name who wrote it, and which speak for a photograph or another article."""

import pytest

from newswire.credit import attribute
from workers.page.hints import hints_of
from workers.page.lines import lines
from workers.page.markup import read_markup
from workers.page.tree import parse

TEXT = [
    "The bridge over the Lenne has reopened after two years of work, the mayor of the town said on Monday morning.",
    "Work had been delayed twice, by a flood in the spring and by a strike, and cost some 40 million euros in all.",
    "The old bridge, which was built in 1911, will be taken down next year if the council votes for it in the spring.",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
MORE = "<li>Another story of the day, whose title is quite as long as any paragraph that an extraction would keep</li>"


def hinted(tree, text, **rest):
    """The hints of a page whose text are the lines that stand in these paragraphs."""
    seen = lines(tree)
    at = [number for number, line in enumerate(seen) if any(line.text in paragraph for paragraph in text)]
    return hints_of(read_markup(tree), seen, at, None, **rest)


def credit(before="", after="", *, head="", body=BODY, url="https://paper.example/1"):
    tree = parse(f"<html><head>{head}</head><body><nav>Home</nav>{before}{body}{after}</body></html>")
    hints = hinted(tree, TEXT, url=url)
    return attribute(text="\n".join(TEXT), hints=hints)


@pytest.mark.parametrize(
    ("before", "agencies"),
    [
        ("<h1>Open</h1><div>Von</div><div>APA</div>", ("APA",)),
        ("<h1>Open</h1><aside class='box'><div class='article-author'><p>von</p><p>APA</p></div></aside>", ("APA",)),
        ("<h1>Open</h1><div class='meta widget-x'><p itemprop='author'>AFP</p></div>", ("AFP",)),
        ("<h1>Open</h1><div class='promo'><a rel='author'>x</a><p class='source'>Reuters</p></div>", ("Reuters",)),
        ("<header class='hero-image'><h1>Open</h1><p>By The Associated Press</p></header>", ("AP",)),
        ("<h1>Open</h1><figure><p>A bridge</p><p class='author'>EFE</p></figure>", ()),
        ("<h1>Open</h1><div class='image__source'>Reuters</div>", ()),
        ("<h1>Open</h1><div class='image'><p>dpa</p></div>", ()),
        ("<h1>Open</h1><ul class='tags'><li>AFP</li><li>Bridges</li></ul>", ()),
        ("<p class='byline'>Reuters</p><h1>Open</h1>", ()),
        ("<h1>Open</h1><p>Quelle: dpa</p>", ()),
    ],
)
def test_a_line_between_headline_and_text(before, agencies):
    assert credit(before).agencies == agencies


@pytest.mark.parametrize(
    ("after", "agencies"),
    [
        ("<p>Quelle: dpa</p>", ("dpa",)),
        ("<div>(PAP)</div>", ("PAP",)),
        ("<footer><p>Source: Reuters</p></footer>", ()),
        ("<div class='related'><p class='author'>Reuters</p></div>", ()),
        ("<ul class='tags'><li>AFP</li></ul>", ()),
        ("<p>x</p>" * 12 + "<p>Source: Reuters</p>", ()),
        ("<div class='gallery'><p>Reuters</p></div>", ()),
    ],
)
def test_a_line_after_the_text(after, agencies):
    assert credit(f"<h1>Open</h1>{BODY}", after, body="").agencies == agencies


def test_a_list_of_other_articles_that_the_extraction_kept_is_not_where_the_text_ends():
    tree = parse(f"<h1>Open</h1>{BODY}<p>(PAP)</p>{'<p>x</p>' * 40}<ul>{MORE}</ul>")
    other = tree.findtext(".//li")
    hints = hinted(tree, [*TEXT, other])
    assert attribute(text="\n".join(TEXT), hints=hints).agencies == ("PAP",)


def test_a_dateline_that_the_extraction_left_out_is_read_on_the_page():
    body = BODY.replace("<p>The bridge", "<p>LENNE (Reuters) - The bridge", 1)
    tree = parse(f"<h1>Open</h1>{body}")
    joined = [" ".join(f"LENNE (Reuters) - {one}" if not at else one for at, one in enumerate(TEXT))]
    hints = hinted(tree, ["Open", *joined])
    assert attribute(text="\n".join(TEXT), hints=hints).agencies == ("Reuters",)


def test_a_caption_among_the_extracted_lines_is_still_a_caption():
    caption = "The bridge over the Lenne on the day of its reopening, seen from the old town, on Monday. Ann Lee / AP"
    tree = parse(f"<h1>Open</h1><p>{TEXT[0]}</p><figure><p>{caption}</p></figure><p>{TEXT[1]}</p><p>{TEXT[2]}</p>")
    hints = hinted(tree, [TEXT[0], caption, *TEXT[1:]])
    found = attribute(text="\n".join(TEXT), hints=hints)
    assert ([one.agency for one in found.photo], found.agencies) == (["AP"], ())


@pytest.mark.parametrize(
    ("head", "url", "agencies"),
    [
        ("", "https://www.efe.com/1", ("EFE",)),
        ("<link rel='canonical' href='https://apnews.com/article/1'>", "https://paper.example/1", ("AP",)),
        ("<meta name='original-source' content='https://www.reuters.com/1'>", "https://paper.example/1", ("Reuters",)),
        ("<meta name='articleAuthor' content='Anadolu Ajansı'>", "https://paper.example/1", ("Anadolu",)),
        ("<meta name='dc.source' content='ANSA'>", "https://paper.example/1", ("ANSA",)),
        ("<link rel='canonical' href='/1'>", "https://paper.example/1", ()),
    ],
)
def test_the_pages_data_name_the_source(head, url, agencies):
    assert credit("<h1>Open</h1>", head=head, url=url).agencies == agencies


@pytest.mark.parametrize("key", ["author", "creator", "provider", "sourceOrganization", "copyrightHolder", "publisher"])
def test_the_articles_own_json_ld_names_the_source(key):
    node = f'{{"@type": "NewsArticle", "{key}": {{"@type": "NewsMediaOrganization", "name": "Reuters"}}}}'
    head = f"<script type='application/ld+json'>{node}</script>"
    assert credit("<h1>Open</h1>", head=head).agencies == ("Reuters",)


def test_an_images_json_ld_does_not():
    node = '{"@type": "NewsArticle", "image": {"@type": "ImageObject", "author": {"name": "Reuters"}}}'
    assert credit("<h1>Open</h1>", head=f"<script type='application/ld+json'>{node}</script>").agencies == ()
