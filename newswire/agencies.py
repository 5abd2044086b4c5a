"""The news agencies: who they are and how newspapers print their names.

A name is no credit: the position of a name decides what it says (newswire.credit). This file only knows names. Forms
stand as they are printed; initials are matched with their case in running text, and without it where a whole line can
be nothing but a credit ("pap", "REUTERS").
"""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct


class Agency(Struct, frozen=True):
    """One agency."""

    id: str
    name: str
    forms: tuple[str, ...]  # as printed, in every script
    languages: str  # ISO 639-1, space-separated: in what it writes, the first being its own
    source: str  # what the row's forms were taken from
    false_friends: tuple[str, ...] = ()  # regular expressions: a name inside such a match is not the agency
    photo_only: bool = False


_SITE = "the agency's own site and style"
_PAPERS = "printed so by newspapers of its country"
_FOREIGN = "printed so by newspapers abroad"

AGENCIES: tuple[Agency, ...] = (
    Agency(
        "AFP",
        "Agence France-Presse",
        (
            "AFP",
            "Agence France-Presse",
            "Agence France Presse",
            "法新社",
            "فرانس برس",
            "Франс Пресс",
            "Франс-Пресс",
            "أ ف ب",
        ),
        "fr en es de pt ar zh",
        _SITE,
        (
            # Pension funds in Chile and Peru, toys made by a German firm's sound-alike, the Philippine forces.
            r"\b(?:[Ll]as|[Uu]na|[Ll]os|[Ss]u|[Rr]etiros?(?: de)?|[Ff]ondos?(?: de)?) AFPs?\b",
            r"\bAFP (?:Integra|Prima|Profuturo|H[aá]bitat|Provida|ProVida|Capital|Cuprum|Modelo|PlanVital|Uno)\b",
            r"\bArmed Forces of the Philippines \(AFP\)|\bAFP (?:chief|spokesman|spokesperson|troops|headquarters)\b",
            r"\bAmericans for Prosperity \(AFP\)|\bAustralian Federal Police \(AFP\)",
            r"\b[Tt]he AFP\b|\bAFP (?:officers?|commissioner)",
        ),
    ),
    Agency(
        "AP",
        "The Associated Press",
        (
            "AP",
            "A.P.",
            "Associated Press",
            "The Associated Press",
            "美联社",
            "美聯社",
            "AP通信",
            "أسوشيتد برس",
            "Ассошиэйтед Пресс",
            "Ассошиэйтед пресс",
        ),
        "en es fr",
        _SITE,
        (
            r"\bAP (?:class|classes|courses?|exams?|[Ss]tylebook|[Tt]op 25|[Pp]oll|calculus|history|biology)\b",
            r"\bA\$AP\b|\bAP-\d|\bA\.P\. M[oø]ller\b|\b[A-Z]\.\s?A\.P\.",
        ),
    ),
    Agency(
        "Reuters",
        "Reuters",
        ("Reuters", "Thomson Reuters", "路透社", "路透", "Рейтер", "Рейтерс", "Reuter", "رويترز", "ロイター", "로이터"),
        "en es fr de it pt ar zh ja ru",
        _SITE,
        (
            r"\bReuters? ?(?:[Ss]tra(?:ß|ss)e|Institute|Foundation)\b",
            r"\bFritz Reuter\b",
            r"\bThomson Reuters (?:Foundation|Corp)",
        ),
    ),
    Agency(
        "EFE",
        "Agencia EFE",
        ("EFE", "Efe", "Agencia EFE", "Agencia Efe", "EFE-EPA", "EFE/EPA", "EFEverde"),
        "es en pt ar ca gl",
        _SITE,
        (r"\bEfe (?=[A-ZÁÉİÖÜÇŞĞ][\wáéíóúñçşğıöü]+)", r"(?<=[a-zçşğıöü] )Efe (?:Bey|Can)\b"),
    ),
    Agency("Europa Press", "Europa Press", ("Europa Press", "EuropaPress", "EUROPAPRESS"), "es ca", _SITE),
    Agency(
        "dpa",
        "Deutsche Presse-Agentur",
        (
            "dpa",
            "DPA",
            "Dpa",
            "dpa-infocom",
            "dpa-tmn",
            "Deutsche Presse-Agentur",
            "Deutschen Presse-Agentur",
            "Deutsche Presseagentur",
            "ДПА",
        ),
        "de en es ar",
        _SITE,
        (
            r"\bDPA[ -](?:agreement|Vertrag)\b",
            r"\bdata processing agreement \(DPA\)",
            r"\bdeferred prosecution agreement \(DPA\)",
        ),
    ),
    Agency("dpa-AFX", "dpa-AFX Wirtschaftsnachrichten", ("dpa-AFX", "DPA-AFX", "dpa/AFX"), "de en", _SITE),
    Agency("SID", "Sport-Informations-Dienst", ("SID", "Sport-Informations-Dienst"), "de", _SITE),
    Agency("dts", "dts Nachrichtenagentur", ("dts", "DTS", "dts Nachrichtenagentur"), "de", _PAPERS),
    Agency(
        "epd",
        "Evangelischer Pressedienst",
        ("epd", "epdÖ", "Evangelischer Pressedienst", "Evangelischen Pressedienst"),
        "de",
        _SITE,
    ),
    Agency(
        "KNA",
        "Katholische Nachrichten-Agentur",
        ("KNA", "Katholische Nachrichten-Agentur", "Katholischen Nachrichten-Agentur"),
        "de",
        _SITE,
    ),
    Agency(
        "APA",
        "Austria Presse Agentur",
        ("APA", "APA-OTS", "Austria Presse Agentur", "Austria Presseagentur"),
        "de",
        _SITE,
        (r"\bAPA (?:style|format)\b", r"\bAmerican Psychological Association \(APA\)"),
    ),
    Agency(
        "ATS",
        "Keystone-SDA-ATS",
        (
            "ATS",
            "SDA",
            "Keystone-SDA",
            "Keystone-ATS",
            "Keystone-SDA-ATS",
            "Agence télégraphique suisse",
            "Schweizerische Depeschenagentur",
        ),
        "fr de it",
        _SITE,
        (r"\b(?:ATS (?:officers?|sleuths|chief)|Anti[- ]Terrorist Squad \(ATS\))",),
    ),
    Agency("AWP", "AWP Finanznachrichten", ("AWP", "awp"), "de fr", _PAPERS),
    Agency("ANSA", "ANSA", ("ANSA", "Ansa", "Agenzia ANSA"), "it en es", _SITE),
    Agency("Adnkronos", "Adnkronos", ("Adnkronos", "AdnKronos"), "it", _SITE),
    Agency(
        "AGI",
        "Agenzia Giornalistica Italia",
        ("AGI", "Agenzia Italia"),
        "it",
        _SITE,
        (r"\bAGI\b(?= (?:systems?|models?|research))",),
    ),
    Agency("Askanews", "askanews", ("askanews", "Askanews"), "it", _SITE),
    Agency("LaPresse", "LaPresse", ("LaPresse",), "it", _SITE),
    Agency(
        "Xinhua",
        "Xinhua",
        ("Xinhua", "Xinhua News Agency", "新华社", "新華社", "新华网", "新華網", "Chine nouvelle", "Синьхуа", "شينخوا"),
        "zh en fr es ru ar",
        _SITE,
    ),
    Agency(
        "CNS", "China News Service", ("中新社", "中新网", "中新網", "中国新闻网", "China News Service"), "zh", _SITE
    ),
    Agency(
        "CNA-Taiwan",
        "Central News Agency",
        ("中央社", "Central News Agency"),  # never "CNA" alone: Channel NewsAsia of Singapore signs "Source: CNA"
        "zh en ja",
        _SITE,
    ),
    Agency("TASS", "TASS", ("TASS", "ТАСС", "ITAR-TASS", "ИТАР-ТАСС", "Itar-Tass"), "ru en", _SITE),
    Agency(
        "RIA Novosti",
        "RIA Novosti",
        ("RIA Novosti", "Ria Novosti", "РИА Новости", "РИА «Новости»", 'РИА "Новости"'),
        "ru en",
        _SITE,
    ),
    Agency("Interfax", "Interfax", ("Interfax", "Интерфакс"), "ru en", _SITE),
    Agency(
        "Interfax-Ukraine",
        "Interfax-Ukraine",
        ("Interfax-Ukraine", "Интерфакс-Украина", "Інтерфакс-Україна"),
        "uk ru en",
        _SITE,
    ),
    Agency("UNIAN", "UNIAN", ("UNIAN", "УНИАН", "УНІАН"), "uk ru en", _SITE),
    Agency("Ukrinform", "Ukrinform", ("Ukrinform", "Укринформ", "Укрінформ"), "uk ru en", _SITE),
    Agency("REGNUM", "REGNUM", ("REGNUM", "ИА REGNUM"), "ru", _SITE),
    Agency("BelTA", "BelTA", ("BelTA", "БЕЛТА", "БелТА", "БЕЛТА"), "ru be en", _SITE),
    Agency(
        "PA",
        "PA Media",
        ("PA", "PA Media", "Press Association", "The Press Association", "PA News Agency", "PA news agency"),
        "en",
        _SITE,
        (r"\bPalestinian Authority \(PA\)", r"\b[A-Z][a-z]+, PA\b", r"\bPA (?:system|President|officials?|leader)\b"),
    ),
    Agency(
        "AAP",
        "Australian Associated Press",
        ("AAP", "Australian Associated Press"),
        "en",
        _SITE,
        (
            r"\bAam Aadmi Party\b[^.]{0,20}\(AAP\)",
            r"\bAAP (?:leaders?|MLAs?|MPs?|chief|government|workers?|convenor|candidates?|supremo|spokesperson)\b",
            r"\bAmerican Academy of Pediatrics \(AAP\)",
        ),
    ),
    Agency("NZN", "NZ Newswire", ("NZ Newswire", "NZN"), "en", _PAPERS),
    Agency(
        "Kyodo", "Kyodo News", ("Kyodo", "Kyodo News", "共同通信", "共同社", "【共同】", "（共同）"), "ja en zh", _SITE
    ),
    Agency("Jiji", "Jiji Press", ("Jiji", "Jiji Press", "時事通信"), "ja en", _SITE),
    Agency("Belga", "Belga", ("Belga", "Agence Belga"), "nl fr en", _SITE),
    Agency(
        "ANP",
        "Algemeen Nederlands Persbureau",
        ("ANP", "Algemeen Nederlands Persbureau"),
        "nl",
        _SITE,
        (r"\bAdministración Nacional de Puertos \(ANP\)|\bAgência Nacional do Petróleo[^.]{0,40}\(ANP\)",),
    ),
    Agency("NTB", "Norsk Telegrambyrå", ("NTB",), "no", _SITE),
    Agency(
        "TT",
        "TT Nyhetsbyrån",
        ("TT", "TT Nyhetsbyrån", "TT News Agency"),
        "sv",
        _SITE,
        (r"\bAudi TT\b|\bIsle of Man TT\b|\bTT (?:race|races)\b",),
    ),
    Agency("Ritzau", "Ritzau", ("Ritzau",), "da", _SITE),
    Agency("STT", "Suomen Tietotoimisto", ("STT", "Suomen Tietotoimisto"), "fi sv", _SITE),
    Agency("Lusa", "Lusa", ("Lusa", "Agência Lusa", "Agencia Lusa"), "pt en", _SITE),
    Agency("Agência Brasil", "Agência Brasil", ("Agência Brasil", "Agencia Brasil"), "pt es en", _SITE),
    Agency("Estadão Conteúdo", "Estadão Conteúdo", ("Estadão Conteúdo", "Agência Estado"), "pt", _PAPERS),
    Agency("Folhapress", "Folhapress", ("Folhapress",), "pt", _PAPERS),
    Agency("Télam", "Télam", ("Télam", "Telam"), "es", _SITE),
    Agency("Noticias Argentinas", "Noticias Argentinas", ("Noticias Argentinas",), "es", _PAPERS),
    Agency("Notimex", "Notimex", ("Notimex",), "es", _SITE),
    Agency("Colprensa", "Colprensa", ("Colprensa",), "es", _PAPERS),
    Agency("Prensa Latina", "Prensa Latina", ("Prensa Latina",), "es en", _SITE, (r"\bLa Prensa Latina\b",)),
    Agency("ACN", "Agència Catalana de Notícies", ("ACN", "Agència Catalana de Notícies"), "ca es", _PAPERS),
    Agency(
        "PAP",
        "Polska Agencja Prasowa",
        ("PAP", "Polska Agencja Prasowa", "Polskiej Agencji Prasowej"),
        "pl en",
        _SITE,
        (r"\bPeople's Action Party \(PAP\)|\b[Pp]ap (?:smear|test)\b",),
    ),
    Agency("IAR", "Informacyjna Agencja Radiowa", ("IAR", "Informacyjna Agencja Radiowa"), "pl", _PAPERS),
    Agency("CTK", "Česká tisková kancelář", ("ČTK", "CTK"), "cs", _SITE),
    Agency("TASR", "TASR", ("TASR",), "sk", _SITE),
    Agency("MTI", "Magyar Távirati Iroda", ("MTI",), "hu en", _SITE),
    Agency("Hina", "Hina", ("Hina", "HINA"), "hr", _SITE),
    Agency("Tanjug", "Tanjug", ("Tanjug", "Танјуг"), "sr", _SITE),
    Agency("Agerpres", "Agerpres", ("Agerpres", "AGERPRES"), "ro", _SITE),
    Agency("BTA", "Bulgarian News Agency", ("БТА",), "bg en", _SITE),
    Agency("BNS", "Baltic News Service", ("BNS",), "lt lv et", _SITE),
    Agency("LETA", "LETA", ("LETA",), "lv", _SITE),
    Agency("ELTA", "ELTA", ("ELTA",), "lt", _SITE),
    Agency("ANA-MPA", "Athens-Macedonian News Agency", ("ΑΠΕ-ΜΠΕ", "ΑΠΕ", "ANA-MPA", "AMNA"), "el en", _SITE),
    Agency(
        "Anadolu",
        "Anadolu Ajansı",
        ("AA", "Anadolu Ajansı", "Anadolu Agency", "Agence Anadolu", "Agencia Anadolu"),
        "tr en fr es ar",
        _SITE,
        (r"\bAA batter(?:y|ies)\b", r"\bAlcoholics Anonymous \(AA\)", r"\bAA\+"),
    ),
    Agency("DHA", "Demirören Haber Ajansı", ("DHA", "Demirören Haber Ajansı"), "tr", _SITE),
    Agency("IHA", "İhlas Haber Ajansı", ("İHA", "IHA", "İhlas Haber Ajansı"), "tr", _SITE),
    Agency("Yonhap", "Yonhap", ("Yonhap", "Yonhap News", "연합뉴스", "韩联社", "聯合通訊社"), "ko en zh", _SITE),
    Agency("KCNA", "Korean Central News Agency", ("KCNA", "조선중앙통신", "朝中社"), "ko en", _FOREIGN),
    Agency(
        "PTI",
        "Press Trust of India",
        ("PTI", "Press Trust of India"),
        "en hi",
        _SITE,
        (
            r"\bPakistan Tehreek-e-Insaf[^.]{0,12}\(PTI\)",
            r"\bPTI (?:chief|chairman|leaders?|workers?|government|founder|supporters?|lawmakers?)\b",
        ),
    ),
    Agency("ANI", "Asian News International", ("ANI", "Asian News International"), "en hi", _SITE),
    Agency("IANS", "Indo-Asian News Service", ("IANS", "Indo-Asian News Service"), "en hi", _SITE),
    Agency("Antara", "Antara", ("ANTARA", "Antara News"), "id en", _SITE),
    Agency("Bernama", "Bernama", ("Bernama",), "ms en", _SITE),
    Agency(
        "CP",
        "The Canadian Press",
        ("CP", "Canadian Press", "The Canadian Press", "La Presse canadienne", "La Presse Canadienne"),
        "en fr",
        _SITE,
        (r"\bCP \d",),
    ),
    Agency("UPI", "United Press International", ("UPI", "United Press International"), "en es", _SITE),
    Agency(
        "Bloomberg",
        "Bloomberg News",
        ("Bloomberg", "Bloomberg News"),
        "en",
        _PAPERS,
        (r"\b(?:Michael|Mike|Mr\.?|Mayor) Bloomberg\b",),
    ),
    Agency("Petra", "Jordan News Agency", ("Jordan News Agency", "بترا"), "ar en", _SITE),
    Agency("WAM", "Emirates News Agency", ("WAM", "وام"), "ar en", _SITE),
    Agency("SPA", "Saudi Press Agency", ("Saudi Press Agency", "واس"), "ar en", _SITE),
    Agency("MENA", "Middle East News Agency", ("Middle East News Agency", "أ ش أ"), "ar en", _SITE),
    Agency("MAP", "Maghreb Arabe Presse", ("Maghreb Arabe Presse",), "fr ar", _SITE),
    Agency("APS", "Algérie Presse Service", ("Algérie Presse Service",), "fr ar", _SITE),
    Agency("IRNA", "IRNA", ("IRNA", "ایرنا", "إرنا"), "fa en ar", _SITE),
    Agency("Wafa", "Wafa", ("WAFA", "وفا"), "ar en", _SITE),
    Agency("NNA", "National News Agency", ("NNA",), "ar fr en", _PAPERS),
    Agency("Kazinform", "Kazinform", ("Kazinform", "КАЗИНФОРМ", "Казинформ"), "kk ru en", _SITE),
    Agency("VNA", "Vietnam News Agency", ("TTXVN", "Vietnam News Agency"), "vi en", _SITE),
    Agency("EPA", "European Pressphoto Agency", ("EPA", "European Pressphoto Agency"), "", _SITE, photo_only=True),
    Agency("Getty", "Getty Images", ("Getty Images", "Getty", "GETTY IMAGES"), "", _SITE, photo_only=True),
    Agency("Scanpix", "Scanpix", ("Scanpix", "NTB Scanpix", "Ritzau Scanpix"), "", _PAPERS, photo_only=True),
    Agency(
        "Keystone",
        "Keystone",
        ("KEYSTONE", "Keystone"),
        "",
        _PAPERS,
        (r"\bKeystone (?:XL|[Pp]ipeline)\b",),
        photo_only=True,
    ),
    Agency("Lehtikuva", "Lehtikuva", ("Lehtikuva",), "", _PAPERS, photo_only=True),
    Agency("Shutterstock", "Shutterstock", ("Shutterstock",), "", _PAPERS, photo_only=True),
    Agency("Imago", "imago images", ("imago images", "IMAGO", "imago"), "", _PAPERS, photo_only=True),
)
BY_ID = {agency.id: agency for agency in AGENCIES}


