//! Portuguese.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Que bom que você escreveu isso, e sinto muito que esteja doendo tanto. Isso não é assunto para um chat: agora você merece uma pessoa de verdade. Alguém da equipe de {creator} já foi avisado e vai ler o que você escreveu. Por favor, não fique só com isso. Fale hoje com alguém:",
    crisis: "O que você contou parece grave, e o mais importante é a sua segurança. Alguém da equipe de {creator} já foi avisado. Por favor, peça ajuda agora a quem está perto e, se puder, vá para onde haja outras pessoas.",
    minor: "Obrigado por dizer a sua idade com sinceridade. Este espaço é só para maiores de 18 anos, por isso a conversa termina aqui e nada mais será oferecido ou vendido a você. Você não fez nada de errado. Alguém da equipe de {creator} já foi avisado. Se algo na internet preocupar você, fale com um adulto de confiança.",
    grief: "Sinto muito, de coração. Perder quem a gente ama deixa um vazio que palavra nenhuma preenche. Aqui você não precisa fazer nem responder nada. Alguém da equipe de {creator} já foi avisado e vai escrever para você. Até lá, cuide de si e deixe que os seus fiquem por perto.",
    money_trouble: "Obrigado por contar. Guarde o seu dinheiro para o que precisa: casa, comida, sossego. Aqui ninguém vai oferecer nada a você, e passar aperto não é vergonha. Alguém da equipe de {creator} já foi avisado e vai escrever para você.",
    refund_dispute: "Eu entendo a sua chateação. Quem tem de ver isso é uma pessoa, não uma máquina: alguém da equipe de {creator} já foi avisado, vai verificar o que houve com o pagamento e responder aqui.",
    emergency: "Em perigo imediato, ligue 112 ou o número de emergência local (no Brasil, SAMU 192 e Polícia 190).",
    find: "Ajuda gratuita no seu país: https://findahelpline.com",
    lines: &[
        (&["BR"], "Brasil: CVV, 188"),
        (&["PT"], "Portugal: SNS 24, 808 24 24 24"),
    ],
};
