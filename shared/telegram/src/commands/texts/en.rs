//! English.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    nameless: "the creator",
    start: "\
Hi! This is the bot of {creator}. Whatever you write here reaches {creator}.

A person answers you. At the moment no AI writes in this chat.

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
/noai – no AI reads or answers you (/ai allows it again)
/restrict – your data is only kept, not used (/unrestrict ends it)
/privacy – what is stored about you and your rights
/export – a copy of your data
/delete – deletion of your data
/forget – have everything deleted that the AI noted about you
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
    privacy_ai_on: "AI providers (xAI, Groq) receive parts of this chat to write answers, until you ask for a person with /human; /noai ends it for good.",
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
Your copy is being made: everything that is held of you here. The file comes into this chat, mostly within minutes; it can take longer if there is much. It is free.",
    export_running: "A copy is being made already. The file comes into this chat as soon as it is ready.",
    export_often: "\
You have had three copies made within a day. You can ask for another one a day after the first of them.",
    export_elsewhere: "\
To get a copy of your data, open the chat with this bot itself and send /export there. It covers this chat too. Or write to {support} and name this bot.",
    export_here: "\
This is the copy of what is held of you here. Open the pages in it with any browser; about.txt in it says what the rest is.",
    export_large: "\
Your copy is ready, but it is larger than the 50 MB that a bot can send. Whoever runs this bot sees this and hands it to you within a month of your request. You can also ask for it here in the chat.",
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
    restrict: "\
Your data here is only kept now, and not used. What you write is stored and {creator} can see it, but nobody answers you, no AI reads it, and nothing is sent to you except answers to your commands. Should you write that you are in danger, you are told all the same where help is.

/privacy, /export and /delete work as ever. /unrestrict ends the restriction.",
    unrestrict: "\
Done. Your data is used again as /privacy says, and you can be answered here.",
    unrestrict_held: "\
{creator} has restricted the use of your data here: it is only kept, and nothing is sent to you except answers to your commands. Only {creator} can end that. If you do not agree, write to {support} and name this bot.

/privacy, /export and /delete work as ever.",
    no_ai: "\
Done. From now on no AI reads what you write here or answers you, in any bot of {creator}. Only you can allow it again, with /ai. People can still answer you.",
    ai: "\
Noted: an AI may take part here again, where {creator} uses one, and it says that it is one. /noai ends it at once.",
    choices: ["A copy of my data", "Delete my data", "Stop advertising", "No AI", "Only keep my data"],
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
