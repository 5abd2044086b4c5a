"""A page's bytes made into its tree: the charset, and the parser's limits.

Nothing that a page may contain raises. Sources: the HTML standard on charsets.
"""

import codecs
import re
from itertools import islice

import lxml.html
from charset_normalizer import from_bytes
from lxml import etree

from newswire.characters import mend_references

# The fetcher's cap, not trusted: trafilatura takes 25 s for 10 MB of paragraphs (measured).
MAX_BYTES = 3_000_000

# What the labels name in truth (HTML standard, "names and labels"): old pages declare the subset of what they use.
_SUPERSETS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,30})""", re.IGNORECASE)
# Codecs of Python that no page is written in: punycode inserts letter by letter, idna and undefined raise whatever they
# are told to do with errors, the others make lone surrogates of plain letters.
_NO_CHARSETS = frozenset(("punycode", "idna", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"))
# libxml2 compares each attribute of a tag with all before it: 150,000 of them in 1.5 MB took minutes. The most that a
# real page has in one tag is 73.
MAX_ATTRIBUTES = 1000
_ATTRIBUTE = re.compile(r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?)?+""")
# The longest class on a real page has 620 characters. Each line of a block bears it, and dozens of patterns of ours and
# some hundred of trafilatura's look for names in it: 3 MB of them took 8 s.
MAX_NAMES = 1000
_LONG_NAMES = etree.XPath("descendant-or-self::*/@*[(name() = 'class' or name() = 'id') and string-length() > $most]")
# A tag as browsers read it, with what it holds where that is no markup: a "<" in a script begins none.
_TAG = re.compile(
    rf"""<!--[^-]*+(?:-(?!->)[^-]*+)*+
    |(?P<tag><(?:(?P<raw>script|style|title|textarea|xmp|iframe|noembed|noframes)(?=[\s/>])|[a-z][^\s/>]*+)
    (?:[\s/]++|{_ATTRIBUTE.pattern})*+>?)(?(raw)[^<]*+(?:<(?!/(?P=raw))[^<]*+)*+)""",
    re.IGNORECASE | re.VERBOSE,
)
# The largest real page measured has 10,112 elements, the next 4,102; 26,000 paragraphs in 3 MB cost 25 s, and 18,000
# elements of a list 7 s, for trafilatura's last resort looks from each of them over all.
MAX_ELEMENTS = 15_000
# trafilatura reads a paragraph anew at each of the elements that set off its words: 14,000 in one took 15 s. The most
# on a real page are 456; beyond so many the words stand plain.
MAX_FORMATS = 2000
_FORMATS = (
    "b", "i", "em", "strong", "u", "sub", "sup", "tt", "kbd", "samp", "var", "del", "s", "strike", "q", "code", "font",
    "ins", "big", "small",
)  # fmt: skip
# The same of the links and spans that stand side by side in one element, at most 102 on a real page: 14,000 had not
# ended after 12 s.
_CROWDED = etree.XPath("//*[count(a) + count(span) > $most]")
# lxml.html's own parser asks a Python function for the class of every element that is looked at, a tenth of the time of
# reading a page. Forms and inputs, the classes that this leaves out, are not looked at here.
_ELEMENTS = etree.ElementDefaultClassLookup(
    element=lxml.html.HtmlElement,
    comment=lxml.html.HtmlComment,
    pi=lxml.html.HtmlProcessingInstruction,
    entity=lxml.html.HtmlEntity,
)


def decode(body: bytes, content_type: str) -> str:
    """The page's text: by its byte order mark, as UTF-8, by what header or meta declare, else by detection."""
    body = body[:MAX_BYTES]
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    header = re.search(r"charset\s*=\s*[\"']?([\w:.-]{2,30})", content_type, re.IGNORECASE)
    meta = _CHARSET.search(body[:8192])
    labels = [header[1]] if header else []
    labels += [meta[1].decode("ascii", "replace")] if meta else []
    declared = [codec for label in labels if (codec := _codec(label))]
    # Valid UTF-8 that is something else does not occur; a wrong declaration does.
    for codec in ("utf-8", *declared):
        try:
            return body.decode(codec)
        except (LookupError, UnicodeError):  # LookupError: base64 and its like, which make no text
            continue
    if declared:  # a byte or two out of place
        try:
            text = body.decode(declared[0], "replace")
        except LookupError:
            text = ""
        if text and text.count("\ufffd") < len(text) / 100:
            return text
    best = from_bytes(body[:50_000]).best()
    return body.decode(best.encoding if best else "cp1252", "replace")


def tree_of(html: str) -> lxml.html.HtmlElement | None:
    """The page's tree, None where there is none, or where it is too large to be a page's."""
    tree = parse(html) if html.strip() else None
    if tree is None or next(islice(tree.iter(), MAX_ELEMENTS, None), None) is not None:
        return None
    is_set_off = next(islice(tree.iter(*_FORMATS), MAX_FORMATS, None), None) is not None
    crowded = _CROWDED(tree, most=MAX_FORMATS)
    if is_set_off or crowded:
        for element in crowded:
            etree.strip_tags(element, "a", "span")
        if is_set_off:
            etree.strip_tags(tree, *_FORMATS)
        return parse(lxml.html.tostring(tree, encoding="unicode"))  # which joins their pieces of text
    return tree


def parse(text: str) -> lxml.html.HtmlElement | None:
    """The tree of a page, None where there is none."""
    text = _TAG.sub(_without_monster, mend_references(text.replace("\x00", "")))
    parser = etree.HTMLParser(encoding="utf-8")
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        # As bytes, for lxml refuses strings that declare an encoding of their own.
        tree = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    for names in _LONG_NAMES(tree, most=MAX_NAMES):
        del names.getparent().attrib[names.attrname]
    return tree


def _codec(label: str) -> str:
    """Python's name of a declared charset, "" for what is none."""
    try:
        codec = codecs.lookup(_SUPERSETS.get(label.lower(), label)).name
    except (LookupError, UnicodeError):
        return ""
    return "" if codec in _NO_CHARSETS else codec


def _without_monster(found: re.Match[str]) -> str:
    """A tag and what it holds as they are, "" where the tag has more attributes than any page's."""
    tag = found["tag"] or ""
    is_monster = len(tag) > 2 * MAX_ATTRIBUTES and len(_ATTRIBUTE.findall(tag)) > MAX_ATTRIBUTES
    return "" if is_monster else found[0]
