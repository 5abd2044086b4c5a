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
