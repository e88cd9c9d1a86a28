//! Hungarian.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Nagyon jó, hogy leírtad, és nagyon sajnálom, hogy ennyire fáj. Ez nem egy csevegésbe való: most egy igazi embert érdemelsz. {creator} csapatában valaki már tud róla, és elolvassa, amit írtál. Kérlek, ne maradj ezzel egyedül. Beszélj még ma valakivel:",
    crisis: "Amit írsz, komolyan hangzik, és a biztonságod az első. {creator} csapatában valaki már tud róla. Kérlek, kérj most segítséget a közeledben, és ha tudsz, menj oda, ahol más emberek is vannak.",
    minor: "Köszönjük, hogy őszintén megmondtad a korodat. Ez a hely csak 18 éven felülieknek szól, ezért a csevegés itt véget ér, és semmit sem kínálunk vagy adunk el neked többé. Nem tettél semmi rosszat azzal, hogy elmondtad. {creator} csapatában valaki már tud róla. Ha valami a neten aggaszt, beszélj egy felnőttel, akiben megbízol.",
    grief: "Végtelenül sajnálom. Akit szerettünk és elveszítettünk, olyan űrt hagy, amit a szavak nem töltenek be. Itt semmit sem kell tenned vagy válaszolnod. {creator} csapatában valaki már tud róla, és személyesen ír neked. Addig is vigyázz magadra, és hagyd, hogy a hozzád közel állók melletted legyenek.",
    money_trouble: "Köszönöm, hogy elmondtad. Kérlek, tartsd meg a pénzed arra, amire szükséged van: lakásra, ételre, nyugalomra. Itt semmit sem kínálunk neked, és a pénzhiány nem szégyen. {creator} csapatában valaki már tud róla, és ír neked.",
    refund_dispute: "Megértem, hogy bosszús vagy. Ezt embernek kell megnéznie, nem gépnek: {creator} csapatában valaki már tud róla, utánanéz, mi történt a fizetéseddel, és itt válaszol neked.",
    emergency: "Közvetlen veszélyben hívd a 112-t vagy a helyi segélyhívót.",
    find: "Ingyenes segítség az országodban: https://findahelpline.com",
    lines: &[(&["HU"], "Magyarország: 116 123")],
};
