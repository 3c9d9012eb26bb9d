"""A Hookline server as `hookline start` runs it, and what it talks to: a name server and receivers of webhooks."""

from __future__ import annotations

import http.client
import json
import os
import socket
import socketserver
import subprocess
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, Queue
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
KEY = "5d4c" * 10
USER = "ana"
TEAM = "vision"
ORGANIZATION = "Acme"
#: A first start builds the pages.
START_SECONDS = 400
COMMAND = [ROOT / "lib" / "cli" / "hookline.mjs", "start"]


class Refused(Exception):
    """An answer of the REST API that is no success."""

    def __init__(self, status: int, body: Any):
        super().__init__(f"{status}: {body}")
        self.status = status
        self.body = body


class Server:
    """The server's REST API, as the dashboard uses it."""

    def __init__(self, url: str, key: str = KEY):
        self.url = url
        self.key = key

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                text = answer.read()
        except urllib.error.HTTPError as error:
            raise Refused(error.code, json.loads(error.read() or b"null")) from None
        return json.loads(text) if text else None

    def get(self, path: str) -> Any:
        return self("GET", f"/api/v1{path}")

    def post(self, path: str, body: Any) -> Any:
        return self("POST", f"/api/v1{path}", body)

    def patch(self, path: str, body: Any) -> Any:
        return self("PATCH", f"/api/v1{path}", body)

    def delete(self, path: str) -> Any:
        return self("DELETE", f"/api/v1{path}")

    def page_behind(self, url: str) -> str | None:
        """Where the server leads somebody who opens a printed address, signed in or not."""
        assert url.startswith(f"{self.url}/"), url
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        connection.request("GET", url[len(self.url) :].replace(" ", "%20"))
        return connection.getresponse().getheader("location")

    def graphql(self, query: str, **variables: Any) -> Any:
        return self("POST", "/graphql", {"query": query, "variables": variables})["data"]


def start_server(folder: Path, name_server: int) -> tuple[subprocess.Popen[bytes], Server]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = open(folder / "server.log", "wb")
    process = subprocess.Popen(
        [ROOT / "node_modules" / ".bin" / "node", *COMMAND],
        stdout=log,
        stderr=log,
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "PORT": str(port),
            "HOOKLINE_PUBLIC_URL": url,
            "HOOKLINE_DATA_DIR": str(folder / "data"),
            "HOOKLINE_ADMIN_USERNAME": USER,
            "HOOKLINE_ADMIN_PASSWORD": "correct horse battery staple",
            "HOOKLINE_ADMIN_API_KEY": KEY,
            "HOOKLINE_ORGANIZATION": ORGANIZATION,
            "HOOKLINE_TEAM": TEAM,
            "HOOKLINE_EGRESS_ALLOW": "127.0.0.0/8",
            "HOOKLINE_EGRESS_PERSONAL": "1",
            "HOOKLINE_ALLOW_HTTP": "1",
            "HOOKLINE_DNS_SERVERS": f"127.0.0.1:{name_server}",
        },
    )
    ready(process, url, folder / "server.log")
    return process, Server(url)


def ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/ready", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise RuntimeError(f"The server did not start:\n{log.read_text()[-4000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class NameServer(socketserver.ThreadingUDPServer):
    """Leads every name to loopback: RFC 1035, as much as one question needs."""

    daemon_threads = True

    class Answer(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            query, sender = self.request
            end = query.index(b"\0", 12) + 5
            wants_address = query[end - 4 : end - 2] == b"\0\1"
            record = b"\xc0\x0c\0\1\0\1\0\0\0\1\0\4\x7f\0\0\1" if wants_address else b""
            header = query[:2] + b"\x81\x80\0\1" + (b"\0\1" if wants_address else b"\0\0") + b"\0\0\0\0"
            sender.sendto(header + query[12:end] + record, self.client_address)

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), self.Answer)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return self.server_address[1]


class Receiver(ThreadingHTTPServer):
    """Keeps what is posted to it, and answers ok."""

    def __init__(self) -> None:
        self.received: Queue[dict[str, Any]] = Queue()
        received = self.received

        class Keep(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                received.put({"path": self.path, "headers": dict(self.headers), "body": body, "json": json.loads(body)})
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_: Any) -> None:
                pass

        super().__init__(("127.0.0.1", 0), Keep)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, path: str = "/") -> str:
        return f"http://receiver.test:{self.server_address[1]}{path}"

    def next(self, timeout: float = 20) -> dict[str, Any]:
        return self.received.get(timeout=timeout)

    def is_quiet(self) -> bool:
        try:
            self.received.get_nowait()
        except Empty:
            return True
        return False
