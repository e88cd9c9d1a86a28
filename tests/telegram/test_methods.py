"""aiogram calls every method that the product uses, and its types accept every answer."""

import asyncio
import io

import pytest
from aiogram import exceptions, types
from aiogram.types import BufferedInputFile, InputMediaPhoto

from conftest import raw

PNG = bytes.fromhex("89504e470d0a1a0a") + b"made up"


def upload(name="photo.png"):
    return BufferedInputFile(PNG, filename=name)


def chat_with(stand_in, **person):
    bot = stand_in.new_bot()
    fan = stand_in.person(**person)
    stand_in.act(fan, bot, "start")
    return bot, fan


def test_get_me_and_the_token_families(stand_in):
    bot = stand_in.new_bot()
    assert bot["token"] in bot["message"]

    async def run():
        async with stand_in.client(bot) as client:
            me = await client.get_me()
            assert (me.id, me.username, me.is_bot) == (bot["id"], bot["username"], True)
            stand_in.call("POST", f"/bots/{bot['id']}/revoke")
            with pytest.raises(exceptions.TelegramUnauthorizedError):
                await client.get_me()
        unknown = {"token": "1:AAAA", "id": 1}
        assert await raw(stand_in, unknown, "getMe") == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        assert (await raw(stand_in, {"token": "nonsense"}, "getMe"))[0] == 404

    asyncio.run(run())


def test_an_unknown_method_is_404_in_telegrams_shape(stand_in):
    bot = stand_in.new_bot()
    status, body = asyncio.run(raw(stand_in, bot, "sendTelepathy"))
    assert (status, body["ok"], body["error_code"]) == (404, False, 404)


@pytest.mark.parametrize("how", ["query", "json", "form", "multipart"])
def test_parameters_come_in_four_ways(stand_in, how):
    import aiohttp

    bot, fan = chat_with(stand_in)
    fields = {"chat_id": str(fan["id"]), "text": "héllo 👋"}
    kwargs = {"query": {"params": fields}, "json": {"json": fields}, "form": {"data": fields}}.get(how)
    if kwargs is None:
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in fields.items():
            form.add_field(name, value)
        kwargs = {"data": form}
    status, body = asyncio.run(raw(stand_in, bot, "sendMessage", **kwargs))
    assert status == 200 and body["result"]["text"] == fields["text"]


def test_send_edit_reply_copy_forward_delete(stand_in):
    bot, fan = chat_with(stand_in, first_name="Mira", language_code="de")

    async def run():
        async with stand_in.client(bot) as client:
            first = await client.send_message(fan["id"], "<b>hello</b> you", parse_mode="HTML")
            assert first.text == "hello you" and first.entities[0].type == "bold"
            reply = await client.send_message(
                fan["id"], "again", reply_parameters=types.ReplyParameters(message_id=first.message_id)
            )
            assert reply.reply_to_message.message_id == first.message_id
            edited = await client.edit_message_text("changed", chat_id=fan["id"], message_id=first.message_id)
            assert edited.text == "changed" and edited.edit_date
            with pytest.raises(exceptions.TelegramBadRequest, match="message is not modified"):
                await client.edit_message_text("changed", chat_id=fan["id"], message_id=first.message_id)
            copy = await client.copy_message(fan["id"], fan["id"], first.message_id)
            assert copy.message_id > reply.message_id
            forward = await client.forward_message(fan["id"], fan["id"], first.message_id)
            assert forward.forward_origin.type == "user"
            assert await client.delete_message(fan["id"], first.message_id)
            with pytest.raises(exceptions.TelegramBadRequest, match="message to delete not found"):
                await client.delete_message(fan["id"], first.message_id)
            assert await client.send_chat_action(fan["id"], "typing")

    asyncio.run(run())
    chat = stand_in.call("GET", f"/bots/{bot['id']}/chats/{fan['id']}")
    assert chat["action"] == "typing"
    assert [entry["deleted"] for entry in chat["messages"] if entry["from_bot"]][0] is True


