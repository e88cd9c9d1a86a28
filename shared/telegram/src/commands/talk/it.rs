//! Italian.

use super::Talk;

pub(super) static TALK: Talk = Talk {
    nameless: "chi gestisce questo bot",
    start: "\
Ciao! Questo è il bot di {creator}. Tutto quello che scrivi qui arriva a {creator}.

Ti risponde una persona. Al momento in questa chat non scrive nessuna IA.

/help – che cosa puoi fare qui
/privacy – che cosa viene conservato su di te",
    start_with_ai: "\
Ciao! Questo è il bot di {creator}. Tutto quello che scrivi qui arriva a {creator}.

Nota bene: qui può risponderti un'IA. È un programma, non una persona. Scrivi /human quando vuoi parlare con una persona.

/help – che cosa puoi fare qui
/privacy – che cosa viene conservato su di te",
    help: "\
Scrivi e basta, {creator} lo vedrà. Comandi:

/human – chiedere una persona
/stop – niente più messaggi pubblicitari
/noai – nessuna IA ti legge o ti risponde (/ai la permette di nuovo)
/restrict – i tuoi dati vengono solo conservati, non usati (/unrestrict lo termina)
/privacy – che cosa viene conservato su di te e i tuoi diritti
/export – una copia dei tuoi dati
/delete – la cancellazione dei tuoi dati
/forget – cancellare tutto ciò che l'IA ha annotato su di te
/paysupport – aiuto per un pagamento
/start – il saluto
/help – questo elenco",
    stop: "\
Fatto. Questo bot non ti manderà più messaggi pubblicitari.

Puoi comunque scrivere qui quando vuoi e riceverai risposta. Se rivuoi quei messaggi, dillo semplicemente qui.",
    human: "\
Preso nota: vuoi parlare con una persona. In questa chat ti risponde comunque una persona, e {creator} vedrà la tua richiesta. Potrebbe volerci un po' di tempo.",
    human_with_ai: "\
Preso nota: vuoi parlare con una persona. Intanto in questa chat non scrive nessuna IA. {creator} vede la tua richiesta; aspettati una risposta entro {hours} ore. Se per allora non avrà risposto nessuno, l'IA potrà scrivere di nuovo, e dirà di essere un'IA.",
    no_ai: "\
Fatto. Nessuna IA legge più quello che scrivi né ti risponde, qui e negli altri bot di {creator}. Solo tu puoi permetterlo di nuovo, con /ai. Le persone possono ancora risponderti.",
    ai: "\
Preso nota: un'IA può di nuovo partecipare qui, dove {creator} ne usa una, e dice di esserlo. /noai la ferma subito.",
    paysupport: "\
Con questo bot non si vende ancora nulla. Se pensi di aver pagato qui, descrivilo in questa chat con data e importo; {creator} lo vedrà. Puoi anche scrivere a {support}. L'assistenza di Telegram non può aiutare con i pagamenti ai bot.",
    forget: "\
Fatto. Tutto quello che l'IA di questo bot aveva annotato su di te è cancellato e non verrà più usato. I tuoi messaggi restano; /privacy dice per quanto tempo. Per far togliere un messaggio o altro, scrivilo qui in chat, {creator} lo vedrà, oppure scrivi a {support} indicando questo bot.",
    not_for_sale: "Con questo bot non si può ancora comprare nulla. Non ti è stato addebitato niente.",
};
