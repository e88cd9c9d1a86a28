"""Webhooks, polling and payments, with aiogram's types parsing every kind of update that people cause."""

import asyncio

import pytest
from aiogram import exceptions, types
from aiogram.types import Update

from conftest import Refused, receiver, settle

EVERYTHING = ["message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "pre_checkout_query",
              "my_chat_member", "chat_join_request", "message_reaction", "subscription"]
STARS = {"title": "Set", "description": "Ten photos", "payload": "order-1", "currency": "XTR", "provider_token": ""}


def price(amount=25):
    return [types.LabeledPrice(label="Set", amount=amount)]


async def pay(stand_in, client, bot, fan, slug):
    """Pays an invoice and answers the charge id; updates come by polling."""
    checkout = stand_in.act(fan, bot, "pay", **slug)["pre_checkout_query_id"]
    updates = await client.get_updates()
    assert updates[-1].pre_checkout_query.id == checkout
    assert await client.answer_pre_checkout_query(checkout, ok=True)
    updates = await client.get_updates(offset=updates[-1].update_id + 1)
    await client.get_updates(offset=updates[-1].update_id + 1)
    return updates[-1].message.successful_payment


def test_every_kind_that_people_cause_is_parsed(stand_in):
    bot = stand_in.new_bot()
    fan = stand_in.person(first_name="Kira", last_name="K", username="kira_fan", language_code="pt", is_premium=True)

    async def run():
        async with stand_in.client(bot) as client:
            await client.get_updates(allowed_updates=EVERYTHING)
            stand_in.act(fan, bot, "start", payload="campaign-7")
            question = await client.send_message(
                fan["id"], "Yes?", reply_markup=types.InlineKeyboardMarkup(
                    inline_keyboard=[[types.InlineKeyboardButton(text="Yes", callback_data="yes")]]
                ),
            )
            text = stand_in.act(fan, bot, "text", text="שלום 👩‍🚀 \u200b x", reply_to=question.message_id)
            stand_in.act(fan, bot, "edit", message_id=text["message"]["message_id"], text="changed")
            stand_in.act(fan, bot, "react", message_id=question.message_id, emoji=["❤"])
            stand_in.act(fan, bot, "press", message_id=question.message_id)
            for media in ["photo", "video", "voice", "audio", "document", "animation", "sticker", "video_note"]:
                stand_in.act(fan, bot, media, caption="c" if media != "sticker" else None)
            stand_in.act(fan, bot, "album", items=[{"media": "photo"}, {"media": "video", "caption": "two"}])
            stand_in.act(fan, bot, "content", content={"contact": {"phone_number": "+10", "first_name": "K"}})
            stand_in.act(fan, bot, "block")
            stand_in.act(fan, bot, "unblock")
            channel = stand_in.call("POST", "/chats", {"type": "channel", "title": "News"})["id"]
            supergroup = stand_in.call("POST", "/chats", {"type": "supergroup", "title": "Club"})["id"]
            for chat in (channel, supergroup):
                stand_in.call("POST", f"/chats/{chat}/bots", {"bot": bot["id"], "status": "administrator", "by": fan["id"]})
            post = stand_in.act(fan, bot, "text", chat=channel, text="post")
            stand_in.act(fan, bot, "edit", chat=channel, message_id=post["message"]["message_id"], text="post 2")
            stand_in.act(fan, bot, "text", chat=supergroup, text="hello all")
            stand_in.act(fan, bot, "join_request", chat=channel)
            stand_in.act(fan, bot, "photo")
            link = await client.create_invoice_link(**STARS, prices=price(), subscription_period=2592000)
            stand_in.act(fan, bot, "pay", link=link)

            seen, kinds, offset = [], set(), None
            while updates := await client.get_updates(offset=offset):
                seen += updates
                offset = updates[-1].update_id + 1
            kinds = {update.event_type for update in seen}
            assert kinds == set(EVERYTHING) - {"subscription"}
            for update in seen:
                # Nothing that was sent is unknown to aiogram's types.
                event = update.event
                assert not event.model_extra, (update.event_type, event.model_extra)
            assert seen[0].message.text == "/start campaign-7"
            assert seen[0].message.entities[0].type == "bot_command"
            assert seen[0].message.from_user.is_premium
            assert seen[1].message.text == "שלום 👩‍🚀 \u200b x"
            assert seen[1].message.reply_to_message.message_id == question.message_id
            ids = [update.update_id for update in seen]
            assert ids == sorted(set(ids))

    asyncio.run(run())


