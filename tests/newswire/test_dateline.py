"""Datelines as the agencies print them."""

import pytest

from newswire.article import Dateline
from newswire.dateline import read_dateline

PRINTED = [
    ("PARÍS, 5 ene (AFP) – El puente", ("PARÍS", "5 ene", "AFP"), "El puente"),
    ("Hamburg (dpa) - Die Brücke", ("Hamburg", "", "dpa"), "Die Brücke"),
    ("Hamburg (dpa/lno) - Die Brücke", ("Hamburg", "", "dpa"), "Die Brücke"),
    ("(Stockholm) The bridge", ("Stockholm", "", ""), "The bridge"),
    ("ROMA, 9 AGO - Il ponte", ("ROMA", "9 AGO", ""), "Il ponte"),
    ("(ANSA) - CROTONE, 09 AGO - Il ponte", ("CROTONE", "09 AGO", "ANSA"), "Il ponte"),
    ("Castrelo (Ourense), 9 ago (EFE).- El puente", ("Castrelo", "9 ago", "EFE"), "El puente"),
    ("LONDON (Reuters) - The bridge", ("LONDON", "", "Reuters"), "The bridge"),
    ("(Reuters) - The bridge", ("", "", "Reuters"), "The bridge"),
    ("KABUL, Afghanistan (AP) -- The bridge", ("KABUL", "", "AP"), "The bridge"),
    ("SANTA FE, N.M. (AP) — The bridge", ("SANTA FE", "", "AP"), "The bridge"),
    ("KYIV, March 8 (Xinhua) -- The bridge", ("KYIV", "March 8", "Xinhua"), "The bridge"),
    ("Mumbai, Jan 17 (PTI) A bridge", ("Mumbai", "Jan 17", "PTI"), "A bridge"),
    ("Luanda, 19 mai 2023 (Lusa) — A ponte", ("Luanda", "19 mai 2023", "Lusa"), "A ponte"),
    ("London, Jun 11 (efe-epa).- The bridge", ("London", "Jun 11", "EFE"), "The bridge"),
    ("MADRID, 15 Nov. (EUROPA PRESS) -\nEl puente", ("MADRID", "15 Nov.", "Europa Press"), "El puente"),
    ("МОСКВА, 5 янв - РИА Новости. Мост", ("МОСКВА", "5 янв", "RIA Novosti"), "Мост"),
    ("Москва. 5 января. ИНТЕРФАКС - Мост", ("Москва", "5 января.", "Interfax"), "Мост"),
    ("新华社北京4月24日电 大桥", ("北京", "4月24日", "Xinhua"), "大桥"),
    ("القاهرة (رويترز) - الجسر", ("القاهرة", "", "Reuters"), "الجسر"),
    ("Stade/Hamburg. Die Brücke", ("Stade/Hamburg", "", ""), "Die Brücke"),
    ("Redacción Deportes, 16 abr (EFE).- El puente", ("", "16 abr", "EFE"), "El puente"),
    ("MADRID | AGENCIAS\nEl puente", ("MADRID", "", ""), "El puente"),
    ("BUENOS AIRES, Argentina (AP) _ The bridge", ("BUENOS AIRES", "", "AP"), "The bridge"),
    ("CHATHAM, Mass. (AP) _ The bridge", ("CHATHAM", "", "AP"), "The bridge"),
    ("Jan. 12 (BusinessDesk) - The bridge", ("", "Jan. 12", "BusinessDesk"), "The bridge"),
    ("Jan 5 (Reuters) - The bridge", ("", "Jan 5", "Reuters"), "The bridge"),
    ("MOSCOW, January 21. /TASS/. The bridge", ("MOSCOW", "January 21", "TASS"), "The bridge"),
    ("МОСКВА, 5 января. /ТАСС/. Мост", ("МОСКВА", "5 января.", "TASS"), "Мост"),
    ("МИНСК, 5 января. /Корр. БЕЛТА/. Мост", ("МИНСК", "5 января.", "BelTA"), "Мост"),
    ("АСТАНА. КАЗИНФОРМ - Мост", ("АСТАНА", "", "Kazinform"), "Мост"),
    ("Киев. 5 января. ИНТЕРФАКС-УКРАИНА - Мост", ("Киев", "5 января.", "Interfax-Ukraine"), "Мост"),
    ("София, 5 януари /БТА/ - Мост", ("София", "5 януари", "BTA"), "Мост"),
    ("San Mateo (ANP) - De brug", ("San Mateo", "", "ANP"), "De brug"),
    ("Paris (ats afp) Le pont", ("Paris", "", "ATS"), "Le pont"),
    ("Bern (sda/afp) Die Brücke", ("Bern", "", "ATS"), "Die Brücke"),
    ("BRUXELLES (BELGA) - Le pont", ("BRUXELLES", "", "Belga"), "Le pont"),
    ("Paris, 5 janv. 2026 (AFP) - Le pont", ("Paris", "5 janv. 2026", "AFP"), "Le pont"),
    ("ANKARA (AA) - Köprü", ("ANKARA", "", "Anadolu"), "Köprü"),
    ("ANKARA (İHA) - Köprü", ("ANKARA", "", "IHA"), "Köprü"),
    ("İSTANBUL, (DHA) - Köprü", ("İSTANBUL", "", "DHA"), "Köprü"),
    ("Roma, 5 gen. (askanews) - Il ponte", ("Roma", "5 gen.", "Askanews"), "Il ponte"),
    ("ROMA (ITALPRESS) - Il ponte", ("ROMA", "", "Italpress"), "Il ponte"),
    ("(Adnkronos) - Il ponte", ("", "", "Adnkronos"), "Il ponte"),
    ("(AGI) - Roma, 5 gen. - Il ponte", ("Roma", "5 gen.", "AGI"), "Il ponte"),
    ("AGI - Il ponte", ("", "", "AGI"), "Il ponte"),
    ("Lisboa, 05 jan 2026 (Lusa) – A ponte", ("Lisboa", "05 jan 2026", "Lusa"), "A ponte"),
    ("Warszawa, 5.01.2026 (PAP) - Most", ("Warszawa", "5.01.2026", "PAP"), "Most"),
    ("Praha 5. ledna (ČTK) - Most", ("Praha", "5. ledna", "CTK"), "Most"),
    ("Bratislava 5. januára (TASR) - Most", ("Bratislava", "5. januára", "TASR"), "Most"),
    ("Budapest, 2026. január 5., hétfő (MTI) - A híd", ("Budapest", "2026. január 5., hétfő", "MTI"), "A híd"),
    ("București, 5 ian /Agerpres/ - Podul", ("București", "5 ian", "Agerpres"), "Podul"),
    ("ZAGREB, 5. siječnja 2026. (Hina) - Most", ("ZAGREB", "5. siječnja 2026.", "Hina"), "Most"),
    ("Vilnius, sausio 5 d. (ELTA). Tiltas", ("Vilnius", "sausio 5 d.", "ELTA"), "Tiltas"),
    ("KØBENHAVN /ritzau/ - Broen", ("KØBENHAVN", "", "Ritzau"), "Broen"),
    ("Jakarta (ANTARA) - Jembatan", ("Jakarta", "", "Antara"), "Jembatan"),
    ("KUALA LUMPUR, 5 Jan (Bernama) -- The bridge", ("KUALA LUMPUR", "5 Jan", "Bernama"), "The bridge"),
    ("SEOUL, Jan. 5 (Yonhap) -- The bridge", ("SEOUL", "Jan. 5", "Yonhap"), "The bridge"),
    ("New Delhi [India], January 5 (ANI): The bridge", ("New Delhi", "January 5", "ANI"), "The bridge"),
    ("Madrid, EFE.- El puente", ("Madrid", "", "EFE"), "El puente"),
    ("EFE.- El puente", ("", "", "EFE"), "El puente"),
    ("أبوظبي في 5 يناير / وام / الجسر", ("أبوظبي", "في 5 يناير", "WAM"), "الجسر"),
    ("عمان 5 كانون الثاني (بترا)- الجسر", ("عمان", "5 كانون الثاني", "Petra"), "الجسر"),
    ("باريس (أ ف ب) - الجسر", ("باريس", "", "AFP"), "الجسر"),
    ("تهران- ایرنا- پل", ("تهران", "", "IRNA"), "پل"),
    ("新华社北京1月5日电（记者张三）大桥", ("北京", "1月5日", "Xinhua"), "记者张三）大桥"),
    ("据新华社北京1月5日电 大桥", ("北京", "1月5日", "Xinhua"), "大桥"),
    ("据新华社电 大桥", ("", "", "Xinhua"), "大桥"),
    ("新华网北京1月5日电 大桥", ("北京", "1月5日", "Xinhua"), "大桥"),
    ("中新网1月5日电 大桥", ("", "1月5日", "CNS"), "大桥"),
    ("大桥重新开放 中新社北京1月5日电 大桥", ("北京", "1月5日", "CNS"), "大桥"),
    ("（中央社台北5日電）大橋", ("台北", "5日", "CNA-Taiwan"), "大橋"),
    ("（中央社記者李四台北5日電）大橋", ("", "5日", "CNA-Taiwan"), "大橋"),
    ("路透社伦敦1月5日电 大桥", ("伦敦", "1月5日", "Reuters"), "大桥"),
    ("【ワシントン共同】橋", ("ワシントン", "", "Kyodo"), "橋"),
    ("【ロンドン時事】橋", ("ロンドン", "", "Jiji"), "橋"),
    ("［ロンドン　５日　ロイター］ - 橋", ("ロンドン", "５日", "Reuters"), "橋"),
    ("【1月5日 AFP】橋", ("", "1月5日", "AFP"), "橋"),
    ("(서울=연합뉴스) 홍길동 기자 = 다리", ("서울", "", "Yonhap"), "다리"),
    ("[서울=뉴시스] 홍길동 기자 = 다리", ("서울", "", "Newsis"), "다리"),
    ("09 agosto 2023 11:40\n(ANSA) - ROMA, 09 AGO - Il ponte", ("ROMA", "09 AGO", "ANSA"), "Il ponte"),
]

