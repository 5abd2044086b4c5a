import ssl

import pytest

from workers.app import broker_url, make_app
from workers.errors import BadSetting
from workers.settings import Settings


def app_for(url: str):
    return make_app(Settings.model_validate({"redis_url": url}))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://h:1/2", "redis://h:1/2"),
        ("unix:///run/redis.sock?db=3", "redis+socket:///run/redis.sock?virtual_host=3"),
        ("unix://:secret@/run/redis.sock", "redis+socket://:secret@/run/redis.sock?"),
    ],
    ids=["tcp", "socket", "password"],
)
def test_the_broker_is_named_as_kombu_names_it(url, expected):
    assert broker_url(Settings.model_validate({"redis_url": url})) == expected


def test_a_broker_of_its_own_goes_before():
    settings = Settings.model_validate({"redis_url": "redis://a/0", "broker_url": "redis://b/0"})
    assert broker_url(settings) == "redis://b/0"


def test_without_a_redis_there_is_no_application():
    with pytest.raises(BadSetting, match="WIREFOLD_REDIS_URL is not set"):
        make_app(Settings.model_validate({}))


def test_tls_to_the_broker_is_verified_and_asked_of_no_other():
    assert app_for("rediss://h/0").conf.broker_use_ssl == {"ssl_cert_reqs": ssl.CERT_REQUIRED}
    assert app_for("redis://h/0").conf.broker_use_ssl is None


def test_a_message_is_acknowledged_early_and_never_retried():
    conf = app_for("redis://h/0").conf
    assert (conf.task_acks_late, conf.task_ignore_result, conf.result_backend) == (False, True, None)
    assert conf.task_publish_retry is False
