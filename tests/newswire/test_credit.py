"""Who wrote it: by position, not by name."""

import pytest

from newswire.article import Dateline
from newswire.credit import Hint, attribute

LEAD = "The bridge over the Lenne has reopened after two years of work, the mayor of the town said on Monday morning."
SECOND = "Work had been delayed twice, by a flood in the spring and by a strike, and cost some 40 million euros in all."


def credited(*paragraphs, **rest):
    return attribute(text="\n".join(paragraphs), **rest).agencies


@pytest.mark.parametrize(
    ("paragraphs", "agencies"),
    [
        (("PARIS, June 20 (Reuters) - " + LEAD,), ("Reuters",)),
        ((LEAD, SECOND + " (dpa/lno)"), ("dpa",)),
        ((LEAD, SECOND + " EFE"), ("EFE",)),
        ((LEAD, SECOND, "(ANSA)."), ("ANSA",)),
        ((LEAD, SECOND, "eb, pap"), ("PAP",)),
        ((LEAD, SECOND, "sak/Reuters"), ("Reuters",)),
        ((LEAD, SECOND, "ATS/AFP"), ("ATS", "AFP")),
        ((LEAD, SECOND, "F. Marini - ANSA"), ("ANSA",)),
        ((LEAD, SECOND, "avec AFP"), ("AFP",)),
        ((LEAD, SECOND, "(mit Material der dpa)"), ("dpa",)),
        ((LEAD, SECOND, "With files from The Canadian Press"), ("CP",)),
        ((LEAD, SECOND, "(Con información de AFP, EFE y Reuters)"), ("AFP", "EFE", "Reuters")),
        ((LEAD, SECOND, "The Associated Press contributed to this report."), ("AP",)),
        ((LEAD, SECOND, "(Reporting by Ann Lee; Editing by Bob Ray)"), ("Reuters",)),
        ((LEAD, SECOND, "Quelle: sid/dpa"), ("SID", "dpa")),
        ((LEAD, SECOND, "© 2026 AFP"), ("AFP",)),
        ((LEAD, SECOND, "© dpa-infocom, dpa:261122-99-1/2"), ("dpa",)),
        ((LEAD, SECOND, "(Con información de EFE)", "Seguir leyendo:", "Qué hacer si se cierra un puente"), ("EFE",)),
    ],
)
def test_the_text_says_who_wrote_it(paragraphs, agencies):
    assert credited(*paragraphs) == agencies


@pytest.mark.parametrize(
    ("byline", "agencies"),
    [
        ("AFP", ("AFP",)),
        ("Von Anna Lang und Bert Moll, dpa", ("dpa",)),
        ("By ANN LEE, AP Auto Writer", ("AP",)),
        ("Press Association Reporter", ("PA",)),
        ("Le Monde avec AFP", ("AFP",)),
        ("det/dpa", ("dpa",)),
        ("Efe Aydan", ()),
        ("Ani Petrosyan", ()),
        ("Sid Miller", ()),
        ("Foto: dpa", ()),
        (
            "Ann Lee is a reporter who worked for Reuters and the Associated Press before she came to the Post" * 2,
            (),
        ),
    ],
)
def test_a_byline_says_who_wrote_it(byline, agencies):
    assert credited(LEAD, SECOND, byline=byline) == agencies


@pytest.mark.parametrize(
    "paragraphs",
    [
        (LEAD, "“It is a good day,” she told AFP."),
        (LEAD, "„Ein guter Tag“, sagte sie der Deutschen Presse-Agentur."),
        (LEAD, "La mayoría de las AFP subirá sus comisiones en marzo, informó el regulador de pensiones este lunes."),
        (LEAD, "Soldiers at the bridge (REUTERS / Stringer)"),
        (LEAD, "Foto: Archiv/dpa", SECOND),
        ("Ann Lee at the bridge in Nogales, Ariz. (AP)", LEAD, SECOND),
        (LEAD, "Copyright © AFP, DPA, Reuters and the photo bank. All rights reserved."),
        (LEAD, "Reuters content is the property of Thomson Reuters."),
        (LEAD, "© AFP"),
        (LEAD, SECOND, "Con información de Paloma Ruiz, Ana Castillo y Elena Gil."),
        (
            LEAD,
            "The paper was the first to report it, and AFP and Reuters followed within the hour, the editor said.",
            SECOND,
        ),
    ],
)
def test_a_name_is_no_credit(paragraphs):
    assert credited(*paragraphs) == ()


