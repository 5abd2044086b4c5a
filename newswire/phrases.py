"""Phrases in which a text names the agencies it was made from: "with files from", "contributed to this report".

Such a phrase is a sentence, mostly the last one of a line; copyright lines are read here too. What a sentence says of
whoever spoke ("told AFP") is no such phrase.
"""

import re

from newswire.agencies import BY_ID, NAME, find

# br.de lists its correspondents and six agencies in 200 characters.
LONGEST_PHRASE = 400
# A rights notice that names more than so many is a site's, for all its sources.
SITES_SOURCES = 2

_THE = r"(?:(?:the|der|des|die|dem|la|las|el|los|le|les|il|lo|o|a|του|το|την?|τις|τα)\s|l['’])?"
# What a phrase of shared work says before it names its agencies.
_WITH = re.compile(
    rf"""(?:^|[\s(*—–/-])(?:
      with\ (?:additional\ |some\ )?(?:files|reports?|reporting|information|material|inputs?)\ (?:from|by)
    | (?:additional|further)\ (?:reporting|material|information)\ (?:from|by) | contributing: | with\ agency\ inputs?:?
    | based\ on\ (?:reporting|reports|information|material)\ (?:by|from)
    | (?:some\ )?(?:information|material|parts?|content)\ (?:for|in|of)\ this\ (?:report|story|article)\ (?:also\ )?
      (?:comes?|came|(?:was|were|is|are)\ (?:provided|supplied|taken|drawn))\ (?:from|by)
    | (?:story|report|article)\ (?:also\ )?(?:includes|included|contains|incorporates|uses|used)\ (?:additional\ )?
      (?:reporting|reports|information|material|copy)\ (?:by|from)
    | con\ (?:información|informaciones|datos|material|materiales|despachos|reportes|notas)\ (?:de|del)
    | con\ (?:informazioni|notizie|contributi)\ (?:di|da|dell['’]agenzia)
    | mit\ (?:material|materialien|informationen|inhalten|texten|agenturmaterial|angaben|meldungen)
      \ (?:der|von|vom|des|aus)
    | (?:unter\ )?verwendung\ von\ (?:agentur)?material(?:ien)?\ (?:der|von)
    | avec\ (?:les\ |des\ |l['’])?(?:informations?|dépêches?|agences?)\ (?:de|du|des|d['’])
    | com\ (?:informações|agências?|informação|dados|conteúdo|material)\ (?:da|de|do|das|dos)?
    | (?:as\ )?informações\ são\ (?:da|de|do|das|dos)
    | met\ (?:informatie|medewerking|berichten)\ van | med\ (?:materiale?|information(?:er)?|bidrag)\ (?:fra|från)
    | με\ (?:πληροφορίες|στοιχεία|υλικό|πληροφορία)(?:\ (?:από|του|της))? | по\ материалам | за\ матеріалами
    | z\ materiałów | na\ podstawie(?:\ (?:materiałów|informacji|depesz))? | s\ využitím\ (?:materiálů|zpráv)
    )\s{_THE}(?P<who>.{{2,120}})""",
    re.IGNORECASE | re.VERBOSE,
)
_INPUTS = re.compile(
    rf"\bwith\s(?P<who>{NAME}(?:\W+(?:and\s)?{NAME})*)\s(?:inputs?|reports?|information|reporting)\b|"
    rf"^\W*(?:information|material|reporting|reports)\sfrom\s(?P<used>.{{2,100}}?)\s(?:was|were|is|are)\s(?:also\s)?"
    rf"(?:used|included)\b|"
    rf"\bmit\sagenturmaterial\s\((?P<brackets>[^()]{{2,80}})\)",
    re.IGNORECASE,
)
# "The Associated Press contributed to this report.": who did stands before it, in the same sentence. Looked for from
# each letter on, it took 9 ms in a paragraph of such phrases.
LONGEST_WHO = 140
_CONTRIBUTED = re.compile(
    r"\s(?:also\s)?(?:contributed|hat zu diesem|haben zu diesem|a contribué|ont contribué|"
    r"contribuyó|contribuyeron|contribuiu|contribuíram|ha contribuito|hanno contribuito|contributed reporting)"
    r"\s?(?:to|a|à|para|reporting)?\s?(?:this|the|cet|este|esta|diesem|questo)?\s?"
    r"(?:report|story|article|bericht|artikel|reportaje|nota|reportagem|articolo|reporting)\b",
    re.IGNORECASE,
)
_WRITER = re.compile(
    rf"^\W*(?P<who>{NAME})\s(?:staff\s)?(?:reporters?|writers?|correspondents?|journalists?)\b[^.!?]{{2,120}}?\s"
    rf"contributed\b"
)
# br.de: "Der Text wurde aus Meldungen der Nachrichtenagenturen AFP, AP und dpa erstellt."
_COMPILED = re.compile(
    r"(?:meldungen|material|berichte)\s(?:der|von)\s(?:nachrichten)?agenturen\s(?P<who>.{2,120})", re.IGNORECASE
)
# "Dieser Text wurde von der Deutschen Presse-Agentur übernommen", "This article was first published by AFP".
_MADE = re.compile(
    rf"""^\W*(?:this|dies\w*|cet(?:te)?|est[ae]|quest[oa]|deze|dit|ten|tento)\s(?:\w+\s)?
      (?:story|article|report|text|copy|artikels?|beitrag|meldung|nachricht|inhalt|dépêche|nota|noticia|articolo|notizia
        |contenuto|conteúdo|contenido|texto|texte|matéria|artigo|información|bericht|tekst|artykuł|článek)\b
      (?P<between>.{{0,140}}?)(?P<who>{NAME}.{{0,120}})""",
    re.IGNORECASE | re.VERBOSE,
)
_ORIGIN = re.compile(
    r"provided|produced|supplied|published|written|distributed|syndicated|generated|taken|adapted|übernommen|stammt|"
    r"erstellt|veröffentlich|automatisier|publié|rédigé|fourni|produit|publicad|elaborad|escrit|produzid|proporcionad|"
    r"pubblicat|scritt|realizzat|afkomstig|overgenomen|geschreven|pochodzi|převzat",
    re.IGNORECASE,
)
_DISCLAIMED = re.compile(
    r"\b(?:not (?:been )?(?:involved|produced|created|responsible|written)|nicht verantwortlich)\b",
    re.IGNORECASE,
)
# "avec AFP", a line of its own.
_WITH_ALONE = re.compile(
    rf"\W*(?:avec|mit|with|con|com|met|med|z|s|med|me|με|с)\s{_THE}{NAME}(?:\W+(?:(?:and|et|und|y|e|i)\s)?{NAME})*\W*",
    re.IGNORECASE,
)
# Reuters ends its reports so, and nobody else does: reporters, editors, all by name.
_PERSON = r"[A-ZÀ-Þ][^();]{2,160}"
_REUTERS_CLOSING = re.compile(
    rf"(?:^|\()\W{{0,20}}+(?:Additional\s)?Reporting\sby\s{_PERSON}(?:[;,.]|\sand\s)[^()]{{0,200}}?\b[Ee]diting\sby\s[A-Z][^()]{{2,100}}|"
    rf"\((?:[Rr]eport(?:e|es|aje)|[Ii]nformación|[Ee]scrito)\s(?:de|por)\s{_PERSON}[;,.][^()]{{0,160}}?[Ee]dit(?:ado|ada|ando|ó)\b"
    rf"[^()]{{0,30}}\spor\s[^()]{{3,80}}\)|"
    rf"\((?:Reportagem\sde|Por)\s{_PERSON}[;,.]\s?[^()]{{0,120}}?[Ee]di(?:ção|tado)\b[^()]{{3,80}}\)|"
    rf"\([^()]{{3,200}},\sédité\spar\s[^()]{{3,80}}\)|"
    rf"\((?:[Bb]ericht|[Rr]eporter?|[Gg]eschrieben|[Bb]üro)\w*\s(?:von\s)?{_PERSON}[;,.]\s?[^()]{{0,120}}?redigiert\svon\s[^()]{{3,120}}\)"
)
# "© 2023 AFP", "Copyright ANSA", "© dpa-infocom": a year, or the word, says author; "© AFP" alone is a photograph's.
_COPYRIGHT = re.compile(
    rf"(?:(?:©|\(c\)|copyright|&copy;)[\s:©]*(?:by\s)?(?:19|20)\d\d\s?[-–,:]?\s?(?:by\s|the\s)?|"
    rf"copyright\s(?:©\s)?(?:by\s|the\s)?"
    rf"|(?:©|\(c\))\s?(?=dpa-(?:infocom|AFX)|Keystone-SDA|Keystone-ATS)|©\s?(?={NAME}\s(?:19|20)\d\d\b))"
    rf"(?P<who>{NAME}(?:\s?/\s?{NAME})*)",
    re.IGNORECASE,
)
# "© KNA. Alle Rechte vorbehalten.", "Tous droits réservés. © AFP": rights in the text, not in a photograph.
_RIGHTS = (
    r"(?:all rights|alle rechte|tous droits|todos (?:los derechos|os direitos)|riproduzione|tutti i diritti|"
    r"está expresamente|queda prohibid|prohibida|wszelkie prawa|все права|reproducción)"
)
_RESERVED = re.compile(
    rf"^\W*©\s?(?P<who>{NAME})[\s.,–-]+{_RIGHTS}|^\W*{_RIGHTS}\b[^©]{{0,80}}©\s?(?P<last>{NAME})\W*(?:\d{{4}})?\W*$",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\W*به (?:گزارش|نقل از)\s(?P<who>[^،,.:؛\n]{2,70})")
# Sites that print notices for all their sources: the rights of three or more, or "articles:" or "content".
_FOOTER = re.compile(
    r"\b(?:content|articles?:|materials?|inhalte|contenidos|contenus|сайт\w*|fotobank\w*)\b", re.IGNORECASE
)
# How far the notice of AP's own rights runs on after the name.
LONGEST_NOTICE = 320


def phrased(line: str, *, at_edge: bool = True) -> list[str]:
    """The agencies that a phrase of shared work names; in a long paragraph such a phrase is its last sentence.

    `at_edge` says that the line stands before or after the narrative, where "this article" is the one read.

    >>> phrased("With files from The Canadian Press"), phrased("She told AFP that it was done.")
    (['CP'], [])
    """
    line = line[-LONGEST_PHRASE:]
    ids: list[str] = []
    # Most lines name nobody, and the search for a name takes a tenth of that for a phrase.
    if any(find(line)):
        named = (found.id for words in _phrases(line, at_edge=at_edge) for found in find(words))
        ids += [one for one in named if not BY_ID[one].photo_only]
    if _REUTERS_CLOSING.search(line):
        ids.append("Reuters")
    return list(dict.fromkeys(ids))


def opened(paragraph: str) -> list[str]:
    """The agencies with which a Persian report begins ("به گزارش ایسنا، …"): its form of a dateline.

    In other languages "according to" says who was heard.
    """
    opening = _OPENING.match(paragraph)
    return list(dict.fromkeys(found.id for found in find(opening["who"]))) if opening else []


def _phrases(line: str, *, at_edge: bool) -> list[str]:
    said = [match["who"] for pattern in (_WITH, _COMPILED, _WRITER) for match in pattern.finditer(line)]
    said += [one for match in _INPUTS.finditer(line) for one in match.groups() if one]
    contributed = _CONTRIBUTED.search(line, 2)
    if contributed:
        said.append(re.split(r"[.!?]", line[max(0, contributed.start() - LONGEST_WHO) : contributed.start()])[-1])
    if _WITH_ALONE.fullmatch(line):
        said.append(line)
    made = _MADE.match(line) if at_edge else None
    if made and not _DISCLAIMED.search(line) and (_ORIGIN.search(line) or "feed" in line.lower()):
        said.append(made["who"])
    return said


def copyrighted(line: str) -> list[str]:
    """The agencies that a copyright line names as the text's authors; notices of a whole site name none."""
    if len(line) > LONGEST_NOTICE or not ("©" in line or "(c)" in line.lower() or "copy" in line.lower()):
        return []
    if len({found.id for found in find(line)}) > SITES_SOURCES:
        return []
    copyright_ = _COPYRIGHT.search(line) or _RESERVED.search(line)
    if not copyright_ or _FOOTER.search(line[: copyright_.end()]):
        return []
    named = (found.id for words in copyright_.groups() if words for found in find(words, any_case=True))
    return list(dict.fromkeys(one for one in named if not BY_ID[one].photo_only))
