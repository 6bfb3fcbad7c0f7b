"""Updates wait, are acknowledged, repeated, filtered, and sent to a webhook."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from tests.telegram_server.client import StandIn

OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


def ids(server: StandIn, **fields: Any) -> list[int]:  # noqa: ANN401 - JSON
    return [update["update_id"] for update in server.call("getUpdates", **fields).json()["result"]]


def wait_until(met: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not met():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def test_updates_wait_until_they_are_acknowledged(fresh: StandIn) -> None:
    person = fresh.user(1)
    first, second, third = (person.say(text)["update_id"] for text in ("一", "二", "三"))

    assert ids(fresh) == [first, second, third]
    assert ids(fresh, limit=2) == [first, second]
    assert ids(fresh, offset=second) == [second, third]
    assert ids(fresh) == [second, third]
    assert ids(fresh, offset=-1) == [third]
    assert ids(fresh, offset=third + 1) == []


def test_a_request_waits_for_an_update(fresh: StandIn) -> None:
    person = fresh.user(1)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(ids, fresh, timeout=10)
        wait_until(lambda: bool(fresh.log("getUpdates")))
        said = person.say("一")["update_id"]

        assert waiting.result(5) == [said]
    begin = time.monotonic()
    assert ids(fresh, offset=said + 1, timeout=1) == []
    assert 0.9 < time.monotonic() - begin < 3


def test_the_earlier_of_two_requests_is_ended(fresh: StandIn) -> None:
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(fresh.call, "getUpdates", timeout=10)
        wait_until(lambda: bool(fresh.log("getUpdates")))
        assert fresh.call("getUpdates").json()["ok"]
        assert first.result(5).json() == {"ok": False, "error_code": 409, "description": OTHER}


def test_only_what_the_bot_asked_for_comes(fresh: StandIn) -> None:
    person = fresh.user(1)
    ids(fresh, allowed_updates=["edited_message"])
    said = person.say("一")
    person.edit(said["message"]["message_id"], "二")

    updates = fresh.call("getUpdates").json()["result"]
    assert [update["edited_message"]["text"] for update in updates] == ["二"]
    ids(fresh, offset=-1, allowed_updates=[])
    person.say("三")
    assert len(ids(fresh)) == 2


def test_an_update_is_repeated_after_it_was_acknowledged(fresh: StandIn) -> None:
    update = fresh.user(1).say("一")
    number = update["update_id"]
    assert ids(fresh, offset=number + 1) == []
    fresh.order("repeat", updates=[update])

    assert ids(fresh, offset=number + 1) == [number]
    assert ids(fresh, offset=number + 1) == []


@contextmanager
def webhook(statuses: list[int]) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """A bot's own server; answers with these statuses, then with 200."""
    taken: list[tuple[str, Any]] = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            taken.append((self.headers["X-Telegram-Bot-Api-Secret-Token"], body))
            self.send_response(statuses.pop(0) if statuses else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Taker) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/hook", taken
        server.shutdown()
        thread.join()


def test_a_webhook_gets_updates_until_it_takes_them(fresh: StandIn) -> None:
    person = fresh.user(1)
    with webhook([500]) as (url, taken):
        assert fresh.call("setWebhook", url=url, secret_token="s3").json()["ok"]
        assert fresh.call("getUpdates").json()["description"] == WEBHOOK
        person.say("一")
        person.say("二")
        wait_until(lambda: len(taken) == 3)
        wait_until(lambda: fresh.order("state")["waiting"] == 0)
        info = fresh.call("getWebhookInfo").json()["result"]
        assert fresh.call("deleteWebhook").json()["ok"]

    assert {secret for secret, _ in taken} == {"s3"}
    assert [update["message"]["text"] for _, update in taken] == ["一", "一", "二"]
    assert info["url"] == url
    assert "500" in info["last_error_message"]
    person.say("三")
    assert len(ids(fresh)) == 1


def test_setting_a_webhook_ends_a_request_that_waits(fresh: StandIn) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(fresh.call, "getUpdates", timeout=10)
        wait_until(lambda: bool(fresh.log("getUpdates")))
        fresh.call("setWebhook", url="http://127.0.0.1:9/")
        answer = waiting.result(5).json()

    assert answer["description"] == "Conflict: terminated by setWebhook request"


def test_a_webhook_may_drop_what_waits(fresh: StandIn) -> None:
    fresh.user(1).say("一")
    fresh.call("deleteWebhook", drop_pending_updates=True)

    assert ids(fresh) == []
