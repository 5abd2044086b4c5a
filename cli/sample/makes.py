"""How the sample newsroom's pages are made: templates with a real site's furniture, and the markup of a body in each.

The kinds of a body's blocks are `p`, `h2`, `li`, `standfirst`, `caption` (a photo with its line), `credit` (a source
line below the text), `box` (an advertisement of the site's own), `embed` (a post from elsewhere) and `related` (the
heading of a list of links, then the links).
"""

from collections.abc import Mapping
from string import Template
from typing import NamedTuple

Markup = dict[str, str]

PLAIN: Markup = {
    "p": "<p>{}</p>",
    "h2": "<h2>{}</h2>",
    "li": "<li>{}</li>",
    "standfirst": "<p><strong>{}</strong></p>",
    "caption": '<figure><img src="/img/640.jpg" alt="{0}"><figcaption>{0}</figcaption></figure>',
    "credit": "<p><em>{}</em></p>",
    "box": '<p class="promo"><strong>{}</strong></p>',
    "embed": '<blockquote class="twitter-tweet"><p>{}</p></blockquote>',
    "related": '<p class="related"><a href="/archive">{}</a></p>',
}
"""The plainest markup of each kind; a make names only where it differs."""

SEMANTIC: Markup = PLAIN | {
    "standfirst": '<p class="standfirst">{}</p>',
    "credit": '<p class="article-source">{}</p>',
    "box": '<aside class="promo"><p>{}</p></aside>',
}

# Paragraphs parted by <br><br>, as pages of the year 2003 still do.
BREAKS: Markup = PLAIN | {
    "p": "{}<br><br>",
    "h2": "<b>{}</b><br><br>",
    "standfirst": "<b><i>{}</i></b><br><br>",
    "caption": '<table width="300" align="right"><tr><td><img src="foto.gif" width="300" alt=""></td></tr>'
    '<tr><td><font size="1">{}</font></td></tr></table>',
    "credit": '<font size="1">{}</font><br><br>',
}

# A republisher's machine took the text line by line: captions, source line and links have become paragraphs.
FLATTENED: Markup = PLAIN | dict.fromkeys(("standfirst", "caption", "credit", "box", "related"), "<p>{}</p>")

DIVS: Markup = PLAIN | {
    "standfirst": '<div class="lead">{}</div>',
    "h2": '<p class="crosshead"><b>{}</b></p>',
    "caption": '<div class="media"><img src="/img/640.jpg" alt=""><span class="media__caption">{}</span></div>',
    "credit": '<div class="src">{}</div>',
    "box": '<div class="teaser-inline"><a href="/service">{}</a></div>',
}


class Make(NamedTuple):
    """A template, and how the blocks of a body are marked up in it."""

    template: Template
    markup: Markup


_HEAD = """<!DOCTYPE html>
<html lang="$language">
<head>
<meta charset="$charset">
<title>$title | $site</title>
<meta name="description" content="$summary">
<meta property="og:type" content="article">
<meta property="og:title" content="$title">
<meta property="og:site_name" content="$site">
<link rel="canonical" href="$link">
"""

_BLOG = (
    _HEAD
    + """<meta property="article:published_time" content="$iso">
<meta name="generator" content="WordPress 6.2">
</head>
<body class="single single-post">
<header id="masthead"><p class="site-title"><a href="/">$site</a></p><ul class="nav-menu">$sections</ul></header>
<div id="primary" class="content-area"><main id="main" class="site-main">
<article class="post type-post status-publish hentry">
<header class="entry-header"><h1 class="entry-title">$title</h1>
<div class="entry-meta">
<span class="posted-on"><time class="entry-date published" datetime="$iso">$day</time></span>
<span class="byline"><span class="author vcard"><a class="url fn n" href="/author/1">$byline</a></span></span></div>
</header>
<div class="entry-content">
$body
<div class="sharedaddy"><h3 class="sd-title">$share</h3><ul><li><a href="/s/f">Facebook</a></li></ul></div>
<div class="jp-relatedposts"><h3>$read_more</h3>$related</div>
</div>
<footer class="entry-footer"><span class="cat-links">$section</span></footer>
</article>
<div id="comments" class="comments-area"><h3 id="reply-title">$comments</h3>
<form action="/c"><textarea></textarea></form></div>
</main></div>
<aside id="secondary" class="widget-area">
<section class="widget"><h2>$newsletter</h2><ul>$popular</ul></section></aside>
<footer id="colophon"><a href="/legal">$legal</a> © $site</footer>
</body>
</html>
"""
)

