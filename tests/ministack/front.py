"""One origin in front of the emulator's HTTP APIs, as CloudFront is on AWS: host name by route."""

import http.client
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host", "date", "server"}


class Front:
    """Listens on a free port; `routes` are (method, path template, host) and may be given later."""

    def __init__(self, upstream_port):
        front = self
        self.upstream_port, self.routes = upstream_port, []

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def forward(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                host = front.host_of(self.command, self.path.partition("?")[0])
                if host is None:
                    self.send_error(404)
                    return
                upstream = http.client.HTTPConnection("127.0.0.1", front.upstream_port, timeout=60)
                try:
                    headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP_BY_HOP}
                    upstream.request(self.command, self.path, body, {**headers, "Host": host})
                    answer = upstream.getresponse()
                    content = answer.read()
                    self.send_response(answer.status)
                    for key, value in answer.getheaders():
                        if key.lower() not in HOP_BY_HOP:
                            self.send_header(key, value)
                    self.send_header("Content-Length", str(len(content)))
                    self.end_headers()
                    self.wfile.write(content)
                finally:
                    upstream.close()

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = forward

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def add(self, method, path, host):
        pattern = re.compile("".join("[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{[^}]+\})", path)))
        self.routes.append((method.upper(), pattern, host))

    def host_of(self, method, path):
        return next((host for m, pattern, host in self.routes if m == method and pattern.fullmatch(path)), None)

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
