//! Spanish.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    nameless: "quien lleva este bot",
    start: "\
¡Hola! Este es el bot de {creator}. Todo lo que escribas aquí le llega a {creator}.

Te responde una persona. Por ahora no escribe ninguna IA en este chat.

/help – qué puedes hacer aquí
/privacy – qué se guarda sobre ti",
    start_with_ai: "\
¡Hola! Este es el bot de {creator}. Todo lo que escribas aquí le llega a {creator}.

Ten en cuenta que aquí puede responderte una IA: un programa de ordenador, no una persona. Escribe /human cuando quieras hablar con una persona.

/help – qué puedes hacer aquí
/privacy – qué se guarda sobre ti",
    help: "\
Escribe sin más y {creator} lo verá. Comandos:

/human – pedir una persona
/stop – no recibir más mensajes publicitarios
/noai – ninguna IA te lee ni te responde (/ai la permite de nuevo)
/restrict – tus datos solo se conservan, no se usan (/unrestrict lo termina)
/privacy – qué se guarda sobre ti y tus derechos
/export – una copia de tus datos
/delete – el borrado de tus datos
/forget – borrar todo lo que la IA ha anotado sobre ti
/paysupport – ayuda con un pago
/start – el saludo
/help – esta lista",
    privacy: "\
Privacidad en este chat

Responsable de tus datos: {creator}. Puedes contactar con {creator} escribiendo aquí.
Encargado del tratamiento por cuenta de {creator}: Sofi CRM, {support}.

Qué se guarda: tu número de Telegram, nombre, nombre de usuario, idioma y si tienes Premium; lo que tú y el bot escriben, con ediciones, respuestas y reacciones; referencias a fotos, notas de voz y archivos; de dónde viniste y cuándo; si bloqueaste el bot; notas y etiquetas; compras, si las hay. No se guarda el contenido de los contactos, ubicaciones y encuestas que envíes.

Para qué: para leer tus mensajes y responderte, porque escribiste aquí y por el interés legítimo de {creator} en mantener el contacto. La publicidad termina con /stop.

Quién más los recibe: Telegram, que transporta los mensajes, y Amazon Web Services, que los guarda cifrados. No se vende nada. {ai}

Cuánto tiempo: lo que elija {creator}, entre 30 días y dos años desde tu último mensaje; un año si no elige otra cosa; en copias de seguridad, hasta 35 días más.

Tus derechos: acceso y copia, rectificación, supresión, limitación, oposición, portabilidad y retirada del consentimiento. Escribe aquí o a {support}; tendrás respuesta en un plazo de 30 días. Puedes reclamar ante tu autoridad de protección de datos (edpb.europa.eu; en el Reino Unido, ico.org.uk).

Política completa: {policy}
Versión {version}",
    privacy_ai_off: "Ningún proveedor de IA recibe nada.",
    privacy_ai_on: "Proveedores de IA (xAI, Groq) reciben partes de este chat para redactar respuestas, hasta que pidas una persona con /human; /noai lo termina para siempre.",
    stop: "\
Hecho. No recibirás más mensajes publicitarios de este bot.

Puedes seguir escribiendo aquí cuando quieras y se te responderá. Si quieres volver a recibirlos, dilo aquí.",
    human: "\
Anotado: quieres hablar con una persona. En este chat ya te responde siempre una persona, y {creator} verá tu petición. Puede tardar un poco.",
    human_with_ai: "\
Anotado: quieres hablar con una persona. Mientras tanto, ninguna IA escribe en este chat. {creator} ve tu petición; espera una respuesta en un plazo de {hours} horas. Si para entonces nadie ha contestado, la IA puede volver a escribir y dirá que lo es.",
    paysupport: "\
Todavía no se vende nada con este bot. Si crees que has pagado aquí, cuéntalo en este chat con la fecha y el importe; {creator} lo verá. También puedes escribir a {support}. El soporte de Telegram no puede ayudar con pagos a bots.",
    export: "\
Se está preparando tu copia: todo lo que se guarda de ti aquí. El archivo llega a este chat, casi siempre en unos minutos; si hay mucho, puede tardar más. Es gratis.",
    export_running: "Ya se está preparando una copia. El archivo llega a este chat en cuanto esté lista.",
    export_often: "\
Has pedido tres copias en un día. Puedes pedir otra un día después de la primera de ellas.",
    export_elsewhere: "\
Para recibir una copia de tus datos, abre el chat con este bot y envía allí /export. Vale también para este chat. O escribe a {support} indicando este bot.",
    export_here: "\
Esta es la copia de lo que se guarda de ti aquí. Sus páginas se abren con cualquier navegador; about.txt dice qué es lo demás.",
    export_large: "\
Tu copia está lista, pero ocupa más de los 50 MB que puede enviar un bot. Quien lleva este bot lo ve y te la entregará en el plazo de un mes desde tu petición. También puedes pedirla aquí en el chat.",
    delete: "\
Esto borra todo lo que {creator} tiene de ti aquí: tu perfil, todos los mensajes en todos los bots de {creator}, notas, etiquetas y lo que una IA haya anotado. No se puede deshacer y nadie puede recuperarlo. También se borra lo que escribas antes de pulsar; si vuelves a escribir después, empiezas de nuevo.

