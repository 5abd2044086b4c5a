"""Names of agencies, and what only looks like them."""

import re

import pytest

from newswire.agencies import BY_ID, agency_of_site, find

FORMS = [(id_, form) for id_, row in BY_ID.items() for form in row.forms]

# Sentences in which an agency's name means something else; each row of false friends has one or more.
FRIENDS = [
    ("AFP", "El retiro de las AFP se discute otra vez"),
    ("AFP", "AFP Integra bajó su comisión"),
    ("AFP", "the Armed Forces of the Philippines (AFP) denied it"),
    ("AFP", "AFP troops crossed the river"),
    ("AFP", "Americans for Prosperity (AFP) paid for it"),
    ("AFP", "He was questioned by the AFP on Monday"),
    ("AFP", "AFP officers searched the house"),
    ("AP", "She took three AP classes"),
    ("AP", "A$AP Rocky sang, an AP-9 was shown"),
    ("AP", "de Macapá, AP"),
    ("Reuters", "Er wohnt in der Reuterstraße, also nicht Reuter Straße 4"),
    ("Reuters", "a book by Fritz Reuter"),
    ("Reuters", "the Thomson Reuters Foundation"),
    ("Reuters", "a study of the Reuters News Institute"),
    ("EFE", "El gol fue de Efe Aydan"),
    ("EFE", "dedi genç Efe Bey"),
    ("dpa", "Die DPA-Vertrag genannte Anlage"),
    ("dpa", "a data processing agreement (DPA)"),
    ("dpa", "a deferred prosecution agreement (DPA)"),
    ("SID", "his SID card"),
    ("SID", "bei der Aktion SID"),
    ("dts", "Ton: DTS:X und Dolby Digital und DTS"),
    ("epd", "die Einführung des Patientendossiers (epd)"),
    ("epd", "das elektronische Patientendossier (EPD)"),
    ("KNA", "the Kenya National Assembly (KNA)"),
    ("APA", "cite it in APA style"),
    ("APA", "the American Psychological Association (APA)"),
    ("APA", "the APA manual"),
    ("APA", "the Azerbaijani agency APA"),
    ("ATS", "ATS officers arrested two"),
    ("ANSA", "mit der Wienerin Ansa Sauermann"),
    ("AGI", "when AGI systems arrive"),
    ("AGI", "artificial general intelligence (AGI)"),
    ("PA", "the Palestinian Authority (PA)"),
    ("PA", "from Scranton, PA"),
    ("PA", "Allentown, PA"),
    ("PA", "a PA system"),
    ("PA", "he was PA to the director"),
    ("AAP", "the Aam Aadmi Party (AAP) won"),
    ("AAP", "AAP leaders met"),
    ("AAP", "the American Academy of Pediatrics (AAP)"),
    ("ANP", "la Administración Nacional de Puertos (ANP)"),
    ("ANP", "l'Autorité nationale palestinienne (ANP)"),
    ("ANP", "el presidente de la ANP habló"),
    ("NTB", "Provinsi NTB"),
    ("TT", "the new Audi TT"),
    ("TT", "a fare of TT$12"),
    ("Ritzau", "Pressemeddelelse via Ritzau"),
    ("Lusa", "disse Lusa Martins"),
    ("Prensa Latina", "wrote La Prensa Latina of Memphis"),
    ("PAP", "the People's Action Party (PAP)"),
    ("PAP", "a PAP smear"),
    ("Hina", "singer Hina Khan"),
    ("ANA-MPA", "για τα έργα ΑΠΕ και τα δίκτυα"),
    ("ANA-MPA", "Ανανεώσιμες Πηγές Ενέργειας (ΑΠΕ)"),
    ("Anadolu", "two AA batteries"),
    ("Anadolu", "Alcoholics Anonymous (AA)"),
    ("Anadolu", "rated AA+ by"),
    ("Anadolu", "AA meetings in a church, and size AA cells"),
    ("DHA", "the DHA Phase 5 market"),
    ("PTI", "Pakistan Tehreek-e-Insaf (PTI)"),
    ("PTI", "PTI chairman Imran"),
    ("PTI", "he left the PTI last year"),
    ("CP", "the CP 24 bus"),
    ("CP", "a CP Rail train"),
    ("UPI", "the Unified Payments Interface (UPI)"),
    ("Bloomberg", "said Michael Bloomberg"),
    ("Bloomberg", "the Bloomberg School of Public Health"),
    ("WAM", "wet age-related macular degeneration (WAM)"),
    ("NNA", "the New Nation Alliance (NNA)"),
    ("STA", "STA Travel closed"),
    ("SITA", "SITA Airport IT"),
    ("SAPA", "the Sapa Inca, and Sapa Valley"),
    ("EPA", "the EPA administrator"),
    ("Getty", "at the Getty Museum"),
    ("Keystone", "the Keystone XL line"),
    ("Shutterstock", "Shutterstock shares fell"),
    ("Imago", "the doctrine of Imago Dei"),
]


