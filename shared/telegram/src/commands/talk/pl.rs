//! Polish. Names stay in the nominative, since we cannot decline them.

use super::Talk;

pub(super) static TALK: Talk = Talk {
    nameless: "twórca",
    start: "\
Cześć! Ten bot prowadzi {creator}. Wszystko, co tu napiszesz, zobaczy {creator}.

Odpowiada Ci człowiek. Obecnie w tym czacie nie pisze żadna AI.

/help – co możesz tu zrobić
/privacy – co o Tobie przechowujemy",
    start_with_ai: "\
Cześć! Ten bot prowadzi {creator}. Wszystko, co tu napiszesz, zobaczy {creator}.

Pamiętaj: tutaj może Ci odpowiadać AI. To program komputerowy, a nie człowiek. Napisz /human, gdy zechcesz porozmawiać z człowiekiem.

/help – co możesz tu zrobić
/privacy – co o Tobie przechowujemy",
    help: "\
Po prostu napisz, a {creator} to zobaczy. Polecenia:

/human – poproś o człowieka
/stop – koniec wiadomości reklamowych
/noai – żadna AI nie czyta i nie odpowiada (/ai znów pozwala)
/restrict – dane tylko przechowywane, nieużywane (/unrestrict to kończy)
/privacy – co o Tobie przechowujemy i Twoje prawa
/export – kopia Twoich danych
/delete – usunięcie Twoich danych
/forget – usunięcie wszystkiego, co AI o Tobie zanotowała
/paysupport – pomoc przy płatności
/start – powitanie
/help – ta lista",
    stop: "\
Gotowe. Ten bot nie wyśle Ci więcej wiadomości reklamowych.

Nadal możesz tu pisać, kiedy chcesz, i dostaniesz odpowiedź. Jeśli chcesz znów dostawać te wiadomości, po prostu napisz o tym tutaj.",
    human: "\
Zanotowane: chcesz porozmawiać z człowiekiem. W tym czacie i tak odpowiada człowiek, a {creator} zobaczy Twoją prośbę. Może to chwilę potrwać.",
    human_with_ai: "\
Zanotowane: chcesz porozmawiać z człowiekiem. Na razie w tym czacie nie pisze żadna AI. {creator} widzi Twoją prośbę; odpowiedzi możesz się spodziewać w ciągu {hours} godz. Jeśli do tego czasu nikt nie odpowie, AI może znów pisać i powie, że jest AI.",
    no_ai: "\
Gotowe. Żadna AI nie czyta już tego, co piszesz, ani nie odpowiada, tutaj i w innych botach tego twórcy. Tylko Ty możesz znów na to pozwolić, pisząc /ai. Ludzie nadal mogą Ci odpowiadać.",
    ai: "\
Zanotowane: AI może znów brać tu udział, jeśli {creator} jej używa, i powie, że jest AI. /noai kończy to od razu.",
    paysupport: "\
Przez tego bota nic jeszcze nie jest sprzedawane. Jeśli uważasz, że doszło tu do płatności, opisz to w tym czacie, podając datę i kwotę; {creator} to zobaczy. Możesz też napisać na {support}. Pomoc Telegrama nie zajmuje się płatnościami dla botów.",
    forget: "\
Gotowe. Wszystko, co AI tego bota zanotowała o Tobie, jest usunięte i nie będzie już używane. Same wiadomości pozostają; jak długo, mówi /privacy. Aby usunąć wiadomość lub coś innego, napisz o tym tutaj w czacie, {creator} to zobaczy, albo napisz na {support} i podaj nazwę tego bota.",
    not_for_sale: "U tego bota nie można jeszcze nic kupić. Nic nie zostało pobrane.",
};
