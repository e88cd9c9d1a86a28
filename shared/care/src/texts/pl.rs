//! Polish.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Dobrze, że to piszesz, i bardzo mi przykro, że tak boli. To nie jest sprawa na czat: teraz zasługujesz na prawdziwego człowieka. Ktoś z zespołu {creator} już o tym wie i przeczyta Twoją wiadomość. Proszę, nie zostawaj z tym w samotności. Porozmawiaj dziś z kimś:",
    crisis: "To, co piszesz, brzmi poważnie, a najważniejsze jest Twoje bezpieczeństwo. Ktoś z zespołu {creator} już o tym wie. Proszę, poszukaj teraz pomocy blisko siebie i, jeśli możesz, idź tam, gdzie są inni ludzie.",
    minor: "Dziękuję za szczerość co do wieku. To miejsce jest tylko dla osób od 18 lat, dlatego rozmowa kończy się tutaj i nic więcej nie będzie Ci proponowane ani sprzedawane. Nie robisz nic złego, mówiąc o tym. Ktoś z zespołu {creator} już o tym wie. Jeśli coś w sieci Cię niepokoi, porozmawiaj z dorosłym, któremu ufasz.",
    grief: "Tak bardzo mi przykro. Po stracie kogoś bliskiego zostaje pustka, której słowa nie wypełnią. Nie musisz tu nic robić ani odpowiadać. Ktoś z zespołu {creator} już o tym wie i napisze do Ciebie osobiście. Do tego czasu dbaj o siebie i pozwól bliskim być obok.",
    money_trouble: "Dziękuję, że o tym mówisz. Zachowaj pieniądze na to, czego potrzebujesz: dach nad głową, jedzenie, spokój. Nikt Ci tu nic nie zaproponuje, a kłopoty z pieniędzmi to żaden wstyd. Ktoś z zespołu {creator} już o tym wie i napisze do Ciebie.",
    refund_dispute: "Rozumiem Twoją złość. Powinien to sprawdzić człowiek, nie maszyna: ktoś z zespołu {creator} już o tym wie, sprawdzi, co stało się z płatnością, i odpowie Ci tutaj.",
    emergency: "W bezpośrednim niebezpieczeństwie dzwoń pod 112 lub lokalny numer alarmowy.",
    find: "Bezpłatna pomoc w Twoim kraju: https://findahelpline.com",
    lines: &[(&["PL"], "Polska: 116 123")],
};