def test_a_caption_speaks_for_its_photograph():
    credit = attribute(text=f"Soldiers at the bridge (REUTERS / Stringer)\n{LEAD}\n(With information from EFE)")
    assert ([one.agency for one in credit.photo], credit.agencies) == (["Reuters"], ("EFE",))


def test_whoever_was_spoken_to_is_mentioned():
    credit = attribute(text=f"{LEAD}\n“It is a good day,” she told AFP.\n{SECOND} (dpa)")
    assert ([one.agency for one in credit.mentioned], credit.agencies) == (["AFP"], ("dpa",))


def test_the_evidence_is_the_words_as_printed_and_where():
    (mention,) = attribute(text=f"{LEAD}\n(With information from EFE)").text
    assert (mention.evidence, mention.where) == ("(With information from EFE)", "trailing")


def test_a_dateline_that_was_read_before_counts():
    assert attribute(text=LEAD, dateline=Dateline(place="Paris", agency="AFP")).agencies == ("AFP",)


@pytest.mark.parametrize(
    ("hint", "agencies"),
    [
        (Hint("The Associated Press", "jsonld"), ("AP",)),
        (Hint("PTI Jan 16, 2026", "byline"), ("PTI",)),
        (Hint("By Ann LeeThe Associated Press", "byline"), ("AP",)),
        (Hint("Source: PTI", "byline"), ("PTI",)),
        (Hint("AA", "byline"), ()),  # the size of a page's letters
        (Hint("aap", "trailing"), ()),  # a tag
        (Hint("agence, AFP, paper.fr, Le", "feed"), ("AFP",)),
        (Hint("desk@paper.example (Reuters)", "feed"), ("Reuters",)),
        (Hint("Focus Taiwan - CNA English News", "jsonld"), ("CNA-Taiwan",)),
        (Hint("Getty Images", "jsonld"), ()),
        (Hint("Ann Lee/AFP", "caption"), ()),
        (Hint("REGNUM: Iran threatens its neighbour", "byline"), ()),
    ],
)
def test_a_hint_from_outside_the_text_is_weighed_by_where_it_stands(hint, agencies):
    assert credited(LEAD, SECOND, hints=[hint]) == agencies


@pytest.mark.parametrize(
    ("hints", "agencies"),
    [
        ([Hint("https://www.efe.com/1", "site")], ("EFE",)),
        ([Hint("https://paper.example/1", "site"), Hint("https://apnews.com/1", "site")], ("AP",)),
        ([Hint("https://www.efe.com/1", "site"), Hint("AFP", "jsonld")], ("AFP",)),
        ([Hint("https://paper.example/1", "site")], ()),
        ([Hint(f"A headline\nPARIS, June 20 (Reuters) - {LEAD}", "opening")], ("Reuters",)),
        ([Hint(f"A headline\n{LEAD}", "opening")], ()),
    ],
)
def test_a_page_says_whose_site_and_which_opening_it_has(hints, agencies):
    assert credited(LEAD, SECOND, hints=hints) == agencies


@pytest.mark.parametrize(
    "mark", ["Berlin (ots) - ", "LENNE, Jan. 5, 2026 /PRNewswire/ -- ", "LENNE--(BUSINESS WIRE)--"]
)
def test_a_press_release_is_nobodys_though_an_agency_carries_it(mark):
    site = Hint("https://apnews.com/press-release/1", "site")
    assert credited(mark + LEAD, SECOND, "© 2026 AFP", hints=[site]) == ()


def test_a_persian_report_begins_with_its_agency():
    assert credited(
        "به گزارش ایسنا، پل پس از دو سال کار بازگشایی شد و شهردار شهر روز دوشنبه آن را افتتاح کرد.", SECOND
    ) == ("ISNA",)


def test_agencies_share_a_dateline():
    assert credited("Bern (sda/afp) - " + LEAD) == ("ATS", "AFP")


@pytest.mark.parametrize("end", ["Acción Popular (AP)", "the Party of Action (PA)", "Twin Towers (TT)"])
def test_what_a_bracket_abbreviates_is_no_agency(end):
    assert credited(LEAD, f"{SECOND} So said {end}.") == ()


def test_the_evidence_of_a_long_paragraph_is_its_end():
    (mention,) = attribute(text=f"{LEAD}\n{SECOND} (dpa)").text
    assert mention.evidence.endswith("in all. (dpa)")


def test_an_agency_is_credited_once():
    assert credited("PARIS (AFP) – " + LEAD, SECOND, "(AFP)", byline="AFP") == ("AFP",)


def test_no_text_has_no_credit():
    assert credited("") == ()
