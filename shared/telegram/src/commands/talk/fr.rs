//! French.

use super::Talk;

pub(super) static TALK: Talk = Talk {
    nameless: "la personne derrière ce bot",
    start: "\
Bonjour ! Voici le bot de {creator}. Tout ce que tu écris ici arrive à {creator}.

C'est une personne qui te répond. En ce moment, aucune IA n'écrit dans ce chat.

/help – ce que tu peux faire ici
/privacy – ce qui est enregistré sur toi",
    start_with_ai: "\
Bonjour ! Voici le bot de {creator}. Tout ce que tu écris ici arrive à {creator}.

À savoir : une IA peut te répondre ici. C'est un programme, pas une personne. Écris /human dès que tu veux parler à une personne.

/help – ce que tu peux faire ici
/privacy – ce qui est enregistré sur toi",
    help: "\
Écris simplement, {creator} le verra. Commandes :

/human – demander une personne
/stop – ne plus recevoir de publicité
/noai – aucune IA ne te lit ni ne te répond (/ai l'autorise de nouveau)
/restrict – tes données sont gardées mais pas utilisées (/unrestrict y met fin)
/privacy – ce qui est enregistré sur toi et tes droits
/export – une copie de tes données
/delete – la suppression de tes données
/forget – effacer tout ce que l'IA a noté sur toi
/paysupport – aide pour un paiement
/start – l'accueil
/help – cette liste",
    stop: "\
C'est fait. Ce bot ne t'enverra plus de messages publicitaires.

Tu peux toujours écrire ici quand tu veux, et on te répondra. Si tu souhaites de nouveau ces messages, dis-le simplement ici.",
    human: "\
C'est noté : tu souhaites parler à une personne. Dans ce chat, c'est de toute façon une personne qui te répond, et {creator} verra ta demande. Cela peut prendre un peu de temps.",
    human_with_ai: "\
C'est noté : tu souhaites parler à une personne. En attendant, aucune IA n'écrit dans ce chat. {creator} voit ta demande ; tu auras normalement une réponse d'ici {hours} h. Si personne n'a répondu d'ici là, l'IA pourra écrire à nouveau, et elle dira qu'elle en est une.",
    no_ai: "\
C'est fait. Aucune IA ne lit plus ce que tu écris ni ne te répond, ici comme dans les autres bots de {creator}. Toi seul·e peux l'autoriser de nouveau, avec /ai. Des personnes peuvent toujours te répondre.",
    ai: "\
C'est noté : une IA peut de nouveau participer ici, là où {creator} en utilise une, et elle dit qu'elle en est une. /noai y met fin aussitôt.",
    paysupport: "\
Rien n'est encore vendu par ce bot. Si tu penses avoir payé ici, explique-le dans ce chat avec la date et le montant ; {creator} le verra. Tu peux aussi écrire à {support}. Le support de Telegram ne peut pas aider pour les paiements aux bots.",
    forget: "\
C'est fait. Tout ce que l'IA de ce bot avait noté sur toi est supprimé et ne servira plus. Tes messages, eux, restent ; /privacy dit combien de temps. Pour faire retirer un message ou autre chose, écris-le ici dans le chat, {creator} le verra, ou écris à {support} en nommant ce bot.",
    not_for_sale: "On ne peut encore rien acheter avec ce bot. Rien n'a été débité.",
};
