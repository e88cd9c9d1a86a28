//! Hungarian.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "AI-asszisztens vagyok, {creator} csapatának írok, nem vagyok ember. A csapatból valaki olvassa a beszélgetést. Írd be: /human, és egy ember válaszol neked.",
    full: "🤖 Itt {creator} csapatának AI-asszisztense ír; egy ember olvassa a beszélgetést.\nÍrd be: /human, ha emberrel beszélnél.",
    short: "🤖 {creator} csapatának AI-asszisztense",
    cannot_answer: "Erre most nem tudok válaszolni. {creator} csapatából valaki elolvassa az üzeneted, és válaszol.",
    handed_over: "Ezt átadom valakinek {creator} csapatából. Elolvassa, és itt válaszol.",
    photo: "Köszönöm a fotót. AI vagyok, nem tudom megnézni; {creator} csapatából valaki megnézi.",
    album: "Köszönöm a képeket. AI vagyok, nem tudom megnézni őket; {creator} csapatából valaki megnézi.",
    video: "Köszönöm a videót. AI vagyok, nem tudom megnézni; {creator} csapatából valaki megnézi.",
    voice: "Köszönöm a hangüzenetet. AI vagyok, nem tudom meghallgatni; {creator} csapatából valaki meghallgatja.",
    sticker: "Köszönöm a matricát. AI vagyok, nem látom; {creator} csapatából valaki olvassa a beszélgetést.",
};
