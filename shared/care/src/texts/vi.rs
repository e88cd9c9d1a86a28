//! Vietnamese.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Thật tốt vì bạn đã viết ra, và tôi rất tiếc vì bạn đau đến vậy. Đây không phải chuyện để nói qua chat: lúc này bạn xứng đáng được gặp một người thật. Nhóm của {creator} đã được báo và sẽ có người đọc những gì bạn viết. Xin đừng chịu đựng một mình. Hãy nói chuyện với ai đó ngay hôm nay:",
    crisis: "Điều bạn viết nghe rất nghiêm trọng, và an toàn của bạn là trên hết. Nhóm của {creator} đã được báo. Xin hãy tìm sự giúp đỡ gần bạn ngay bây giờ và nếu có thể, hãy đến nơi có người khác.",
    minor: "Cảm ơn bạn đã nói thật tuổi của mình. Nơi này chỉ dành cho người từ 18 tuổi trở lên, nên cuộc trò chuyện dừng ở đây và sẽ không có gì được chào mời hay bán cho bạn nữa. Bạn không làm gì sai khi nói ra điều đó. Nhóm của {creator} đã được báo. Nếu có điều gì trên mạng khiến bạn lo lắng, hãy nói với một người lớn mà bạn tin tưởng.",
    grief: "Tôi rất lấy làm tiếc. Mất đi người thân yêu để lại một khoảng trống mà lời nói không lấp đầy được. Bạn không cần làm hay trả lời gì ở đây. Nhóm của {creator} đã được báo và sẽ có người viết riêng cho bạn. Từ giờ đến lúc đó, hãy nhẹ nhàng với bản thân và để những người thân ở bên bạn.",
    money_trouble: "Cảm ơn bạn đã nói ra. Xin hãy giữ tiền cho những gì bạn cần: chỗ ở, thức ăn, sự yên tâm. Ở đây sẽ không chào mời bạn điều gì, và thiếu tiền không có gì phải xấu hổ. Nhóm của {creator} đã được báo và sẽ có người viết cho bạn.",
    refund_dispute: "Tôi hiểu là bạn bực mình. Việc này cần một người xem xét, không phải máy: nhóm của {creator} đã được báo, sẽ kiểm tra chuyện gì đã xảy ra với khoản thanh toán của bạn và trả lời bạn ở đây.",
    emergency: "Khi có nguy hiểm trước mắt, hãy gọi 112 hoặc số khẩn cấp tại nơi bạn ở.",
    find: "Trợ giúp miễn phí tại nước bạn: https://findahelpline.com",
    lines: &[],
};
