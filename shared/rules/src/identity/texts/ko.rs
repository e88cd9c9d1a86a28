//! Korean.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "저는 {creator} 팀을 위해 글을 쓰는 AI 도우미이고 사람이 아니에요. 팀의 사람도 함께 읽고 있어요. /human 이라고 쓰면 사람이 답해 드려요.",
    full: "🤖 여기서는 {creator} 팀의 AI 도우미가 글을 쓰고, 사람도 함께 읽어요.\n사람과 이야기하려면 /human 을 쓰세요.",
    short: "🤖 {creator} 팀의 AI 도우미",
    cannot_answer: "지금은 이것에 답할 수 없어요. {creator} 팀의 사람이 메시지를 읽고 답할 거예요.",
    handed_over: "{creator} 팀의 사람에게 전달할게요. 읽고 여기에서 답할 거예요.",
    photo: "사진 고마워요. AI라서 볼 수 없어요. {creator} 팀의 사람이 볼 거예요.",
    album: "사진들 고마워요. AI라서 볼 수 없어요. {creator} 팀의 사람이 볼 거예요.",
    video: "영상 고마워요. AI라서 볼 수 없어요. {creator} 팀의 사람이 볼 거예요.",
    voice: "음성 메시지 고마워요. AI라서 들을 수 없어요. {creator} 팀의 사람이 들을 거예요.",
    sticker: "스티커 고마워요. AI라서 볼 수 없어요. {creator} 팀의 사람이 함께 읽고 있어요.",
};
