//! Portuguese, in a form for readers on both sides of the Atlantic.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    nameless: "quem mantém este bot",
    start: "\
Olá! Este é o bot de {creator}. Tudo o que você escrever aqui chega a {creator}.

Quem responde é uma pessoa. No momento nenhuma IA escreve neste chat.

/help – o que você pode fazer aqui
/privacy – o que é guardado sobre você",
    start_with_ai: "\
Olá! Este é o bot de {creator}. Tudo o que você escrever aqui chega a {creator}.

Atenção: aqui uma IA pode responder. É um programa de computador, não uma pessoa. Escreva /human quando quiser falar com uma pessoa.

/help – o que você pode fazer aqui
/privacy – o que é guardado sobre você",
    help: "\
Basta escrever, e {creator} verá. Comandos:

/human – pedir uma pessoa
/stop – não receber mais mensagens publicitárias
/noai – nenhuma IA lê ou responde a você (/ai permite de novo)
/restrict – os seus dados só são guardados, não usados (/unrestrict termina isso)
/privacy – o que é guardado sobre você e os seus direitos
/export – uma cópia dos seus dados
/delete – a exclusão dos seus dados
/forget – apagar tudo o que a IA anotou sobre você
/paysupport – ajuda com um pagamento
/start – a saudação
/help – esta lista",
    privacy: "\
Privacidade neste chat

Responsável pelos seus dados (controlador): {creator}. Para falar com {creator}, escreva aqui.
Operador por conta de {creator}: Sofi CRM, {support}.

O que é guardado: o seu número no Telegram, nome, nome de usuário, idioma e se você tem Premium; o que você e o bot escrevem, com edições, respostas e reações; referências a fotos, mensagens de voz e arquivos; de onde e quando você veio; se você bloqueou o bot; notas e etiquetas; compras, se houver. O conteúdo de contatos, localizações e enquetes que você envia não é guardado.

Para quê: para ler as suas mensagens e responder, porque você escreveu aqui e pelo interesse legítimo de {creator} em manter o contato. A publicidade termina com /stop.

Quem mais recebe: o Telegram, que transporta as mensagens, e a Amazon Web Services, que as guarda cifradas. Nada é vendido. {ai}

Por quanto tempo: o que {creator} escolher, de 30 dias a dois anos após a sua última mensagem; um ano, se nada for escolhido; em cópias de segurança, até mais 35 dias.

Os seus direitos: acesso e cópia, correção, exclusão, limitação, oposição, portabilidade e retirada do consentimento. Escreva aqui ou para {support}; a resposta vem em até 30 dias. Você pode reclamar à sua autoridade de proteção de dados (edpb.europa.eu; no Reino Unido, ico.org.uk).

Política completa: {policy}
Versão {version}",
    privacy_ai_off: "Nenhum fornecedor de IA recebe nada.",
    privacy_ai_on: "Fornecedores de IA (xAI, Groq) recebem partes deste chat para redigir respostas, até você pedir uma pessoa com /human; /noai termina isso de vez.",
    stop: "\
Pronto. Você não receberá mais mensagens publicitárias deste bot.

Você pode continuar a escrever aqui quando quiser e terá resposta. Se quiser voltar a receber as mensagens, é só dizer aqui.",
    human: "\
Anotado: você quer falar com uma pessoa. Neste chat quem responde já é sempre uma pessoa, e {creator} verá o seu pedido. Pode demorar um pouco.",
    human_with_ai: "\
Anotado: você quer falar com uma pessoa. Enquanto isso, nenhuma IA escreve neste chat. {creator} vê o seu pedido; espere uma resposta em até {hours} horas. Se até lá ninguém tiver respondido, a IA pode voltar a escrever e dirá que é uma IA.",
    paysupport: "\
Ainda não se vende nada por este bot. Se você acha que pagou aqui, descreva o caso neste chat com a data e o valor; {creator} verá. Você também pode escrever para {support}. O suporte do Telegram não pode ajudar com pagamentos a bots.",
    export: "\
A sua cópia está sendo preparada: tudo o que se guarda de você aqui. O arquivo chega a este chat, quase sempre em minutos; se houver muito, pode demorar mais. É gratuito.",
    export_running: "Uma cópia já está sendo preparada. O arquivo chega a este chat assim que estiver pronta.",
    export_often: "\
Você pediu três cópias em um dia. Pode pedir outra um dia depois da primeira delas.",
    export_elsewhere: "\
Para receber uma cópia dos seus dados, abra o chat com este bot e envie /export lá. Vale também para este chat. Ou escreva para {support} e indique este bot.",
    export_here: "\
Esta é a cópia do que se guarda de você aqui. As páginas dela abrem em qualquer navegador; about.txt diz o que é o resto.",
    export_large: "\
A sua cópia está pronta, mas passa dos 50 MB que um bot pode enviar. Quem cuida deste bot vê isso e entrega a cópia em até um mês do seu pedido. Você também pode pedi-la aqui no chat.",
    delete: "\
Isto exclui tudo o que {creator} guarda de você aqui: o seu perfil, todas as mensagens em todos os bots de {creator}, notas, etiquetas e o que uma IA anotou. Não dá para desfazer, e ninguém pode recuperar. O que você escrever antes de tocar também é excluído; se escrever de novo depois, começa do zero.

