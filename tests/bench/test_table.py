from bench.bars import Bar
from bench.table import over, table


def test_a_row_holds_bar_figures_and_the_range_over_the_seeds():
    ours = [{"mt F1": 0.96, "bytes": 5000.0}, {"mt F1": 0.94, "bytes": 5002.0}]

    lines = table([Bar("mt F1", least=0.95)], ours[0], {"titles": {"mt F1": 0.1}}, ours).splitlines()

    assert [line.split() for line in lines[:3]] == [
        ["bar", "wirefold", "titles", "2", "seeds"],
        ["mt", "F1", "≥", "0.950", "0.960", "0.100", "0.950", "(0.940", "to", "0.960)"],
        ["bytes", "5,000", "–", "5,001", "(5,000", "to", "5,002)"],
    ]


def test_one_seed_has_no_range_and_neither_has_what_not_every_seed_measured():
    assert [over([0.5], of=1), over([0.5, 0.6], of=3)] == ["", ""]
