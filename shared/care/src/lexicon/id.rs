//! Indonesian.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "
        no = ga|gak|nggak|ngga|enggak|tidak|tak|gk|g|ngk|kagak|belum|tanpa|tdk|engga|ogah
        want = mau|mw|pengn|pngn|pngen|pengen|pingin|pgn|ingin|pengin|kepikiran|mikir|berpikir|rencana|bakal|akan|kepengen|coba|nyoba|udah_coba|mending|lebih_baik|niat|siap|harus|pen|mo|pgen|memutuskan|terpikir
        rel = ibu|ibuku|mama|mamaku|ayah|ayahku|bapak|bapakku|papa|papaku|istri|istriku|suami|suamiku|anak|anakku|adik|adikku|adek|adekku|kakak|kakakku|abang|abangku|nenek|nenekku|kakek|kakekku|oma|opa|tante|tanteku|om|paman|pamanku|sepupu|sepupuku|sahabat|sahabatku|teman|temanku|temenku|pacar|pacarku|anjing|anjingku|kucing|kucingku|bayi|bayiku|mertua|mertuaku|keponakan|bokap|nyokap|bokapku|nyokapku|emak|emakku|tunanganku
        harmer = pacar|pacarku|suami|suamiku|mantan|mantanku|ayah|ayahku|bapak|bapakku|ayah_tiri|ayah_tiriku|bapak_tiri|om|paman|pamanku|abang|kakak|kakakku|istri|ibu|ibuku|dia|bos|bosku|tetangga|orang|seseorang|guru|guruku|kakek|sepupu|cowok_gw|cowokku|cowo
        teen = sembilan|sepuluh|sebelas|dua_belas|tiga_belas|empat_belas|lima_belas|enam_belas|tujuh_belas|limabelas|enambelas|tujuhbelas|empatbelas|tigabelas
        age = #|%teen
        me = aku|saya|gue|gw|gua|ku|sy|aq
        money = uang|uangku|duit|duitku|uang_saya|uang_gue|duit_gue|dana|danaku|pembayaran|transferan|cuan
        adv = masih|baru|cuma|sebenernya|sebenarnya|hampir|mau|sudah|udah|aslinya|lagi|kira_kira|jalan
        pills = pil|pilnya|obat|obatnya|silet|pisau|tali|racun|cutter|pisaunya|silet_udah|obat_tidur|obat2
        front = di_depan|depan_mata|di_depanku|di_tangan|di_tanganku|sebelahku|di_sampingku|di_meja|udah_siap|sudah_siap|di_kasur
        story = lagu|lagunya|lirik|film|filmnya|serial|series|buku|novel|episode|bab|dokumenter|podcast|game|gim|anime|manga|musim|karakter|tokoh|album|drakor|drama|komik|webtoon|sinetron|wattpad
        news = berita|beritanya|koran|artikel|baca|dengar|denger|dokumenter|podcast|tv|tetangga|nonton|tiktok|kasus
        grim = bunuh*|mati|meninggal|tewas|dibunuh|hidup_tanpa|tanpamu|tipu*|ketipu|ditipu|penipu*|perkosa*|diperkosa|peras|diperas|pemerasan|culik*|diculik|pemakaman|overdosis|dipukul*|pukul*|dirampok|dilecehkan|selamat_tinggal|kena_tipu|scam|judi|dibully|gantung
    ",
    self_harm: "
        takut ~4 nekat|ngapa_ngapain|berbuat ~3
        nyakitin|melukai|ngelukain|lukain ~1 diri* ~1
        beli|dibeli|siapin|nyiapin ~2 tali|silet|racun|tambang
        tali*|silet*|racun* ~2 beli|dibeli|siap
        natal|lebaran|ultah ~1 terakhirku
        mikir*|kepikiran|pikiranku ~2 mati|bunuh_diri|kematian
        nyakit*|menyakiti|nyilet|nyayat|menyayat ~1 diri* ~1
        paha|lengan|tangan|pergelangan ~2 luka*|sayat*|silet*|bekas_cutting
        nyusul|menyusul|susul|ikut|ketemu|nemenin ~2 nenek|kakek|mama|papa|ibu|ayah|almarhum*|dia ~2 surga|sana|alam|akhirat|$
        pengen|mau|ingin|pingin ~3 surga|alam_sana|akhirat|ke_sana_selamanya
        pura_pura|pura2|berpura_pura|pasang_senyum ~3 lagi|bahagia|kuat|baik|capek|$
        minggu|besok|bulan|nanti|tahun ~2 aku|gue|gw|saya ~1 udah|sudah|mungkin? ~1 ga|gak|nggak|tidak|ngga ~1 ada|disini|di_sini|hidup
        cara|jalan ~2 gampang|mudah|cepat|cepet|tanpa_sakit|tercepat|termudah ~3 mati|pergi|mengakhiri|sakit|meninggal
        jembatan|atap|gedung|rooftop|rel ~3 liat|lihat|mandang|ke_bawah|bawah|loncat
        %pills ~3 %front
        suratnya|surat2nya|wasiat ~3 tulis|nulis|ditulis|siap|selesai
        tulis|nulis|nulisin|menulis ~1 surat ~2 perpisahan|terakhir|buat_semua|untuk_semua
        ga|gak|nggak|enggak|tidak|tak|udah_ga|ngga ~2 ada ~1 gunanya|artinya|arti|guna|tujuan|makna|harapan ~1 lagi|hidup|$
        pesan|chat|malam|hari|message ~0 terakhir|terakhirku|terakhirku_di_dunia ~0 $|dariku|dari_aku|buat|untuk
        selamat_tinggal|dadah|bye|pamit ~3 semua|semuanya|dunia|selamanya|terakhir|selama_lamanya
        malam_ini|akhirnya|besok|sebentar_lagi ~4 tenang|berakhir|damai|tidur_selamanya|istirahat_selamanya|bebas ~1 $|selamanya|semuanya|semua
        tidur|istirahat|tenang ~1 selamanya|selama_lamanya|untuk_selamanya|abadi
        semua|keluarga|dunia|ortu|orang|anak_anak|kalian ~4 bahagia|lebih_baik|tenang|senang ~3 tanpa_aku|tanpaku|kalau_aku|kalo_aku|tanpa_gue|tanpa_gw|kalo_gue
        tanpa_aku|tanpaku|kalo_aku_ga_ada|kalau_aku_mati ~3 bahagia|baik|tenang|senang
        beban ~2 semua|keluarga|orang|ortu|mereka|hidup|$|doang !kerja
        suara|bisikan|kepala ~4 nyuruh|suruh|bilang|bisik* ~3 mati|lompat|bunuh|loncat|sayat
        loncat|lompat|terjun|tiduran|nabrakin|nabrak ~3 kereta|rel|jembatan|gedung|atap|balkon|truk|jendela|mrt|krl
        berdiri|duduk|lagi|naik ~2 di|ke ~0 jembatan|atap|tepi|rooftop|rel|balkon|pinggir_jembatan ~3
        bagi*|kasih* ~2 semua|barang* ~1 barang* ~2
        ga|gak|nggak|tidak|tak|udah_ga|ngga|udah_gak|enggak ~1 sanggup|kuat|mampu|bisa|tahan|mau|pengen|ingin|pingin ~1 hidup|lagi|bangun_lagi|lanjut|ada_di_dunia|ngelanjutin ~1 $|lagi|hidup|di_dunia|menjalani
        ga_ada|gak_ada|nggak_ada|tidak_ada|ga_bakal ~2 yang|orang ~1 peduli|kangen|nyadar|sedih|nangis|nyari|kehilangan ~4
        pernah|coba|nyoba|udah_coba ~2 bunuh_diri|gantung|akhiri|mengakhiri|sayat
        %no ~1 sanggup|kuat|tahan ~2 hidup
        %want|kepikiran|nyoba ~3 gantung_diri|bunuh_diri|bundir|loncat_dari|lompat_dari|nabrakin_diri|minum_racun|tidur_selamanya|pergi_selamanya|ngilang_selamanya|mengakhiri|nyilet|mati
        tidur ~1 selamanya|selama_lamanya
        nulis|tulis|bikin|buat ~1 surat ~1 wasiat|perpisahan|terakhir|bunuh_diri
        benci_hidupku|benci_hidup|mending_mati|lebih_baik_mati|ga_kuat_hidup|ga_sanggup_hidup|ga_mau_bangun_lagi|hidupku_hancur_pengen|ga_ada_jalan_keluar|ga_ada_harapan_hidup|pikiran_bunuh_diri|pengen_lenyap|aku_beban_buat_semua|ga_layak_hidup|nyakitin_diri|luka_di_tangan_sendiri
        bunuh|bundir|bndr|bunuhdiri|membunuh ~0 diri|diriku|diri_sendiri|diri_saya ~0
        bundir|bunuhdiri|bunuhdiriku
        gantung|gantungin|habisi|lukai|melukai|menyakiti|nyakitin|sakiti|akhiri|tusuk|bakar|menghabisi ~0 diri|diriku|diri_sendiri|diri_saya
        mengakhiri|akhiri|akhirin|ngakhirin|mengakhirin|habisi|cabut|sudahi ~1 hidup*|nyawa*|semuanya|semua_ini|semua|segalanya|penderitaan !kontrak|langganan|pekerjaan
        %want ~2 mati|mti|matii|meninggal|mampus|mokad|koit|ga_ada|hilang_selamanya|lenyap|menghilang_selamanya|ga_bangun|nyusul !demi|ketawa|penasaran|lampu
        mati ~1 aja|saja|rasanya ~1 $
        pengen|ingin|mau|mending ~1 mati
        rasanya|lebih_baik|mending|andai|coba|seandainya ~2 mati|ga_lahir|tidak_lahir|ga_dilahirkan|ga_pernah_lahir|tidak_pernah_lahir|tidak_pernah_ada
        %no ~2 mau|pengen|ingin|kuat|sanggup|bisa|pantas|layak|ada|punya|tahan|minat|semangat ~2 hidup|hidup_lagi|ada_di_dunia|bangun_lagi|alasan_hidup|gairah_hidup !tanpa|sama|bareng|di|dengan
        hidup* ~2 %no ~2 arti*|guna*|ada_artinya|ada_gunanya|berarti|berguna|layak|makna*|bermakna|ada_makna|tujuan|ada_tujuan|berharga
        %no ~2 alasan|gunanya|tujuan|arti|makna ~2 hidup|bertahan|lanjut
        buat_apa|untuk_apa|ngapain|kenapa ~1 aku? ~1 hidup|masih_hidup|gue_hidup|bertahan_hidup !di
        capek|cape|lelah|bosan|muak|nyerah|bosen|jenuh ~1 sama|dengan|buat|jadi|pada|untuk|menjalani? ~1 hidup|kehidupan
        benci ~1 hidup*|diriku|diri_sendiri ~4
        lebih|mending|bakal ~1 baik|bahagia|seneng|senang|enak|tenang ~2 tanpa|kalo_ga_ada|kalau_aku|kalo_aku|jika_aku ~1 aku|gue|saya|mati|ga_ada|diriku
        tanpa aku ~2 $
        %no|ga_ada_yang|siapa ~3 sadar|peduli|kangen|nyariin|kehilangan|nangis|nyari|sedih|merasa ~4 hilang|mati|pergi|ga_ada|lenyap|$ !<ku
        hilang|menghilang|lenyap|pergi|ngilang ~1 selamanya|dari_dunia|dari_muka|untuk_selamanya
        tidur ~4 %no ~2 bangun
        %no ~2 bangun ~1 lagi|selamanya
        nyilet|silet|sayat|nyayat|menyayat|iris|ngiris|cutter|motong_nadi|potong_nadi|goresin|menggores|melukai ~2 tangan*|lengan*|nadi*|pergelangan*|paha|diri*|lagi !bawang|sayur|kue
        nadi|nadiku|urat_nadi ~1
        self_harm|selfharm|barcode ~1 lagi|tangan
        loncat|lompat|terjun|melompat ~3 jembatan|gedung|balkon|jendela|atap|kereta|rel|lantai|tebing|rooftop|flyover
        obat|pil|tablet|obat_tidur|paracetamol ~10 minum|telan|nelen|tenggak|konsumsi ~3 semua*|sekaligus|banyak|sebotol
        minum|telan|nelen|tenggak|overdosis ~2 semua|sebotol|banyak|seluruh|racun|baygon|sianida ~2
        racun|baygon ~1
        berapa ~1 obat|pil|tablet|butir ~5 mati
        overdosis|surat_wasiat|surat_perpisahan|pesan_terakhir|malam_terakhirku|selamat_tinggal_dunia|pamit_selamanya|nyusul_ibu|nyusul_mama|gantung_diri
        selamat_tinggal ~5
        besok ~2 aku? ~1 %no ~2 ada|hidup|di_sini
        cara ~3 mati|bunuh_diri|bundir|meninggal ~3 cepat|tanpa_sakit|ga_sakit|mudah|tenang|$ !lampu
        cara ~1 cepat|mudah|tanpa_sakit|paling ~3 mati|bunuh_diri
        satu_satunya ~2 jalan|solusi|cara ~3 mati|kematian|bunuh_diri
        mati|kematian ~2 jalan|solusi|lebih_baik|satu_satunya
        teman*|temenku|sahabat*|adik*|kakak*|pacar*|ibu*|anak*|dia|suami* ~2 mau|pengen|ngancem|coba|nyoba|ingin|mengancam ~2 bunuh_diri|bundir|gantung_diri|mati|loncat
        nyerah|menyerah ~2 hidup
        ga_pantas_hidup|ga_layak_hidup|tidak_layak_hidup|pengen_ngilang_dari_dunia|pengen_cepet_mati|biar_cepet_mati|pengen_mati
    ",
    crisis: "
        orang|maling|cowok ~3 masuk|membobol|bobol ~1 rumah*|kosan*
        bapak|ayah|papa|abang|kakak|om|suami|tetangga ~2 mukul*|mukulin|memukuli|gebuk*|nyekik|hajar ~1 ibu|mama|adik|kakak|aku|anak*
        kalo|kalau ~1 aku|gue|saya ~1 pergi|kabur|lapor|putus|cerai|cerita ~6 bunuh|dibunuh|membunuh|pukul|cari
        ngikutin|mengikuti|nguntit|menguntit|membuntuti|buntutin|diikutin|dibuntuti ~1 aku|gue|saya|terus|orang|cowok !di_ig|akunmu
        minum|nelen|menelan|minumin|telan|ngabisin ~1 ## ~1 paracetamol|obat|pil|butir|panadol|bodrex|tablet|kapsul|ctm|biji
        masuk|dateng|datang ~1 ke? ~0 kamar|kamarku|ranjangku ~2 malam|malem|tiap|pas|waktu
        ngunci|mengunci|dikunci|dikurung|ngurung|disekap|kunciin ~2
        ancam*|ngancem|diancam|mengancam ~2 bunuh|dibunuh|mati|membunuh
        tau|tahu ~1 rumahku|alamatku|di_mana_aku_tinggal|dimana_aku
        nyekik|mencekik|dicekik|cekik|nampar|menampar|nonjok|nendang|jambak|menjambak|mukul|mukulin|gebukin|banting|menyeret|dorong|tampar|ditampar|dijambak|ditendang|dipukul|dipukulin|digebukin ~1 aku|gue|gw|saya|leherku|suami|pacar|ayah|bapak|sama|$|rambutku|semalam !di_game
        foto|video|vcs ~1 bugil*|telanjang*|syur|nude*|pribadi*|telanjangku|bugilku|vcs|seksi* ~7 duit|uang|sebar*|disebar*|ancam*|ortu|kirim*|transfer|bayar|diancam
        kalo_ga_bayar|kalo_gak_bayar|kalau_tidak_bayar|kalo_nggak|kalau_tidak ~4 disebar*|sebar*|dikirim|dishare|disebarin|viralin
        minum|nelen|menelan|makan|minumnya ~5 ga|gak|nggak|tidak|ngga ~1 bangun*|sadar*|napas|respon|merespon|bangun_bangun
        depan_rumah|pintu|jendela|luar_rumah ~4 takut|pisau|dobrak*|masuk|gedor*|polisi|nungguin
        mau|coba ~1 masuk|mendobrak|dobrak ~2 rumah*|pintu|kamarku
        %harmer ~3 mukul|mukulin|pukul|memukul|gebukin|nampar|tampar|perkosa|memperkosa|pegang_pegang|raba|grepe|ngancem|mengancam|ancam|cekik|nyekik|tendang|nendang|lecehin|melecehkan|siksa|nyiksa|ngikutin|menguntit|kdrt|maksa|kurung|ngurung|sekap|bacok|aniaya ~2 aku|saya|gue|gw|gua|tiap|anakku|badanku|terus !chat|ig|main_catur
        aku|saya|gue|gw|gua ~1 di|udah|baru|hampir|mau|habis|sering? ~0 diperkosa|dipukul|dipukulin|dilecehkan|disiksa|dicekik|diculik|dianiaya|diancam|dirampok|ditusuk|diperas|dikuntit|disekap|digebukin|dibacok|ditampar|diraba|dikurung|dipaksa|dibius|digerayangi
        diperkosa|dilecehkan|diculik|disekap|dicabuli|pemerkosaan|pelecehan_seksual|kekerasan_seksual|kdrt|perkosa !<film
        ada_yang|orang|cowok|laki_laki|mobil|mantan|seseorang ~2 ngikutin|mengikuti|ikutin|nguntit|menguntit|buntutin ~1 aku|saya|gue|gw|dari ~3 !ig|instagram|tiktok
        ngikutin|menguntit|nguntit|stalker|buntutin ~4 takut|rumah|pulang
        bilang|ngancem|mengancam|ancam|katanya|sumpah|ngancam ~4 bunuh|membunuh|habisin|bacok|perkosa|hajar|bakar ~1 aku|saya|gue|gw|keluargaku|gua
        dia|mantan|suami|mereka|bapak ~2 mau|coba|bakal|nyoba|mencoba bunuh|membunuh|bacok|tusuk|perkosa|cekik aku|saya|gue|gw|gua
        %no ~1 bisa ~1 napas|nafas|bernapas|bernafas
        susah|sesak napas|nafas ~4
        dada* ~2 sakit|nyeri|sesak|nyesek_banget_sakit
        sakit dada
        kayaknya|serangan|kena|kayak|sepertinya|terkena ~2 serangan_jantung|stroke|kejang ~2 !<hampir|kaya_mau|nyaris
        serangan_jantung|jantung_kumat|kejang_kejang|stroke
        butuh|panggil*|tolong|telepon|telpon|kirim ~2 ambulan*|polisi|112|119|110|pemadam|ugd
        diperas|pemerasan|meras|memeras|blackmail|sextortion
        sebar*|nyebarin|menyebar*|posting|viralin|upload ~3 foto*|video*|vcs* ~2 bugil|telanjang|aku|ku|vcs|ancam|pribadi
        foto*|video* ~1 telanjang*|bugil*|vcs* ~3
        darah* ~2 banyak|ga_berhenti|kemana_mana|di_mana_mana|terus|ngalir|deras
        banyak|muntah|batuk|pendarahan ~1 darah
        pendarahan
        pingsan|ga_sadar|tidak_sadar|ga_bangun_bangun|ga_napas|tidak_bernapas ~3
        pisau|pistol|golok|celurit|senjata|parang ~4 aku|rumah|pintu|ancam*|ngancem|depan
        bawa pisau|golok|celurit|parang|pistol|senjata
        dikunci|dikurung|ga_boleh_keluar|ga_dibolehin_keluar|paspor_diambil|terkunci
        takut ~1 sama|ke|dengan|pulang_ke|dibunuh ~1 suami*|pacar*|ayah*|bapak*|mantan*|dia_bunuh|rumah
        nyawa*|aku|saya ~1 dalam|terancam bahaya ~1
        dalam_bahaya|nyawaku_terancam|mata_lebam|lebam_lebam|maling_masuk|rampok_masuk|perdagangan_orang|gempa_ketimbun
        mati_aja_lo|mati_aja_kamu|bunuh_diri_sana|bunuh_diri_aja_lo|mampus_lo|semoga_kamu_mati|loncat_sana
    ",
    minor: "
        baru ~2 %age ~0 tahun|taun|thn
        umur|usia|umurku|usiaku ~1 %age
        besok|hari_ini|senin|minggu_depan ~2 ada ~0 ulangan|ujian_mtk|upacara|pr|tryout|remedial|uts|uas|pts ~2
        ## ~0 tahun|taun|thn|bulan ~0 lagi ~2 aku|baru|umur|genap|gue? ~2 18|delapan_belas
        guru|bu_guru|pak_guru|wali_kelas ~1 dateng|datang|lewat|liat|lagi_jalan|udah_masuk !<aku_seorang
        kelas ~0 #|6|7|8|9|10|11|satu|dua|tiga|enam|tujuh|delapan|sembilan|sepuluh|sebelas|x|xi|vii|viii|ix ~1 $|smp|sma|smk|sd|mts|ipa|ips|aku|nih|kak|ya|hehe !<anak|adik|adikku|anakku|guru|dulu|waktu
        aku|gue|gw|saya|masih ~2 smp|sma|smk|sd|mts ~1 $|kelas|kak|nih|hehe|jadi !<dulu|waktu|anak_saya
        ultah|ulang_tahun|umur|usia|umurku ~1 ke? ~1 ku? ~0 %age ~1 $|tahun|thn|th|sabtu|besok|minggu !<anak|adik|anjing|dia
        mama|papa|ibu|ayah|ortu|bapak|mamah|nyokap|bokap|orang_tua ~2 ga|gak|ngga|nggak|gatau|tidak|gak_tau|jangan_sampai|ga_tau|ntar ~1 tau|tahu|boleh*|ngebolehin|$|aku|kalo|telegram ~4
        hp|hpku ~1 disita|diambil|dicek ~2 mama|ibu|ortu|ayah|guru|sekolah|$
        pr_matematika|ngerjain_pr|ada_pr|ulangan_matematika|guru_bk|guru_mtk|wali_kelas|upacara_besok|ujian_sekolah|pramuka|mabal|uang_jajan|uang_saku ~1 !<anak|anakku|adik
        kartu|atm|rekening|gopay|dana ~0 mama|ibu|papa|ayah|ortu|mamaku|ibuku|nyokap|bokap
        umur*|usia* ~2 %adv? %age !tahun_lalu|menit
        %me ~0 %adv? %adv? %age ~0 tahun|thn|th|taun|tahunan ~0 !lalu|kerja|nikah|di_sini|nunggu
        %me %adv? %adv? # $
        ^ # tahun|thn|th|taun $ !<anak*|adik*|sejak|selama|sudah|waktu|dari|udah|setelah|lebih|kakak*|hampir
        # tahun kak|ka|bang|min|mas
        bulan_depan|tahun_depan|besok|minggu_depan|bentar_lagi ~2 aku? ~1 %adv? %age ~0 tahun|thn|$|taun
        ulang_tahun|ultah ~1 ke ~0 %age
        di_bawah_umur|dibawah_umur|bawah_umur|anak_di_bawah|underage|bawah_18|dibawah_18|di_bawah_18|belum_dewasa|belum_cukup_umur|masih_bocil|masih_anak_anak|anak_smp|anak_sma|anak_sd|masih_abg|belum_legal|belum_punya_ktp|anak_smk !<bukan|anakku|adik*|film|waktu
        belum|blm|masih_belum ~2 18|delapan_belas|genap_18|17 ~1 $|tahun|kak|kok|nih|sih|kan !<anak*
        kelas|kls ~0 1|2|3|4|5|6|7|8|9|10|11|12|satu|dua|tiga|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas ~1 smp|sma|smk|sd|mts|ma|$|aku|nih|kak !<waktu|jaman|anak*|guru|adik*|kereta|dulu
        masih|aku|saya|gue|kelas ~2 smp|sma|smk|sd|mts|sekolah_menengah ~1 !<waktu|guru|dulu|jaman|lulus|teman !dulu|lulus
        pelajar_smp|pelajar_sma|siswi_smp|siswi_sma|siswa_smp|siswa_sma|murid_smp
        bohong ~3 umur|usia|soal_umur
        mama_ga_bolehin|mamaku_ga_tau|ortu_ga_tau|orang_tuaku_ga_tau|kartu_mama|kartu_papa|hp_dicek_mama|dimarahin_mama|uang_jajan|uang_jajanku|pr_matematika|ujian_sekolah|jangan_bilang_mama
    ",
    grief: "
        kucing*|anjing* ~1 ketabrak|tertabrak|kelindas|ditabrak
        setahun|sebulan|seminggu|tahun|bulan ~3 mama|papa|ibu|ayah|nenek|kakek|suami|istri ~2 pergi|meninggal|nggak_ada|gak_ada|wafat|tiada
        makamin|memakamkan|dimakamkan|kubur|menguburkan|dikubur|nguburin|pemakaman ~2
        suntik|disuntik ~0 mati ~2
        anjing*|kucing*|kelinci*|hamster* ~3 mati|meninggal|disuntik|dikubur|pergi_selamanya|euthanasia|mati_kemarin
        ayah|ibu|mama|papa|bapak|nenek|kakek|suami|istri|kakak|adik|om|tante|oma|opa|eyang|mbah|sahabat* ~1 ku? ~2 meninggal|wafat|berpulang|tiada|pergi_untuk_selamanya|dipanggil_tuhan|dipanggil_allah
        %rel ~3 meninggal|wafat|berpulang|tiada|mati|tutup_usia|ninggalin_dunia|almarhum*|dimakamkan|dipanggil_tuhan|udah_ga_ada|pergi_selamanya|pergi_untuk_selamanya|bunuh_diri_tahun|mninggal|meninggl|kembali_ke_pangkuan|mangkat|tewas|kecelakaan_meninggal|gantung_diri !ketawa|lampu|gaya|penasaran
        meninggal|wafat|kehilangan|berpulang ~2 %rel
        kehilangan|hilang ~1 %rel !hp|dompet|kunci
        meninggalnya|kepergian|kematian|wafatnya ~2 %rel
        pemakaman|dimakamkan|makam|takziah|melayat|berduka|duka_cita|belasungkawa|tahlilan|7_harian|40_hari|janda_ditinggal|duda_ditinggal|yasinan|kremasi|innalillahi|rest_in_peace
        keguguran|lahir_mati
        suntik_mati ~2 anjing*|kucing*
        almarhum*
        %rel ~3 sekarat|koma|kritis|stadium_akhir|icu
    ",
    money_trouble: "
        makan|beli_beras|beli_makan ~2 ga|gak|nggak|tidak|ngga ~1 ada|punya ~1 duit|uang
        jual|gadai*|ngegadai* ~1 motor*|mobil*|hp*|laptop*|rumah*|emas*|cincin*|kamera* ~6 kamu|langganan|bayar|makan|kos|utang|hutang|tip
        listrik*|air|gas|token ~2 diputus|dicabut|diputusin|mati_karena|disegel
        debt_collector*|dc_pinjol|pinjol|rentenir|bank_keliling|penagih* ~2
        gaji|gajiku|uang_bulanan|pensiun|tabungan|tabunganku|thr|beasiswa ~3 abis|habis|ludes|buat_kamu|lenyap
        ga|gak|nggak|tidak|ngga ~2 bisa|ada|punya|sanggup|mampu ~2 bayar|beli|uang_buat ~1 kos|kontrakan|listrik|makan|cicilan|sewa|spp|susu|beras|tagihan|sekolah
        kehilangan|dipecat|di_phk|kena_phk|phk|diberhentikan|hilang ~2 kerja*|pekerjaan|rumah|kerjaan
        dipecat|phk|nganggur|pengangguran|ga_punya_kerjaan|bangkrut|diusir|digusur|terusir|tuna_wisma|tidur_di_jalan|tidur_di_mobil|disita|debt_collector|dc_pinjol|pinjol|rentenir|judol|ga_punya_rumah
        %no ~2 bisa|punya|mampu|ada|cukup|sanggup ~3 bayar|uang|duit|beli|biaya ~3 kos*|kontrakan|sewa|makan|listrik|obat|cicilan|sekolah|susu|spp|beras|tagihan|kpr|hidup|hutang|utang|pampers
        %no ~2 bayar|beli|makan ~1 kos*|kontrakan|sewa|cicilan|listrik|beras ~2
        %no ~1 punya|ada|pegang ~1 uang|duit ~3 $|buat|sama_sekali|sepeser|makan|lagi|sisa !<belum|vip
        uang|duit|gaji* ~2 habis|ludes|abis|lenyap ~3 buat|untuk|gara|karena|$|judi|kamu|ini
        utang|hutang|utangku|hutangku|cicilan|nunggak|menunggak|kelilit|terlilit ~2 !<ga_punya|tanpa|bebas
        uang|duit|tabungan|gaji* ~2 terakhir* ~3
        habisin|ngabisin|menghabiskan|habis ~3 tabungan|gaji*|semua_uang|seluruh|uang_terakhir|uang_kos|uang_kuliah|uang_makan !hari|waktu|hari_hari
        judi|slot|kasino|casino|taruhan|togel|gacor ~2 !<film
        belum|ga|nggak|gak ~1 makan ~4 hari|uang|duit
        kelaparan|ga_makan|makan_nasi_garam|bokek_parah|masalah_keuangan|krisis_keuangan|listrik_diputus|minjem_uang_sana_sini|jual_motor|gadai|menggadaikan|kartu_kredit_limit|kartu_kredit_over
    ",
    refund_dispute: "
        blokir|diblokir|block|diblock|diblok|ngeblok|memblokir ~4 bayar*|transfer|tf|beli
        bayar*|transfer|tf ~4 blokir|diblokir|diblock|diblok
        balikin|kembalikan|kembaliin|balikkan|pulangin ~1 semua? ~1 uang*|duit*
        lapor|laporin|sengketa|dispute ~2 bank|polisi|kamu|penipu*
        setiap_sen|sampai_sen_terakhir|setiap_rupiah|sepeser_pun_balik
        balikin|kembalikan|kembaliin|balikkan|pulangin|refund|refunds|balik|mengembalikan|kembali ~1 %money|sekarang|aja_uangku|duitnya
        %money ~2 kembali|dikembalikan|balik|dibalikin|direfund ~1 !<kapan_bisa
        mau|minta|tuntut|menuntut|pengen|harus|tolong|ajukan|kasih|mana|butuh ~2 refund|pengembalian|uang_kembali|uangku_kembali|duit_balik !<bisa|kebijakan
        refund|refun sekarang|dong|uangku|duitku|aku|saya|min|segera|please|gue
        penipu|penipuan|nipu|menipu|ditipu|ketipu|tipu|scam|scammer|tertipu|maling|kibulin|bohongin_pembeli|akun_palsu !<film|tentang|bukan|ga|novel !film
        chargeback*|sanggah*|sengketa|dispute
        lapor*|laporin|adukan|komplain|aduan|melaporkan ~3 bank|polisi|penipu*|kamu|cyber|transaksi|lo|ojk|akun
        batalin|batalkan|blokir|hubungi|hubungin ~2 bank|transaksi|pembayaran|kartu
        bayar|beli|transfer|tf|membayar|dibayar|topup ~6 ga|gak|tidak|nggak|belum|tapi|kok|ngga ~3 dikirim*|kirim*|terima|dapet|dapat|nyampe|dibales|sampai|ada|apa_apa|masuk|dibuka !<belum
        ga|gak|tidak|belum ~2 dikirim|terima|dapet|sampai|nyampe ~5 bayar|beli|transfer
        ditagih|kepotong|ke_charge|terpotong|didebit ~2 dua_kali|2_kali|2x|dobel|double|tanpa_izin
        uangku_dibawa|uangku_diambil|kabur_bawa_uang|ga_sesuai_iklan|diblokir_setelah_bayar|habis_bayar_diblok|buang_uang
    ",
    harmless: "
        bangun ~2 pagi|subuh|jam|senin|buat_kerja|buat_sekolah
        mati ~2 malu*|ketawa|bahagia*|saking|penasaran|bosan|cemburu|seneng|senang|gemes
        bunuh_aku|bunuh_gue|matiin_aku ~2 senin|lagi|wkwk*|haha*
        vitamin ~1
        pil|tablet|kapsul ~1 vitamin*|suplemen|zat_besi
        utang_budi|hutang_budi|berutang_budi|berhutang_budi
        ngalahin|ngehajar|mengalahkan|kalahin ~3 catur|fifa|kartu|ml|badminton|tenis
        jembatan|atap|rooftop|balkon|gedung ~5 kembang_api|pemandangan|sunset|senja|foto*|bagus|indah|bintang|nongkrong|kembang
        hari|malam|minggu ~0 terakhir ~1 libur*|kerja|sekolah|kuliah|cuti|diskon
        surat ~1 buat|untuk ~1 nenek|ibu|mama|kakek|pacar|kamu
        gatau|ga_tau|gak_tau ~1 cara ~1
        rela|demi|sanggup ~2 bunuh|mati ~2
        bunuh ~2 demi
        pembunuh ~0 berantai
        bos|boss ~2 mati|kalah
        macet* ~2 gila
        panas*|dingin*|kerjaan|bos|ujian|skripsi|senin|laper|lapar|deadline|macet|tugas|diet|gym|heels|sepatu|penasaran|nunggu|ngantuk|batuk|kuliah|cuaca|mens ~3 mau_mati|bunuh_aku|membunuhku|mati|bikin_mati|bunuh|ngebunuh|setengah_mati
        mama|ibu|bos|pacar|istri|suami|papa|ayah|guru|dosen|bokap|nyokap|kakak ~2 bunuh|ngebunuh|membunuh|habisin|gorok ~1 aku|gue|gw|saya|ku ~1 $|kalo|kalau|gara|nih
        mati|mampus|modar ~0 gaya|kutu|rasa|lampu|ketawa|penasaran|listrik|kali|kedinginan|kelaperan|kebosanan|bosan|lemas|suri|matian
        kali|x ~1 mati
        mati ~4 warzone|ff|ml|mobile_legend*|pubg|minecraft|game|boss|ranked|kali|push_rank
        mau|bisa|hampir|serasa ~1 mati ~1 ketawa|rasanya|penasaran|kangen|gemes|malu|bosen|kalo_liat|liat
        setengah|rindu|cinta ~0 mati|setengah_mati
        %story ~7 %grim
        %grim ~5 %story
        %news ~8 %grim
        %grim ~5 %news
        %news ~8 %grim ~4 %grim
        bos*|mamaku|pacarku|istriku|guruku ~1 bakal|mau ~1 bunuh aku|gue|saya
        mati kelaparan|kedinginan|kepanasan|ketakutan|kebosanan
        mati|mampus|meninggal ~1 ketawa|penasaran|gaya|kutu|karena_malu|kebosanan|kelaparan_wkwk|kepanasan|rasa|lampu|listrik|lapar_wkwk
        ketawa ~2 mati
        setengah mati
        bikin mati
        rela|mau|pengen ~1 mati demi|buat|untuk
        hp|lampu|listrik|batre|baterai|laptop|motor|mesin|wifi|sinyal ~2 mati
        hp|lampunya|listriknya|hpku mati
        aku|gue|tak|kubunuh ~0 bunuh kamu|lo|lu
        bunuh ~0 bos*|waktu|zombie|musuh|nyamuk|monster
        film|serial|buku|lagu|game|novel|tokoh*|karakter|episode|season|aktor|drama|anime|drakor|sinetron ~4 bunuh_diri|mati|penipu*|meninggal|bundir|pemakaman|diperkosa|arti*|scam|perkosa
        bunuh_diri|penipuan|pemakaman|scam ~3 film|serial|buku|drama|novel|itu_bagus
        tokoh*|karakter* ~2 mati|meninggal
        suicide_squad
        %no ~2 mau|akan|bakal|pengen|pernah ~2 bunuh_diri|bundir|mati|melukai_diri !lagi_hidup
        keiris|teriris|kepotong|potong|motong ~2 jari*|rambut*|kuku*|bawang|masak|poni
        jari* ~1 keiris|teriris|kepotong
        hampir|nyaris|kaya ~2 serangan_jantung|jantungan
        follow|ngikutin|ikutin|stalking ~2 aku? ~1 di? ~0 ig|insta*|tiktok|twitter
        loncat|lompat ~1 ke ~1 kasur|kolam|air|sofa
        %no ~1 bisa hidup tanpa ~1 kamu|video*|kopi|foto*
        film|serial ~2 %no ~1 ada arti*
        pergi dari sini
        kebijakan|syarat|bisa|apa_bisa|gimana|ada ~2 refund|pengembalian ~3 kak|kalau|kalo|gimana|$|ga|nggak
        refund ~1 gimana|kalau|kalo|bisa|ga_sih
        kalau|kalo|jika ~3 error|ga_bisa_dibuka|rusak ~3
        bukan|ga|gak ~1 penipu*|scam
        balikin|kembalikan ciuman*|hati*|jaket*
        kehilangan|hilang hp|dompet|kunci|sinyal
        hp ~1 hilang
        ga_punya utang|hutang
    ",
    other_ages: "
        guru|ngajar|mengajar ~4 kelas|smp|sma|sd
        anakku|anak|adik|adikku|keponakan*|cucu* ~3 kelas|smp|sma|sd|smk
        waktu|sejak|dari|pas|ketika|saat|semenjak ~2 umur*|usia* ~1 %age
        waktu|sejak|pas|ketika|saat ~2 %age ~0 tahun
        anak*|adik*|kakak*|keponakan*|sepupu*|kucing*|anjing*|cucu*|adek* ~2 umur*|usia*|udah|baru|kelas|masih ~2
        umur*|usia* anak*|adik*|kakak*|dia
        # tahun ~1 lalu|kerja|nikah|pacaran|bareng|lebih
        # menit|jam|foto|video|km|hari|kali|ribu|juta|rb|jt|bulan|minggu|orang
        jam|pukul|nomor|no %age
        bukan di_bawah_umur|dibawah_umur|anak_smp|anak_sma
    ",
    urges_harm: "
        bunuh|lukai|gantung|sayat ~0 dirimu|diri_kamu|diri_lo
        kamu|lo|lu ~1 harus|sebaiknya|bisa|mending|seharusnya|boleh ~1 mati|bunuh_diri|bundir|menghilang|lompat
        minum|telan semuanya|semua_obat|semua_pil
        semua|dunia ~3 lebih_baik ~1 tanpa_kamu|tanpamu
        ga_ada|tidak_ada ~2 kangen|peduli ~1 kamu
        mati_bareng|mati_bersama
    ",
    courts_minor: "
        umur_cuma_angka|umur_hanya_angka|usia_cuma_angka|umur_ga_masalah|ga_peduli_umur|rahasia_kita|jangan_bilang_orang_tua|jangan_bilang_ortu|jangan_bilang_mama|bilang_aja_18|ngaku_aja_18|hapus_chat_ini|suka_yang_muda
        kamu|lo ~1 masih? %age ~0 tahun
    ",
    slips: "penipuan penipu meninggal diperkosa ambulans pemakaman",
};