/privacy diz o que precisa ser guardado por um tempo. O botão vale por 10 minutos; se mudar de ideia, não faça nada.",
    delete_elsewhere: "\
Para excluir tudo, abra o chat com este bot e envie /delete lá. Vale também para este chat. Ou escreva para {support} e indique este bot.",
    delete_button: "Excluir tudo",
    deleting: "Tudo está sendo excluído.",
    deleted: "\
Tudo o que se guardava de você aqui foi excluído: perfil, mensagens, notas. Uma marca que não nomeia ninguém fica 45 dias para que nada volte; as cópias de segurança deixam de ser legíveis após 7 dias e desaparecem após 35. Esta é a última mensagem; quem escrever de novo começa do zero.",
    delete_late: "Tarde demais: envie /delete de novo.",
    delete_nothing: "Nada seu está guardado aqui.",
    restrict: "\
Os seus dados aqui agora só são guardados e não são usados. O que você escrever é guardado e {creator} pode ver, mas ninguém responde, nenhuma IA lê e nada é enviado a você, exceto respostas aos seus comandos. Se você escrever que está em perigo, ainda assim saberá onde há ajuda.

/privacy, /export e /delete funcionam como sempre. /unrestrict termina a limitação.",
    unrestrict: "\
Pronto. Os seus dados voltam a ser usados como diz /privacy, e você pode receber respostas aqui.",
    unrestrict_held: "\
{creator} limitou o uso dos seus dados aqui: eles só são guardados e nada é enviado a você, exceto respostas aos seus comandos. Só {creator} pode terminar isso. Se não concordar, escreva para {support} e indique este bot.

/privacy, /export e /delete funcionam como sempre.",
    no_ai: "\
Pronto. Nenhuma IA lê mais o que você escreve aqui nem responde, em nenhum bot de {creator}. Só você pode permitir de novo, com /ai. As pessoas ainda podem responder.",
    ai: "\
Anotado: uma IA pode voltar a participar aqui, se {creator} usar uma, e ela dirá que é uma IA. /noai termina isso de imediato.",
    choices: ["Cópia dos meus dados", "Excluir os meus dados", "Sem publicidade", "Sem IA", "Só guardar os meus dados"],
    forget: "\
Pronto. O que a IA deste bot tinha anotado sobre você foi apagado e não será mais usado. As suas mensagens ficam; /privacy diz por quanto tempo. Para remover uma mensagem ou outra coisa, diga aqui no chat, {creator} vê, ou escreva para {support} e indique este bot.",
    not_for_sale: "Ainda não é possível comprar nada neste bot. Nada foi cobrado.",
    connected: "\
A tua conta está ligada a este bot. As conversas que partilhas com ele passam a ser guardadas, cifradas, para a equipa de {creator}. Pessoas da equipa podem lê-las e responder em teu nome.

Nenhuma IA lê ou escreve aí. Se quiseres que a Sofi, uma IA, o faça, envia /allow_ai. Partes dessas conversas vão então para fornecedores de IA (xAI, Groq), e quem te escreve é avisado antes. /forbid_ai termina isso de imediato.

/privacy diz o que se guarda e durante quanto tempo. A ligação termina-se nas definições da tua conta do Telegram, em chatbots.",
    allow_ai: "\
Registado: permites que a Sofi, uma IA, leia as conversas da tua conta que partilhas com este bot e responda nelas. Partes delas vão para fornecedores de IA (xAI, Groq). Quem te escreve é avisado antes; o que foi escrito anteriormente fica de fora. Se a Sofi escreve ou não, decide a equipa de {creator}.

/forbid_ai termina isso de imediato.
Versão {version}",
    forbid_ai: "\
Feito. Nenhuma IA lê ou escreve mais nas conversas da tua conta. Pessoas da equipa de {creator} continuam a lê-las e a responder; isso termina-se nas definições da tua conta do Telegram, em chatbots.",
};
