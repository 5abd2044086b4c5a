"""Invented wire texts, and what editors do to them."""
# ruff: noqa: E501 - paragraphs of newspapers are longer than lines of code

from datetime import UTC, datetime, timedelta

from newswire.article import Article, Credit, Mention
from newswire.decision import Decision
from newswire.sameness.comparable import Comparable, comparable
from newswire.sameness.match import decide
from newswire.sameness.shortlist import Candidate, shortlist
from newswire.story import Story, fold

NOW = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)

FERRY = """The ferry Maren Holt ran aground off the island of Lyrsund on Tuesday with 214 people on board, the coast guard said.
Three lifeboats and two helicopters brought 187 passengers to the harbour of Eskvik before nightfall, and the remaining 27 crew stayed behind to pump water from the engine room.
Captain Ingrid Solberg told reporters on the quay that the steering had failed about 40 minutes after the ship left port.
"There was a loud bang and then she would not turn any more, whatever we did on the bridge," Solberg said.
Nine people were treated for bruises at the hospital in Tarnes, where a doctor, Petter Aune, described their condition as good.
The ship, built in 1998 and rebuilt in 2019, belongs to the Kvitøy Line, which has carried 1.2 million passengers a year between the islands.
The accident board in Bergholm opened an inquiry and asked the company for the maintenance records of the past 18 months.
Services between Eskvik and Lyrsund are suspended until Friday, and the company has chartered the smaller Anna Brekke in its place."""

FERRY_ES = """El transbordador Maren Holt encalló el martes frente a la isla de Lyrsund con 214 personas a bordo, informó la guardia costera.
Tres botes salvavidas y dos helicópteros llevaron a 187 pasajeros al puerto de Eskvik antes del anochecer, y los 27 tripulantes restantes se quedaron para bombear agua de la sala de máquinas.
La capitana Ingrid Solberg dijo a los periodistas en el muelle que el timón había fallado unos 40 minutos después de que el barco zarpara.
"Hubo un fuerte golpe y luego ya no giraba, hiciéramos lo que hiciéramos en el puente", dijo Solberg.
Nueve personas fueron atendidas por contusiones en el hospital de Tarnes, donde un médico, Petter Aune, calificó su estado de bueno.
El barco, construido en 1998 y reformado en 2019, pertenece a Kvitøy Line, que ha transportado 1,2 millones de pasajeros al año entre las islas.
La junta de accidentes de Bergholm abrió una investigación y pidió a la compañía los registros de mantenimiento de los últimos 18 meses.
Los servicios entre Eskvik y Lyrsund están suspendidos hasta el viernes, y la compañía ha fletado el Anna Brekke, más pequeño, en su lugar."""

FERRY_RU = """Паром «Марен Хольт» во вторник сел на мель у острова Люрсунд, на борту было 214 человек, сообщила береговая охрана.
Три спасательные шлюпки и два вертолёта доставили 187 пассажиров в порт Эсквик до наступления темноты, а остальные 27 членов экипажа остались откачивать воду из машинного отделения.
Капитан Ингрид Сольберг сказала журналистам на набережной, что рулевое управление отказало примерно через 40 минут после выхода судна из порта.
«Раздался громкий удар, и больше оно не поворачивало, что бы мы ни делали на мостике», – сказала Сольберг.
Девять человек лечились от ушибов в больнице Тарнеса, где врач Петтер Ауне назвал их состояние хорошим.
Судно, построенное в 1998 году и перестроенное в 2019-м, принадлежит компании «Квитёй Лайн», которая перевозит между островами 1,2 млн пассажиров в год.
Комиссия по авариям в Бергхольме начала расследование и запросила у компании журналы обслуживания за последние 18 месяцев.
Движение между Эсквиком и Люрсундом приостановлено до пятницы, и компания зафрахтовала вместо парома меньшее судно «Анна Брекке»."""

FERRY_AR = """جنحت العبارة مارين هولت يوم الثلاثاء قبالة جزيرة ليرسوند وعلى متنها 214 شخصا، حسبما قال خفر السواحل.
ونقلت ثلاثة قوارب نجاة ومروحيتان 187 راكبا إلى ميناء إسكفيك قبل حلول الليل، وبقي أفراد الطاقم الـ27 الآخرون لضخ المياه من غرفة المحركات.
وقالت القبطان إنغريد سولبرغ للصحفيين على الرصيف إن جهاز التوجيه تعطل بعد نحو 40 دقيقة من مغادرة السفينة الميناء.
وقالت سولبرغ "سمعنا دويا عاليا ثم لم تعد تستدير مهما فعلنا على الجسر".
وعولج تسعة أشخاص من كدمات في مستشفى تارنيس، حيث وصف الطبيب بيتر أوني حالتهم بأنها جيدة.
والسفينة التي بنيت عام 1998 وأعيد بناؤها عام 2019 مملوكة لشركة كفيتوي لاين التي نقلت 1.2 مليون راكب سنويا بين الجزر.
وفتحت هيئة الحوادث في بيرغهولم تحقيقا وطلبت من الشركة سجلات الصيانة للأشهر الـ18 الماضية.
وستتوقف الخدمات بين إسكفيك وليرسوند حتى يوم الجمعة، واستأجرت الشركة بدلا منها السفينة الأصغر آنا بريكه."""

