//! Turkish. Names stay without endings.

use super::Talk;

pub(super) static TALK: Talk = Talk {
    nameless: "bu botun sahibi",
    start: "\
Merhaba! Bu botun sahibi: {creator}. Buraya yazdığın her şeyi {creator} görür.

Sana bir insan cevap verir. Şu anda bu sohbette yapay zekâ yazmıyor.

/help – burada neler yapabilirsin
/privacy – hakkında neler saklanıyor",
    start_with_ai: "\
Merhaba! Bu botun sahibi: {creator}. Buraya yazdığın her şeyi {creator} görür.

Lütfen unutma: burada sana bir yapay zekâ cevap verebilir. O bir bilgisayar programıdır, insan değildir. Bir insanla konuşmak istediğinde /human yaz.

/help – burada neler yapabilirsin
/privacy – hakkında neler saklanıyor",
    help: "\
Yazman yeterli, {creator} görür. Komutlar:

/human – bir insan iste
/stop – artık reklam mesajı gelmesin
/noai – yapay zekâ seni okumasın ve cevap vermesin (/ai yeniden izin verir)
/restrict – verilerin yalnızca saklansın, kullanılmasın (/unrestrict bunu bitirir)
/privacy – hakkında neler saklanıyor ve hakların
/export – verilerinin bir kopyası
/delete – verilerinin silinmesi
/forget – yapay zekânın senin hakkında not ettiği her şeyin silinmesi
/paysupport – ödeme konusunda yardım
/start – karşılama mesajı
/help – bu liste",
    stop: "\
Tamam. Bu bot sana artık reklam mesajı göndermeyecek.

İstediğin zaman buraya yazabilirsin, cevap alırsın. Bu mesajları yeniden almak istersen buraya yazman yeterli.",
    human: "\
Not edildi: bir insanla konuşmak istiyorsun. Bu sohbette sana zaten bir insan cevap veriyor ve {creator} isteğini görecek. Biraz sürebilir.",
    human_with_ai: "\
Not edildi: bir insanla konuşmak istiyorsun. Bu arada bu sohbette yapay zekâ yazmaz. {creator} isteğini görüyor; {hours} saat içinde cevap bekleyebilirsin. O zamana kadar kimse cevap vermezse yapay zekâ yeniden yazabilir ve yapay zekâ olduğunu söyler.",
    no_ai: "\
Tamam. Artık burada ve aynı kişinin diğer botlarında hiçbir yapay zekâ yazdıklarını okumaz ve sana cevap vermez. Buna yalnızca sen /ai ile yeniden izin verebilirsin. İnsanlar sana yine cevap verebilir.",
    ai: "\
Not edildi: {creator} kullanıyorsa bir yapay zekâ burada yeniden yer alabilir ve yapay zekâ olduğunu söyler. /noai bunu hemen bitirir.",
    paysupport: "\
Bu bot üzerinden henüz bir şey satılmıyor. Burada ödeme yaptığını düşünüyorsan tarihi ve tutarı bu sohbete yaz; {creator} görür. {support} adresine de yazabilirsin. Telegram desteği botlara yapılan ödemelerde yardımcı olamaz.",
    forget: "\
Tamam. Bu botun yapay zekâsının senin hakkında not ettiği her şey silindi ve bir daha kullanılmayacak. Mesajların kalır; ne kadar süre kaldığını /privacy söyler. Bir mesajın ya da başka bir şeyin kaldırılması için buraya yaz, {creator} görür, ya da {support} adresine yazıp bu botun adını belirt.",
    not_for_sale: "Bu botta henüz bir şey satın alınamıyor. Senden ücret alınmadı.",
};
