"""Starts the Telegram stand-in once; each test makes its own bot and people, so tests do not meet."""

import asyncio
import contextlib
import json
import os
import pathlib
import subprocess
import urllib.error
import urllib.request

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Refused(Exception):
    def __init__(self, status, message):
        super().__init__(f"{status} {message}")
        self.status = status


class StandIn:
    """The control API, spoken with nothing but the standard library."""

    def __init__(self, url):
        self.url = url
        self._bots = 0

    def call(self, verb, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"} if data is not None else {}
        request = urllib.request.Request(f"{self.url}/__control{path}", data, headers, method=verb)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise Refused(error.code, error.read().decode()) from None

    def new_bot(self):
        self._bots += 1
        return self.call("POST", "/bots", {"username": f"fans_{os.getpid()}_{self._bots}_bot", "first_name": "Sofi"})

    def person(self, **fields):
        return self.call("POST", "/people", fields)

    def act(self, person, bot, act, **fields):
        return self.call("POST", f"/people/{person['id']}/acts", {"bot": bot["id"], "act": act, **fields})

    def fault(self, bot, kind, method=None, count=1, **fields):
        script = {"bot": bot["id"], "count": count, "fault": {"kind": kind, **fields}}
        if method:
            script["method"] = method
        return self.call("POST", "/faults", script)

    def transcript(self, bot, chat):
        return self.call("GET", f"/bots/{bot['id']}/chats/{chat}")["messages"]

    def counters(self, bot):
        return self.call("GET", f"/bots/{bot['id']}/counters")

    def client(self, bot):
        server = TelegramAPIServer.from_base(self.url)
        return Bot(bot["token"], session=AiohttpSession(api=server, timeout=20))


@pytest.fixture(scope="session")
def binary():
    build = [ROOT / "tests" / "cargo", "host", "build", "--quiet", "--bin", "telegram-stand-in"]
    subprocess.run(build, check=True)
    return pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "telegram-stand-in"


@contextlib.contextmanager
def running(binary, *flags):
    process = subprocess.Popen([binary, *flags], stdout=subprocess.PIPE, text=True)
    try:
        yield StandIn(json.loads(process.stdout.readline())["url"]), process
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture(scope="session")
def stand_in(binary):
    with running(binary) as (stand_in, _):
        yield stand_in


class Receiver:
    """A webhook that notes what it gets and answers what it is told."""

    def __init__(self):
        self.updates = []
        self.headers = []
        self.answers = []
        self.default = {"status": 200}
        self.url = None

    async def handle(self, request):
        self.headers.append(request.headers)
        raw = await request.read()
        try:
            self.updates.append(json.loads(raw))
        except ValueError:
            self.updates.append(raw)
        answer = self.answers.pop(0) if self.answers else self.default
        if "json" in answer:
            return web.json_response(answer["json"], status=answer.get("status", 200))
        return web.Response(status=answer["status"], headers=answer.get("headers"))


@contextlib.asynccontextmanager
async def receiver():
    target = Receiver()
    app = web.Application()
    app.router.add_post("/hook", target.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    target.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        yield target
    finally:
        await runner.cleanup()


async def settle(stand_in):
    """Waits in the stand-in, without blocking the receiver that runs in this loop."""
    return await asyncio.to_thread(stand_in.call, "POST", "/settle")


async def raw(stand_in, bot, method, **kwargs):
    """A call without aiogram, for what aiogram cannot send."""
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{stand_in.url}/bot{bot['token']}/{method}", **kwargs) as response:
            return response.status, await response.json(content_type=None)
