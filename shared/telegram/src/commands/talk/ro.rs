//! Romanian.

use super::Talk;

pub(super) static TALK: Talk = Talk {
    nameless: "cine se ocupă de acest bot",
    start: "\
Salut! Acesta este botul lui {creator}. Tot ce scrii aici ajunge la {creator}.

Îți răspunde o persoană. Momentan, în acest chat nu scrie niciun AI.

/help – ce poți face aici
/privacy – ce se păstrează despre tine",
    start_with_ai: "\
Salut! Acesta este botul lui {creator}. Tot ce scrii aici ajunge la {creator}.

Atenție: aici îți poate răspunde un AI. Este un program, nu o persoană. Scrie /human oricând vrei să vorbești cu o persoană.

/help – ce poți face aici
/privacy – ce se păstrează despre tine",
    help: "\
Scrie pur și simplu, {creator} va vedea. Comenzi:

/human – cere o persoană
/stop – fără alte mesaje publicitare
/noai – niciun AI nu te citește și nu îți răspunde (/ai permite din nou)
/restrict – datele tale sunt doar păstrate, nu folosite (/unrestrict încheie asta)
/privacy – ce se păstrează despre tine și drepturile tale
/export – o copie a datelor tale
/delete – ștergerea datelor tale
/forget – ștergerea a tot ce a notat AI-ul despre tine
/paysupport – ajutor cu o plată
/start – mesajul de întâmpinare
/help – această listă",
    stop: "\
Gata. Acest bot nu îți va mai trimite mesaje publicitare.

Poți scrie în continuare aici oricând și vei primi răspuns. Dacă vrei din nou mesajele, spune-ne aici.",
    human: "\
Am notat: vrei să vorbești cu o persoană. În acest chat oricum îți răspunde o persoană, iar {creator} îți va vedea cererea. Poate dura puțin.",
    human_with_ai: "\
Am notat: vrei să vorbești cu o persoană. Între timp niciun AI nu scrie în acest chat. {creator} îți vede cererea; așteaptă-te la un răspuns în {hours} ore. Dacă până atunci nu a răspuns nimeni, AI-ul poate scrie din nou și va spune că este un AI.",
    no_ai: "\
Gata. Niciun AI nu mai citește ce scrii și nu îți mai răspunde, aici și în celelalte boturi ale lui {creator}. Doar tu poți permite din nou acest lucru, cu /ai. Oamenii îți pot răspunde în continuare.",
    ai: "\
Am notat: un AI poate participa din nou aici, dacă {creator} folosește unul, și va spune că este un AI. /noai oprește asta imediat.",
    paysupport: "\
Prin acest bot nu se vinde încă nimic. Dacă ai impresia că ai plătit aici, descrie situația în acest chat, cu data și suma; {creator} va vedea. Poți scrie și la {support}. Echipa de asistență Telegram nu poate ajuta la plățile către boți.",
    forget: "\
Gata. Tot ce notase AI-ul acestui bot despre tine este șters și nu va mai fi folosit. Mesajele tale rămân; /privacy spune cât timp. Pentru a elimina un mesaj sau altceva, scrie aici în chat, {creator} va vedea, sau scrie la {support} și menționează acest bot.",
    not_for_sale: "De la acest bot nu se poate cumpăra încă nimic. Nu ți s-a luat niciun ban.",
};
