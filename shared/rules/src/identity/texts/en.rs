//! English.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "I'm an AI assistant that writes for {creator}'s team, not a person. Someone from the team reads along. Write /human and a person will answer you.",
    full: "🤖 An AI assistant of {creator}'s team writes here; a person reads along.\nWrite /human to reach a person.",
    short: "🤖 AI assistant of {creator}'s team",
    cannot_answer: "I can't answer this right now. A person from {creator}'s team will read your message and answer.",
    handed_over: "I'm handing this to a person from {creator}'s team. They will read it and answer you here.",
    photo: "Thank you for the photo. I'm an AI and can't look at it; a person from {creator}'s team will.",
    album: "Thank you for the pictures. I'm an AI and can't look at them; a person from {creator}'s team will.",
    video: "Thank you for the video. I'm an AI and can't watch it; a person from {creator}'s team will.",
    voice: "Thank you for the voice message. I'm an AI and can't listen to it; a person from {creator}'s team will.",
    sticker: "Thank you for the sticker. I'm an AI and can't see it; a person from {creator}'s team reads along.",
};
