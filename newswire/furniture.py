"""Paragraphs that a site puts round a text: captions, share bars, newsletter boxes, related links, credits, rights.

Whole paragraphs only, and only those that can be nothing else: in doubt a paragraph stays. A line too many is noise
that the other lines outweigh; a lost one changes what a story says.
"""

import re
from collections.abc import Sequence

from newswire.agencies import NAME, find

# Longer than this is narrative, whatever it begins with. The longest line of furniture read was EFE's rights notice
# (about 270 characters).
LONGEST_LINE = 320
# Link titles under a heading such as "Keep reading" are shorter than this, and end without a full stop.
LONGEST_TITLE = 160
# A line of so many words is not looked at name by name for being nothing but a credit.
LONGEST_CREDIT = 15
# Where all would go and one paragraph has so many words, all stay: a text of nothing but furniture has none.
NARRATIVE_WORDS = 12

# The marks before a line's first word are taken whole (*+), or so many of them: where each of a hundred marks was tried
# as the last one before a hundred phrases, a line of 150 took 16 ms, and with the words of a box 96 ms.

# What a site sets over the list of its other articles, alone or before a colon.
_RELATED = r"""(?:
  keep\ reading | (?:also\ )?read\ (?:more|also|next|too) | also\ read | see\ also | up\ next | further\ reading
| related(?:\ (?:articles?|stories|news|topics|links|content|coverage|posts?))? | more\ on\ this(?:\ (?:topic|story))?
| recommended(?:\ (?:for\ you|stories|articles))? | you\ (?:may|might)\ also\ (?:like|be\ interested\ in)
| most\ (?:read|popular|viewed) | trending\ now | don['’]t\ miss | in\ other\ news | editors?['’]?s?\ picks?
| (?:à\ )?lire\ (?:aussi|également|la\ suite|plus) | à\ lire | voir\ aussi | sur\ le\ même\ (?:sujet|thème)
| les\ plus\ lus | articles?\ (?:liés?|similaires?|connexes?) | pour\ aller\ plus\ loin | vous\ aimerez\ aussi
| (?:también\ )?(?:te|le)\ (?:puede|podría)\ interesar | te\ recomendamos(?:\ leer)? | le[ea]\ también | lea\ más
| leer\ (?:también|más) | s(?:eguir|igue|iga)\ leyendo | más\ (?:información|noticias|sobre\ este\ tema)
| (?:noticias|notas|artículos|temas|contenidos?)\ relacionad[oa]s? | lo\ más\ (?:leído|visto) | no\ te\ pierdas
| (?:mira|ver)\ también | lesen\ sie\ (?:auch|mehr|dazu(?:\ auch)?|hierzu(?:\ auch)?) | auch\ interessant
| mehr\ (?:zum\ thema|dazu|artikel) | zum\ thema | das\ könnte\ (?:sie|dich)\ auch\ interessieren | meistgelesen
| weitere\ (?:artikel|nachrichten|meldungen|themen) | siehe\ auch | passend\ dazu
| leggi\ (?:anche|tutto|di\ più) | (?:ti\ )?potrebbe(?:ro)?\ (?:anche\ )?interessar(?:e|ti)(?:\ anche)?
| (?:articoli|notizie)\ correlat[ie] | per\ approfondire | (?:guarda|vedi)\ anche | i\ più\ letti
| le[ir]a?\ (?:também|mais|ainda) | veja\ (?:também|mais) | saiba\ mais | mais\ lidas
| (?:notícias|artigos)\ relacionad[oa]s | lees\ (?:ook|verder|meer) | bekijk\ ook | lue\ (?:myös|lisää|aiheesta\ lisää)
| l[æä]s\ (?:også|också|även|mere?) | les\ (?:også|mer)
| (?:czytaj|zobacz|przeczytaj)\ (?:też|także|również|więcej) | polecamy | čtěte\ (?:také|též) | citi[țt]i\ [șs]i
| читайте\ (?:также|ещ[её]|подробнее|також) | смотрите\ также | (?:материалы\ )?по\ теме | дивіться\ також
| διαβάστε\ (?:επίσης|ακόμ[αη]) | δείτε\ (?:επίσης|ακόμ[αη]) | ilgili\ haberler | bunlar\ da\ ilginizi\ çekebilir
| 相[关關](?:阅读|新闻|新聞|报道|報導|链接) | 延伸[阅閱][读讀] | 推荐阅读 | 関連記事 | あわせて読みたい
| 관련\ ?기사 | اقرأ\ (?:أيضا|أيضاً|ايضا)
)"""
_RELATED_ALONE = re.compile(rf"\W*+{_RELATED}\W*", re.IGNORECASE | re.VERBOSE)
_RELATED_LEAD = re.compile(rf"\W*+{_RELATED}(?!\w)", re.IGNORECASE | re.VERBOSE)
_RELATED_LINE = re.compile(rf"\W*+{_RELATED}\s*(?:[:：>»→|]|\s[–—-]\s).+", re.IGNORECASE | re.VERBOSE)

