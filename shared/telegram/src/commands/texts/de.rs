//! German.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    nameless: "der Mensch hinter diesem Bot",
    start: "\
Hallo! Wer hinter diesem Bot steht: {creator}. Was du hier schreibst, kommt dort an.

Dir antwortet ein Mensch. Zurzeit schreibt in diesem Chat keine KI.

/help – was du hier tun kannst
/privacy – was über dich gespeichert wird",
    start_with_ai: "\
Hallo! Wer hinter diesem Bot steht: {creator}. Was du hier schreibst, kommt dort an.

Bitte beachte: Hier kann dir eine KI antworten. Sie ist ein Computerprogramm, kein Mensch. Schreibe /human, wann immer du mit einem Menschen sprechen möchtest.

/help – was du hier tun kannst
/privacy – was über dich gespeichert wird",
    help: "\
Schreib einfach, und {creator} sieht es. Befehle:

/human – einen Menschen verlangen
/stop – keine Werbenachrichten mehr
/noai – keine KI liest mit oder antwortet dir (/ai erlaubt sie wieder)
/restrict – deine Daten nur aufbewahren, nicht verwenden (/unrestrict beendet das)
/privacy – was über dich gespeichert wird und deine Rechte
/export – eine Kopie deiner Daten
/delete – Löschung deiner Daten
/forget – alles löschen, was die KI über dich notiert hat
/paysupport – Hilfe bei einer Zahlung
/start – die Begrüßung
/help – diese Liste",
    privacy: "\
Datenschutz in diesem Chat

Verantwortlich für deine Daten: {creator}. Erreichbar, indem du hier schreibst.
Auftragsverarbeiter: Sofi CRM, {support}.

Was gespeichert wird: deine Telegram-Nummer, Name, Benutzername, Sprache und Premium-Kennzeichen; was du und der Bot schreiben, mit Änderungen, Antworten und Reaktionen; Verweise auf Fotos, Sprachnachrichten und Dateien; woher und wann du gekommen bist; ob du den Bot blockiert hast; Notizen und Schlagwörter; Käufe, falls es welche gibt. Inhalte von Kontakten, Standorten und Umfragen, die du schickst, werden nicht gespeichert.

Wofür: um deine Nachrichten zu lesen und dir zu antworten, weil du hier geschrieben hast und aus dem berechtigten Interesse, mit dir in Kontakt zu bleiben. Werbung endet mit /stop.

Wer die Daten noch erhält: Telegram, das die Nachrichten befördert, und Amazon Web Services, wo sie verschlüsselt liegen. Nichts wird verkauft. {ai}

Wie lange: {creator} wählt die Zeit, von 30 Tagen bis zu zwei Jahren nach deiner letzten Nachricht, ohne eine Wahl ein Jahr; in Sicherungen bis zu 35 Tage länger.

Deine Rechte: Auskunft und Kopie, Berichtigung, Löschung, Einschränkung, Widerspruch, Mitnahme deiner Daten und Widerruf einer Einwilligung. Schreibe hier oder an {support}; du bekommst innerhalb von 30 Tagen eine Antwort. Du kannst dich bei deiner Datenschutzbehörde beschweren (edpb.europa.eu; im Vereinigten Königreich ico.org.uk).

Vollständige Erklärung: {policy}
Fassung {version}",
    privacy_ai_off: "Kein KI-Anbieter erhält etwas.",
    privacy_ai_on: "KI-Anbieter (xAI, Groq) erhalten Teile dieses Chats, um Antworten zu schreiben, bis du mit /human einen Menschen verlangst; /noai beendet das auf Dauer.",
    stop: "\
Erledigt. Du bekommst von diesem Bot keine Werbenachrichten mehr.

Du kannst hier weiterhin jederzeit schreiben und bekommst eine Antwort. Wenn du die Nachrichten wieder haben möchtest, sag es einfach hier.",
    human: "\
Notiert: Du möchtest mit einem Menschen sprechen. In diesem Chat antwortet dir ohnehin ein Mensch, und {creator} sieht deine Bitte. Es kann etwas dauern, bis jemand da ist.",
    human_with_ai: "\
Notiert: Du möchtest einen Menschen. Solange schreibt in diesem Chat keine KI. {creator} sieht deine Bitte; rechne innerhalb von {hours} Stunden mit einer Antwort. Hat bis dahin niemand geantwortet, kann die KI wieder schreiben, und sie sagt dann, dass sie eine ist.",
    paysupport: "\
Über diesen Bot wird noch nichts verkauft. Wenn du glaubst, hier gezahlt zu haben, beschreibe es in diesem Chat mit Datum und Betrag; {creator} sieht es. Du kannst auch an {support} schreiben. Der Support von Telegram kann bei Zahlungen an Bots nicht helfen.",
    export: "\
Deine Kopie wird erstellt: alles, was hier über dich gespeichert ist. Die Datei kommt in diesen Chat, meist innerhalb von Minuten; ist es viel, kann es länger dauern. Es kostet nichts.",
    export_running: "Eine Kopie wird schon erstellt. Die Datei kommt in diesen Chat, sobald sie fertig ist.",
    export_often: "\
Du hast innerhalb eines Tages drei Kopien erstellen lassen. Eine weitere ist einen Tag nach der ersten davon möglich.",
    export_elsewhere: "\
Um eine Kopie deiner Daten zu bekommen, öffne den Chat mit diesem Bot selbst und schicke dort /export. Das gilt auch für diesen Chat. Oder schreibe an {support} und nenne diesen Bot.",
    export_here: "\
Das ist die Kopie dessen, was hier über dich gespeichert ist. Die Seiten darin öffnet jeder Browser; was das Übrige ist, sagt about.txt darin.",
    export_large: "\
Deine Kopie ist fertig, aber größer als die 50 MB, die ein Bot schicken kann. Wer diesen Bot betreibt, sieht das und gibt sie dir innerhalb eines Monats nach deiner Bitte. Du kannst auch hier im Chat darum bitten.",
    delete: "\
Damit wird alles gelöscht, was {creator} hier über dich hat: dein Profil, alle Nachrichten in allen Bots von {creator}, Notizen, Tags und was eine KI notiert hat. Das lässt sich nicht zurücknehmen, und niemand kann es wiederherstellen. Auch was du noch schreibst, bevor du drückst, wird gelöscht; schreibst du danach wieder, fängst du neu an.

