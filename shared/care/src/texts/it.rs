//! Italian.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Sono contento che tu l'abbia scritto, e mi dispiace tanto che faccia così male. Non è una cosa da chat: adesso meriti una persona vera. Qualcuno del team di {creator} è stato avvisato e leggerà quello che hai scritto. Per favore, non restare da solo con questo peso. Parla oggi con qualcuno:",
    crisis: "Quello che scrivi sembra grave, e la tua sicurezza viene prima di tutto. Qualcuno del team di {creator} è stato avvisato. Per favore, chiedi aiuto adesso a chi ti è vicino e, se puoi, vai dove ci sono altre persone.",
    minor: "Grazie per aver detto sinceramente la tua età. Questo spazio è solo per chi ha almeno 18 anni, quindi la chat finisce qui e non ti verrà più proposto né venduto nulla. Non hai fatto niente di male. Qualcuno del team di {creator} è stato avvisato. Se qualcosa in rete ti preoccupa, parlane con un adulto di cui ti fidi.",
    grief: "Mi dispiace tantissimo. Perdere chi si ama lascia un vuoto che le parole non riempiono. Qui non devi fare né rispondere nulla. Qualcuno del team di {creator} è stato avvisato e ti scriverà di persona. Fino ad allora abbi cura di te e lascia che chi ti vuole bene ti stia accanto.",
    money_trouble: "Grazie per averlo detto. Tieni i tuoi soldi per ciò che ti serve: una casa, da mangiare, un po' di pace. Qui non ti verrà proposto nulla, e non c'è da vergognarsi. Qualcuno del team di {creator} è stato avvisato e ti scriverà.",
    refund_dispute: "Capisco che tu sia arrabbiato. Deve occuparsene una persona, non una macchina: qualcuno del team di {creator} è stato avvisato, controllerà il tuo pagamento e ti risponderà qui.",
    emergency: "In caso di pericolo immediato chiama il 112 o il numero di emergenza del tuo Paese.",
    find: "Aiuto gratuito nel tuo Paese: https://findahelpline.com",
    lines: &[
        (&["IT"], "Italia: Telefono Amico, 02 2327 2327"),
        (&["CH"], "Svizzera: Telefono Amico, 143"),
    ],
};
