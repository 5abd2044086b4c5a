from pathlib import Path

import pytest

from workers.errors import BadSetting
from workers.settings import Settings, load

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


def test_a_typo_stops_the_boot_and_names_the_nearest():
    with pytest.raises(BadSetting, match=r"WIREFOLD_REDIS_ULR is no setting; did you mean WIREFOLD_REDIS_URL\?"):
        load({"WIREFOLD_REDIS_ULR": "redis://x"})


def test_a_bad_value_is_one_line_that_names_its_setting(monkeypatch):
    monkeypatch.setenv("WIREFOLD_WINDOW_DAYS", "soon")
    with pytest.raises(BadSetting, match=r"^WIREFOLD_WINDOW_DAYS: [^\n]+$"):
        load()


def test_allowed_hosts_are_read_from_a_plain_list(monkeypatch):
    monkeypatch.setenv("WIREFOLD_ALLOW_HOSTS", "a.example=127.0.0.1:80, b.example=127.0.0.1:81")
    assert load().allow_hosts == {"a.example": "127.0.0.1:80", "b.example": "127.0.0.1:81"}


def test_an_allowed_host_without_its_port_is_refused(monkeypatch):
    monkeypatch.setenv("WIREFOLD_ALLOW_HOSTS", "a.example=127.0.0.1")
    with pytest.raises(BadSetting, match=r"a\.example"):
        load()


def test_every_setting_is_documented_with_its_default_and_nothing_else_is():
    rows = [line.split("|") for line in DOCS.read_text().splitlines() if line.startswith("| `WIREFOLD_")]
    documented = {row[1].strip(" `"): row[2].strip(" `") for row in rows}
    made = {f"WIREFOLD_{name.upper()}": str(field.default) for name, field in Settings.model_fields.items()}
    assert documented == {name: "" if default == "{}" else default for name, default in made.items()}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CONTACT", "caf\N{LATIN SMALL LETTER E WITH ACUTE}@paper.example"),
        ("CONTACT", "a@b\nX-Evil: 1"),
        ("HOST_GAP_S", "1e14"),
        ("POLL_MIN_S", "inf"),
        ("WINDOW_DAYS", "0.1"),
        ("ALLOW_HOSTS", "a.example=127.0.0.1:99999"),
        ("BODY_FIELD", "headers"),
        ("NAME", "copies"),
    ],
)
def test_a_value_that_would_break_every_task_stops_the_boot(monkeypatch, name, value):
    monkeypatch.setenv(f"WIREFOLD_{name}", value)
    with pytest.raises(BadSetting, match=f"^WIREFOLD_{name}: "):
        load()