FERRY_REWORDED = """The ferry Maren Holt stranded on Tuesday before the island Lyrsund with 214 persons aboard, informed the coastguard.
Three rescue boats and two helicopters took 187 passengers into the port of Eskvik before dark, while the other 27 crew members remained to pump the water out of the engine room.
The captain Ingrid Solberg said to journalists at the quay that the steering failed some 40 minutes after the vessel left the port.
"It gave a strong blow and then it did not turn anymore, no matter what we did at the bridge," said Solberg.
Nine persons were attended for bruises in the hospital of Tarnes, where a physician, Petter Aune, qualified their condition as good.
The vessel, constructed in 1998 and renovated in 2019, belongs to Kvitøy Line, which transported 1.2 million passengers per year between the islands.
The accident board of Bergholm opened an investigation and requested from the company the maintenance records of the last 18 months.
The services between Eskvik and Lyrsund stay suspended until Friday, and the company chartered the smaller Anna Brekke instead."""

RIVAL = """More than 200 people were rescued from a passenger ship that hit rocks near Lyrsund, in the worst incident on the route in a decade.
Holidaymakers wrapped in blankets walked down the gangway in Eskvik, some in tears, after hours in the cold.
"There was a loud bang and then she would not turn any more, whatever we did on the bridge," captain Ingrid Solberg said.
Engineers were studying whether the hull of the Maren Holt could be sealed before a storm forecast for the weekend.
Opposition politicians asked why the ageing fleet had not been replaced, as promised in the transport plan of 2027.
The minister, Tove Lind, cut short a visit abroad and said she would meet the owners on Thursday."""

FOLLOW_UP = """Divers found a broken rudder shaft under the ferry Maren Holt, the accident board said on Thursday, two days after the ship ran aground.
Investigators lifted the part with a crane barge and sent it to a laboratory in Oststad, the board's head Runa Vik told a news conference.
Insurers put the cost of the salvage at 6 million crowns, and tugs are to pull the hull free at the next spring tide.
Fishermen from Tarnes have laid a boom against the oil that leaks from a cracked tank.
The ship, built in 1998 and rebuilt in 2019, belongs to the Kvitøy Line, which has carried 1.2 million passengers a year between the islands."""

MATCH = """{home} beat {away} {score} on Sunday thanks to a late goal by {scorer} in the {minute}th minute and moved to within a point of the promotion places with six rounds left in the season.
The side coached by {coach} controlled the first half but ran again and again into {keeper}, who was the best of the visitors and saved a header from close range in the {saved}th minute.
After the break the visitors took a step forward and could have gone ahead when a shot by {striker} hit the bar.
The match of the thirtieth round was played before {crowd} spectators."""

NORTH = MATCH.format(
    home="Eskvik", away="Tarnes", score="1-0", scorer="Dahl", minute=92, coach="Moen", keeper="Lunde", saved=34,
    striker="Haugen", crowd="7,843",
)  # fmt: skip
SOUTH = MATCH.format(
    home="Oststad", away="Bergholm", score="2-1", scorer="Ferro", minute=78, coach="Ruiz", keeper="Valli", saved=12,
    striker="Costa", crowd="4,120",
)  # fmt: skip

HARVEST = """Growers in the Aldana valley expect 340,000 tonnes of pears this year, a tenth more than last season, their association said on Monday.
President Lucia Farnese credited a mild April and new nets against hail for the crop, which will be picked from 20 August.
Prices are likely to fall under 60 cents a kilo, and the association wants the ministry in Porto Vero to buy 15,000 tonnes for schools.
Pickers are scarce: the valley needs 8,200 of them, and only 5,700 had signed on by the weekend."""

FURNITURE_ABOVE = "Listen to this article\n"
FURNITURE_BELOW = "\n(With information from EFE)\nKeep reading:\nThree museums to see this summer"

TEXTS: dict[str, Comparable] = {}  # of the printings made, by their ids


def an_article(
    text: str, *, publisher: str = "morning.example", hours: float = 0, agency: str = "", **more: str
) -> Article:
    """A printing, `hours` after the first."""
    seen = NOW + timedelta(hours=hours)
    values = {"id": f"{publisher}/{hours}", "url": f"https://{publisher}/{hours}", "language": "en", "title": ""} | more
    credit = Credit(text=(Mention(agency=agency, evidence=agency, where="byline"),) if agency else ())
    article = Article(publisher=publisher, text=text, first_seen=seen, fetched=seen, credit=credit, **values)
    TEXTS[article.id] = comparable(article)
    return article


def a_story(article: Article) -> Story:
    """The story that this printing begins."""
    return fold({}, article, decide(article, shortlist(article, (), article.first_seen), {}, article.first_seen))


def against(article: Article, *stories: Story, exact: int = 0) -> Decision:
    """What the article is, to stories that the index would have found."""
    found = [Candidate(story=story, exact=exact, shingles=9, anchors=9.0) for story in stories]
    return decide(article, shortlist(article, found, article.first_seen), TEXTS, article.first_seen)


def cut(text: str, paragraphs: int) -> str:
    """The first paragraphs."""
    return "\n".join(text.split("\n")[:paragraphs])
