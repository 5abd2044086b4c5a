"""The people in bylines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswire.byline import people, signatures


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("By Ann Lee and Bo Ray", ["Ann Lee", "Bo Ray"]),
        ("Ann Lee, Staff writer", ["Ann Lee"]),
        ("By ANN LEE, AP Science Writer", ["Ann Lee"]),
        ("ANN O'BRIEN-LEE", ["Ann O'Brien-Lee"]),
        ("Von Anna Müller, Jörg Weiß und Uwe von der Heide", ["Anna Müller", "Jörg Weiß", "Uwe von der Heide"]),
        ("Anna Müller, dpa", ["Anna Müller"]),
        ("Par Zoé KLEIN avec AFP", ["Zoé Klein"]),
        ("Por María R. Suárez y Juan Gil", ["María R. Suárez", "Juan Gil"]),
        ("José Vale e Campos", ["José Vale e Campos"]),
        ("Di Luca Bianchi", ["Luca Bianchi"]),
        ("Автор: Анна Иванова, Пётр Сидоров", ["Анна Иванова", "Пётр Сидоров"]),
        ("Ann Lee | The Lenne Post | 22 November 2026", ["Ann Lee"]),
        ("Ann Lee (in Berlin)", ["Ann Lee"]),
        ("Ann Lee lee@lennepost.example @annlee", ["Ann Lee"]),
        ("Ann Lee LennePost.example", ["Ann Lee"]),
        ('Amanda "Tan" Lee Jr.', ['Amanda "Tan" Lee Jr.']),
        ("viktor berglund", ["viktor berglund"]),
        ("记者 王小明、李华", ["王小明", "李华"]),
        ("김철수 기자", ["김철수"]),
        ("ليلى حسن وسامي كاظم", ["ليلى حسن", "سامي كاظم"]),
    ],
)
def test_people_are_named_as_they_sign(printed, expected):
    assert list(people([printed])) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "", "Reuters", "The Associated Press", "Le Figaro et AFP", "Agence France-Presse", "dpa", "Redaktion",
        "MM-Redaktion", "Our Foreign Staff", "Staff and news service reports", "Online News Editor",
        "Redacción EC", "lennepost.example", "https://lennepost.example/lee", "@annlee", "ann-lee", "105092",
        "Lenne Post GmbH", "The Lenne Post", "No Author", "Polizei Lenne", "新华社", "本报编辑",
        "中日新聞Web", "Sport",
    ],
)  # fmt: skip
def test_agencies_desks_papers_and_handles_are_nobody(printed):
    assert people([printed]) == ()


def test_the_paper_itself_is_nobody():
    printed = ["Lenne Bote", "O Tempo", "MDR Lenne", "Ann Lee"]
    assert people(printed, site="Lenne-Bote", publisher="otempo.example") == ("Ann Lee",)
    assert people(["MDR Lenne"], publisher="mdr.example") == ()


def test_each_is_named_once():
    assert people(["Ann Lee", "Lee, Ann", "By ANN LEE", "Ann B. Lee"]) == ("Ann Lee",)


def test_a_sentence_in_chinese_names_nobody():
    assert people(["本站介绍桥梁、渡轮、码头与沿河各镇的消息，也为读者解答行船方面的各种问题"]) == ()


@given(st.text(max_size=80))
def test_nothing_raises(printed):
    assert all(1 < len(name) < 60 for name in people([printed]))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("22.11.26 | 8:05 Uhr | Von Anna Müller", ["Anna Müller"]),
        ("by Ann Lee on Monday, 22 November 2026", ["Ann Lee"]),
        ("Autor: Anna Müller und Jörg Weiß", ["Anna Müller", "Jörg Weiß"]),
        ("Di Maio attacca il sindaco", []),
        ("By Associated Press", []),
        ("Ann Lee opens the bridge", []),
    ],
)
def test_a_line_that_says_that_it_names_an_author_is_a_signature(line, expected):
    assert list(people(signatures([line]))) == expected
