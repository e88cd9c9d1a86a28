//! Japanese.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "私は{creator}のチームのために書いているAIアシスタントで、人間ではありません。チームの人も読んでいます。/human と書くと、人がお返事します。",
    full: "🤖 ここでは{creator}のチームのAIアシスタントが書き、人も読んでいます。\n人と話すには /human と書いてください。",
    short: "🤖 {creator}のチームのAIアシスタント",
    cannot_answer: "今はこれにお答えできません。{creator}のチームの人がメッセージを読んでお返事します。",
    handed_over: "{creator}のチームの人に引き継ぎます。読んでからここでお返事します。",
    photo: "写真をありがとうございます。AIなので見ることができません。{creator}のチームの人が見ます。",
    album: "たくさんの写真をありがとうございます。AIなので見ることができません。{creator}のチームの人が見ます。",
    video: "動画をありがとうございます。AIなので見ることができません。{creator}のチームの人が見ます。",
    voice: "ボイスメッセージをありがとうございます。AIなので聞くことができません。{creator}のチームの人が聞きます。",
    sticker: "スタンプをありがとうございます。AIなので見ることができません。{creator}のチームの人が読んでいます。",
};
