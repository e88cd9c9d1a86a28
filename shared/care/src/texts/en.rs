//! English.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "I'm really glad you wrote this, and I'm so sorry it hurts this much. This is not something for a chat: you deserve a real person now. Someone on {creator}'s team has been told and will read what you wrote. Please don't stay alone with it. Talk to somebody today:",
    crisis: "What you wrote sounds serious, and your safety comes first. Someone on {creator}'s team has been told. Please get help near you now, and go where other people are if you can.",
    minor: "Thank you for being honest about your age. This place is only for people of 18 and over, so this chat ends here; nothing more will be offered or sold to you. You did nothing wrong by saying it. Someone on {creator}'s team has been told. If anything online ever worries you, talk to an adult you trust.",
    grief: "I'm so sorry. Losing someone you love leaves a hole that words don't fill. There is nothing you have to do or answer here. Someone on {creator}'s team has been told and will write to you themselves. Until then, be gentle with yourself, and let the people close to you be there.",
    money_trouble: "Thank you for telling me. Please keep your money for what you need: a roof, food, your peace of mind. Nothing will be offered to you here, and being short of money is nothing to be ashamed of. Someone on {creator}'s team has been told and will write to you.",
    refund_dispute: "I hear you, and I understand that you're upset. This is for a person to look at: someone on {creator}'s team has been told and will check what happened with your payment and answer you here.",
    emergency: "In immediate danger, call 112 or your local emergency number.",
    find: "Free help in your country: https://findahelpline.com",
    lines: &[
        (&["US", "CA"], "USA and Canada: call or text 988"),
        (&["GB", "IE"], "UK and Ireland: Samaritans, 116 123"),
        (&["AU"], "Australia: Lifeline, 13 11 14"),
        (&["IN"], "India: Tele-MANAS, 14416"),
    ],
};
