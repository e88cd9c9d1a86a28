//! English.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    nameless: "the creator",
    start: "\
Hi! This is the bot of {creator}. Whatever you write here reaches {creator}.

A person answers you. No AI writes in this chat.

/help – what you can do here
/privacy – what is stored about you",
    start_with_ai: "\
Hi! This is the bot of {creator}. Whatever you write here reaches {creator}.

Please note: an AI may answer you here. It is a computer program, not a person. Write /human whenever you want a person.

/help – what you can do here
/privacy – what is stored about you",
    help: "\
Just write, and {creator} will see it. Commands:

/human – ask for a person
/stop – no more advertising messages
/privacy – what is stored about you and your rights
/export – a copy of your data
/delete – deletion of your data
/forget – have a detail forgotten
/paysupport – help with a payment
/start – the greeting
/help – this list",
    privacy: "\
Privacy in this chat

Responsible for your data (controller): {creator}. You reach {creator} by writing here.
Working for {creator} (processor): Sofi CRM, {support}.

What is stored: your Telegram number, name, user name, language and Premium flag; what you and the bot write, with edits, replies and reactions; references to photos, voice notes and files; where you came from and when; whether you blocked the bot; notes and tags; purchases, if there are any. Contents of contacts, locations and polls that you send are not stored.

What for: to read your messages and answer you, because you wrote here and for the legitimate interest of {creator} in keeping in touch. Advertising stops with /stop.

Who else receives it: Telegram, which transports the messages, and Amazon Web Services, which stores them encrypted. Nothing is sold. {ai}

How long: as {creator} chooses, from 30 days to two years after your last message, one year unless chosen; in backups up to 35 days more.

Your rights: access and a copy, correction, deletion, restriction, objection, taking your data elsewhere, and withdrawing consent. Write here or to {support}; you get an answer within 30 days. You can complain to your data protection authority (edpb.europa.eu; in the UK ico.org.uk).

Full policy: {policy}
Version {version}",
    privacy_ai_off: "No AI provider receives anything.",
    privacy_ai_on: "AI providers (xAI, Groq) receive parts of this chat to write answers, until you ask for a person with /human.",
    stop: "\
Done. You will get no more advertising messages from this bot.

You can still write here whenever you like, and you will be answered. If you want the messages back, just say so here.",
    human: "\
Noted: you would like a person. In this chat it is a person who answers you anyway, and {creator} will see your request. It may take a while until somebody is here.",
    human_with_ai: "\
Noted: you would like a person. No AI writes in this chat meanwhile. {creator} sees your request; expect an answer within {hours} hours. If nobody has answered by then, the AI may write again, and it will say that it is one.",
    paysupport: "\
Nothing is sold through this bot yet. If you believe that you paid here, describe it in this chat with the date and the amount; {creator} will see it. You can also write to {support}. Telegram's own support cannot help with payments to bots.",
    export: "\
This bot cannot send you a copy of your data by itself yet. Ask {creator} for it here in the chat, or write to {support} and name this bot. It is free, and you get an answer within 30 days.",
    delete: "\
This deletes everything that {creator} holds of you here: your profile, all messages in all bots of {creator}, notes, tags and whatever an AI noted. It cannot be taken back, and nobody can restore it. What you write before you press is deleted as well; if you write again afterwards, you begin anew.

/privacy says what has to be kept for a while. The button works for 10 minutes; if you change your mind, do nothing.",
    delete_elsewhere: "\
To have everything deleted, open the chat with this bot itself and send /delete there. It covers this chat too. Or write to {support} and name this bot.",
    delete_button: "Delete everything",
    deleting: "Everything is being deleted.",
    deleted: "\
Everything that was held of you here is deleted: profile, messages, notes. A mark that names nobody stays for 45 days so that nothing comes back; backups can no longer be read after 7 days and are gone after 35. This is the last message; whoever writes again begins anew.",
    delete_late: "Too late: send /delete again.",
    delete_nothing: "Nothing of you is held here.",
    forget: "\
Done. Whatever the AI of this bot had noted about you is deleted, and it will not use it again. Your messages themselves stay; /privacy says how long. To have a message or anything else removed, tell {creator} here in the chat, or write to {support} and name this bot.",
    not_for_sale: "Nothing can be bought from this bot yet. You have not been charged.",
    connected: "\
Your account is connected to this bot. The chats that you share with it are now stored, encrypted, for the team of {creator}. People of the team can read them and answer in your name.

No AI reads or writes there. If you want Sofi, an AI, to do so, send /allow_ai. Parts of these chats then go to AI providers (xAI, Groq), and everybody who writes to you is told before. /forbid_ai ends it at once.

/privacy says what is kept and for how long. You end the connection in Telegram's settings for your account, under chatbots.",
    allow_ai: "\
Recorded: you allow Sofi, an AI, to read the chats of your account that you share with this bot, and to answer in them. Parts of them go to AI providers (xAI, Groq). Everybody who writes to you is told before; what was written earlier stays out. Whether Sofi writes is set by the team of {creator}.

/forbid_ai ends it at once.
Version {version}",
    forbid_ai: "\
Done. No AI reads or writes in the chats of your account any more. People of the team of {creator} still read and answer them; you end that in Telegram's settings for your account, under chatbots.",
};