MAKES: Mapping[str, Make] = {
    "semantic": Make(
        Template(
            _HEAD
            + """<meta property="article:published_time" content="$iso">
<meta name="author" content="$byline">
</head>
<body>
<header class="site-header"><a href="/">$site</a><nav><ul>$sections</ul></nav></header>
<main>
<article>
<header><h1>$title</h1>
<p class="byline">$byline</p><time datetime="$iso">$day</time></header>
<div class="share" role="group" aria-label="$share"><a href="/s/f">Facebook</a> <a href="/s/x">X</a></div>
$body
<footer><ul class="tags"><li><a href="/tag/1">#$section</a></li></ul></footer>
</article>
<aside class="related"><h3>$read_more</h3><ul>$related</ul></aside>
<aside class="newsletter"><p>$newsletter</p><form action="/nl"><input type="email"></form></aside>
</main>
<footer class="site-footer"><p>© $site</p><a href="/legal">$legal</a></footer>
</body>
</html>
"""
        ),
        SEMANTIC,
    ),
    "linked_data": Make(
        Template(
            _HEAD
            + """<script type="application/ld+json">$linked_data</script>
<link rel="amphtml" href="$link?amp">
</head>
<body class="article-page">
<div id="top"><div class="logo"><a href="/">$site</a></div><ul class="menu">$sections</ul></div>
<div class="article" itemscope itemtype="https://schema.org/NewsArticle">
<span class="kicker">$section</span>
<h1 itemprop="headline">$title</h1>
<div class="meta"><span itemprop="author">$byline</span> · <time datetime="$iso">$day</time></div>
<div class="article__body" itemprop="articleBody">
$body
</div>
<div class="share-bar"><span>$share</span><a href="/s/f">Facebook</a><a href="/s/w">WhatsApp</a></div>
<div class="comments-count"><a href="#comments">$comments (0)</a></div>
</div>
<div class="most-read"><h4>Top 3</h4><ol>$popular</ol></div>
<div class="teasers"><h4>$read_more</h4>$related</div>
<footer><a href="/legal">$legal</a> © $site</footer>
</body>
</html>
"""
        ),
        PLAIN,
    ),
    "divs": Make(
        Template(
            _HEAD
            + """</head>
<body>
<div id="wrap"><div class="hd"><div class="hd__logo">$site</div><div class="hd__nav"><ul>$sections</ul></div></div>
<div class="c-main"><div class="col col--8">
<div class="headline"><h1>$title</h1></div>
<div class="infos"><div class="infos__author">$byline</div><div class="infos__date">$day</div></div>
<div class="social"><a href="/s/f">Facebook</a><a href="/s/x">X</a><a href="/s/m">E-Mail</a></div>
<div class="txt js-content">
$body
</div>
<div class="bx bx--nl"><div class="bx__t">$newsletter</div></div>
<div class="bx bx--rel"><div class="bx__t">$read_more</div><ul>$related</ul></div>
</div>
<div class="col col--4"><div class="bx"><div class="bx__t">Top</div><ul>$popular</ul></div></div></div>
<div class="ft"><a href="/legal">$legal</a> © $site</div></div>
</body>
</html>
"""
        ),
        DIVS,
    ),
    "blog": Make(Template(_BLOG), PLAIN),
    "flattened": Make(Template(_BLOG), FLATTENED),
    "old": Make(
        Template(
            """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=$charset">
<title>$site - $title</title>
</head>
<body bgcolor="#ffffff">
<table width="760" align="center"><tr><td><font size="5">$site</font></td><td><ul>$sections</ul></td></tr></table>
<div id="contenido" align="justify">
<h1><font face="Verdana">$title</font></h1>
<font size="1">$day $byline</font><br><br>
$body
</div>
<p align="right"><a href="imprimir.asp">$share</a></p>
<table width="760" align="center"><tr><td><b>$read_more</b><ul>$related</ul></td></tr>
<tr><td align="center"><font size="1">© $site | $legal | $newsletter</font></td></tr></table>
</body>
</html>
"""
        ),
        BREAKS,
    ),
}

CONSENT = Template("""<!DOCTYPE html>
<html lang="de">
<head><meta charset="$charset"><title>$site</title><meta name="robots" content="noindex"></head>
<body class="cmp">
<div class="cmp-overlay" role="dialog" aria-modal="true">
<h2>Willkommen bei $site</h2>
<p>Mit Werbung und Cookies weiterlesen: Besuchen Sie unsere Website wie gewohnt mit Werbung und Tracking. Ihre
Zustimmung ist jederzeit widerrufbar.</p>
<p>Wir und unsere 212 Partner verarbeiten personenbezogene Daten wie Ihre IP-Adresse und verwenden Cookies, um
Informationen auf Ihrem Gerät zu speichern und abzurufen, für personalisierte Anzeigen und Inhalte sowie für
Erkenntnisse über Zielgruppen. Einzelheiten finden Sie in der Datenschutzerklärung und im Privacy Center.</p>
<button>Alle akzeptieren</button> <button>Einstellungen</button>
<a href="/abo">Pur-Abo: ohne Tracking für 2,99 Euro</a>
</div>
</body>
</html>
""")
"""What stands in an article's place until the reader agrees."""
