"""The words by which a photo credit and a line that leads to another article are known, in the main languages.

Written for the bench alone: the service has lists of its own (newswire.furniture), and is not judged by them.
"""

import re

_PHOTO = (
    r"(?:photos?|photographs?|photograph(?:er|y)|pics?|pictures?|images?|fotos?|fotograf\w*|(?:\w+)?bild(?:er|quelle)?"
    r"|imagen|imagem|immagine|cr[eé]dits?|cr[eé]ditos?|фото|zdj(?:ęcie|\.)|fot\.|kuva|foto[- ]?quelle|φωτο(?:γραφία)?"
    r"|写真|(?:新[闻聞])?[图圖]片(?:[来來]源)?|[图圖][说說]|사진|صورة)"
)
_HOUSES = (
    r"(?:getty(?:\ images)?|shutterstock|i?stock(?:photo)?|imago|picture[- ]alliance|alamy|unsplash|pixabay|corbis"
    r"|scanpix|ap\ photo|afp\ photo|afp/\w+|reuters/\w+|epa[-/]\w+|dpa/\w+|ap/\w+|keystone/\w+|zuma|pexels|wireimage)"
)
PHOTO_CREDIT = re.compile(
    rf"\W*(?!photos|pictures|images|bilder){_PHOTO}(?:\s\w+){{0,2}}\s*[:：/©|].{{2,}}"
    rf"|.*[(\[]\s*{_PHOTO}\s*(?:by|par|de|di|von|via|:|：|/|©|\||–|-|courtesy).{{2,80}}[)\]]\W*"
    rf"|.*[(\[][^()]{{0,80}}\b{_HOUSES}\b[^()]{{0,40}}[)\]]\W*"
    rf"|(?:.*[.!?]\s|\W*)(?:\S+\s){{0,4}}?[^.]{{0,40}}\b{_HOUSES}\W*"
    rf"|.*\b(?:via|by|par|von)\s{_HOUSES}\W*",
    re.IGNORECASE,
)

# As a site begins a line that leads to another article; looked at in short lines only.
LEADS_AWAY = re.compile(
    r"""\W*(?:
  (?:also\s)?read\s(?:more|also|next|the\sfull|our)\b | see\salso\b | related(?:\s\w+)?\s?(?::|$)
| more\s(?:on|from)\b.{0,60}$ | recommended\b.{0,40}$ | you\s(?:may|might)\s(?:also\s)?(?:like|be)\b.{0,40}$
| most\s(?:read|popular|viewed)\b.{0,30}$ | trending\b.{0,30}$ | don['’]?t\smiss\b.{0,80}$
| (?:watch|listen|video|more|also|read|gallery|photos|slideshow)\s?: | (?:follow|see|find)\s(?:\S+\s){0,3}coverage\b
| continue\sreading | up\snext
| next\sstory | lesen\ssie\b | (?:lest|lies)\s(?:auch|hier|mehr) | auch\sinteressant
| mehr\s(?:zum|dazu|infos|aus|nachrichten)\b.{0,60}$ | zum\sthema\b.{0,60}$ | siehe\sauch
| weitere\s(?:artikel|nachrichten|infos|themen)\b.{0,60}$ | das\skönnte\s(?:sie|dich|euch) | empfehlung\sder
| (?:passend|lesetipp)\b.{0,60}$ | meistgelesen | (?:à\s)?lire\s(?:aussi|également|la\ssuite|plus) | à\slire\b
| (?:à\s)?voir\saussi | sur\sle\smême\s(?:sujet|thème) | les\splus\s(?:lus|populaires) | vous\saimerez
| (?:lea?|leer|lee)\s(?:también|más|además)\b | (?:te|le|os)\s(?:puede|podría)\sinteresar
| más\s(?:información|noticias|en)\b.{0,60}$ | sigu?[ea]\sleyendo | no\ste\spierdas
| (?:noticias|notas|artículos)\srelacionad | (?:ver|mira|vea)\stambién | lo\smás\s(?:leído|visto)
| te\srecomendamos | leggi\s(?:anche|tutto|di\spiù|pure) | (?:ti\s)?potrebbe(?:ro)?\sinteressar
| guarda\s(?:anche|il\svideo) | (?:per\sapprofondire|articoli\scorrelati|notizie\scorrelate)
| le[ir]a\s(?:também|mais|ainda) | veja\s(?:também|mais) | saiba\smais | lees\s(?:ook|meer|verder) | bekijk\sook
| (?:czytaj|zobacz|przeczytaj)\s(?:też|także|również|więcej) | polecamy | читайте\s(?:также|ещ|подробн)
| смотрите\sтакже | (?:материалы\s)?по\sтеме\b.{0,60}$ | διαβάστε\b.{0,120}$ | δείτε\b.{0,80}$ | σχετικά\sάρθρα
| ilgili\shaber | bunlar\sda | l[æä]s\s(?:også|också|mere?) | les\s(?:også|mer) | lue\s(?:myös|lisää) | čtěte\s
| přečtěte | citește\sși | citiți\sși | 相[关關](?:阅读|新闻|新聞|报道|報導|链接|專題|专题) | 延伸[阅閱][读讀]
| 推荐阅读 | 更多(?:新闻|新聞|内容)? | 関連(?:記事|ニュース|リンク) | あわせて読みたい
| 続きを読む | 관련\s?(?:기사|뉴스) | اقرأ\s(?:أيضا|المزيد)
)""",
    re.IGNORECASE | re.VERBOSE,
)
