//! Words and letters that tell languages apart.

use crate::language::Language::{self, *};

/// Frequent short words; one that several languages have is worth less.
pub(crate) const SMALL_WORDS: &[(Language, &str)] = &[
    (
        English,
        "the and you your is are was were have has what how when where why who this that with for not dont cant im ive youre \
        its of to in it my me i hello hi hey thanks thank please want need can could would will just so much but or if get \
        know like love see send about from they them he she we our do does did been be on at all good morning night today \
        there here some any really feel think make one more out up no yes still never always am u over after again into then \
        than because back too by if or had while going down yesterday tomorrow week something nothing",
    ),
    (
        Spanish,
        "el la los las un una que de y en por para con no si es son esta estas estoy soy eres tengo tienes quiero quieres puedo \
        puedes como cuando donde porque muy pero mas mi tu su me te se lo le hola gracias hoy ayer manana todo nada algo bien \
        mal mucho mucha del al hay ser hacer ver eso esto ella nosotros guapa buenas buenos dias noches cuanto cuesta ya aqui \
        ahora tambien solo nunca siempre siento gusta haces",
    ),
    (
        Portuguese,
        "o a os as um uma que de e em por para com nao sim eu voce vc vcs ta to tou estou sou tenho tem quero queria posso pode \
        como quando onde porque muito mas mais meu minha seu sua me te se lhe oi ola obrigado obrigada hoje ontem amanha tudo \
        nada bem mal do da dos das no na nos nas ao isso isto ele ela nos bom boa dia noite quanto custa ja aqui agora tambem \
        so nunca sempre ainda gosto consigo voces pra pro linda gente tbm",
    ),
    (
        Italian,
        "il lo la i gli le un uno una che di e in per con non si no io tu lui lei noi sono sei ho hai voglio vuoi posso puoi come \
        quando dove perche molto ma piu mio mia tuo tua mi ti ci ciao grazie oggi ieri domani tutto niente bene male del della \
        dei delle al alla nel nella questo questa quello quella buongiorno buonasera quanto costa qui adesso anche solo mai \
        sempre ancora piace mille fai stai sto fare vedere",
    ),
    (
        French,
        "le la les un une des que qui de et en pour par avec ne pas non oui je tu il elle nous vous ils est es suis sont ai as avez \
        jai cest veux veut peux peut comment quand ou pourquoi tres mais plus mon ma mes ton ta tes son sa ses me te se salut \
        bonjour bonsoir coucou merci aujourdhui hier demain tout rien bien mal du au aux ce cette ces dans sur combien \
        maintenant aussi jamais toujours encore ca va faire voir quoi jaime jen nest moi toi y quelquun derriere reel lecran ici",
    ),
    (
        German,
        "der die das den dem ein eine einen einer und ist sind bin bist war habe hast hat ich du er sie wir ihr mich mir dich dir \
        nicht kein keine ja nein was wie wann wo warum wer mit fur von zu zum zur im am auf aus bei nach uber unter hallo danke \
        bitte heute gestern morgen alles nichts gut sehr aber auch noch nur schon immer nie mehr mein meine dein deine kann \
        kannst will willst mochte muss hier jemand ne da echt gerade wenn dass denn doch mal so kostet geht es sehen",
    ),
    (
        Dutch,
        "de het een en van ik jij je hij zij we wij jullie mij me jou mijn jouw is zijn ben bent was heb hebt heeft niet geen ja nee \
        wat hoe wanneer waar waarom wie met voor op in uit bij naar over om te hallo hoi dank bedankt alsjeblieft vandaag \
        gisteren morgen alles niets goed heel maar ook nog al altijd nooit meer kan kun wil wilt moet als dat dit die er nu \
        gaat zien wel graag leuk mooi kost eigenlijk kunnen wordt",
    ),
    (
        Polish,
        "i w z na do nie tak jest sa jestem jestes mam masz chce chcesz moge mozesz jak co kiedy gdzie dlaczego kto z ze od po za \
        dla o to ten ta te moj moja twoj twoja mi mnie ci cie sie go ja ty on ona my wy czesc hej dzien dobry dzieki dziekuje \
        prosze dzis dzisiaj wczoraj jutro wszystko nic dobrze bardzo ale tez juz jeszcze tylko zawsze nigdy czy bo wiem teraz \
        ile kosztuje nowy zobaczyc bym byc",
    ),
    (
        Czech,
        "a v z na do ne ano je jsou jsem jsi mam mas chci chces muzu muzes jak co kdy kde proc kdo ze od po za pro o to ten ta te muj \
        moje tvuj tvoje mi me mne ti te se si ja ty on ona my vy ahoj dobry den diky dekuji dekuju prosim dnes vcera zitra \
        vsechno nic dobre moc velmi ale taky uz jeste jen vzdy nikdy nebo protoze vim ted kolik stoji videt byt bych nemuzu",
    ),
    (
        Turkish,
        "bir bu ne ve ile icin var yok ben sen o biz siz bana sana beni seni benim senin degil evet hayir nasil nasilsin neden nerede \
        kim kadar cok daha ama da de mi mu merhaba selam tesekkurler tesekkur lutfen bugun dun yarin sey her hic iyi guzel \
        istiyorum istiyor ediyorum oldu olur olarak gibi sonra once simdi artik hep asla su an gormek bence abi tamam",
    ),
    (
        Romanian,
        "si in la cu de pe nu da este sunt esti am ai are vreau vrei pot poti cum cand unde ce cine care pentru din un o mai foarte \
        dar ca sa se ma te imi iti eu tu el ea noi voi mea meu tau ta buna salut multumesc mersi rog azi ieri maine tot nimic \
        bine rau acum inca doar mereu niciodata sau asta aici cat costa fac faci vad",
    ),
    (
        Hungarian,
        "a az egy es nem igen van vagy vagyok te en o mi ti nekem neked engem teged hogy mit ki hol mikor miert mennyi mennyibe kerul \
        ez itt ott szia sziasztok hello koszonom koszi kerlek ma tegnap holnap minden semmi jo nagyon de is meg mar csak mindig \
        soha ha akkor most tudok tudsz akarok szeretnem latni lesz volt kell szepen",
    ),
    (
        Swedish,
        "en ett och ar jag du han hon vi ni dig mig min din mitt ditt inte nej ja vad hur nar var varfor vem med for pa av till fran \
        om hej tack snalla idag igar imorgon allt inget bra mycket men ocksa an bara alltid aldrig mer kan vill ska har hade \
        det den att som sa nu se mar kostar",
    ),
    (
        Indonesian,
        "yang dan di ke dari ini itu untuk dengan tidak gak nggak ga enggak bukan ya iya ada saya aku kamu lo gue gua dia kita kami \
        mereka mau ingin bisa apa siapa kapan dimana mana kenapa bagaimana gimana halo hai terima kasih makasih tolong hari \
        besok kemarin sekarang semua banyak sangat sekali tapi juga sudah udah belum lagi saja aja selalu baru lihat bayar \
        berapa kak kabar sih dong banget karena kalau harganya",
    ),
    (
        Vietnamese,
        "toi ban minh anh em cua la va khong co cho voi nay do gi nao sao the rat nhieu lam muon xem duoc mot cac nhung nguoi di \
        den roi chua cung nhu khi neu thi cam on xin chao hom nay gio moi da dang se",
    ),
    (
        Hindi,
        "hai hain nahi nahin kya mein main mera meri mere mujhe mujhko mujhse tum tumhara tumhari tumse aap aapka aapki aapko hum ko ka ki \
        ke se par aur bhi toh koi kuch bahut accha acha kaise kaisa kab kahan kyun kyu kaun raha rahi rahe hu hoon tha thi the \
        kar karna karo karoge haan namaste shukriya dhanyavad yaar bhai abhi aaj kal baat dekhna naya chahta chahiye ho gaya \
        wala jab agar lekin",
    ),
    (
        Arabic,
        "في من على الي ان هذا هذه ما لا نعم انا انت هو هي نحن كيف متي اين لماذا ماذا مع عن كل شيء اريد احب شكرا مرحبا اليوم جدا لكن او قد \
        كان عندي لي لك حالك السلام عليكم ليش شو ايش كتير هاي مش",
    ),
    (
        Persian,
        "است این ان با را به از که در من تو او ما شما چه چطور چطوره كجا چرا خوب سلام مرسي ممنون امروز خيلي هم برای براي برو نيست هست مي \
        ميخوام ميخواهم حالت خوبي دارم داري كنم كن يه بود شد بايد",
    ),
    (
        Russian,
        "и в не на что с я ты он она мы вы они это как так но а по у из за от для мне меня тебя тебе мой твой да нет привет спасибо \
        пожалуйста сегодня завтра вчера все очень уже еще только когда где почему кто хочу могу есть был была если или бы же \
        ли можно нужно дела сколько стоит",
    ),
    (
        Ukrainian,
        "і в не на що з я ти він вона ми ви вони це як так але а по у із за від для мені мене тебе тобі мій твій є ні привіт дякую \
        будь ласка сьогодні завтра вчора все дуже вже ще тільки коли де чому хто хочу можу був була якщо або би чи можна треба \
        справи скільки коштує та й",
    ),
];

