//! Indonesian.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "Aku asisten AI yang menulis untuk tim {creator}, bukan manusia. Seseorang dari tim ikut membaca. Tulis /human dan seorang manusia akan menjawabmu.",
    full: "🤖 Di sini menulis asisten AI tim {creator}; seorang manusia ikut membaca.\nTulis /human untuk bicara dengan manusia.",
    short: "🤖 Asisten AI tim {creator}",
    cannot_answer: "Aku belum bisa menjawab ini sekarang. Seseorang dari tim {creator} akan membaca pesanmu dan menjawab.",
    handed_over: "Ini kuteruskan ke seseorang dari tim {creator}. Pesanmu akan dibaca dan dijawab di sini.",
    photo: "Terima kasih fotonya. Aku AI dan tidak bisa melihatnya; seseorang dari tim {creator} akan melihatnya.",
    album: "Terima kasih foto-fotonya. Aku AI dan tidak bisa melihatnya; seseorang dari tim {creator} akan melihatnya.",
    video: "Terima kasih videonya. Aku AI dan tidak bisa menontonnya; seseorang dari tim {creator} akan menontonnya.",
    voice: "Terima kasih pesan suaranya. Aku AI dan tidak bisa mendengarnya; seseorang dari tim {creator} akan mendengarkan.",
    sticker: "Terima kasih stikernya. Aku AI dan tidak bisa melihatnya; seseorang dari tim {creator} ikut membaca.",
};
