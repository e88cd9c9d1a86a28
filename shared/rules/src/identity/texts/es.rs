//! Spanish.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "Soy una asistente de IA que escribe para el equipo de {creator}, no una persona. Alguien del equipo lee la conversación. Escribe /human y te responderá una persona.",
    full: "🤖 Aquí escribe una asistente de IA del equipo de {creator}; una persona lee la conversación.\nEscribe /human para hablar con una persona.",
    short: "🤖 Asistente de IA del equipo de {creator}",
    cannot_answer: "Ahora mismo no puedo responder a esto. Una persona del equipo de {creator} leerá tu mensaje y te contestará.",
    handed_over: "Le paso esto a una persona del equipo de {creator}. Lo leerá y te contestará aquí.",
    photo: "Gracias por la foto. Soy una IA y no puedo verla; la verá una persona del equipo de {creator}.",
    album: "Gracias por las fotos. Soy una IA y no puedo verlas; las verá una persona del equipo de {creator}.",
    video: "Gracias por el vídeo. Soy una IA y no puedo verlo; lo verá una persona del equipo de {creator}.",
    voice: "Gracias por el mensaje de voz. Soy una IA y no puedo oírlo; lo escuchará una persona del equipo de {creator}.",
    sticker: "Gracias por el sticker. Soy una IA y no puedo verlo; una persona del equipo de {creator} lee la conversación.",
};
