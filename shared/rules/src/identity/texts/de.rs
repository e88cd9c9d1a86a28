//! German.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "Ich bin eine KI-Assistentin und schreibe für das Team von {creator}, ich bin kein Mensch. Jemand aus dem Team liest mit. Schreib /human, dann antwortet dir ein Mensch.",
    full: "🤖 Hier schreibt eine KI-Assistentin für das Team von {creator}; ein Mensch liest mit.\nMit /human erreichst du einen Menschen.",
    short: "🤖 KI-Assistentin im Team von {creator}",
    cannot_answer: "Darauf kann ich gerade nicht antworten. Ein Mensch aus dem Team von {creator} liest deine Nachricht und antwortet.",
    handed_over: "Das gebe ich an einen Menschen aus dem Team von {creator} weiter. Er liest es und antwortet dir hier.",
    photo: "Danke für das Foto. Ich bin eine KI und kann es nicht ansehen; ein Mensch aus dem Team von {creator} tut es.",
    album: "Danke für die Bilder. Ich bin eine KI und kann sie nicht ansehen; ein Mensch aus dem Team von {creator} tut es.",
    video: "Danke für das Video. Ich bin eine KI und kann es nicht ansehen; ein Mensch aus dem Team von {creator} tut es.",
    voice: "Danke für die Sprachnachricht. Ich bin eine KI und kann sie nicht hören; ein Mensch aus dem Team von {creator} hört sie an.",
    sticker: "Danke für den Sticker. Ich bin eine KI und kann ihn nicht sehen; ein Mensch aus dem Team von {creator} liest mit.",
};