/privacy sagt, was eine Zeit lang aufbewahrt werden muss. Der Knopf gilt 10 Minuten; überlegst du es dir anders, tu einfach nichts.",
    delete_elsewhere: "\
Um alles löschen zu lassen, öffne den Chat mit diesem Bot selbst und schicke dort /delete. Das gilt auch für diesen Chat. Oder schreibe an {support} und nenne diesen Bot.",
    delete_button: "Alles löschen",
    deleting: "Alles wird gelöscht.",
    deleted: "\
Alles, was hier über dich gespeichert war, ist gelöscht: Profil, Nachrichten, Notizen. Ein Merkmal, das niemanden nennt, bleibt 45 Tage, damit nichts zurückkommt; Sicherungen sind nach 7 Tagen nicht mehr lesbar und nach 35 Tagen weg. Das ist die letzte Nachricht; wer wieder schreibt, fängt neu an.",
    delete_late: "Zu spät: Schicke noch einmal /delete.",
    delete_nothing: "Über dich ist hier nichts gespeichert.",
    restrict: "\
Deine Daten werden hier jetzt nur aufbewahrt und nicht verwendet. Was du schreibst, wird gespeichert und ist sichtbar für: {creator}. Aber niemand antwortet dir, keine KI liest es, und du bekommst nichts außer Antworten auf deine Befehle. Schreibst du, dass du in Gefahr bist, erfährst du trotzdem, wo es Hilfe gibt.

/privacy, /export und /delete gehen wie immer. /unrestrict beendet die Einschränkung.",
    unrestrict: "\
Erledigt. Deine Daten werden wieder so verwendet, wie /privacy es sagt, und du kannst hier Antworten bekommen.",
    unrestrict_held: "\
{creator} hat die Verwendung deiner Daten hier eingeschränkt: Sie werden nur aufbewahrt, und du bekommst nichts außer Antworten auf deine Befehle. Nur {creator} kann das beenden. Bist du nicht einverstanden, schreibe an {support} und nenne diesen Bot.

/privacy, /export und /delete gehen wie immer.",
    no_ai: "\
Erledigt. Keine KI liest mehr, was du hier schreibst, oder antwortet dir, in keinem Bot von {creator}. Nur du kannst sie wieder erlauben, mit /ai. Menschen können dir weiterhin antworten.",
    ai: "\
Notiert: Hier darf wieder eine KI mitschreiben, wenn {creator} eine einsetzt, und sie sagt, dass sie eine ist. /noai beendet das sofort.",
    choices: ["Kopie meiner Daten", "Meine Daten löschen", "Keine Werbung", "Keine KI", "Daten nur aufbewahren"],
    forget: "\
Erledigt. Was die KI dieses Bots über dich notiert hatte, ist gelöscht und wird nicht mehr verwendet. Deine Nachrichten selbst bleiben; /privacy sagt, wie lange. Soll eine Nachricht oder etwas anderes entfernt werden, schreibe es hier im Chat, {creator} sieht es, oder schreibe an {support} und nenne diesen Bot.",
    not_for_sale: "Bei diesem Bot kann man noch nichts kaufen. Es wurde nichts abgebucht.",
    connected: "\
Dein Konto ist mit diesem Bot verbunden. Die Chats, die du für ihn freigibst, werden jetzt verschlüsselt gespeichert, für das Team von: {creator}. Menschen aus dem Team können sie lesen und in deinem Namen antworten.

Keine KI liest oder schreibt dort. Wenn du möchtest, dass Sofi, eine KI, das tut, schicke /allow_ai. Teile dieser Chats gehen dann an KI-Anbieter (xAI, Groq), und wer dir schreibt, erfährt es vorher. /forbid_ai beendet das sofort.

/privacy sagt, was wie lange aufbewahrt wird. Die Verbindung beendest du in den Telegram-Einstellungen deines Kontos unter Chatbots.",
    allow_ai: "\
Festgehalten: Du erlaubst Sofi, einer KI, die Chats deines Kontos zu lesen, die du für diesen Bot freigibst, und darin zu antworten. Teile davon gehen an KI-Anbieter (xAI, Groq). Wer dir schreibt, erfährt es vorher; was früher geschrieben wurde, bleibt draußen. Ob Sofi schreibt, bestimmt das Team von: {creator}.

/forbid_ai beendet das sofort.
Version {version}",
    forbid_ai: "\
Erledigt. In den Chats deines Kontos liest und schreibt keine KI mehr. Menschen aus dem Team lesen und beantworten sie weiter ({creator}); das beendest du in den Telegram-Einstellungen deines Kontos unter Chatbots.",
};