def ids(text, *, any_case=False):
    return [found.id for found in find(text, any_case=any_case)]


def test_a_form_belongs_to_one_agency():
    forms = [form for row in BY_ID.values() for form in dict.fromkeys(map(str.casefold, row.forms))]
    assert sorted(set(forms)) == sorted(forms)


def test_sixty_agencies_write_texts():
    assert len([row for row in BY_ID.values() if not row.photo_only]) >= 60


@pytest.mark.parametrize(("agency", "form"), FORMS, ids=[f"{id_}-{form}" for id_, form in FORMS])
def test_a_printed_form_is_found(agency, form):
    assert ids(f"({form})") == [agency]


@pytest.mark.parametrize("agency", BY_ID)
def test_a_row_says_where_its_forms_are_seen(agency):
    row = BY_ID[agency]
    assert row.sources
    assert [source for source in row.sources if not re.match(r"https?://[\w.-]+/", source)] == []


@pytest.mark.parametrize(("agency", "sentence"), FRIENDS, ids=[sentence for _, sentence in FRIENDS])
def test_a_false_friend_is_no_agency(agency, sentence):
    assert agency not in ids(sentence)


@pytest.mark.parametrize("agency", [id_ for id_, row in BY_ID.items() if row.false_friends])
def test_every_false_friend_has_its_sentence(agency):
    sentences = [sentence for id_, sentence in FRIENDS if id_ == agency]
    friends = BY_ID[agency].false_friends
    assert [one for one in friends if not any(re.search(one, sentence) for sentence in sentences)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(AFP)", ["AFP"]),
        ("EUROPA PRESS", ["Europa Press"]),
        ("新华社北京", ["Xinhua"]),
        ("dpa-AFX", ["dpa-AFX"]),
        ("Интерфакс-Украина", ["Interfax-Ukraine"]),
        ("Source: CNA", []),
        ("MAPS and APPS", []),
        ("연합뉴스는", ["Yonhap"]),  # a particle hangs on the name
        ("la ANSA, l'AFP", ["ANSA", "AFP"]),
    ],
)
def test_a_name_is_a_word_of_its_own(text, found):
    assert ids(text) == found


def test_initials_in_small_letters_count_only_where_asked():
    assert (ids("pap"), ids("pap", any_case=True)) == ([], ["PAP"])


def test_the_turkish_i_is_an_i_where_the_case_is_open():
    assert ids("(anı) (ıha) (İHA) (iha)", any_case=True) == ["ANI", "IHA", "IHA", "IHA"]


@pytest.mark.parametrize(
    ("address", "agency"),
    [
        ("https://www.aa.com.tr/tr/gundem/1", "Anadolu"),
        ("https://hosted.ap.org/paper/article/1", "AP"),
        ("http://he.news.cn/1", "Xinhua"),
        ("https://efe.com", "EFE"),
        ("https://xefe.com/1", ""),
        ("https://efe.com.example/1", ""),
        ("https://paper.example/?from=efe.com", ""),
        ("", ""),
    ],
)
def test_an_address_is_an_agencys_own(address, agency):
    assert agency_of_site(address) == agency
