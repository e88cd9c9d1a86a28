"""Rate limits and scripted faults, as aiogram's exceptions."""

import asyncio

import pytest
from aiogram import exceptions

from conftest import running


def chat_with(stand_in):
    bot, fan = stand_in.new_bot(), stand_in.person()
    stand_in.act(fan, bot, "start")
    return bot, fan


def sent(stand_in, bot, fan):
    return [entry["message"]["text"] for entry in stand_in.transcript(bot, fan["id"]) if entry["from_bot"]]


def test_a_chat_that_gets_too_much_answers_429_with_a_wait(stand_in):
    bot, fan = chat_with(stand_in)

    async def run():
        async with stand_in.client(bot) as client:
            with pytest.raises(exceptions.TelegramRetryAfter) as wait:
                for _ in range(30):
                    await client.send_message(fan["id"], "again")
            assert wait.value.retry_after >= 1

    asyncio.run(run())


@pytest.mark.parametrize(
    ("kind", "fields", "error"),
    [
        ("too_many_requests", {"retry_after": 3, "hold": False}, exceptions.TelegramRetryAfter),
        ("blocked", {}, exceptions.TelegramForbiddenError),
        ("deactivated", {}, exceptions.TelegramForbiddenError),
        ("cant_initiate", {}, exceptions.TelegramForbiddenError),
        ("kicked", {}, exceptions.TelegramForbiddenError),
        ("chat_not_found", {}, exceptions.TelegramBadRequest),
        ("query_too_old", {}, exceptions.TelegramBadRequest),
        ("migrated", {"to": -1001}, exceptions.TelegramMigrateToChat),
        ("unauthorized", {}, exceptions.TelegramUnauthorizedError),
        ("refuse", {"code": 409, "description": "Conflict: made up"}, exceptions.TelegramConflictError),
        ("server_error", {}, exceptions.TelegramServerError),
        ("bad_gateway", {}, exceptions.ClientDecodeError),
        ("silence", {"ms": 5}, exceptions.TelegramNetworkError),
        ("cut_before_reading", {}, exceptions.TelegramNetworkError),
    ],
)
def test_a_fault_hits_one_call_and_nothing_was_sent(stand_in, kind, fields, error):
    bot, fan = chat_with(stand_in)
    stand_in.fault(bot, kind, "sendMessage", **fields)

    async def run():
        async with stand_in.client(bot) as client:
            with pytest.raises(error):
                await client.send_message(fan["id"], "first")
            await client.send_message(fan["id"], "second")

    asyncio.run(run())
    assert sent(stand_in, bot, fan) == ["second"]


@pytest.mark.parametrize(
    ("kind", "fields"), [("lose_answer", {}), ("lose_answer", {"after_ms": 5}), ("cut_body", {})]
)
def test_an_answer_can_be_lost_after_the_message_went_out(stand_in, kind, fields):
    bot, fan = chat_with(stand_in)
    stand_in.fault(bot, kind, "send*", **fields)

    async def run():
        async with stand_in.client(bot) as client:
            # aiohttp's error for a cut body is not wrapped by aiogram.
            with pytest.raises(Exception) as lost:
                await client.send_message(fan["id"], "accepted")
            assert not isinstance(lost.value, exceptions.TelegramAPIError) or isinstance(lost.value, exceptions.TelegramNetworkError)

    asyncio.run(run())
    assert sent(stand_in, bot, fan) == ["accepted"]
    counts = stand_in.counters(bot)["methods"]["SendMessage" if "SendMessage" in stand_in.counters(bot)["methods"] else "sendMessage"]
    assert counts["executed"] == 1


def test_a_slow_answer_arrives(stand_in):
    bot, fan = chat_with(stand_in)
    stand_in.fault(bot, "slow", "sendMessage", ms=20)

    async def run():
        async with stand_in.client(bot) as client:
            assert (await client.send_message(fan["id"], "late")).text == "late"

    asyncio.run(run())


def test_a_held_429_counts_every_call_until_the_clock_has_passed_it(binary):
    with running(binary) as (own, _):
        bot, fan = chat_with(own)
        other, friend = chat_with(own)
        own.fault(bot, "too_many_requests", "sendMessage", retry_after=35)

        async def run():
            async with own.client(bot) as client, own.client(other) as neighbour:
                for expected in (35, 35):
                    with pytest.raises(exceptions.TelegramRetryAfter) as wait:
                        await client.send_message(fan["id"], "too early")
                    assert expected - 2 <= wait.value.retry_after <= expected
                await neighbour.send_message(friend["id"], "unaffected")
                own.call("POST", "/clock", {"advance_ms": 35_000})
                await client.send_message(fan["id"], "in time")

        asyncio.run(run())
        assert own.counters(bot)["flood_violations"] == 1
        assert sent(own, bot, fan) == ["in time"]


def test_the_log_never_holds_a_token(stand_in):
    bot, fan = chat_with(stand_in)

    async def run():
        async with stand_in.client(bot) as client:
            await client.set_webhook("https://example.org/x", secret_token="canary-secret")
            await client.send_message(fan["id"], f"look: {bot['token']}")

    asyncio.run(run())
    log = str(stand_in.call("GET", f"/log?bot={bot['id']}"))
    assert "sendMessage".lower() in log.lower()
    assert bot["token"] not in log and "canary-secret" not in log


def test_everything_is_there_after_a_restart(binary, tmp_path):
    flags = ("--data", str(tmp_path), "--seed", "9")
    with running(binary, *flags) as (own, process):
        bot, fan = chat_with(own)
        photo = own.act(fan, bot, "photo")["message"]["photo"][-1]["file_id"]

        async def run():
            async with own.client(bot) as client:
                await client.send_message(fan["id"], "kept")
                await client.set_webhook("https://example.org/x", secret_token="abc", allowed_updates=["message"])

        asyncio.run(run())
        process.send_signal(2)
        process.wait(timeout=10)
    with running(binary, *flags) as (own, _):
        assert sent(own, bot, fan) == ["kept"]

        async def run():
            async with own.client(bot) as client:
                info = await client.get_webhook_info()
                assert (info.url, info.pending_update_count, info.allowed_updates) == ("https://example.org/x", 2, ["message"])
                file = await client.get_file(photo)
                assert (await client.download_file(file.file_path)).read().startswith(b"\xff\xd8")

        asyncio.run(run())
