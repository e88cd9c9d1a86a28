//! Indonesian.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Syukurlah kamu menuliskan ini, dan aku sungguh sedih kamu sesakit itu. Ini bukan urusan untuk obrolan: sekarang kamu pantas ditemani manusia sungguhan. Seseorang dari tim {creator} sudah diberi tahu dan akan membaca pesanmu. Tolong jangan sendirian dengan ini. Bicaralah hari ini dengan seseorang:",
    crisis: "Yang kamu tulis terdengar serius, dan keselamatanmu yang utama. Seseorang dari tim {creator} sudah diberi tahu. Tolong cari bantuan sekarang dari orang di dekatmu, dan kalau bisa pergilah ke tempat yang ada orang lain.",
    minor: "Terima kasih sudah jujur soal umurmu. Tempat ini hanya untuk usia 18 tahun ke atas, jadi obrolan berakhir di sini dan tidak ada lagi yang akan ditawarkan atau dijual kepadamu. Kamu tidak berbuat salah. Seseorang dari tim {creator} sudah diberi tahu. Kalau ada yang membuatmu khawatir di internet, bicaralah dengan orang dewasa yang kamu percaya.",
    grief: "Aku turut berduka, sungguh. Kehilangan yang kita sayangi meninggalkan ruang kosong yang tak bisa diisi kata-kata. Kamu tidak perlu melakukan atau menjawab apa pun di sini. Seseorang dari tim {creator} sudah diberi tahu dan akan menulis sendiri kepadamu. Sampai saat itu, jaga dirimu dan biarkan orang terdekat menemanimu.",
    money_trouble: "Terima kasih sudah cerita. Simpan uangmu untuk yang kamu butuhkan: tempat tinggal, makan, ketenangan. Tidak akan ada yang ditawarkan kepadamu di sini, dan ini bukan hal yang memalukan. Seseorang dari tim {creator} sudah diberi tahu dan akan menulis kepadamu.",
    refund_dispute: "Aku mengerti kamu kesal. Ini harus dilihat manusia, bukan mesin: seseorang dari tim {creator} sudah diberi tahu, akan memeriksa pembayaranmu dan menjawab di sini.",
    emergency: "Dalam bahaya mendesak, hubungi 112 atau nomor darurat setempat.",
    find: "Bantuan gratis di negaramu: https://findahelpline.com",
    lines: &[(&["ID"], "Indonesia: 119 ext. 8")],
};
