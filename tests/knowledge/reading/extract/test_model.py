"""A language model as a second reader: a stand-in answers, and only what the text bears is taken."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from knowledge.reading.extract.model import PIECE, SURE, Model, ModelError
from knowledge.reading.extract.proposal import CONFIDENT
from knowledge.reading.metadata import Metadata

TEXT = "星河航空产业园占地200亩。据说,云港的春天很美。"
ABOUT = Metadata(title="园区介绍")


class StandIn:
    """An OpenAI-compatible server that says what it is told to."""

    def __init__(self) -> None:
        self.status = 200
        self.content = "{}"
        self.raw: bytes | None = None
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        standin = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                standin.keys.append(self.headers["Authorization"])
                body = self.rfile.read(int(self.headers["Content-Length"]))
                standin.asked.append({"path": self.path, **json.loads(body)})
                reply = {"choices": [{"message": {"role": "assistant", "content": standin.content}}]}
                sent = standin.raw if standin.raw is not None else json.dumps(reply).encode()
                self.send_response(standin.status)
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()


@pytest.fixture
def standin() -> Iterator[StandIn]:
    server = StandIn()
    yield server
    server.server.shutdown()
    server.server.server_close()


def draft(**fields: object) -> dict[str, object]:
    return {"kind": "park", "fields": {"name": "星河航空产业园"}, "quote": "星河航空产业园占地200亩"} | fields


def test_what_the_quote_bears_is_taken_and_is_for_a_person_to_check(standin: StandIn) -> None:
    standin.content = "好的：\n```json\n" + json.dumps({"drafts": [draft()]}) + "\n```"
    proposals = Model(standin.url, "reader", "secret").propose(TEXT, ABOUT)

    assert [(one.kind, one.fields, one.span) for one in proposals] == [
        ("park", {"name": "星河航空产业园"}, (0, 13))
    ]
    assert proposals[0].confidence == SURE < CONFIDENT
    assert standin.keys == ["Bearer secret"]
    assert standin.asked[0]["path"] == "/v1/chat/completions"
    assert standin.asked[0]["model"] == "reader"
    assert TEXT in standin.asked[0]["messages"][-1]["content"]


@pytest.mark.parametrize(
    "row",
    [
        draft(quote="星河航空产业园占地300亩"),
        draft(quote="云港的春天很美"),
        draft(quote=""),
        draft(kind="castle"),
        draft(fields={}),
        draft(fields={"name": "星河航空产业园", "form": "castle"}),
        draft(
            kind="figure",
            fields={
                "subject": "星河航空产业园",
                "topic": "area",
                "label": "占地",
                "value": 300,
                "unit": "亩",
            },
        ),
        "not a draft",
        None,
    ],
)
def test_what_the_text_does_not_bear_is_left_out(standin: StandIn, row: object) -> None:
    standin.content = json.dumps({"drafts": [row]})

    assert Model(standin.url, "reader").propose(TEXT, ABOUT) == []


@pytest.mark.parametrize("content", ["", "我没有找到。", "{", '{"drafts": "none"}', "[]", '{"drafts": {}}'])
def test_an_answer_without_drafts_proposes_nothing(standin: StandIn, content: str) -> None:
    standin.content = content

    assert Model(standin.url, "reader").propose(TEXT, ABOUT) == []


def test_a_long_text_is_sent_in_pieces_and_places_stay_right(standin: StandIn) -> None:
    text = "云港的春天很美。\n" * (PIECE // 9 + 10) + TEXT
    standin.content = json.dumps({"drafts": [draft()]})
    proposals = Model(standin.url, "reader").propose(text, ABOUT)

    assert len(standin.asked) == 2
    assert [text[slice(*one.span)] for one in proposals] == ["星河航空产业园占地200亩"]


def test_a_refusal_names_what_to_check(standin: StandIn) -> None:
    standin.status = 401
    with pytest.raises(ModelError, match="EXTRACTION_KEY"):
        Model(standin.url, "reader").propose(TEXT, ABOUT)


def test_what_is_no_model_is_said_so(standin: StandIn) -> None:
    standin.raw = b"<html>hello</html>"
    with pytest.raises(ModelError, match="EXTRACTION_URL"):
        Model(standin.url, "reader").propose(TEXT, ABOUT)


def test_nobody_at_the_address(standin: StandIn) -> None:
    standin.server.server_close()
    with pytest.raises(ModelError, match="Nothing answers at EXTRACTION_URL"):
        Model(standin.url, "reader").propose(TEXT, ABOUT)
