//! Dutch.

use super::Talk;

pub(super) static TALK: Talk = Talk {
    nameless: "degene achter deze bot",
    start: "\
Hoi! Dit is de bot van {creator}. Wat je hier schrijft, komt bij {creator} aan.

Je krijgt antwoord van een mens. Op dit moment schrijft in deze chat geen AI.

/help – wat je hier kunt doen
/privacy – wat er over je wordt bewaard",
    start_with_ai: "\
Hoi! Dit is de bot van {creator}. Wat je hier schrijft, komt bij {creator} aan.

Let op: hier kan een AI je antwoorden. Dat is een computerprogramma, geen mens. Schrijf /human als je een mens wilt spreken.

/help – wat je hier kunt doen
/privacy – wat er over je wordt bewaard",
    help: "\
Schrijf gewoon, {creator} ziet het. Commando's:

/human – om een mens vragen
/stop – geen reclameberichten meer
/noai – geen AI leest mee of antwoordt je (/ai staat het weer toe)
/restrict – je gegevens worden alleen bewaard, niet gebruikt (/unrestrict beëindigt dat)
/privacy – wat er over je wordt bewaard en je rechten
/export – een kopie van je gegevens
/delete – verwijdering van je gegevens
/forget – alles wissen wat de AI over je heeft genoteerd
/paysupport – hulp bij een betaling
/start – de begroeting
/help – deze lijst",
    stop: "\
Gedaan. Je krijgt van deze bot geen reclameberichten meer.

Je kunt hier altijd blijven schrijven en je krijgt antwoord. Wil je de berichten weer ontvangen, zeg dat dan gewoon hier.",
    human: "\
Genoteerd: je wilt een mens spreken. In deze chat antwoordt sowieso een mens, en {creator} ziet je verzoek. Het kan even duren.",
    human_with_ai: "\
Genoteerd: je wilt een mens spreken. Intussen schrijft er geen AI in deze chat. {creator} ziet je verzoek; reken op een antwoord binnen {hours} uur. Heeft dan nog niemand geantwoord, dan mag de AI weer schrijven, en die zegt erbij dat het een AI is.",
    no_ai: "\
Gedaan. Geen AI leest nog wat je schrijft of antwoordt je, hier en in de andere bots van {creator}. Alleen jij kunt het weer toestaan, met /ai. Mensen kunnen je nog steeds antwoorden.",
    ai: "\
Genoteerd: een AI mag hier weer meedoen als {creator} er een gebruikt, en die zegt erbij dat het een AI is. /noai stopt dat meteen.",
    paysupport: "\
Via deze bot wordt nog niets verkocht. Denk je dat je hier hebt betaald, beschrijf het dan in deze chat met datum en bedrag; {creator} ziet het. Je kunt ook schrijven naar {support}. De helpdesk van Telegram kan niet helpen bij betalingen aan bots.",
    forget: "\
Gedaan. Wat de AI van deze bot over je had genoteerd, is verwijderd en wordt niet meer gebruikt. Je berichten zelf blijven; hoe lang staat in /privacy. Wil je een bericht of iets anders laten verwijderen, schrijf het dan in deze chat, {creator} ziet het, of schrijf naar {support} en noem deze bot.",
    not_for_sale: "Bij deze bot kun je nog niets kopen. Er is niets afgeschreven.",
};
