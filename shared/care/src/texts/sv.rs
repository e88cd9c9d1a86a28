//! Swedish.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Vad bra att du skrev det här, och jag är så ledsen att det gör så ont. Det här hör inte hemma i en chatt: du förtjänar en riktig människa nu. Någon i teamet för {creator} har fått veta det och läser vad du har skrivit. Bli inte ensam med det. Prata med någon i dag:",
    crisis: "Det du skriver låter allvarligt, och din säkerhet går först. Någon i teamet för {creator} har fått veta det. Sök hjälp nära dig nu, och gå dit där det finns andra människor om du kan.",
    minor: "Tack för att du är ärlig om din ålder. Det här är bara för den som har fyllt 18, så chatten slutar här, och inget mer kommer att erbjudas eller säljas till dig. Du har inte gjort något fel. Någon i teamet för {creator} har fått veta det. Om något på nätet oroar dig, prata med en vuxen som du litar på.",
    grief: "Jag beklagar så mycket. Att förlora någon man älskar lämnar ett tomrum som ord inte fyller. Du behöver inte göra eller svara något här. Någon i teamet för {creator} har fått veta det och skriver själv till dig. Var rädd om dig så länge, och låt dina närmaste finnas där.",
    money_trouble: "Tack för att du berättar. Behåll pengarna till det du behöver: tak över huvudet, mat, lugn. Inget kommer att erbjudas dig här, och ont om pengar är inget att skämmas för. Någon i teamet för {creator} har fått veta det och skriver till dig.",
    refund_dispute: "Jag förstår att du är upprörd. Det här ska en människa titta på, inte en maskin: någon i teamet för {creator} har fått veta det, tar reda på vad som hände med din betalning och svarar dig här.",
    emergency: "Vid omedelbar fara, ring 112 eller ditt lokala nödnummer.",
    find: "Gratis hjälp i ditt land: https://findahelpline.com",
    lines: &[(&["SE"], "Sverige: Självmordslinjen, 90101")],
};
