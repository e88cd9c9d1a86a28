//! Dutch.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "Ik ben een AI-assistent die schrijft voor het team van {creator}, geen mens. Iemand van het team leest mee. Typ /human en een mens antwoordt je.",
    full: "🤖 Hier schrijft een AI-assistent van het team van {creator}; een mens leest mee.\nTyp /human om een mens te bereiken.",
    short: "🤖 AI-assistent van het team van {creator}",
    cannot_answer: "Ik kan hier nu niet op antwoorden. Iemand van het team van {creator} leest je bericht en antwoordt.",
    handed_over: "Ik geef dit door aan iemand van het team van {creator}. Die leest het en antwoordt je hier.",
    photo: "Bedankt voor de foto. Ik ben een AI en kan hem niet bekijken; iemand van het team van {creator} doet dat.",
    album: "Bedankt voor de foto's. Ik ben een AI en kan ze niet bekijken; iemand van het team van {creator} doet dat.",
    video: "Bedankt voor de video. Ik ben een AI en kan hem niet bekijken; iemand van het team van {creator} doet dat.",
    voice: "Bedankt voor het spraakbericht. Ik ben een AI en kan het niet beluisteren; iemand van het team van {creator} doet dat.",
    sticker: "Bedankt voor de sticker. Ik ben een AI en kan hem niet zien; iemand van het team van {creator} leest mee.",
};
