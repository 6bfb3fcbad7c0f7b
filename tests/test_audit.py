"""The audit of pinned packages, with the real pip-audit and a list of vulnerabilities of our own."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.bot.browser import free_port

SCRIPT = Path(__file__).parents[1] / "scripts" / "audit.py"


@contextmanager
def vulnerable(package: str) -> Iterator[str]:
    """A list in which one package is; its address. See https://google.github.io/osv.dev/post-v1-query/."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known = {
                "id": "PYSEC-2020-1",
                "summary": "x",
                "affected": [
                    {
                        "package": {"name": package, "ecosystem": "PyPI"},
                        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "999"}]}],
                    }
                ],
            }
            found = asked["package"]["name"] == package
            body = json.dumps({"vulns": [known]} if found else {}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1/query"
    finally:
        server.shutdown()
        server.server_close()


def audit(url: str) -> tuple[int, str]:
    arguments = [sys.executable, str(SCRIPT), "--vulnerability-service", "osv", "--osv-url", url]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout


@pytest.mark.parametrize(("package", "code"), [("starlette", 1), ("nobody-has-this", 0)])
def test_a_vulnerability_that_is_known_is_named(package: str, code: int) -> None:
    with vulnerable(package) as url:
        found, said = audit(url)

    assert found == code, said
    assert ("VULNERABLE: starlette" in said) is (code == 1)
    assert code == 1 or said.startswith("No vulnerability is known of ")


def test_without_the_list_nothing_is_called_clean() -> None:
    code, said = audit(f"http://127.0.0.1:{free_port()}/v1/query")

    assert code == 3
    assert said.startswith("NOT AUDITED")