def test_buttons_are_taken_from_a_message(stand_in):
    bot, fan = chat_with(stand_in)

    async def run():
        async with stand_in.client(bot) as client:
            button = types.InlineKeyboardButton(text="Yes", callback_data="yes")
            markup = types.InlineKeyboardMarkup(inline_keyboard=[[button]])
            message = await client.send_message(fan["id"], "?", reply_markup=markup)
            assert message.reply_markup
            bare = await client.edit_message_reply_markup(chat_id=fan["id"], message_id=message.message_id)
            assert bare.text == "?" and bare.reply_markup is None
            with pytest.raises(exceptions.TelegramBadRequest, match="message is not modified"):
                await client.edit_message_reply_markup(chat_id=fan["id"], message_id=message.message_id)

    asyncio.run(run())


def test_every_kind_of_media(stand_in):
    bot, fan = chat_with(stand_in)
    stand_in.call("PATCH", "/settings", {"rate_limits": False})

    async def run():
        async with stand_in.client(bot) as client:
            photo = await client.send_photo(fan["id"], upload(), caption="one")
            assert photo.photo and photo.caption == "one"
            again = await client.send_photo(fan["id"], photo.photo[-1].file_id)
            assert again.photo[-1].file_unique_id == photo.photo[-1].file_unique_id
            assert (await client.send_video(fan["id"], upload("a.mp4"))).video
            assert (await client.send_voice(fan["id"], upload("a.oga"), duration=3)).voice.duration == 3
            assert (await client.send_audio(fan["id"], upload("a.mp3"))).audio
            document = await client.send_document(fan["id"], upload("a.pdf"))
            assert document.document.file_name == "a.pdf"
            assert (await client.send_animation(fan["id"], upload("a.mp4"))).animation
            assert (await client.send_sticker(fan["id"], upload("a.webp"))).sticker
            assert (await client.send_video_note(fan["id"], upload("a.mp4"))).video_note
            album = await client.send_media_group(
                fan["id"], [InputMediaPhoto(media=upload(), caption="album"), InputMediaPhoto(media=photo.photo[-1].file_id)]
            )
            assert len(album) == 2 and album[0].media_group_id == album[1].media_group_id
            file = await client.get_file(document.document.file_id)
            buffer = await client.download_file(file.file_path, io.BytesIO())
            assert buffer.getvalue() == PNG
            return photo.photo[-1].file_id

    file_id = asyncio.run(run())
    stand_in.call("PATCH", "/settings", {"rate_limits": True})

    other = stand_in.new_bot()
    stand_in.act(fan, other, "start")

    async def with_a_foreign_file():
        async with stand_in.client(other) as client:
            with pytest.raises(exceptions.TelegramBadRequest, match="wrong file identifier"):
                await client.send_photo(fan["id"], file_id)

    asyncio.run(with_a_foreign_file())


def test_a_file_above_50_mb_cannot_be_sent(stand_in):
    bot, fan = chat_with(stand_in)

    async def run():
        async with stand_in.client(bot) as client:
            with pytest.raises(exceptions.TelegramEntityTooLarge):
                await client.send_document(fan["id"], BufferedInputFile(bytes(50 * 1024 * 1024 + 1), filename="a.zip"))
            document = await client.send_document(fan["id"], upload("a.zip"), caption="smaller")
            assert (document.document.file_name, document.caption) == ("a.zip", "smaller")

    asyncio.run(run())


def test_a_file_above_20_mb_cannot_be_downloaded(stand_in):
    bot, fan = chat_with(stand_in)
    act = stand_in.act(fan, bot, "video", size=20 * 1024 * 1024 + 1)
    file_id = act["message"]["video"]["file_id"]

    async def run():
        async with stand_in.client(bot) as client:
            with pytest.raises(exceptions.TelegramBadRequest, match="file is too big"):
                await client.get_file(file_id)

    asyncio.run(run())


