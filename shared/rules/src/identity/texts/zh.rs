//! Chinese.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "我是为{creator}的团队写消息的AI助手，不是人。团队里有人会看对话。发送 /human，就会有人来回答你。",
    full: "🤖 这里由{creator}团队的AI助手回复，也有人在看。\n发送 /human 可以联系到人。",
    short: "🤖 {creator}团队的AI助手",
    cannot_answer: "我现在没法回答这个。{creator}团队的人会看你的消息并回答。",
    handed_over: "我把这个转给{creator}团队的人，他们看过后会在这里回答你。",
    photo: "谢谢你的照片。我是AI，看不了照片；{creator}团队的人会看。",
    album: "谢谢你的这些照片。我是AI，看不了照片；{creator}团队的人会看。",
    video: "谢谢你的视频。我是AI，看不了视频；{creator}团队的人会看。",
    voice: "谢谢你的语音。我是AI，听不了语音；{creator}团队的人会听。",
    sticker: "谢谢你的贴纸。我是AI，看不见贴纸；{creator}团队的人也在看对话。",
};
