//! Vietnamese.

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    honest: "Mình là trợ lý AI viết cho đội ngũ của {creator}, không phải con người. Có người trong đội ngũ cùng đọc. Hãy viết /human để được một người trả lời.",
    full: "🤖 Ở đây trợ lý AI của đội ngũ {creator} viết; có một người cùng đọc.\nViết /human để gặp một người.",
    short: "🤖 Trợ lý AI của đội ngũ {creator}",
    cannot_answer: "Hiện mình chưa trả lời được điều này. Một người trong đội ngũ của {creator} sẽ đọc tin nhắn và trả lời.",
    handed_over: "Mình chuyển việc này cho một người trong đội ngũ của {creator}. Người đó sẽ đọc và trả lời ở đây.",
    photo: "Cảm ơn bạn đã gửi ảnh. Mình là AI nên không xem được; một người trong đội ngũ của {creator} sẽ xem.",
    album: "Cảm ơn bạn đã gửi các bức ảnh. Mình là AI nên không xem được; một người trong đội ngũ của {creator} sẽ xem.",
    video: "Cảm ơn bạn đã gửi video. Mình là AI nên không xem được; một người trong đội ngũ của {creator} sẽ xem.",
    voice: "Cảm ơn bạn đã gửi tin nhắn thoại. Mình là AI nên không nghe được; một người trong đội ngũ của {creator} sẽ nghe.",
    sticker: "Cảm ơn bạn đã gửi nhãn dán. Mình là AI nên không nhìn thấy; một người trong đội ngũ của {creator} cùng đọc.",
};
