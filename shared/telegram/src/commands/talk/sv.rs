//! Swedish.

use super::Talk;

pub(super) static TALK: Talk = Talk {
    nameless: "personen bakom den här botten",
    start: "\
Hej! Det här är botten för {creator}. Allt du skriver här når {creator}.

Du får svar av en människa. Just nu skriver ingen AI i den här chatten.

/help – vad du kan göra här
/privacy – vad som sparas om dig",
    start_with_ai: "\
Hej! Det här är botten för {creator}. Allt du skriver här når {creator}.

Observera: här kan en AI svara dig. Det är ett datorprogram, inte en människa. Skriv /human när du vill prata med en människa.

/help – vad du kan göra här
/privacy – vad som sparas om dig",
    help: "\
Skriv bara, {creator} ser det. Kommandon:

/human – be om en människa
/stop – inga fler reklammeddelanden
/noai – ingen AI läser eller svarar dig (/ai tillåter det igen)
/restrict – dina uppgifter sparas bara, används inte (/unrestrict avslutar det)
/privacy – vad som sparas om dig och dina rättigheter
/export – en kopia av dina uppgifter
/delete – radering av dina uppgifter
/forget – radera allt som AI:n har antecknat om dig
/paysupport – hjälp med en betalning
/start – hälsningen
/help – den här listan",
    stop: "\
Klart. Du får inga fler reklammeddelanden från den här botten.

Du kan fortfarande skriva här när du vill och får svar. Vill du ha meddelandena tillbaka är det bara att säga till här.",
    human: "\
Noterat: du vill prata med en människa. I den här chatten är det ändå en människa som svarar, och {creator} ser din önskan. Det kan dröja en stund.",
    human_with_ai: "\
Noterat: du vill prata med en människa. Under tiden skriver ingen AI i den här chatten. {creator} ser din önskan; räkna med svar inom {hours} timmar. Om ingen har svarat till dess kan AI:n skriva igen, och den säger då att den är en AI.",
    no_ai: "\
Klart. Ingen AI läser längre vad du skriver eller svarar dig, här och i andra bottar för {creator}. Bara du kan tillåta det igen, med /ai. Människor kan fortfarande svara dig.",
    ai: "\
Noterat: en AI får delta här igen där {creator} använder en, och den säger att den är en AI. /noai avslutar det genast.",
    paysupport: "\
Inget säljs via den här botten ännu. Om du tror att du har betalat här, beskriv det i chatten med datum och belopp; {creator} ser det. Du kan också skriva till {support}. Telegrams support kan inte hjälpa till med betalningar till bottar.",
    forget: "\
Klart. Allt som bottens AI hade antecknat om dig är raderat och används inte igen. Dina meddelanden finns kvar; /privacy säger hur länge. Vill du få ett meddelande eller något annat borttaget, skriv det här i chatten, {creator} ser det, eller skriv till {support} och ange den här botten.",
    not_for_sale: "Det går inte att köpa något av den här botten ännu. Inget har debiterats.",
};
