//! German.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Gut, dass du das geschrieben hast, und es tut mir sehr leid, dass es so weh tut. Das gehört nicht in einen Chat: Du verdienst jetzt einen echten Menschen. Jemand aus dem Team von {creator} weiß Bescheid und liest, was du geschrieben hast. Bitte bleib damit nicht allein. Sprich heute mit jemandem:",
    crisis: "Was du schreibst, klingt ernst, und deine Sicherheit geht vor. Jemand aus dem Team von {creator} weiß Bescheid. Bitte hol dir jetzt Hilfe in deiner Nähe und geh, wenn du kannst, dorthin, wo andere Menschen sind.",
    minor: "Danke, dass du dein Alter ehrlich gesagt hast. Das hier ist nur für Menschen ab 18, deshalb endet der Chat an dieser Stelle, und dir wird nichts mehr angeboten oder verkauft. Du hast nichts falsch gemacht. Jemand aus dem Team von {creator} weiß Bescheid. Wenn dir im Netz etwas Sorgen macht, sprich mit einem Erwachsenen, dem du vertraust.",
    grief: "Es tut mir unendlich leid. Wer einen geliebten Menschen oder ein Tier verliert, dem helfen Worte kaum. Du musst hier nichts tun und nichts antworten. Jemand aus dem Team von {creator} weiß Bescheid und schreibt dir selbst. Sei bis dahin gut zu dir und lass die Menschen um dich herum für dich da sein.",
    money_trouble: "Danke, dass du das sagst. Bitte behalte dein Geld für das, was du brauchst: Wohnung, Essen, Ruhe. Dir wird hier nichts angeboten, und für Geldsorgen muss sich niemand schämen. Jemand aus dem Team von {creator} weiß Bescheid und schreibt dir.",
    refund_dispute: "Ich verstehe, dass du verärgert bist. Das soll sich ein Mensch ansehen und keine Maschine: Jemand aus dem Team von {creator} weiß Bescheid, prüft, was mit deiner Zahlung war, und antwortet dir hier.",
    emergency: "Bei akuter Gefahr: 112 oder deine örtliche Notrufnummer.",
    find: "Kostenlose Hilfe in deinem Land: https://findahelpline.com",
    lines: &[
        (&["DE"], "Deutschland: TelefonSeelsorge, 0800 111 0 111"),
        (&["AT"], "Österreich: Telefonseelsorge, 142"),
        (&["CH"], "Schweiz: Die Dargebotene Hand, 143"),
    ],
};
