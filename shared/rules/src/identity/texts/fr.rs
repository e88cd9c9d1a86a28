//! French.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "Je suis une assistante IA qui écrit pour l'équipe de {creator}, pas une personne. Quelqu'un de l'équipe lit la conversation. Écris /human et une personne te répondra.",
    full: "🤖 Ici écrit une assistante IA de l'équipe de {creator} ; une personne lit la conversation.\nÉcris /human pour joindre une personne.",
    short: "🤖 Assistante IA de l'équipe de {creator}",
    cannot_answer: "Je ne peux pas répondre à ça pour l'instant. Une personne de l'équipe de {creator} lira ton message et te répondra.",
    handed_over: "Je transmets ça à une personne de l'équipe de {creator}. Elle le lira et te répondra ici.",
    photo: "Merci pour la photo. Je suis une IA et je ne peux pas la voir ; une personne de l'équipe de {creator} la regardera.",
    album: "Merci pour les photos. Je suis une IA et je ne peux pas les voir ; une personne de l'équipe de {creator} les regardera.",
    video: "Merci pour la vidéo. Je suis une IA et je ne peux pas la voir ; une personne de l'équipe de {creator} la regardera.",
    voice: "Merci pour le message vocal. Je suis une IA et je ne peux pas l'écouter ; une personne de l'équipe de {creator} l'écoutera.",
    sticker: "Merci pour le sticker. Je suis une IA et je ne peux pas le voir ; une personne de l'équipe de {creator} lit la conversation.",
};
