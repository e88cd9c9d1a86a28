//! Czech. Names stay in the nominative, since we cannot decline them.

use super::Talk;

pub(super) static TALK: Talk = Talk {
    nameless: "autor",
    start: "\
Ahoj! Tohoto bota provozuje {creator}. Vše, co sem napíšeš, uvidí {creator}.

Odpovídá ti člověk. V tomto chatu teď nepíše žádná AI.

/help – co tu můžeš dělat
/privacy – co se o tobě ukládá",
    start_with_ai: "\
Ahoj! Tohoto bota provozuje {creator}. Vše, co sem napíšeš, uvidí {creator}.

Upozornění: tady ti může odpovídat AI. Je to počítačový program, ne člověk. Kdykoli budeš chtít mluvit s člověkem, napiš /human.

/help – co tu můžeš dělat
/privacy – co se o tobě ukládá",
    help: "\
Stačí napsat a {creator} to uvidí. Příkazy:

/human – požádat o člověka
/stop – už žádné reklamní zprávy
/noai – žádná AI tě nečte ani ti neodpovídá (/ai to znovu povolí)
/restrict – tvé údaje se jen uchovávají, nepoužívají (/unrestrict to ukončí)
/privacy – co se o tobě ukládá a jaká máš práva
/export – kopie tvých údajů
/delete – smazání tvých údajů
/forget – smazání všeho, co si o tobě AI poznamenala
/paysupport – pomoc s platbou
/start – uvítání
/help – tento seznam",
    stop: "\
Hotovo. Tento bot ti už nebude posílat reklamní zprávy.

Psát sem můžeš dál kdykoli a dostaneš odpověď. Pokud budeš chtít zprávy znovu dostávat, prostě to sem napiš.",
    human: "\
Zaznamenáno: chceš mluvit s člověkem. V tomto chatu ti beztak odpovídá člověk a {creator} tvou žádost uvidí. Může to chvíli trvat.",
    human_with_ai: "\
Zaznamenáno: chceš mluvit s člověkem. Zatím v tomto chatu nepíše žádná AI. {creator} tvou žádost vidí; odpověď můžeš čekat do {hours} hodin. Pokud do té doby nikdo neodpoví, může AI zase psát a řekne, že je AI.",
    no_ai: "\
Hotovo. Žádná AI už nečte, co píšeš, ani ti neodpovídá, tady ani v dalších botech stejného autora. Znovu to můžeš povolit jen ty, příkazem /ai. Lidé ti odpovídat mohou dál.",
    ai: "\
Zaznamenáno: AI se tu může znovu zapojit, pokud ji {creator} používá, a řekne, že je AI. /noai to hned ukončí.",
    paysupport: "\
Přes tohoto bota se zatím nic neprodává. Pokud si myslíš, že tu proběhla platba, popiš to v tomto chatu s datem a částkou; {creator} to uvidí. Můžeš také napsat na {support}. Podpora Telegramu s platbami botům pomoci nemůže.",
    forget: "\
Hotovo. Vše, co si o tobě AI tohoto bota poznamenala, je smazané a už se nepoužije. Samotné zprávy zůstávají; jak dlouho, říká /privacy. Pokud chceš odstranit zprávu nebo něco jiného, napiš to tady v chatu, {creator} to uvidí, nebo napiš na {support} a uveď tohoto bota.",
    not_for_sale: "U tohoto bota se zatím nedá nic koupit. Nic ti nebylo strženo.",
};
