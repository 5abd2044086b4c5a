from bench.reading.extractors import EXTRACTORS, Reading, text_by_block


def test_a_line_is_a_block_of_the_html():
    assert text_by_block("<div><h2>Ferry</h2><p>She <b>sailed</b>\n again.<br>On Monday.</p> Late. </div>") == (
        "Ferry\nShe sailed again.\nOn Monday.\nLate."
    )


def test_an_agency_is_taken_from_the_opening_the_closing_and_the_author():
    filler = "word " * 200

    assert Reading(f"HAMBURG (dpa) – {filler}AFP {filler} (Reuters)", "PTI").agencies() == {"dpa", "Reuters", "PTI"}


def test_trafilatura_reads_a_page_in_its_three_modes():
    paragraphs = "<p>She sailed again on Monday, her owners said.</p>" * 9
    page = f"<html><body><article><h1>Ferry</h1>{paragraphs}</article></body></html>"

    for name in ("trafilatura fast", "default", "precision"):
        assert "sailed again" in EXTRACTORS[name](page, "https://paper.example/ferry").text
