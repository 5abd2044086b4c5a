"""Lines that sign a text: bylines, source lines, closing initials. "eb, pap", "Quelle: dpa", "EFE | Madrid".

A line signs where it falls into parts of which one is nothing but an agency's name beside a role ("AP Auto Writer"),
and the others can be people, desks, places, papers and dates. A part that is a sentence makes it none. Chinese and
Japanese lines have no such parts, and forms of their own.
"""

import re
from collections.abc import Iterator

from newswire.agencies import BY_ID, NAME, Found, agency_of_site, find
from newswire.furniture import is_caption

# A byline names people and agencies; what is longer holds a biography, which names former employers.
LONGEST_BYLINE = 140
# The longest closing line read had 70 characters: "Newsroom, with information from" and two agencies.
LONGEST_SIGNATURE = 90
# What a part other than the agency's may be: a person, a desk, a paper, a place.
LONGEST_PART = 6
# A part of one word so short may be a person's or a desk's initials, in whatever case.
LONGEST_INITIALS = 5
# An author that a page names as data in so few small letters is a journalist, or a user: "sta", "sid".
INITIALS = 4
# Words in small letters that are no part of a name, of which a line may have one: "Von unserer Redaktion und dpa".
STRANGE_WORDS = 1

# What stands before who wrote it, with or without a colon.
_LABEL = re.compile(
    r"""\W*(?:(?:
      by|from|via|written\ by|reported\ by|posted\ by|published\ by|edited\ by|text\ by|story\ by|sources?
    | von|vom|quellen?|text|mit|par|auteur|texte|avec|por|vía|fuentes?|texto|tomado\ de|con|autor|di|da|do|fonti?
    | fontes?
    | autore|testo|com|de|door|bron|bronnen|tekst|met|av|af|källa|kilde|lähde|teksti|med|od|z|za
    | źródł[oa](?:\ informacji)?|źr|oprac|opr|na\ podst(?:awie)?|zdroj|forrás|sursa|surse|izvor|vir|šaltinis|avots
    | allikas|източник|автор|источник
    | по\ материалам|по\ сообщению|джерело|за\ матеріалами|πηγή|πηγές|συντάκτης|του|από|kaynak|haber|muhabir|giriş
    | editör|theo|nguồn|sumber|oleh|المصدر|مصدر|منبع|출처|מקור
    )(?:\b[\s.:：*]+|[:：]))++""",
    re.IGNORECASE | re.VERBOSE,
)
# Between the parts of a signature: "eb, pap", "sak/Reuters", "F. Barillà - ANSA", "det/dpa", "FR mit dpa".
_PARTS = re.compile(
    r"\s*[/,|;+&()\[\]•·،、（）\u3000]\s*|\s[–—-]\s|^[–—-]\s?|\s(?:and|y|et|und|e|i|och|og|ja|en|a|και|и|та|ve|و|mit|avec|"
    r"with|con|com|met|med|de|from|via|von|par|por|by|of|in|di|da|z|za|à|bei|για)\s|:\s",
    re.IGNORECASE,
)
# The time beside a byline: "PTI Jan 16, 2012", "ΑΠΕ 16/11/11-12:15".
_STAMP = re.compile(r"\s(?:[^\W\d_]{3,9}\.?\s)?\d.*$")
# "avec AFP Publié aujourd'hui à 9 h": what follows is no name.
_SINCE = re.compile(
    r"\s(?:publi(?:é|shed|cad|cat|sh|ce)\w*|posted|updated?|mis\sà\sjour|actuali[sz]\w+|aktuali[sz]\w+|atualizad\w+"
    r"|veröffentlicht|erschienen|stand:|pubblicat\w+|aggiornat\w+|opublikowan\w+|zaktualizowan\w+|gepubliceerd|geplaatst"
    r"|bijgewerkt|publicerad|uppdaterad|publisert|oppdatert|udgivet|opdateret|julkaistu|päivitetty|опубликован\w+"
    r"|обновлен\w+|δημοσιεύ\w+|yayın\w+|güncelle\w+)\b.*$",
    re.IGNORECASE,
)
# Beside the agency's name in its part.
_ROLE = frozenset(
    """the staff reporter reporters writer writers correspondent correspondents editor editors journalist journalists
    business auto sports sport technology medical political entertainment economics religion science national foreign
    washington news agency wire wires newswire newswires service services report reports feed world international
    newsroom desk team bureau chief our own special and via
    redaktion redakteur redakteure nachrichtenagentur agentur agenturen korrespondent korrespondentin unserer unser
    agence agences rédaction journaliste la le l les agencia agencias redacción noticias el agenzia agenzie redazione
    agência agências redação notícias redactie persbureau agencja agencji serwis redakcja tv agentura agentúra
    ajansı haber merkezi ajanslar информационное агентство агентство корр корреспондент πρακτορείο fim inf
    with mit avec con com med and et y und e
    at on by por par von od gmbh иа hour hours ago min mins minute minutes read day days heure heures hace horas minutos
    lectura vor stunden stunde minuten tagen uur fa ore minuti há hace temu godzin saat önce dakika
    uten siden byrå redaksjonen redaktionen toimitus خبرگزاری وكالة وكالات
    oprac opr red bearb bearbeitet adapt adapté trad traduction traducción tłum mat ed edited
    publié publiée publicado publicada veröffentlicht published updated posted actualizado atualizado aggiornato
    pubblicato opublikowano oluşturulma güncelleme am um uhr em às le à il alle ore dated ist est gmt""".split()  # noqa: SIM905 - a list of words
)
_JOBS = frozenset(["writer", "reporter", "correspondent", "editor", "writers", "reporters", "korrespondent"])
# Where a page or a feed names its author as data.
_DATA = frozenset(["meta", "jsonld", "feed"])
# The agencies that papers of their languages print in small letters: "eb, pap", "ats/afp", "det/dpa".
_SMALL = frozenset(
    ["dpa", "sid", "dts", "epd", "kna", "apa", "sda", "ats", "awp", "afp", "ap", "pap", "iar", "efe", "anp"]
)
_MONTH = re.compile(
    r"(?:jan|feb|mar|mär|apr|avr|abr|may|mai|maj|mag|jun|jui|jul|giu|lug|aug|aoû|ago|sep|set|oct|okt|out|ott|nov|dec|dez|"
    r"déc|dic|ene|gen|fév|fev|янв|фев|апр|мая|июн|июл|авг|сен|окт|ноя|дек|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|"
    r"sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru)",
    re.IGNORECASE,
)
_PARTICLE = frozenset("de del la las los el da do dos das di du des le les van von der den of the y e i".split())  # noqa: SIM905
PHOTO_WORD = re.compile(
    r"\b(?:photo(?:s|graphs?|graph(?:er|ie))?|fotos?|fotograf\w*|bild(?:er|rechte|quelle|nachweis)?|fotó|images?|imagen|imágenes|immagini|picture|"
    r"pictures|graphic|grafik|illustration|courtesy|getty|credits?(?=\s?:)|videos?|vidéo|fot\.|фото|zdj|zdjęci[ea]|φωτο\w*|صورة|صور|عکس)\b|\bfot\.|[摄攝](?:影|$|[）)】])|"
    r"图片|圖片|资料图|新[华華]社[发發](?!布)|[图圖]\s?[/／:：自]|[/／][图圖]|写真|사진",
    re.IGNORECASE,
)
_CJK_NAME = rf"(?:{NAME})"
_CJK_SOURCE = re.compile(
    rf"(?<![图圖片])(?:来源|來源|稿源|出处|出處|转载自|轉載自|提供元?|配信元?|出典)[）)]?\s*[:：]?\s*(?P<who>{_CJK_NAME})"
)
_CJK_STAMPED = re.compile(
    rf"\d{{4}}\s?[年./-]\s?\d\d?\s?[月./-]\s?\d\d?日?\s*(?:\d\d?[:：]\d\d(?:[:：]\d\d)?)?\s*(?P<who>{_CJK_NAME})"
    rf"|^\W*(?P<first>{_CJK_NAME})\s*\d{{4}}\s?[年./-]\s?\d\d?"
)
_CJK_WHOLE = re.compile(
    rf"[^\w]*(?:本[报報台]|[综綜]合|据|據|转自|轉自|外[电電])*(?P<who>{_CJK_NAME}(?:[、，,/／・ ]*{_CJK_NAME})*)"
    rf"(?:[电電讯訊报報道導综綜合消息]*|[记記]者[ \u3000]?[^\W\d]{{0,12}}(?:\d\d?日[电電])?"
    rf"|[^\W\d_]{{2,4}}\d\d?日[电電])[^\w]*"
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SPELLED = re.compile(NAME, re.IGNORECASE)
# Stands for a name while a line is split.
_PRIVATE = 0xE000
# A caption that ends in "(Reuters/Ann Lee)", in whatever brackets; "(Con información de EFE/AFP)" is shorter.
_SHOT = re.compile(r"[^()]{25}\(+[^()]*/[^()]*\)+\W*$")
_WRAPPED = re.compile(r"\W*[(/\[（【]")
# Before the text "Quelle: dpa" is the picture's (zdf.de), after it the text's; "Source:" and 来源 are the text's.
_PHOTO_SOURCE = re.compile(r"\W*(?:quellen?|źródło)\s?:", re.IGNORECASE)
# A heading over a list of articles: "More from Reuters".
_LIST = re.compile(
    r"""\W*(?:more|latest|most|top|all|follow|see|read|also|related|mehr|weitere|alle|neueste|más|últim[ao]s|todas|ver|plus
      |tout\w*|voir|altr[eio]|tutt[eio]|mais|więcej|wszystkie|ещ[её]|все|читайте)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,10}(?:/\S*)?", re.IGNORECASE)


def signed(line: str, where: str) -> list[str]:
    """The agencies that a line of its own names as the text's authors; `where` as in article.Mention, or "".

    >>> signed("sak/Reuters", "trailing"), signed("Quelle: sid/dpa", ""), signed("Reuters wins a prize", "lead")
    (['Reuters'], ['SID', 'dpa'], [])
    """
    limit = LONGEST_SIGNATURE if where in ("trailing", "lead", "") else LONGEST_BYLINE
    if not line or len(line) > limit or (line.strip() == "AA" and where not in _DATA):
        return []
    named = {found.id for found in find(line, any_case=True)}  # "Allentown, PA": the line says more than its parts
    if not (named or _HOST.search(line)) or _LIST.match(line) or _is_of_a_photograph(line, where):
        return []
    if _CJK.search(line):
        return _of_cjk(line)
    label = _LABEL.match(line)
    rest = _SINCE.sub("", line[label.end() :] if label else line)
    parts = _split(rest)
    if not _is_list(parts, STRANGE_WORDS if label or where in _DATA else 0):
        return []
    # "(©NTB)", "/ritzau/", "Sumber: Antara": such a line can be nothing else.
    marked = bool(_WRAPPED.match(line) or (label and ":" in label.group()))
    ids: list[str] = []
    for part in parts:
        words = _STAMP.sub("", part) if where in ("byline", "lead", "meta") else part
        # Initials of people and desks are written small or in capitals; "Ani", "Sid" and "Efe" are first names. A word
        # in small letters alone is a tag ("aap"); "AA" alone sets the size of a page's letters.
        few = len(words.strip()) <= INITIALS and words.strip() not in _SMALL
        beside = len(parts) > 1 or bool(label) or (where in _DATA and len(words) > INITIALS)
        any_case = words.isupper() or (words.islower() and beside and not few)
        labelled = bool(label) or where in _DATA
        found = _of_part(words, any_case=any_case or marked, marked=marked, labelled=labelled)
        ids += [one for one in found if one in named]
        if label and _HOST.fullmatch(words.strip()):
            ids += filter(None, [agency_of_site(words.strip())])
    return list(dict.fromkeys(ids))


def _is_of_a_photograph(line: str, where: str) -> bool:
    return bool(
        PHOTO_WORD.search(line)
        or (where in ("byline", "lead") and _PHOTO_SOURCE.match(line))
        or (where != "meta" and (is_caption(line) or _SHOT.search(line)))  # "Ann Lee/AFP": a photographer
    )


def _split(line: str) -> list[str]:
    """The parts of a line; names of several words ("Press Trust of India") stay whole."""
    names = list(dict.fromkeys(found for found in _SPELLED.findall(line) if re.search(r"[\s/-]", found)))
    for number, name in enumerate(names):
        line = line.replace(name, chr(_PRIVATE + number))
    parts = [part for part in _PARTS.split(line) if part and part.strip(" .*-–—")]
    for number, name in enumerate(names):
        parts = [part.replace(chr(_PRIVATE + number), name) for part in parts]
    return parts


def _is_list(parts: list[str], strange_allowed: int) -> bool:
    """Whether the parts can be people, desks, places, papers and dates: none is a sentence."""
    strange = 0
    for part in parts:
        words = [
            word
            for word in re.findall(r"[^\W_]+(?:['’.][^\W_]+)*", _HOST.sub("", part))
            if not any(map(str.isdigit, word))
        ]
        if len(words) > LONGEST_PART:
            return False
        if len(words) == 1 and len(words[0]) <= LONGEST_INITIALS:
            continue
        names = list(find(part, any_case=True)) if any(word.islower() for word in words) else []
        strange += sum(
            word.islower() and word not in _ROLE and word not in _PARTICLE and not _MONTH.match(word)
            for word in words
            if not any(word in part[found.start : found.end] for found in names)
        )
    return strange <= strange_allowed


def _of_part(part: str, *, any_case: bool, marked: bool, labelled: bool) -> Iterator[str]:
    """The agencies of a part that is nothing but names, joined, and roles beside them."""
    names = [found for found in find(part, any_case=any_case) if not BY_ID[found.id].photo_only]
    if not names:
        return
    rest = _without(part, names)
    if rest.strip("-–—/ .,:'’\"“”«»*©") and not _are_roles(rest, part, names, labelled=labelled):
        return
    if "©" in rest and not marked:
        return  # "© AFP" is a photograph's
    yield from (found.id for found in names)


def _without(part: str, names: list[Found]) -> str:
    for found in reversed(names):
        part = f"{part[: found.start]} {part[found.end :]}"
    return part


def _are_roles(rest: str, part: str, names: list[Found], *, labelled: bool) -> bool:
    words = re.findall(r"[^\W\d_]+", rest)
    if all(word.lower() in _ROLE for word in words):
        return not (len(words) > 4 or "©" in rest)
    after = re.findall(r"[^\W\d_]+", part[names[-1].end :])
    if after and after[-1].lower() in _JOBS and len(words) <= LONGEST_PART and all(word[0].isupper() for word in words):
        return True  # "AP Baseball Writer", "Ann Lee AP Congressional Correspondent"
    # "By ANN LEE Associated Press", "Redazione ANSA ROMA": a person before, or a town after, in a line with a label.
    spelled = any(" " in part[found.start : found.end] for found in names)
    return (
        labelled
        and (spelled or words[0].lower() in _ROLE)
        and len(words) <= 3
        and all(word[0].isupper() or word.lower() in _ROLE for word in words)
    )


def _of_cjk(line: str) -> list[str]:
    who = [match["who"] for match in _CJK_SOURCE.finditer(line)]
    who += [match["who"] or match["first"] for match in _CJK_STAMPED.finditer(line)]
    whole = _CJK_WHOLE.fullmatch(line)
    who += [whole["who"]] if whole else []
    return list(
        dict.fromkeys(
            found.id for words in who for found in find(words, any_case=True) if not BY_ID[found.id].photo_only
        )
    )
