"""Starts the vendors' stand-in and asks it questions through the product's own client."""

import contextlib
import http.server
import json
import os
import pathlib
import subprocess
import threading
import urllib.error
import urllib.request

import pytest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
AIMOCK = HERE / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"
KEY = "canary-key-of-no-vendor"


@pytest.fixture(scope="session")
def example():
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    build = [ROOT / "tests" / "cargo", "product", "build", "--quiet", "--example", "ask"]
    subprocess.run(build, check=True)
    return target / "debug" / "examples" / "ask"


@pytest.fixture(scope="session")
def ask(example):
    """Asks with a key for each vendor whose address is given, and gives the outcome."""

    def run(text, seconds=20, **urls):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("XAI_", "GROQ_"))}
        for vendor, url in urls.items():
            environment |= {f"{vendor.upper()}_URL": url, f"{vendor.upper()}_KEY": KEY}
        environment["SECONDS"] = str(seconds)
        done = subprocess.run([example, text], env=environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        assert KEY not in done.stdout + done.stderr
        return json.loads(done.stdout)

    return run


class Aimock:
    """The stand-in, by its address and its journal."""

    def __init__(self, url):
        self.url = url

    def journal(self):
        with urllib.request.urlopen(f"{self.url}/__aimock/journal", timeout=10) as response:
            return json.load(response)


@contextlib.contextmanager
def aimock(*flags):
    command = ["node", AIMOCK, "--port", "0", "--fixtures", HERE / "fixtures.json", "--strict", "--validate-on-load", *flags]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for line in process.stdout:
            if "listening on " in line:
                break
        else:
            raise RuntimeError("aimock did not start")
        url = line.rsplit(" ", 1)[1].strip()
        # Its log would otherwise fill the pipe.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield Aimock(url)
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="session")
def vendors():
    with aimock() as running:
        yield running


class Server:
    """A server of our own, for what the stand-in does not do: it notes each body and answers by a function."""

    def __init__(self, answer):
        self.bodies = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.bodies.append(json.loads(body))
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    answer(self, body)

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"


@contextlib.contextmanager
def serving(answer):
    server = Server(answer)
    thread = threading.Thread(target=server.http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.http.shutdown()
        server.http.server_close()


def in_front_of(peer):
    """Passes everything on to the stand-in, whose journal keeps less than what was sent."""

    def forward(handler, body):
        headers = {"content-type": "application/json", "authorization": handler.headers["authorization"]}
        request = urllib.request.Request(peer.url + handler.path, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                reply(handler, response.status, response.read())
        except urllib.error.HTTPError as error:
            reply(handler, error.code, error.read())

    return forward


def reply(handler, status, body, **headers):
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
