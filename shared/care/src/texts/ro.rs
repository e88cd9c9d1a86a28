//! Romanian.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Mă bucur mult că ai scris asta și îmi pare tare rău că doare atât de mult. Nu este ceva pentru un chat: acum meriți un om adevărat. Cineva din echipa {creator} a fost anunțat și va citi ce ai scris. Te rog, nu rămâne fără sprijin. Vorbește cu cineva chiar azi:",
    crisis: "Ce scrii pare grav, iar siguranța ta este cea mai importantă. Cineva din echipa {creator} a fost anunțat. Te rog, cere acum ajutor în apropiere și, dacă poți, mergi unde sunt alți oameni.",
    minor: "Mulțumim că ai spus sincer ce vârstă ai. Locul acesta este doar pentru persoane de la 18 ani, așa că discuția se oprește aici și nu ți se va mai oferi sau vinde nimic. Nu ai greșit cu nimic spunând asta. Cineva din echipa {creator} a fost anunțat. Dacă ceva de pe internet te îngrijorează, vorbește cu un adult în care ai încredere.",
    grief: "Îmi pare foarte rău. Pierderea cuiva drag lasă un gol pe care vorbele nu îl umplu. Nu trebuie să faci sau să răspunzi nimic aici. Cineva din echipa {creator} a fost anunțat și îți va scrie personal. Până atunci, ai grijă de tine și lasă-i pe cei apropiați să îți fie alături.",
    money_trouble: "Mulțumesc că ai spus asta. Te rog, păstrează banii pentru ce ai nevoie: casă, mâncare, liniște. Aici nu ți se va oferi nimic, iar lipsa banilor nu este o rușine. Cineva din echipa {creator} a fost anunțat și îți va scrie.",
    refund_dispute: "Înțeleg că te-a supărat. Trebuie să se uite un om la asta, nu o mașină: cineva din echipa {creator} a fost anunțat, va verifica ce s-a întâmplat cu plata ta și îți va răspunde aici.",
    emergency: "În pericol imediat, sună la 112 sau la numărul local de urgență.",
    find: "Ajutor gratuit în țara ta: https://findahelpline.com",
    lines: &[(&["RO"], "România: TelVerde antisuicid, 0800 801 200")],
};