/privacy dice qué hay que conservar durante un tiempo. El botón sirve 10 minutos; si cambias de idea, no hagas nada.",
    delete_elsewhere: "\
Para que se borre todo, abre el chat con este bot y envía allí /delete. Vale también para este chat. O escribe a {support} indicando este bot.",
    delete_button: "Borrar todo",
    deleting: "Se está borrando todo.",
    deleted: "\
Todo lo que se guardaba de ti aquí está borrado: perfil, mensajes, notas. Una marca que no nombra a nadie queda 45 días para que nada vuelva; las copias de seguridad dejan de poder leerse a los 7 días y desaparecen a los 35. Este es el último mensaje; quien vuelva a escribir empieza de nuevo.",
    delete_late: "Demasiado tarde: envía /delete otra vez.",
    delete_nothing: "Aquí no se guarda nada de ti.",
    restrict: "\
Tus datos aquí ahora solo se conservan y no se usan. Lo que escribas se guarda y {creator} puede verlo, pero nadie te responde, ninguna IA lo lee y no se te envía nada salvo las respuestas a tus comandos. Si escribes que estás en peligro, se te dirá igualmente dónde hay ayuda.

/privacy, /export y /delete funcionan como siempre. /unrestrict termina la limitación.",
    unrestrict: "\
Hecho. Tus datos se usan otra vez como dice /privacy y se te puede responder aquí.",
    unrestrict_held: "\
{creator} ha limitado el uso de tus datos aquí: solo se conservan y no se te envía nada salvo las respuestas a tus comandos. Solo {creator} puede terminarlo. Si no estás de acuerdo, escribe a {support} indicando este bot.

/privacy, /export y /delete funcionan como siempre.",
    no_ai: "\
Hecho. Ninguna IA lee ya lo que escribes aquí ni te responde, en ningún bot de {creator}. Solo tú puedes permitirla de nuevo, con /ai. Las personas pueden seguir respondiéndote.",
    ai: "\
Anotado: aquí puede volver a participar una IA, si {creator} usa una, y dirá que lo es. /noai lo termina al instante.",
    choices: ["Copia de mis datos", "Borrar mis datos", "Sin publicidad", "Sin IA", "Solo conservar mis datos"],
    forget: "\
Listo. Lo que la IA de este bot había anotado sobre ti está borrado y no se volverá a usar. Tus mensajes se conservan; /privacy dice cuánto tiempo. Para eliminar un mensaje u otra cosa, dilo aquí en el chat, {creator} lo ve, o escribe a {support} e indica este bot.",
    not_for_sale: "Todavía no se puede comprar nada en este bot. No se te ha cobrado nada.",
    connected: "\
Tu cuenta está conectada a este bot. Los chats que compartes con él se guardan ahora cifrados para el equipo de {creator}. Personas del equipo pueden leerlos y responder en tu nombre.

Ninguna IA lee ni escribe allí. Si quieres que lo haga Sofi, una IA, envía /allow_ai. Entonces partes de esos chats van a proveedores de IA (xAI, Groq), y quien te escribe lo sabe antes. /forbid_ai lo termina al instante.

/privacy dice qué se guarda y cuánto tiempo. La conexión se termina en los ajustes de tu cuenta de Telegram, en chatbots.",
    allow_ai: "\
Anotado: permites que Sofi, una IA, lea los chats de tu cuenta que compartes con este bot y responda en ellos. Partes de ellos van a proveedores de IA (xAI, Groq). Quien te escribe lo sabe antes; lo escrito con anterioridad queda fuera. Si Sofi escribe o no lo decide el equipo de {creator}.

/forbid_ai lo termina al instante.
Versión {version}",
    forbid_ai: "\
Hecho. Ninguna IA lee ni escribe ya en los chats de tu cuenta. Personas del equipo de {creator} siguen leyéndolos y respondiendo; eso se termina en los ajustes de tu cuenta de Telegram, en chatbots.",
};