def test_a_webhook_gets_the_secret_and_everything_in_order(stand_in):
    bot, fan = stand_in.new_bot(), stand_in.person()

    async def run():
        async with stand_in.client(bot) as client, receiver() as hook:
            stand_in.act(fan, bot, "text", text="before the webhook")
            assert await client.set_webhook(hook.url, secret_token="s3cret_-", max_connections=5, allowed_updates=["message"])
            for number in range(5):
                stand_in.act(fan, bot, "text", text=f"number {number}")
            stand_in.act(fan, bot, "block")
            await settle(stand_in)
            texts = [update["message"]["text"] for update in hook.updates]
            assert texts == ["before the webhook", *(f"number {number}" for number in range(5))]
            assert {headers["X-Telegram-Bot-Api-Secret-Token"] for headers in hook.headers} == {"s3cret_-"}
            assert all(Update.model_validate(update) for update in hook.updates)
            info = await client.get_webhook_info()
            assert (info.url, info.pending_update_count, info.max_connections, info.allowed_updates) == (hook.url, 0, 5, ["message"])
            assert info.last_error_date is None
            with pytest.raises(exceptions.TelegramConflictError, match="can't use getUpdates method while webhook is active"):
                await client.get_updates()
            assert await client.delete_webhook()
            assert (await client.get_webhook_info()).url == ""

    asyncio.run(run())


def test_a_failing_webhook_is_tried_again_and_the_error_stays_visible(stand_in):
    bot, fan = stand_in.new_bot(), stand_in.person()

    async def run():
        async with stand_in.client(bot) as client, receiver() as hook:
            hook.answers = [{"status": 500}]
            await client.set_webhook(hook.url)
            stand_in.act(fan, bot, "text", text="once more")
            await settle(stand_in)
            assert [update["update_id"] for update in hook.updates] == [hook.updates[0]["update_id"]] * 2
            info = await client.get_webhook_info()
            assert info.pending_update_count == 0
            assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
            assert "X-Telegram-Bot-Api-Secret-Token" not in hook.headers[0]

    asyncio.run(run())


def test_a_method_in_the_answer_is_executed(stand_in):
    bot, fan = stand_in.new_bot(), stand_in.person()

    async def run():
        async with stand_in.client(bot) as client, receiver() as hook:
            await client.set_webhook(hook.url)
            hook.answers = [
                {"json": {"method": "sendMessage", "chat_id": fan["id"], "text": "from the answer"}},
                {"json": {"method": "deleteWebhook"}},
            ]
            stand_in.act(fan, bot, "text", text="hi")
            stand_in.act(fan, bot, "text", text="ho")
            await settle(stand_in)
            assert (await client.get_webhook_info()).url == hook.url

    asyncio.run(run())
    assert [entry["message"]["text"] for entry in stand_in.transcript(bot, fan["id"]) if entry["from_bot"]] == ["from the answer"]


def test_set_webhook_refuses_what_telegram_refuses(stand_in):
    bot = stand_in.new_bot()

    async def run():
        async with stand_in.client(bot) as client:
            for url, detail in [
                ("http://example.org/x", "An HTTPS URL must be provided"),
                ("https://example.org:9000/x", "only on ports 80, 88, 443 or 8443"),
                ("https://10.0.0.1/x", "reserved"),
            ]:
                with pytest.raises(exceptions.TelegramBadRequest, match=detail):
                    await client.set_webhook(url)
            with pytest.raises(exceptions.TelegramBadRequest, match="unallowed characters"):
                await client.set_webhook("https://example.org/x", secret_token="no spaces")
            assert await client.set_webhook("https://example.org/x")
            assert await client.set_webhook("https://example.org/x")
            with pytest.raises(exceptions.TelegramRetryAfter) as wait:
                await client.set_webhook("https://example.org/y")
            assert wait.value.retry_after == 1

    asyncio.run(run())