class Found(Struct, frozen=True):
    """One name in a text."""

    id: str
    start: int
    end: int


def _alternatives() -> str:
    printed = {form for agency in AGENCIES for form in agency.forms}
    # Datelines and bylines are often set in capitals: "EUROPA PRESS", "ИНТЕРФАКС".
    printed |= {form.upper() for form in printed if len(form) > 4}
    forms = sorted(printed, key=len, reverse=True)
    return "|".join(re.escape(form) for form in forms)


# No letter or digit may touch a name; scripts without spaces have no such borders.
NAME = (
    rf"(?:(?<![\w$])(?:{_alternatives()})(?!\w)"
    r"|路透社?|法新社|美[联聯]社|新[华華][社网網]|中新[社网網]|中央社|共同通信|共同社|時事通信|ロイター|연합뉴스)"
)
"""A regular expression for any agency's name, for use inside others (with re.IGNORECASE where the line is a credit)."""


@cache
def _id_by_form() -> dict[str, str]:
    return {form.casefold(): agency.id for agency in reversed(AGENCIES) for form in agency.forms}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    friends = "|".join(friend for agency in AGENCIES for friend in agency.false_friends)
    return re.compile(NAME), re.compile(NAME, re.IGNORECASE), re.compile(friends)


def find(text: str, *, any_case: bool = False) -> Iterator[Found]:
    """Each agency's name in the text, in order, false friends left out.

    `any_case` is for lines that can be nothing but a credit: "pap", "REUTERS".
    """
    exact, loose, friends = _patterns()
    matches = list((loose if any_case else exact).finditer(text))
    spans = [match.span() for match in friends.finditer(text)] if matches else []
    for match in matches:
        if any(start <= match.start() < end for start, end in spans):
            continue
        yield Found(_id_by_form()[match.group().casefold()], *match.span())
