//! Dutch.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Fijn dat je dit hebt geschreven, en wat erg dat het zo'n pijn doet. Dit is niets voor een chat: je verdient nu een echt mens. Iemand van het team van {creator} weet ervan en leest wat je hebt geschreven. Blijf hier alsjeblieft niet alleen mee. Praat vandaag met iemand:",
    crisis: "Wat je schrijft klinkt ernstig, en jouw veiligheid gaat voor. Iemand van het team van {creator} weet ervan. Zoek alsjeblieft nu hulp bij jou in de buurt en ga, als je kunt, naar een plek waar andere mensen zijn.",
    minor: "Dank je dat je eerlijk bent over je leeftijd. Dit is alleen voor mensen van 18 jaar en ouder, dus de chat stopt hier en er wordt je niets meer aangeboden of verkocht. Je hebt niets verkeerd gedaan. Iemand van het team van {creator} weet ervan. Als je iets op internet zorgen baart, praat dan met een volwassene die je vertrouwt.",
    grief: "Wat ontzettend verdrietig. Iemand verliezen van wie je houdt laat een leegte achter die woorden niet vullen. Je hoeft hier niets te doen of te zeggen. Iemand van het team van {creator} weet ervan en schrijft je zelf. Wees tot die tijd lief voor jezelf en laat de mensen om je heen er zijn.",
    money_trouble: "Dank je dat je het vertelt. Houd je geld voor wat je nodig hebt: een dak, eten, rust. Er wordt je hier niets aangeboden, en geldzorgen zijn niets om je voor te schamen. Iemand van het team van {creator} weet ervan en schrijft je.",
    refund_dispute: "Ik begrijp dat je boos bent. Hier moet een mens naar kijken, geen machine: iemand van het team van {creator} weet ervan, zoekt uit wat er met je betaling is gebeurd en antwoordt je hier.",
    emergency: "Bij direct gevaar: bel 112 of het alarmnummer van je land.",
    find: "Gratis hulp in jouw land: https://findahelpline.com",
    lines: &[
        (&["NL"], "Nederland: 113 Zelfmoordpreventie, bel 113"),
        (&["BE"], "België: Zelfmoordlijn, 1813"),
    ],
};