NONE = [
    "Nein – das ist keine Brücke.",
    "BREAKING — The bridge is closed.",
    "Trump, Clinton — both came to the bridge.",
    "Ann Lee at the bridge in Nogales, Ariz. (AP)",
    "The Philippine army (AFP) said the bridge is closed.",
    "Imran Khan (PTI) won the vote.",
    "Endlich. Die Brücke ist offen.",
    "(Photo) The bridge",
    "Reuters reported that the bridge is closed.",
    "May 5 was a Friday.",
    "Το ΑΠΕ-ΜΠΕ έγραψε για τη γέφυρα.",
    "大桥今天开放，新华社记者在现场看到，许多市民前来参观。",
    "(서울) 다리가 열렸다.",
    "Am 5. Mai wurde die Brücke geöffnet.",
    "",
]


@pytest.mark.parametrize(("text", "parts", "rest"), PRINTED, ids=[row[0][:24] for row in PRINTED])
def test_a_dateline_is_taken_apart(text, parts, rest):
    found, end = read_dateline(text)
    assert (found, text[end:]) == (Dateline(place=parts[0], date=parts[1], agency=parts[2]), rest)


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_dateline_is_none(text):
    assert read_dateline(text) == (Dateline(), 0)


def test_a_dateline_far_down_is_another_articles():
    assert read_dateline("A first line.\n" * 6 + "ROME (AP) — The bridge") == (Dateline(), 0)
