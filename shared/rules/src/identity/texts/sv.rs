//! Swedish.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "Jag är en AI-assistent som skriver för {creator}s team, inte en människa. Någon i teamet läser med. Skriv /human så svarar en människa.",
    full: "🤖 Här skriver en AI-assistent för {creator}s team; en människa läser med.\nSkriv /human för att nå en människa.",
    short: "🤖 AI-assistent för {creator}s team",
    cannot_answer: "Det här kan jag inte svara på just nu. Någon i {creator}s team läser ditt meddelande och svarar.",
    handed_over: "Jag lämnar över det här till någon i {creator}s team. Den läser det och svarar dig här.",
    photo: "Tack för bilden. Jag är en AI och kan inte se den; någon i {creator}s team gör det.",
    album: "Tack för bilderna. Jag är en AI och kan inte se dem; någon i {creator}s team gör det.",
    video: "Tack för videon. Jag är en AI och kan inte se den; någon i {creator}s team gör det.",
    voice: "Tack för röstmeddelandet. Jag är en AI och kan inte lyssna på det; någon i {creator}s team gör det.",
    sticker: "Tack för klistermärket. Jag är en AI och kan inte se det; någon i {creator}s team läser med.",
};