# Words that stand beside each other only in share bars, menus and legal footers.
_MENU_WORDS = r"""(?:
  (?:share|print|copy|e-?mail)(?:\ (?:this|on|via|link|article)(?:\ \w+)?)? | tweet | post | facebook | twitter
  | whatsapp
| telegram | linkedin | pinterest | reddit | comments? | subscribe | sign\ in | log\ ?in | newsletters?
| contact(?:\ us)? | about(?:\ us)? | privacy(?:\ policy)? | terms\ .{1,20} | cookies? | imprint
| partager | imprimer | signaler\ une\ erreur | mentions\ légales | commenter | s['’]abonner
| compart(?:e|ir|ilhar) | contactos? | aviso\ legal | política\ de\ .{1,20} | clasificación | calendario | suscríbete
| teilen | drucken | merken | kommentare? | impressum | datenschutz(?:erklärung)? | agb | kontakt
| condividi | stampa | commenti | contatti | note\ legali | partilhar | поделиться | комментарии | контакты | udostępnij
)"""
_MENU_WORD = re.compile(rf"\W*+{_MENU_WORDS}\W*", re.IGNORECASE | re.VERBOSE)
_BARS = re.compile(r"[|•·]")
_SHARE_BAR = re.compile(
    r"(?:\W|\d|\b(?:share|tweet|e-?mail|print|post|facebook|twitter|whatsapp|telegram|linkedin|reddit|copy|link|on|via|"
    r"this|article|partager|sur|compartir|en|teilen|auf)\b)+",
    re.IGNORECASE,
)

