"""examples/python/webhook.py against an endpoint that answers as endpoints do."""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from readers.running import EXAMPLES, has_read_all
from readers.written import a_story, publish
from watching import until

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - of the reference vector


class Endpoint:
    """Gives its answers in turn, the last for ever: a status and headers each; keeps what it was sent, and when."""

    def __init__(self, *answers: tuple[int, dict[str, str]]) -> None:
        self.answers = list(answers)
        self.sent: list[tuple[dict[str, str], bytes]] = []
        self.at_s: list[float] = []

    @contextmanager
    def serving(self) -> Iterator[str]:
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                endpoint.sent.append(({name.lower(): value for name, value in self.headers.items()}, body))
                endpoint.at_s.append(time.time())
                status, headers = endpoint.answers.pop(0) if len(endpoint.answers) > 1 else endpoint.answers[0]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def do_GET(self) -> None:
                """Be content with whoever follows a redirect, which is no delivery."""
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            try:
                yield f"http://127.0.0.1:{server.server_port}/hook"
            finally:
                server.shutdown()


@contextmanager
def posting(folder: Path, redis_url: str, hook: str, *options: str) -> Iterator[subprocess.Popen[str]]:
    env = {**os.environ, "WIREFOLD_REDIS_URL": redis_url, "WEBHOOK_URL": hook, "WEBHOOK_SECRET": SECRET}
    command = [sys.executable, EXAMPLES / "python" / "webhook.py", "g", "g-1", *options]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=env, stderr=log, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


def test_an_event_is_posted_whole_and_signed_as_the_specification_has_it(redis, redis_server, tmp_path):
    long = a_story(1, words=8000)
    publish(redis, long)
    endpoint = Endpoint((204, {}))
    with endpoint.serving() as hook, posting(tmp_path, redis_server, hook):
        until(lambda: has_read_all(redis))
    ((headers, body),) = endpoint.sent
    event = json.loads(body)
    assert event["data"]["content"]["text"] == long.text
    assert (headers["content-type"], headers["webhook-id"]) == ("application/cloudevents+json", event["id"])
    assert abs(time.time() - int(headers["webhook-timestamp"])) < 60
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = hmac.new(base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()


def test_the_signature_is_that_of_the_reference_vector():
    code = "import webhook; print(webhook.signature(*{!r}))".format(
        (SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}')
    )
    env = {**os.environ, "PYTHONPATH": str(EXAMPLES / "python")}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=\n"


@pytest.mark.parametrize("status", [429, 500, 503, 302])
def test_what_is_not_taken_is_posted_again_and_then_acknowledged(redis, redis_server, tmp_path, status):
    publish(redis, a_story(1))
    endpoint = Endpoint((status, {"location": "/elsewhere"}), (200, {}))
    with endpoint.serving() as hook, posting(tmp_path, redis_server, hook):
        until(lambda: has_read_all(redis))
    (first, body), (second, again) = endpoint.sent
    assert (second["webhook-id"], again) == (first["webhook-id"], body)
    assert endpoint.at_s[1] - endpoint.at_s[0] >= 0.5
    assert redis.exists("{wirefold}:dead:g") == 0


def test_a_retry_after_in_seconds_is_kept_to(redis, redis_server, tmp_path):
    publish(redis, a_story(1))
    endpoint = Endpoint((503, {"retry-after": "2"}), (200, {}))
    with endpoint.serving() as hook, posting(tmp_path, redis_server, hook):
        until(lambda: has_read_all(redis))
    assert endpoint.at_s[1] - endpoint.at_s[0] >= 2


def test_a_retry_after_as_a_date_is_kept_to(redis, redis_server, tmp_path):
    publish(redis, a_story(1))
    date_s = int(time.time()) + 5
    endpoint = Endpoint((503, {"retry-after": formatdate(date_s, usegmt=True)}), (200, {}))
    with endpoint.serving() as hook, posting(tmp_path, redis_server, hook):
        until(lambda: has_read_all(redis))
    assert endpoint.at_s[1] >= date_s


def test_what_is_never_taken_is_a_dead_letter(redis, redis_server, tmp_path):
    publish(redis, a_story(1))
    endpoint = Endpoint((500, {}))
    with endpoint.serving() as hook, posting(tmp_path, redis_server, hook, "--deliveries", "2"):
        until(lambda: has_read_all(redis))
    ((_, dead),) = redis.xrange("{wirefold}:dead:g")
    assert (len(endpoint.sent), b"500" in dead[b"reason"]) == (2, True)


def test_an_endpoint_that_is_gone_ends_the_process_and_loses_nothing(redis, redis_server, tmp_path):
    publish(redis, a_story(1))
    endpoint = Endpoint((410, {}))
    with endpoint.serving() as hook, posting(tmp_path, redis_server, hook) as process:
        assert process.wait(20) == 1
    assert (tmp_path / "log").read_text() == "410 Gone: the endpoint wants no more events\n"
    assert (len(endpoint.sent), redis.xpending("wirefold", "g")["pending"]) == (1, 1)