/// Letters that few other languages of the same script have.
pub(crate) const LETTERS: &[(Language, &str)] = &[
    (Spanish, "ñ¿¡"),
    (Portuguese, "ãõ"),
    (German, "ßäöü"),
    (Polish, "łąęśźżćń"),
    (Czech, "řůěčšž"),
    (Turkish, "ğıış"),
    (Romanian, "țșăţ"),
    (Hungarian, "őűöü"),
    (Swedish, "åäö"),
    (
        Vietnamese,
        "đơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    ),
    (French, "œçêè"),
    (Ukrainian, "іїєґ"),
    (Russian, "ыэъё"),
    (Persian, "پچژگ"),
    (Arabic, "ةىأإ"),
];

/// Endings of longer words that hint at a language.
pub(crate) const ENDINGS: &[(Language, &[&str])] = &[
    (English, &["ing", "tion", "ness"]),
    (Spanish, &["cion", "ando", "iendo"]),
    (Portuguese, &["cao", "coes", "endo"]),
    (Italian, &["zione", "ando", "mente"]),
    (French, &["eux", "ment", "aient"]),
    (German, &["ung", "lich", "keit"]),
    (Dutch, &["lijk", "heid", "tje"]),
    (Polish, &["nosc", "ego", "alem", "alam"]),
    (
        Turkish,
        &["yorum", "mek", "mak", "lar", "ler", "dim", "emem"],
    ),
    (Romanian, &["ului", "esti", "esc"]),
    (Hungarian, &["nak", "nek", "ban", "ben"]),
];
