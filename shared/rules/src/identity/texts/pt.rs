//! Portuguese.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "Sou uma assistente de IA que escreve para a equipe de {creator}, não uma pessoa. Alguém da equipe acompanha a conversa. Escreva /human e uma pessoa vai responder.",
    full: "🤖 Aqui escreve uma assistente de IA da equipe de {creator}; uma pessoa acompanha a conversa.\nEscreva /human para falar com uma pessoa.",
    short: "🤖 Assistente de IA da equipe de {creator}",
    cannot_answer: "Não consigo responder a isso agora. Uma pessoa da equipe de {creator} vai ler a sua mensagem e responder.",
    handed_over: "Vou passar isso para uma pessoa da equipe de {creator}. Ela vai ler e responder aqui.",
    photo: "Obrigada pela foto. Sou uma IA e não consigo ver; uma pessoa da equipe de {creator} vai ver.",
    album: "Obrigada pelas fotos. Sou uma IA e não consigo ver; uma pessoa da equipe de {creator} vai ver.",
    video: "Obrigada pelo vídeo. Sou uma IA e não consigo assistir; uma pessoa da equipe de {creator} vai assistir.",
    voice: "Obrigada pelo áudio. Sou uma IA e não consigo ouvir; uma pessoa da equipe de {creator} vai ouvir.",
    sticker: "Obrigada pela figurinha. Sou uma IA e não consigo ver; uma pessoa da equipe de {creator} acompanha a conversa.",
};
