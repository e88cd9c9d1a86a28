"""Our own client and aiogram mean the same by every method that the product calls, and the stand-in knows them all."""

import asyncio
import inspect
import json
import os
import subprocess

import pytest
from aiogram import methods
from aiogram.methods.base import TelegramMethod
from aiohttp import web
from pydantic import BaseModel

from conftest import ROOT, raw

# Telegram runs this one out of a webhook's answer, so no call of ours is seen.
IN_AN_ANSWER = "answerPreCheckoutQuery"
SENT = {"message_id": 9, "date": 1_795_000_000, "chat": {"id": 5, "type": "private"}}
RESULTS = {
    "getMe": {"id": 1_234_567_890, "is_bot": True, "first_name": "Sofi", "username": "fans_bot"},
    "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
    "getFile": {"file_id": "f1", "file_unique_id": "u1", "file_path": "photos/1.jpg"},
    "getBusinessConnection": {"id": "b1", "user": {"id": 5, "is_bot": False, "first_name": "Mira"}, "date": 1, "is_enabled": True},
    "sendChatAction": True,
}


def known_to_aiogram():
    classes = [made for made in vars(methods).values() if inspect.isclass(made) and issubclass(made, TelegramMethod)]
    return {made.__api_method__: made for made in classes if made is not TelegramMethod}


KNOWN = known_to_aiogram()


def result(method):
    return RESULTS.get(method, SENT if method.startswith("send") else True)


async def parameters(request):
    """What a call says, as JSON or as the fields of a form with a file."""
    if request.content_type == "application/json":
        return await request.json()
    fields = await request.post()
    return {name: value if isinstance(value, str) else value.filename for name, value in fields.items()}


async def recorded(command):
    """What our client asked for, call by call, and what it told of itself."""
    calls = []

    async def answer(request):
        method = request.match_info["method"]
        calls.append((method, await parameters(request)))
        return web.json_response({"ok": True, "result": result(method)})

    app = web.Application()
    app.router.add_post("/bot{token}/{method}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    run = [*command, f"http://127.0.0.1:{runner.addresses[0][1]}"]
    try:
        done = await asyncio.to_thread(subprocess.run, run, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    finally:
        await runner.cleanup()
    return calls, json.loads(done.stdout)


@pytest.fixture(scope="module")
def ours():
    binary = os.environ.get("EVERY_CALL")
    command = [binary] if binary else ["cargo", "run", "--quiet", "-p", "telegram", "--example", "every_call", "--"]
    calls, told = asyncio.run(recorded(command))
    refusal = dict(told["refusal"])
    return [*calls, (refusal.pop("method"), refusal)], told["methods"]


def unknown(value):
    """Names in a request that aiogram's types do not have, however deep."""
    if isinstance(value, BaseModel):
        yield from value.model_extra or ()
        for name in type(value).model_fields:
            yield from unknown(getattr(value, name))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from unknown(part)


def test_every_method_that_the_product_may_call_is_called_here(ours):
    calls, names = ours
    assert sorted({method for method, _ in calls}) == sorted(names)
    assert calls[-1][0] == IN_AN_ANSWER


def test_aiogram_has_every_method_under_the_same_name(ours):
    _, names = ours
    assert [name for name in names if name not in KNOWN] == []


def test_aiogram_has_every_parameter_and_misses_none(ours):
    calls, _ = ours
    for method, params in calls:
        fields = KNOWN[method].model_fields
        assert set(params) <= set(fields), method
        assert {name for name, field in fields.items() if field.is_required()} <= set(params), method
        deprecated = [name for name in params if (fields[name].json_schema_extra or {}).get("deprecated")]
        assert deprecated == [], method


def test_what_is_inside_of_a_parameter_is_known_to_aiogram_too(ours):
    calls, _ = ours
    for method, params in calls:
        assert list(unknown(KNOWN[method].model_validate(params))) == [], method
    texts = [params for method, params in calls if method == "sendMessage"]
    assert {"reply_parameters", "link_preview_options", "reply_markup"} <= set().union(*texts)


def test_an_unknown_name_inside_of_a_parameter_would_be_found():
    made = KNOWN["sendMessage"].model_validate({"chat_id": 5, "text": "x", "reply_parameters": {"message_id": 7, "from_memory": True}})
    assert list(unknown(made)) == ["from_memory"]


def test_the_stand_in_knows_every_method_of_ours(stand_in, ours):
    _, names = ours

    async def run():
        for name in names:
            bot = stand_in.new_bot()
            status, body = await raw(stand_in, bot, name, json={})
            # What it misses is a parameter, not the method.
            assert status in (200, 400) and body["ok"] == (status == 200), (name, status, body)

    asyncio.run(run())
