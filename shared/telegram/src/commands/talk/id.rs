//! Indonesian.

use super::Talk;

pub(super) static TALK: Talk = Talk {
    nameless: "pemilik bot ini",
    start: "\
Hai! Ini bot milik {creator}. Apa pun yang kamu tulis di sini akan sampai ke {creator}.

Yang menjawabmu adalah manusia. Saat ini tidak ada AI yang menulis di chat ini.

/help – apa yang bisa kamu lakukan di sini
/privacy – apa yang disimpan tentang kamu",
    start_with_ai: "\
Hai! Ini bot milik {creator}. Apa pun yang kamu tulis di sini akan sampai ke {creator}.

Harap diketahui: AI bisa menjawabmu di sini. AI adalah program komputer, bukan manusia. Tulis /human kapan saja kamu ingin bicara dengan manusia.

/help – apa yang bisa kamu lakukan di sini
/privacy – apa yang disimpan tentang kamu",
    help: "\
Tulis saja, {creator} akan melihatnya. Perintah:

/human – minta bicara dengan manusia
/stop – tidak ada lagi pesan iklan
/noai – tidak ada AI yang membaca atau menjawabmu (/ai mengizinkannya lagi)
/restrict – datamu hanya disimpan, tidak dipakai (/unrestrict mengakhirinya)
/privacy – apa yang disimpan tentang kamu dan hak-hakmu
/export – salinan datamu
/delete – penghapusan datamu
/forget – hapus semua yang dicatat AI tentangmu
/paysupport – bantuan soal pembayaran
/start – sapaan
/help – daftar ini",
    stop: "\
Selesai. Bot ini tidak akan mengirim pesan iklan lagi kepadamu.

Kamu tetap bisa menulis di sini kapan saja dan akan dijawab. Kalau ingin menerima pesan itu lagi, tulis saja di sini.",
    human: "\
Dicatat: kamu ingin bicara dengan manusia. Di chat ini memang manusia yang menjawabmu, dan {creator} akan melihat permintaanmu. Mungkin perlu sedikit waktu.",
    human_with_ai: "\
Dicatat: kamu ingin bicara dengan manusia. Sementara itu tidak ada AI yang menulis di chat ini. {creator} melihat permintaanmu; jawaban bisa kamu harapkan dalam {hours} jam. Jika sampai saat itu belum ada yang menjawab, AI boleh menulis lagi, dan ia akan mengatakan bahwa ia AI.",
    no_ai: "\
Selesai. Tidak ada lagi AI yang membaca tulisanmu atau menjawabmu, di sini maupun di bot lain milik {creator}. Hanya kamu yang bisa mengizinkannya lagi, dengan /ai. Manusia tetap bisa menjawabmu.",
    ai: "\
Dicatat: AI boleh ikut lagi di sini jika {creator} memakainya, dan ia mengatakan bahwa ia AI. /noai langsung menghentikannya.",
    paysupport: "\
Belum ada yang dijual lewat bot ini. Jika kamu merasa sudah membayar di sini, jelaskan di chat ini beserta tanggal dan jumlahnya; {creator} akan melihatnya. Kamu juga bisa menulis ke {support}. Dukungan Telegram tidak bisa membantu soal pembayaran ke bot.",
    forget: "\
Selesai. Semua yang dicatat AI bot ini tentang kamu sudah dihapus dan tidak akan dipakai lagi. Pesan-pesanmu sendiri tetap ada; /privacy menyebutkan berapa lama. Untuk menghapus pesan atau hal lain, tulis di chat ini, {creator} akan melihatnya, atau tulis ke {support} dan sebutkan bot ini.",
    not_for_sale: "Belum ada yang bisa dibeli dari bot ini. Kamu tidak dikenai biaya.",
};
