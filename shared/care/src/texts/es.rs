//! Spanish.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Me alegra mucho que lo hayas escrito, y siento de verdad que duela tanto. Esto no es para un chat: ahora mereces hablar con una persona. Alguien del equipo de {creator} ya está avisado y leerá lo que has escrito. Por favor, no te quedes a solas con esto. Habla hoy con alguien:",
    crisis: "Lo que cuentas parece grave, y lo primero es que estés a salvo. Alguien del equipo de {creator} ya está avisado. Por favor, pide ayuda ahora cerca de ti y, si puedes, ve a un lugar donde haya más gente.",
    minor: "Gracias por decir tu edad con sinceridad. Este espacio es solo para mayores de 18 años, así que la conversación termina aquí y no se te ofrecerá ni venderá nada más. No has hecho nada malo. Alguien del equipo de {creator} ya está avisado. Si algo en internet te preocupa, habla con una persona adulta de confianza.",
    grief: "Lo siento muchísimo. Perder a quien quieres deja un hueco que las palabras no llenan. Aquí no tienes que hacer ni responder nada. Alguien del equipo de {creator} ya está avisado y te escribirá en persona. Mientras tanto, cuídate mucho y deja que los tuyos te acompañen.",
    money_trouble: "Gracias por contarlo. Guarda tu dinero para lo que necesitas: techo, comida, tranquilidad. Aquí no se te va a ofrecer nada, y pasar apuros no es motivo de vergüenza. Alguien del equipo de {creator} ya está avisado y te escribirá.",
    refund_dispute: "Te leo y entiendo tu enfado. Esto lo tiene que mirar una persona, no una máquina: alguien del equipo de {creator} ya está avisado, revisará qué pasó con tu pago y te responderá aquí.",
    emergency: "Si hay peligro inmediato, llama al 112 o al número de emergencias de tu país.",
    find: "Ayuda gratuita en tu país: https://findahelpline.com",
    lines: &[
        (&["ES"], "España: 024"),
        (&["AR"], "Argentina: 135"),
        (&["US"], "Estados Unidos: 988, también en español"),
    ],
};