def test_two_pollers_and_a_webhook_end_each_other_with_409(stand_in):
    bot = stand_in.new_bot()

    async def run():
        async with stand_in.client(bot) as first, stand_in.client(bot) as second:
            async def poll(client):
                return await client.get_updates(timeout=10)

            older = asyncio.create_task(poll(first))
            while not (await asyncio.to_thread(stand_in.call, "GET", f"/bots/{bot['id']}"))["polling"]:
                pass
            newer = asyncio.create_task(poll(second))
            with pytest.raises(exceptions.TelegramConflictError, match="terminated by other getUpdates request"):
                await older
            await first.set_webhook("https://example.org/x")
            with pytest.raises(exceptions.TelegramConflictError):
                await newer

    asyncio.run(run())


def test_an_invoice_is_paid_refunded_and_listed(stand_in):
    bot, fan = stand_in.new_bot(), stand_in.person()
    stand_in.act(fan, bot, "start")

    async def run():
        async with stand_in.client(bot) as client:
            message = await client.send_invoice(fan["id"], **STARS, prices=price())
            assert message.invoice.currency == "XTR" and message.invoice.total_amount == 25
            payment = await pay(stand_in, client, bot, fan, {"message_id": message.message_id})
            assert (payment.total_amount, payment.invoice_payload) == (25, "order-1")
            assert (await client.get_my_star_balance()).amount == 25
            charge = payment.telegram_payment_charge_id
            assert await client.refund_star_payment(fan["id"], charge)
            with pytest.raises(exceptions.TelegramBadRequest, match="CHARGE_ALREADY_REFUNDED"):
                await client.refund_star_payment(fan["id"], charge)
            lines = (await client.get_star_transactions()).transactions
            assert [line.id for line in lines] == [charge, charge]
            assert lines[0].source.user.id == fan["id"] and lines[1].receiver.user.id == fan["id"]
            assert (await client.get_updates())[-1].message.refunded_payment.telegram_payment_charge_id == charge
            for wrong in [{"currency": "EUR"}, {"title": ""}, {"payload": "x" * 129}]:
                with pytest.raises(exceptions.TelegramBadRequest):
                    await client.send_invoice(fan["id"], **{**STARS, **wrong}, prices=price())

    asyncio.run(run())


def test_a_pre_checkout_lives_ten_seconds_and_can_be_declined(stand_in, binary):
    from conftest import running

    with running(binary) as (own, _):
        bot, fan = own.new_bot(), own.person()
        own.act(fan, bot, "start")

        async def run():
            async with own.client(bot) as client:
                link = await client.create_invoice_link(**STARS, prices=price())
                declined = own.act(fan, bot, "pay", link=link)["pre_checkout_query_id"]
                assert await client.answer_pre_checkout_query(declined, ok=False, error_message="not for sale yet")
                late = own.act(fan, bot, "pay", link=link)["pre_checkout_query_id"]
                own.call("POST", "/clock", {"advance_ms": 10_001})
                with pytest.raises(exceptions.TelegramBadRequest, match="query is too old"):
                    await client.answer_pre_checkout_query(late, ok=True)
                assert (await client.get_my_star_balance()).amount == 0

        asyncio.run(run())
        states = {checkout["state"]: checkout["reason"] for checkout in own.call("GET", f"/bots/{bot['id']}/payments")["checkouts"]}
        assert states == {"declined": "not for sale yet", "timed_out": None}


