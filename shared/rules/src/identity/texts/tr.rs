//! Turkish.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "Ben {creator} ekibi için yazan bir yapay zekâ asistanıyım, insan değilim. Ekipten biri yazışmayı okuyor. /human yaz, sana bir insan cevap versin.",
    full: "🤖 Burada {creator} ekibinin yapay zekâ asistanı yazıyor; bir insan da okuyor.\nBir insana ulaşmak için /human yaz.",
    short: "🤖 {creator} ekibinin yapay zekâ asistanı",
    cannot_answer: "Şu anda buna cevap veremiyorum. {creator} ekibinden bir insan mesajını okuyup cevaplayacak.",
    handed_over: "Bunu {creator} ekibinden bir insana iletiyorum. Okuyup burada cevap verecek.",
    photo: "Fotoğraf için teşekkürler. Ben bir yapay zekâyım, bakamıyorum; {creator} ekibinden bir insan bakacak.",
    album: "Fotoğraflar için teşekkürler. Ben bir yapay zekâyım, bakamıyorum; {creator} ekibinden bir insan bakacak.",
    video: "Video için teşekkürler. Ben bir yapay zekâyım, izleyemiyorum; {creator} ekibinden bir insan izleyecek.",
    voice: "Sesli mesaj için teşekkürler. Ben bir yapay zekâyım, dinleyemiyorum; {creator} ekibinden bir insan dinleyecek.",
    sticker: "Çıkartma için teşekkürler. Ben bir yapay zekâyım, göremiyorum; {creator} ekibinden bir insan yazışmayı okuyor.",
};
