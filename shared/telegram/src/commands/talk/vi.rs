//! Vietnamese.

use super::Talk;

pub(super) static TALK: Talk = Talk {
    nameless: "người đứng sau bot này",
    start: "\
Xin chào! Đây là bot của {creator}. Mọi điều bạn viết ở đây đều đến với {creator}.

Người trả lời bạn là người thật. Hiện tại không có AI nào viết trong cuộc trò chuyện này.

/help – bạn có thể làm gì ở đây
/privacy – những gì được lưu về bạn",
    start_with_ai: "\
Xin chào! Đây là bot của {creator}. Mọi điều bạn viết ở đây đều đến với {creator}.

Xin lưu ý: AI có thể trả lời bạn ở đây. Đó là một chương trình máy tính, không phải người. Hãy gõ /human bất cứ khi nào bạn muốn nói chuyện với người thật.

/help – bạn có thể làm gì ở đây
/privacy – những gì được lưu về bạn",
    help: "\
Cứ viết, {creator} sẽ thấy. Các lệnh:

/human – yêu cầu gặp người thật
/stop – không nhận tin quảng cáo nữa
/noai – không AI nào đọc hay trả lời bạn (/ai cho phép lại)
/restrict – dữ liệu của bạn chỉ được lưu, không được dùng (/unrestrict kết thúc việc này)
/privacy – những gì được lưu về bạn và quyền của bạn
/export – bản sao dữ liệu của bạn
/delete – xóa dữ liệu của bạn
/forget – xóa mọi điều AI đã ghi lại về bạn
/paysupport – trợ giúp về thanh toán
/start – lời chào
/help – danh sách này",
    stop: "\
Xong. Bot này sẽ không gửi tin quảng cáo cho bạn nữa.

Bạn vẫn có thể viết ở đây bất cứ lúc nào và sẽ được trả lời. Nếu muốn nhận lại những tin đó, chỉ cần nói ở đây.",
    human: "\
Đã ghi nhận: bạn muốn nói chuyện với người thật. Trong cuộc trò chuyện này vốn dĩ người thật trả lời bạn, và {creator} sẽ thấy yêu cầu của bạn. Có thể mất một lúc.",
    human_with_ai: "\
Đã ghi nhận: bạn muốn nói chuyện với người thật. Trong lúc đó không có AI nào viết trong cuộc trò chuyện này. {creator} thấy yêu cầu của bạn; hãy chờ câu trả lời trong vòng {hours} giờ. Nếu đến lúc đó chưa ai trả lời, AI có thể viết lại và sẽ nói rõ mình là AI.",
    no_ai: "\
Xong. Không còn AI nào đọc điều bạn viết hay trả lời bạn nữa, ở đây và ở các bot khác của {creator}. Chỉ bạn mới có thể cho phép lại bằng /ai. Người thật vẫn có thể trả lời bạn.",
    ai: "\
Đã ghi nhận: AI có thể tham gia lại ở đây nếu {creator} dùng AI, và nó sẽ nói rõ mình là AI. /noai chấm dứt việc này ngay.",
    paysupport: "\
Hiện chưa bán gì qua bot này. Nếu bạn cho rằng mình đã trả tiền ở đây, hãy mô tả trong cuộc trò chuyện này kèm ngày và số tiền; {creator} sẽ thấy. Bạn cũng có thể viết cho {support}. Bộ phận hỗ trợ của Telegram không giúp được về các khoản thanh toán cho bot.",
    forget: "\
Xong. Mọi điều AI của bot này đã ghi về bạn đều bị xóa và sẽ không được dùng nữa. Tin nhắn của bạn vẫn còn; /privacy cho biết trong bao lâu. Để xóa một tin nhắn hay điều gì khác, hãy viết ở đây, {creator} sẽ thấy, hoặc viết cho {support} và nêu tên bot này.",
    not_for_sale: "Hiện chưa thể mua gì từ bot này. Bạn chưa bị trừ tiền.",
};
