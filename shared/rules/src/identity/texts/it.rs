//! Italian.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "Sono un'assistente IA che scrive per il team di {creator}, non una persona. Qualcuno del team legge la conversazione. Scrivi /human e ti risponderà una persona.",
    full: "🤖 Qui scrive un'assistente IA del team di {creator}; una persona legge la conversazione.\nScrivi /human per parlare con una persona.",
    short: "🤖 Assistente IA del team di {creator}",
    cannot_answer: "Adesso non posso rispondere. Una persona del team di {creator} leggerà il tuo messaggio e ti risponderà.",
    handed_over: "Passo questo a una persona del team di {creator}. Lo leggerà e ti risponderà qui.",
    photo: "Grazie per la foto. Sono un'IA e non posso vederla; la guarderà una persona del team di {creator}.",
    album: "Grazie per le foto. Sono un'IA e non posso vederle; le guarderà una persona del team di {creator}.",
    video: "Grazie per il video. Sono un'IA e non posso vederlo; lo guarderà una persona del team di {creator}.",
    voice: "Grazie per il vocale. Sono un'IA e non posso ascoltarlo; lo ascolterà una persona del team di {creator}.",
    sticker: "Grazie per lo sticker. Sono un'IA e non posso vederlo; una persona del team di {creator} legge la conversazione.",
};
