//! French.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Merci de l'avoir écrit, et je suis vraiment désolé que ça fasse si mal. Ce n'est pas quelque chose pour un chat : il te faut maintenant une vraie personne. Quelqu'un de l'équipe de {creator} a été prévenu et va lire ton message. S'il te plaît, ne reste pas seul avec ça. Parle à quelqu'un aujourd'hui :",
    crisis: "Ce que tu écris semble grave, et ta sécurité passe avant tout. Quelqu'un de l'équipe de {creator} a été prévenu. S'il te plaît, demande de l'aide maintenant près de toi et, si tu peux, va là où il y a du monde.",
    minor: "Merci d'avoir dit ton âge honnêtement. Cet endroit est réservé aux plus de 18 ans, alors la conversation s'arrête ici et rien d'autre ne te sera proposé ni vendu. Tu n'as rien fait de mal. Quelqu'un de l'équipe de {creator} a été prévenu. Si quelque chose t'inquiète en ligne, parles-en à un adulte de confiance.",
    grief: "Je suis sincèrement désolé. Perdre ceux qu'on aime laisse un vide que les mots ne comblent pas. Ici, tu n'as rien à faire ni à répondre. Quelqu'un de l'équipe de {creator} a été prévenu et t'écrira lui-même. D'ici là, prends soin de toi et laisse tes proches être là.",
    money_trouble: "Merci de l'avoir dit. Garde ton argent pour l'essentiel : un toit, de quoi manger, l'esprit tranquille. Rien ne te sera proposé ici, et il n'y a aucune honte à traverser ça. Quelqu'un de l'équipe de {creator} a été prévenu et t'écrira.",
    refund_dispute: "Je comprends ta colère. C'est à une personne de regarder, pas à une machine : quelqu'un de l'équipe de {creator} a été prévenu, va vérifier ton paiement et te répondra ici.",
    emergency: "En cas de danger immédiat, appelle le 112 ou le numéro d'urgence de ton pays.",
    find: "Aide gratuite dans ton pays : https://findahelpline.com",
    lines: &[
        (&["FR"], "France : 3114"),
        (&["BE"], "Belgique : 0800 32 123"),
        (&["CH"], "Suisse : La Main Tendue, 143"),
        (&["CA"], "Canada : 988"),
    ],
};