def test_a_subscription_renews_and_is_cancelled(stand_in):
    bot, fan = stand_in.new_bot(), stand_in.person()
    stand_in.act(fan, bot, "start")

    async def run():
        async with stand_in.client(bot) as client:
            link = await client.create_invoice_link(**STARS, prices=price(), subscription_period=2592000)
            first = await pay(stand_in, client, bot, fan, {"link": link})
            assert first.is_recurring and first.is_first_recurring and first.subscription_expiration_date
            charge = first.telegram_payment_charge_id
            stand_in.act(fan, bot, "subscription", charge=charge, step="renew")
            renewed = (await client.get_updates())[-1].message.successful_payment
            assert renewed.is_recurring and not renewed.is_first_recurring
            assert renewed.telegram_payment_charge_id != charge
            stand_in.act(fan, bot, "subscription", charge=renewed.telegram_payment_charge_id, step="cancel")
            update = (await client.get_updates())[-1].subscription
            assert (update.user.id, update.invoice_payload, update.state) == (fan["id"], "order-1", "canceled")
            with pytest.raises(exceptions.TelegramBadRequest, match="SUBSCRIPTION_PERIOD_INVALID"):
                await client.create_invoice_link(**STARS, prices=price(), subscription_period=60)

    asyncio.run(run())


def test_a_button_is_answered_once_and_not_too_late(stand_in, binary):
    from conftest import running

    with running(binary) as (own, _):
        bot, fan = own.new_bot(), own.person()
        own.act(fan, bot, "start")

        async def run():
            async with own.client(bot) as client:
                button = types.InlineKeyboardButton(text="Yes", callback_data="yes")
                markup = types.InlineKeyboardMarkup(inline_keyboard=[[button]])
                message = await client.send_message(fan["id"], "?", reply_markup=markup)
                query = own.act(fan, bot, "press", message_id=message.message_id)["callback_query_id"]
                assert await client.answer_callback_query(query, text="noted")
                with pytest.raises(exceptions.TelegramBadRequest, match="query is too old"):
                    await client.answer_callback_query(query)
                late = own.act(fan, bot, "press", message_id=message.message_id)["callback_query_id"]
                own.call("POST", "/clock", {"advance_ms": 151_000})
                with pytest.raises(exceptions.TelegramBadRequest, match="query is too old"):
                    await client.answer_callback_query(late)

        asyncio.run(run())


def test_a_group_bot_with_privacy_mode_sees_only_what_is_for_it(stand_in):
    bot, fan = stand_in.new_bot(), stand_in.person()
    group = stand_in.call("POST", "/chats", {"type": "supergroup", "title": "Club"})["id"]
    stand_in.call("POST", f"/chats/{group}/bots", {"bot": bot["id"], "status": "member", "by": fan["id"]})
    for text in ["among fans", "/help", f"hello @{bot['username']}"]:
        stand_in.act(fan, bot, "text", chat=group, text=text)

    async def run():
        async with stand_in.client(bot) as client:
            updates = await client.get_updates()
            assert updates[0].my_chat_member.new_chat_member.status == "member"
            assert [update.message.text for update in updates[1:]] == ["/help", f"hello @{bot['username']}"]
            with pytest.raises(exceptions.TelegramForbiddenError, match="can't initiate conversation"):
                await client.send_message(fan["id"], "in private?")

    asyncio.run(run())


def test_an_injected_message_can_be_answered(stand_in):
    bot = stand_in.new_bot()
    chat = {"id": 4_300_000_042, "type": "private", "first_name": "Ada"}
    message = {"message_id": 900, "date": 1, "chat": chat, "from": {**chat, "is_bot": False}, "text": "raw"}
    stand_in.call("POST", f"/bots/{bot['id']}/updates", {"update": {"message": message}})

    async def run():
        async with stand_in.client(bot) as client:
            answer = await client.send_message(chat["id"], "yes", reply_parameters=types.ReplyParameters(message_id=900))
            assert answer.message_id == 901 and answer.reply_to_message.text == "raw"

    asyncio.run(run())


