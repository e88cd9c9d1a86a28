"""Runs localstripe in a process of its own: another Stripe, of strangers, with the shapes of before 2025.

Prints its address as a line of JSON. It listens to this machine alone and keeps nothing on disk, where its own command does both
otherwise.
"""

import json
import socket

from aiohttp import web
from localstripe import resources, server

resources.Store.dump_to_disk = lambda self: None
# Of a bill's payments it knows nothing, and refuses to expand what is not there. Before 2025 the bill itself names what paid it.
resources.Invoice.payments = None

listening = socket.create_server(("127.0.0.1", 0))
print(json.dumps({"url": f"http://127.0.0.1:{listening.getsockname()[1]}"}), flush=True)
web.run_app(server.app, sock=listening, print=None, access_log=None)
