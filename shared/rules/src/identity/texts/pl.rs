//! Polish.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "Jestem asystentem AI i piszę dla zespołu {creator}, nie jestem człowiekiem. Ktoś z zespołu czyta rozmowę. Napisz /human, a odpowie Ci człowiek.",
    full: "🤖 Pisze tu asystent AI zespołu {creator}; rozmowę czyta człowiek.\nNapisz /human, aby porozmawiać z człowiekiem.",
    short: "🤖 Asystent AI zespołu {creator}",
    cannot_answer: "Nie mogę teraz na to odpowiedzieć. Ktoś z zespołu {creator} przeczyta Twoją wiadomość i odpisze.",
    handed_over: "Przekazuję to komuś z zespołu {creator}. Ta osoba przeczyta i odpisze tutaj.",
    photo: "Dziękuję za zdjęcie. Jestem AI i nie mogę go obejrzeć; obejrzy je ktoś z zespołu {creator}.",
    album: "Dziękuję za zdjęcia. Jestem AI i nie mogę ich obejrzeć; obejrzy je ktoś z zespołu {creator}.",
    video: "Dziękuję za film. Jestem AI i nie mogę go obejrzeć; obejrzy go ktoś z zespołu {creator}.",
    voice: "Dziękuję za głosówkę. Jestem AI i nie mogę jej odsłuchać; odsłucha ją ktoś z zespołu {creator}.",
    sticker: "Dziękuję za naklejkę. Jestem AI i nie mogę jej zobaczyć; rozmowę czyta ktoś z zespołu {creator}.",
};
