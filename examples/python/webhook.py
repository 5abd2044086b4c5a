"""Posts each event to a webhook, signed as Standard Webhooks 1.0.0 has it, with consumer.py's loop.

    WEBHOOK_URL=https://app.example/hook WEBHOOK_SECRET=whsec_… python webhook.py hook hook-1

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import email.utils
import hashlib
import hmac
import json
import os
import time
import urllib.error
import urllib.request
from typing import Any

from reader import main

DELIVERIES = 24  # with the rests between them one to two hours, which an endpoint may be gone
TIMEOUT_S = 20  # the specification wants 15 to 30


class NotTaken(Exception):  # noqa: N818 - it names what happened
    """The endpoint did not take an event; `after_s` is its Retry-After, or 0."""

    def __init__(self, why: str, after_s: float = 0) -> None:
        super().__init__(why)
        self.after_s = after_s


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is a failure: else a POST would become a GET at another address."""

    def redirect_request(self, *_: Any) -> None:
        return None


def signature(secret: str, event_id: str, timestamp: str, body: bytes) -> str:
    """The symmetric signature of a message: HMAC-SHA256 under the secret, which is base64 after "whsec_"."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.digest(key, f"{event_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return "v1," + base64.b64encode(digest).decode()


def seconds(retry_after: str) -> float:
    """What a Retry-After header asks for, in seconds or as a date (RFC 9110 §10.2.3); 0 for none."""
    if retry_after.isdecimal():
        return int(retry_after)
    try:
        return email.utils.parsedate_to_datetime(retry_after).timestamp() - time.time()
    except ValueError:
        return 0


def post(event: dict[str, Any]) -> None:
    """Deliver an event; 2xx is success, 410 ends this process, and everything else is tried again."""
    body, timestamp = json.dumps(event, ensure_ascii=False).encode(), str(int(time.time()))
    headers = {
        "content-type": "application/cloudevents+json",
        "webhook-id": event["id"],
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(os.environ["WEBHOOK_SECRET"], event["id"], timestamp, body),
    }
    request = urllib.request.Request(os.environ["WEBHOOK_URL"], body, headers)
    try:
        urllib.request.build_opener(NoRedirects).open(request, timeout=TIMEOUT_S).close()
    except urllib.error.HTTPError as answer:
        if answer.code == 410:
            raise SystemExit("410 Gone: the endpoint wants no more events") from answer
        raise NotTaken(str(answer), seconds(answer.headers.get("retry-after", ""))) from answer


if __name__ == "__main__":
    main(post, deliveries=DELIVERIES)