def test_anything_can_be_injected_and_repeated(stand_in):
    bot = stand_in.new_bot()

    async def run():
        async with stand_in.client(bot) as client, receiver() as hook:
            await client.set_webhook(hook.url, allowed_updates=["message"])
            path = f"/bots/{bot['id']}/updates"
            first = stand_in.call("POST", path, {"update": {"from_the_future": {"x": 1}}})
            stand_in.call("POST", path, {"update": [1, 2], "as_is": True})
            stand_in.call("POST", path, {"text": "not json {"})
            await settle(stand_in)
            stand_in.call("POST", path, {"repeat": first["update_id"], "times": 2})
            await settle(stand_in)
            assert hook.updates.count({"update_id": first["update_id"], "from_the_future": {"x": 1}}) == 3
            assert [1, 2] in hook.updates and b"not json {" in hook.updates
            bulk = {"updates": [{"message": {"n": n}} for n in range(40)], "copies": 3, "concurrency": 50, "shuffle": True, "seed": 3}
            before = len(hook.updates)
            hook.answers = [{"status": 503}] * 5
            report = await asyncio.to_thread(stand_in.call, "POST", f"/bots/{bot['id']}/bulk", bulk)
            assert (report["sent"], report["accepted"], report["statuses"]["503"]) == (120, 120, 5)
            numbers = [update["message"]["n"] for update in hook.updates[before:]]
            assert sorted(set(numbers)) == list(range(40)) and numbers[:40] != sorted(numbers[:40])

    asyncio.run(run())
    with pytest.raises(Refused):
        stand_in.call("POST", f"/bots/{bot['id']}/updates", {"repeat": 1})


def test_a_bot_answers_in_the_name_of_a_business_account(stand_in):
    bot = stand_in.new_bot()
    owner, fan = stand_in.person(first_name="Ophelia"), stand_in.person(first_name="Fabian")
    connection = stand_in.act(owner, bot, "connect_business")["connection"]

    async def run():
        async with stand_in.client(bot) as client:
            stand_in.act(fan, bot, "text", business=owner["id"], text="is that you?")
            connected, asked = await client.get_updates()
            assert connected.business_connection.id == connection
            assert connected.business_connection.rights.can_reply
            assert connected.business_connection.user_chat_id == owner["id"]
            message = asked.business_message
            assert (message.chat.id, message.from_user.id) == (fan["id"], fan["id"])
            assert message.business_connection_id == connection
            assert await client.send_chat_action(fan["id"], "typing", business_connection_id=connection)
            sent = await message.answer("it is").as_(client)
            assert sent.sender_business_bot.id == bot["id"]
            file = types.BufferedInputFile(b"a photo", "me.jpg")
            await client.send_photo(fan["id"], file, business_connection_id=connection, caption="me")
            stand_in.act(fan, bot, "edit", business=owner["id"], message_id=message.message_id, text="hi!")
            stand_in.act(fan, bot, "delete_messages", business=owner["id"], message_ids=[message.message_id])
            stand_in.act(owner, bot, "end_business")
            own, photo, edited, deleted, ended = await client.get_updates(offset=asked.update_id + 1)
            assert own.business_message == sent and own.business_message.from_user.id == owner["id"]
            assert photo.business_message.caption == "me"
            assert edited.edited_business_message.text == "hi!"
            assert deleted.deleted_business_messages.message_ids == [message.message_id]
            assert not ended.business_connection.is_enabled
            assert not (await client.get_business_connection(connection)).is_enabled
            with pytest.raises(exceptions.TelegramBadRequest, match="business connection not found"):
                await client.send_message(fan["id"], "still me", business_connection_id=connection)

    asyncio.run(run())
    path = f"/bots/{bot['id']}/business/{owner['id']}/chats/{fan['id']}"
    shown = [(entry["from_bot"], entry["deleted"]) for entry in stand_in.call("GET", path)["messages"]]
    assert shown == [(False, True), (True, False), (True, False)]
