//! Hungarian. Names stay without endings.

use super::Talk;

pub(super) static TALK: Talk = Talk {
    nameless: "a bot gazdája",
    start: "\
Szia! Ennek a botnak a gazdája: {creator}. Amit ide írsz, azt {creator} látni fogja.

Ember válaszol neked. Ebben a csevegésben jelenleg nem ír MI.

/help – mit tehetsz itt
/privacy – mit tárolunk rólad",
    start_with_ai: "\
Szia! Ennek a botnak a gazdája: {creator}. Amit ide írsz, azt {creator} látni fogja.

Kérjük, vedd figyelembe: itt mesterséges intelligencia (MI) is válaszolhat. Ez számítógépes program, nem ember. Írd be, hogy /human, ha emberrel szeretnél beszélni.

/help – mit tehetsz itt
/privacy – mit tárolunk rólad",
    help: "\
Csak írj, és {creator} látni fogja. Parancsok:

/human – ember kérése
/stop – nincs több reklámüzenet
/noai – MI ne olvasson és ne válaszoljon (/ai: újra engedi)
/restrict – az adataidat csak tároljuk, nem használjuk (/unrestrict: véget vet ennek)
/privacy – mit tárolunk rólad, és milyen jogaid vannak
/export – az adataid másolata
/delete – az adataid törlése
/forget – minden törlése, amit az MI feljegyzett rólad
/paysupport – segítség fizetéshez
/start – az üdvözlés
/help – ez a lista",
    stop: "\
Kész. Ez a bot nem küld neked több reklámüzenetet.

Továbbra is bármikor írhatsz ide, és választ kapsz. Ha újra szeretnéd kapni az üzeneteket, csak írd meg itt.",
    human: "\
Feljegyeztük: emberrel szeretnél beszélni. Ebben a csevegésben amúgy is ember válaszol, és {creator} látni fogja a kérésedet. Eltarthat egy kis ideig.",
    human_with_ai: "\
Feljegyeztük: emberrel szeretnél beszélni. Addig ebben a csevegésben nem ír MI. {creator} látja a kérésedet; {hours} órán belül számíthatsz válaszra. Ha addig senki sem válaszol, az MI újra írhat, és meg is mondja, hogy MI.",
    no_ai: "\
Kész. Itt és a többi botban, amelynek {creator} a gazdája, többé semmilyen MI nem olvassa, amit írsz, és nem válaszol neked. Csak te engedheted meg újra, ezzel: /ai. Emberek továbbra is válaszolhatnak.",
    ai: "\
Feljegyeztük: ha {creator} használ MI-t, az újra részt vehet itt, és megmondja, hogy MI. A /noai azonnal véget vet ennek.",
    paysupport: "\
Ezen a boton keresztül még semmi sem vásárolható meg. Ha úgy gondolod, hogy itt fizettél, írd le ebben a csevegésben a dátummal és az összeggel; {creator} látni fogja. Írhatsz ide is: {support}. A Telegram ügyfélszolgálata a botoknak küldött fizetésekben nem tud segíteni.",
    forget: "\
Kész. Minden, amit a bot MI-je feljegyzett rólad, törölve van, és többé nem használjuk fel. Maguk az üzeneteid megmaradnak; hogy meddig, azt a /privacy mondja meg. Ha egy üzenetet vagy mást szeretnél eltávolíttatni, írd meg itt a csevegésben, {creator} látni fogja, vagy írj ide: {support}, és nevezd meg ezt a botot.",
    not_for_sale: "Ettől a bottól még nem lehet vásárolni. Nem vontunk le semmit.",
};
