//! Romanian.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "Sunt un asistent AI care scrie pentru echipa {creator}, nu o persoană. Cineva din echipă citește conversația. Scrie /human și îți va răspunde o persoană.",
    full: "🤖 Aici scrie un asistent AI al echipei {creator}; o persoană citește conversația.\nScrie /human ca să vorbești cu o persoană.",
    short: "🤖 Asistent AI al echipei {creator}",
    cannot_answer: "Nu pot răspunde la asta acum. Cineva din echipa {creator} îți va citi mesajul și va răspunde.",
    handed_over: "Dau asta mai departe cuiva din echipa {creator}. Va citi și îți va răspunde aici.",
    photo: "Mulțumesc pentru fotografie. Sunt un AI și nu o pot vedea; o va vedea cineva din echipa {creator}.",
    album: "Mulțumesc pentru fotografii. Sunt un AI și nu le pot vedea; le va vedea cineva din echipa {creator}.",
    video: "Mulțumesc pentru video. Sunt un AI și nu îl pot vedea; îl va vedea cineva din echipa {creator}.",
    voice: "Mulțumesc pentru mesajul vocal. Sunt un AI și nu îl pot asculta; îl va asculta cineva din echipa {creator}.",
    sticker: "Mulțumesc pentru sticker. Sunt un AI și nu îl pot vedea; cineva din echipa {creator} citește conversația.",
};