def test_limits_of_text_captions_and_buttons(stand_in):
    bot, fan = chat_with(stand_in)

    def keyboard(data):
        button = types.InlineKeyboardButton(text="go", callback_data=data)
        return types.InlineKeyboardMarkup(inline_keyboard=[[button]])

    async def run():
        async with stand_in.client(bot) as client:
            assert await client.send_message(fan["id"], "😀" * 2048)
            for text, detail in [("😀" * 2048 + "!", "message is too long"), (" \n", "message text is empty")]:
                with pytest.raises(exceptions.TelegramBadRequest, match=detail):
                    await client.send_message(fan["id"], text)
            with pytest.raises(exceptions.TelegramBadRequest, match="caption is too long"):
                await client.send_photo(fan["id"], upload(), caption="x" * 1025)
            assert await client.send_message(fan["id"], "ok", reply_markup=keyboard("ü" * 32))
            with pytest.raises(exceptions.TelegramBadRequest, match="BUTTON_DATA_INVALID"):
                await client.send_message(fan["id"], "no", reply_markup=keyboard("ü" * 33))
            with pytest.raises(exceptions.TelegramBadRequest, match="chat not found"):
                await client.send_message(42, "who?")
            with pytest.raises(exceptions.TelegramBadRequest, match="can't parse entities"):
                await client.send_message(fan["id"], "<b>open", parse_mode="HTML")

    asyncio.run(run())


def test_blocked_deleted_migrated_and_removed(stand_in):
    bot, fan = chat_with(stand_in)
    gone = stand_in.person()
    stand_in.act(gone, bot, "start")
    stand_in.act(fan, bot, "block")
    stand_in.call("DELETE", f"/people/{gone['id']}")
    group = stand_in.call("POST", "/chats", {"type": "group", "title": "Backstage"})
    place = f"/chats/{group['id']}/bots"
    stand_in.call("POST", place, {"bot": bot["id"], "status": "member", "by": fan["id"]})

    async def run():
        async with stand_in.client(bot) as client:
            with pytest.raises(exceptions.TelegramForbiddenError, match="bot was blocked by the user"):
                await client.send_message(fan["id"], "hi")
            with pytest.raises(exceptions.TelegramForbiddenError, match="user is deactivated"):
                await client.send_message(gone["id"], "hi")
            assert (await client.send_message(group["id"], "hi")).chat.type == "group"
            to = stand_in.call("POST", f"/chats/{group['id']}/upgrade")["migrated_to"]
            with pytest.raises(exceptions.TelegramMigrateToChat) as moved:
                await client.send_message(group["id"], "hi")
            assert moved.value.migrate_to_chat_id == to
            assert (await client.send_message(to, "hi")).chat.type == "supergroup"
            stand_in.call("POST", f"/chats/{to}/bots", {"bot": bot["id"], "status": "kicked", "by": fan["id"]})
            with pytest.raises(exceptions.TelegramForbiddenError, match="bot was kicked from the supergroup"):
                await client.send_message(to, "hi")
            stand_in.act(fan, bot, "unblock")
            assert await client.send_message(fan["id"], "welcome back")

    asyncio.run(run())


def test_profile_commands_and_chats(stand_in):
    bot, fan = chat_with(stand_in, first_name="Ines", username="ines_fan")

    async def run():
        async with stand_in.client(bot) as client:
            commands = [types.BotCommand(command="help", description="What I can do")]
            assert await client.set_my_commands(commands)
            assert [command.command for command in await client.get_my_commands()] == ["help"]
            assert await client.set_my_description("Hello")
            assert (await client.get_my_description()).description == "Hello"
            assert await client.set_my_short_description("Hi")
            assert (await client.get_my_short_description()).short_description == "Hi"
            chat = await client.get_chat(fan["id"])
            assert (chat.type, chat.first_name, chat.username) == ("private", "Ines", "ines_fan")
            assert (await client.get_chat_member(fan["id"], fan["id"])).status == "member"
            assert (await client.get_user_profile_photos(fan["id"])).total_count == 0
            assert await client.set_message_reaction(
                fan["id"], 1, [types.ReactionTypeEmoji(emoji="👍")]
            )
            with pytest.raises(exceptions.TelegramBadRequest, match="REACTION_INVALID"):
                await client.set_message_reaction(fan["id"], 1, [types.ReactionTypeEmoji(emoji="🧦")])
            assert await client.close() and await client.log_out()

    asyncio.run(run())
