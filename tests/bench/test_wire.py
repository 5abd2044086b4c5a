"""Agencies' wire formats, in files of our own."""

from bench.reading.wire import credited, read_wire

ANPA = (
    b"\x16\x16AW1000_asian\nr a\x13\x11 BC-XX--Bridge 11-13 0100\n"
    b"^Bridge reopens<\n^By ANN LEE=\n^Associated Press=\n"
    b"\t   LENNE, Germany (AP) _ The bridge has reopened.\n \n\t   It cost 40 million euros.\n\x03"
)
IPTC = (
    "\x01sf1 3 ec 12\r\n\r\nSuisse\r\n\r\nLe pont = \r\n \r\n   Berne (ats afp) Le pont est rouvert depuis lundi \r\n"
    "matin, selon la ville. \r\n \r\n(SDA\\/sj) \r\n\x03"
).encode("cp1252")
NITF = b"""<?xml version="1.0"?><nitf><body><body.head><byline>By Ann Lee, Press Association</byline></body.head>
<body.content><p>The bridge has reopened after two years of work.</p></body.content></body></nitf>"""
NEWSML = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE NewsML [<!ENTITY % nitf SYSTEM "n.dtd"> %nitf;]>
<NewsML><ProviderId>www.efe.com</ProviderId><CopyrightLine>\u00a9 EFE 2026.</CopyrightLine><DataContent>
<p>Lenne, 5 ene (EFE).- El puente ha vuelto a abrir.</p></DataContent></NewsML>""".encode()


def agencies(data):
    return credited(read_wire(data))[1].agencies


def test_anpa():
    dateline, credit = credited(read_wire(ANPA))
    assert (dateline.place, dateline.agency, credit.agencies) == ("LENNE", "AP", ("AP",))


def test_iptc_7901():
    dateline, credit = credited(read_wire(IPTC))
    assert (dateline.place, credit.agencies) == ("Berne", ("ATS", "AFP"))


def test_nitf():
    assert agencies(NITF) == ("PA",)


def test_newsml_with_a_document_type_of_its_own():
    dateline, credit = credited(read_wire(NEWSML))
    assert (dateline.place, dateline.date, credit.agencies) == ("Lenne", "5 ene", ("EFE",))


def test_json():
    assert agencies(b'{"data": {"item": {"bylines": [{"by": "By ANN LEE, Associated Press"}]}}}') == ("AP",)