_LETTER = r"""(?:newsletters?|newslettern|bolet[ií]n(?:es)?|briefings?|inbox|alerts?|avisos?|notifi\w+|channels?
|canale?|kanal|
канал\w*|whatsapp|telegram|facebook|twitter|instagram|youtube|google\ news|itunes|podcasts?|app|aplicación)"""
_INVITATIONS = r"""(?:sign\ up|subscribe|follow\ (?:us|\w+(?:\ \w+)?\ on)|like\ us|join\ (?:us|our)|download
|get\ (?:our|the)|
suscr[ií]b[ea](?:te|se)?|s[ií]gu?[ae]nos|únete|activa|descarga|abonnez[- ]vous|inscrivez[- ]vous|suivez|téléchargez|
iscriviti|seguici|scarica|subscreva|assine|inscreva-se|siga|receba|jetzt|abonnieren\ sie|melden\ sie\ sich|folgen\ sie|
под(?:пиш|писыва)\w+|підпи\w+|zapisz\ się|obserwuj)"""
_BOXES = r"""(?:[^\w©(]|\((?!c\)))*+(?:
  advertise?ments? | article\ content | recommended\ videos? | more\s?: | story\ continues\ below.{0,30}
  | continue\ reading | publicidad | publicité | pubblicità
  | publicidade
| anzeige | werbung | реклама | loading | scroll\ down\ for\ .{1,20} | enlarge\ this\ image.* | slideshow\ \(.*
| listen\ to\ (?:this\ )?(?:article|story).{0,40} | écouter\ (?:cet\ )?l?['’]?article.{0,25}
| escuchar?\ el\ artículo.{0,25}
| artikel\ (?:anhören|teilen).{0,25} | guarda\ il\ video | \d+\ min(?:ute)?s?\ read
| this\ article\ is\ more\ than\ \d.{0,20}
| source\ site-\d+ | comments\ are\ closed | (?:commenti|comments|comentarios|commentaires|kommentare)\ \(\d+\).{0,60}
| share\ (?:this|on|via)\ .{0,60} | partager\ (?:sur|cet)\ .{0,40} | compart(?:e|ir|ilhe)\ (?:en|est[ea]|no)\ .{0,40}
| condividi\ (?:su|questo).{0,40} | réagissez\ à.{0,40}
| vous\ avez\ une\ (?:information|question)\b.{0,80} | retrouvez\ (?:l['’]essentiel|toute).{0,120}
| (?:INVITATIONS)\b.{0,160}\bLETTER\b.{0,100} | mehr\ kurzmeldungen\b.* | manage\ newsletters
| juega\ con\ responsabilidad.{0,20}
| (?:este\ artigo|este\ artículo|este\ contenido|cet\ article|questo\ articolo|dieser\ artikel|this\ (?:article
|content))
  \ (?:es|é|est|è|ist|is)\ (?:exclusiv[oe]|réservé|riservato|nur|only|for|available)\b.{0,120}
| (?:para|pour|per)\ (?:seguir|continuar|continuer|poursuivre|continuare)\b.{0,15}\b(?:leyendo|ler|lire|lecture
|leggere)\b.{0,120}
| (?:ya\ eres|já\ é|déjà|sei\ già|already\ an?)\ (?:suscriptor|assinante|abonnée?|abbonato|subscriber|member)\b.{0,60}
| subscribe\ to\ (?:unlock|continue|read).{0,100} | we\ use\ cookies.* | (?:utilizamos|usiamo
|nous\ utilisons\ des)\ cookies.*
| for\ (?:more|the\ latest)\ (?:\w+\ ){0,2}(?:stories|news|updates|headlines|videos|coverage)\b.{0,80}
  \b(?:check|visit|click|sign\ up|follow\ us|head\ (?:over\ )?to|go\ to|see\ our)\b.{0,120}
| (?:check\ out|read|see)\ more\ of\ .{0,120} | follow\ (?:our|the|all\ of)\b.{0,30}\bcoverage\b.{0,100}
| get\ in\ touch\ with\ (?:our|the)\b.{0,60}\b(?:team|desk|by\ email\w*)\b.{0,80}
| (?:have|got|do\ you\ have)\ an?\ (?:news\ )?(?:tip|story)\b.{0,20}\?.{0,160}
| (?:like|enjoyed?|love)\ this\ (?:story|article)\?.{0,120}
| (?:hat\ (?:ihnen|dir)\ dieser\ artikel\ gefallen|¿te\ (?:ha\ gustado|gustó)\ (?:este\ artículo|esta\ (?:nota|noticia))
  |cet\ article\ vous\ a\ (?:plu|intéressé)|ti\ è\ piaciuto\ questo\ articolo)\s?\?.{0,160}
| this\ story\ has\ not\ been\ edited\ by\ our\ staff.{0,120}
| (?:©|\(c\)|copyright\b).{1,200} | riproduzione\ riservata.{0,60} | (?:queda
  |está)\ (?:expresamente\ )?prohibida\b.*
| this\ material\ may\ not\ be\ (?:published|reproduced).* | click\ here\ for\ reprint.{0,20}
)\W*"""
# The same, where other words may come first: looked for only where one of _BOX_HINTS stands, for the search is slow.
_BOX_INSIDE = re.compile(
    r"""\W*+(?:
  .{0,60}\bshare\ your\ \w+\ in\ the\ comments.{0,20}
| .{0,100}\b(?:newsletter|boletín)\b.{0,40}\b(?:suscríbete|sign\ up|bestellen)\b.{0,40}
| .{0,80}\bactiva\ nuestros\ avisos\b.{0,80}
| (?:.{0,80}\b)?(?:all\ rights\ reserved|todos\ (?:los\ derechos|os\ direitos)\ reservados
  |tous\ droits\ (?:réservés|de\ reproduction)|alle\ rechte\ vorbehalten|tutti\ i\ diritti\ riservati
  |все\ права\ защищены|wszelkie\ prawa\ zastrzeżone)\b.{0,80}
)\W*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_BOX_HINTS = (
    "share your", "newsletter", "boletín", "activa nuestros", "rights reserved", "reservados", "tous droits",
    "vorbehalten", "riservati", "права защищены", "zastrzeżone",
)  # fmt: skip
_BOX = re.compile(
    _BOXES.replace("INVITATIONS", _INVITATIONS).replace("LETTER", _LETTER), re.IGNORECASE | re.VERBOSE | re.DOTALL
)

# A paragraph of nothing but agencies, desks and the words that join them: "(Con información de EFE)", "ATS/AFP".
_CREDIT_FILL = re.compile(
    r"""(?:\W|\d|\b(?:with|information|informations|from|by|and|source|sources|agencies|agency|contributed|to|this
    |report|story|
    reporting|additional|material|contributing|files?|staff|newsroom|our|own|correspondents?|news|service|wire|wires|
    con|información|informaciones|de|del|y|e|la|las|los|agencias?|fuente|redacción|redação|com|informações|lusa|fim
    |agências|
    avec|et|des|les?|rédaction|agences?|dépêches?|mit|material|der|von|und|agenturen|redaktion|quelle|infocom|lno|lnw
    |lsw|lby|
    informazioni|da|di|agenzie|fonte|redazione|по|материалам|данным|информации|агентства|источник|źródło|oprac|
    haber|merkezi|ajanslar|syndicated|feed)\b)+""",
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT_LINE = re.compile(
    r"""\W*+(?:reporting\ by\ .{3,160} | this\ story\ was\ produced\ with\ agency\ material
    | [A-Z]{2,5}\s//\s[A-Z]{2,5}
    | by\ our\ \w+\ desk | (?:quelle|source|fuente|fonte|źródło|источник):\s.{2,40}
    )\W*""",
    re.IGNORECASE | re.VERBOSE,
)

_PHOTO = (
    r"(?:(?:featured\ )?(?:photos?|image[mn]?)|fotos?|foto(?:grafía|grafia)|\w{0,20}bild|imagen|file\ photo|credits?"
    r"|фото|zdj\.|fot\.|φωτο(?:γραφία)?|写真|사진|[图圖][说說片]|資料圖|资料图)"
)
# Whoever sells nothing but pictures.
_PICTURES = (
    r"(?:getty(?:\ images)?|shutterstock|alamy|imago(?:\ images)?|picture[- ]alliance|istock\w*|adobe\ ?stock"
    r"|depositphotos|unsplash|pexels|pixabay|epa)"
)
_CAPTION_LEAD = re.compile(
    rf"\W{{0,20}}(?:{_PHOTO}\s*(?:credits?|by|d['’]archives?|d['’]illustration|de\ archivo)?\s*[:：/©|].+"
    rf"|©\s*{_PHOTO}\b.+|©\s*{_PICTURES}\b.+|\[{_PHOTO}\ (?:by|via)\ .+\]|foto\s[^.]{{2,60}}/.{{2,40}}"
    r"|enlarge\ this\ image.+)",
    re.IGNORECASE | re.VERBOSE,
)
_CAPTION_TAIL = re.compile(
    rf"(?:\({_PHOTO}\s*(?:by|par|de|di|von)?\s*[:/©–-].{{2,80}}\)|(?:^|[.!?)»”\s]){_PHOTO}\s*[:©]\s*[^.:]{{2,60}}"
    rf"|\((?:[^()]*\W)?(?:{_PICTURES}|ap\ photo|afp\ photo|via\ (?:reuters|ap|afp))\b[^()]{{0,40}}\)"
    rf"|©\s*{_PICTURES}\b.{{0,60}})[\s.]*",
    re.IGNORECASE | re.VERBOSE,
)
_LAST_PARENTHESIS = re.compile(r"\(([^()]{3,80}?)\)(?:\s*\([^()]{2,40}\))?[\s.]*$")
_PERSON = re.compile(r"[^\W\d_a-zà-ÿа-я][\w.’'-]+(?:\s[^\W\d_]+[\w.’'-]*){0,3}")
_DESK = re.compile(r"reda|staff|desk|agen|news|online|media|radio|haber|\bfm\b|\btv|fim\b|fin\b", re.IGNORECASE)


def without_furniture(paragraphs: Sequence[str]) -> tuple[str, ...]:
    """The paragraphs that tell the story, in their order.

    Never empty for a text that had narrative: where everything would go and one of the paragraphs is longer than a
    heading, all stay.

    >>> without_furniture(["The bridge has reopened.", "(With information from EFE)", "Keep reading:", "Two dead"])
    ('The bridge has reopened.',)
    """
    kept: list[str] = []
    titles = _titles(paragraphs)
    for at, paragraph in enumerate(paragraphs):
        line = paragraph.strip()
        if at + 1 >= titles and len(line) <= LONGEST_LINE and _RELATED_ALONE.fullmatch(line):
            break
        if not is_furniture(line):
            kept.append(paragraph)
    if not kept and any(len(paragraph.split()) >= NARRATIVE_WORDS for paragraph in paragraphs):
        return tuple(paragraphs)
    return tuple(kept)


def is_furniture(line: str) -> bool:
    """Whether the paragraph, taken alone, can be nothing but furniture."""
    if not line:
        return True
    if len(line) > LONGEST_LINE:
        return False
    return bool(
        _RELATED_ALONE.fullmatch(line)
        or _RELATED_LINE.fullmatch(line)
        or is_box(line)
        or (_SHARE_BAR.fullmatch(line) and any(letter.isalpha() for letter in line))
        or is_menu(line)
        or is_credit_line(line)
        or is_caption(line)
    )


def leads_away(line: str) -> bool:
    """Whether the line begins as one does that names another article; without a link it may be a sentence."""
    return len(line) <= LONGEST_LINE and _RELATED_LEAD.match(line) is not None


def is_box(line: str) -> bool:
    """Whether the line is a site's notice: an advertisement, an invitation to a newsletter, rights."""
    if _BOX.fullmatch(line):
        return True
    lowered = line.lower()
    return any(hint in lowered for hint in _BOX_HINTS) and _BOX_INSIDE.fullmatch(line) is not None


def is_menu(line: str) -> bool:
    """Whether the line is a menu: short items between bars or dots, of which one is a menu's word.

    A table's row has bars too, hence the word.
    """
    if not _BARS.search(line):
        return False
    items = re.split(r"\s*[|•·]\s*", line)
    return all(len(item) <= 40 for item in items) and any(_MENU_WORD.fullmatch(item) for item in items)


def is_credit_line(line: str) -> bool:
    """Whether the line says nothing but who wrote the text: "avec AFP", "(ANSA).", "EFE / Redacción"."""
    if _CREDIT_LINE.fullmatch(line):
        return True
    if len(line) > 120 or line.count(" ") > LONGEST_CREDIT:
        return False
    rest = _ANY_NAME.sub(" ", line)
    return bool(_CREDIT_FILL.fullmatch(rest) and re.search(r"[^\W\d_]", line))


def is_caption(line: str) -> bool:
    """Whether the line is a photograph's caption or credit."""
    may_have_tail = ":" in line or "©" in line or line.rstrip(" .").endswith(")")  # the search is slow
    tail = _CAPTION_TAIL.search(line) if may_have_tail else None
    if _CAPTION_LEAD.fullmatch(line) or (tail and tail.end() == len(line)):
        return True
    parenthesis = _LAST_PARENTHESIS.search(line)
    if parenthesis and _is_photographer(parenthesis.group(1)):
        return True
    # "Vista del puerto. EFE/Ana Ruiz": the mark after the last full stop.
    return "/" in line and _is_photographer(re.split(r"[.!?]\s+", line)[-1].rstrip("."))


def _is_photographer(mark: str) -> bool:
    """Whether a mark names an agency and a person: "REUTERS / Stringer"; two agencies, or a desk, sign texts."""
    parts = [part.strip() for part in mark.split("/")]
    if len(parts) < 2 or len(mark) > 80:
        return False
    agencies = [
        part for part in parts if any(found.end - found.start >= len(part) - 4 for found in find(part, any_case=True))
    ]
    people = [part for part in parts if part not in agencies and _PERSON.fullmatch(part) and not _DESK.search(part)]
    return bool(agencies and people)


def _titles(paragraphs: Sequence[str]) -> int:
    """From where on all paragraphs are link titles, with furniture among them."""
    at = len(paragraphs)
    while at and _may_be_title(paragraphs[at - 1].strip()):
        at -= 1
    return at


def _may_be_title(line: str) -> bool:
    return (len(line) <= LONGEST_TITLE and not re.search(r"[.;][»”\"')\]]?$", line)) or is_furniture(line)


_ANY_NAME = re.compile(NAME, re.IGNORECASE)
