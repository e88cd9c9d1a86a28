//! Czech.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "Jsem AI asistent a píšu pro tým {creator}, nejsem člověk. Někdo z týmu konverzaci čte. Napiš /human a odpoví ti člověk.",
    full: "🤖 Píše tu AI asistent týmu {creator}; konverzaci čte člověk.\nNapiš /human a ozve se člověk.",
    short: "🤖 AI asistent týmu {creator}",
    cannot_answer: "Na tohle teď nemůžu odpovědět. Někdo z týmu {creator} si zprávu přečte a odpoví.",
    handed_over: "Předávám to někomu z týmu {creator}. Přečte si to a odpoví ti tady.",
    photo: "Díky za fotku. Jsem AI a nemůžu si ji prohlédnout; podívá se na ni někdo z týmu {creator}.",
    album: "Díky za fotky. Jsem AI a nemůžu si je prohlédnout; podívá se na ně někdo z týmu {creator}.",
    video: "Díky za video. Jsem AI a nemůžu ho vidět; podívá se na něj někdo z týmu {creator}.",
    voice: "Díky za hlasovku. Jsem AI a nemůžu si ji poslechnout; poslechne si ji někdo z týmu {creator}.",
    sticker: "Díky za samolepku. Jsem AI a nevidím ji; konverzaci čte někdo z týmu {creator}.",
};
