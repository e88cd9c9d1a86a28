//! Czech.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Je moc dobře, že to píšeš, a je mi velmi líto, že to tak bolí. Tohle není věc pro chat: zasloužíš si teď skutečného člověka. Tým {creator} už o tom ví a někdo si přečte, co píšeš. Prosím, nezůstávej na to bez pomoci. Promluv si ještě dnes s někým:",
    crisis: "To, co píšeš, zní vážně a tvoje bezpečí je na prvním místě. Tým {creator} už o tom ví. Prosím, vyhledej teď pomoc ve svém okolí, a pokud můžeš, jdi tam, kde jsou jiní lidé.",
    minor: "Děkujeme za upřímnost ohledně věku. Toto místo je jen pro lidi od 18 let, proto tento chat tady končí a nic dalšího ti nebude nabízeno ani prodáváno. Na tom, že to říkáš, není nic špatného. Tým {creator} už o tom ví. Pokud tě něco na internetu znepokojuje, promluv si s dospělým, kterému věříš.",
    grief: "Je mi to moc líto. Po ztrátě někoho blízkého zůstává prázdno, které slova nezaplní. Nemusíš tu nic dělat ani odpovídat. Tým {creator} už o tom ví a někdo ti sám napíše. Do té doby měj se sebou trpělivost a nech blízké, ať jsou s tebou.",
    money_trouble: "Děkuji, že to říkáš. Nech si prosím peníze na to, co potřebuješ: střechu nad hlavou, jídlo, klid. Nic ti tu nebude nabízeno a za nedostatek peněz se nikdo nemusí stydět. Tým {creator} už o tom ví a někdo ti napíše.",
    refund_dispute: "Rozumím, že tě to zlobí. Má se na to podívat člověk, ne stroj: tým {creator} už o tom ví, někdo prověří, co se s tvou platbou stalo, a odpoví ti tady.",
    emergency: "V bezprostředním nebezpečí volej 112 nebo místní tísňovou linku.",
    find: "Bezplatná pomoc ve tvé zemi: https://findahelpline.com",
    lines: &[(&["CZ"], "Česko: Linka první psychické pomoci, 116 123")],
};
