//! Vietnamese: thoughts of self-harm and an age under 18 only, written without a native reader; one must still read it.

use super::Lexicon;

pub(super) const LEXICON: Lexicon = Lexicon {
    classes: "",
    self_harm: "
        tôi|tui|mình|em|anh|con|tao|chỉ|t ~2 muốn|ước|mong|ước_gì ~1 chết !cười|mệt|đi_được|ngất
        muốn chết quách|đi_cho_xong|cho_xong|cho_rồi|rồi
        không|ko|k|hông|chẳng|hết|chả ~1 muốn|thiết|còn_muốn|muốn_tiếp_tục ~1 sống ~1 nữa|tiếp|trên_đời|$ !ở|chung|cùng|với
        tự_tử|tự_sát|tự_vẫn|quyên_sinh|kết_liễu_đời|kết_thúc_cuộc_đời|kết_thúc_cuộc_sống|tự_kết_liễu|treo_cổ_tự
        rạch|cắt|cứa ~1 tay|cổ_tay ~1 mình|nữa|lại|$ !băng|móng
        làm_đau_bản_thân|tự_hại|tự_làm_đau|tự_làm_tổn_thương
        không|ko ~1 muốn ~1 thức_dậy ~1 nữa|lần_nữa
        sống ~1 làm_gì|không_còn_ý_nghĩa|vô_nghĩa ~1 nữa|$
    ",
    crisis: "",
    minor: "
        tôi|tui|mình|em|cháu|tớ ~1 # tuổi
        tôi|tui|mình|em|cháu|tớ ~1 mới|còn|chỉ # ~1 tuổi|thôi|$
        em|mình|tớ|cháu ~1 học|đang_học ~1 lớp 5|6|7|8|9|10|11|năm|sáu|bảy|tám|chín|mười
        em|mình|tớ|cháu ~1 chưa|dưới ~1 đủ? ~0 18|mười_tám|tuổi_vị_thành_niên
        vị_thành_niên|chưa_đủ_tuổi|học_sinh_cấp_2|học_sinh_cấp_hai|học_sinh_cấp_3
    ",
    grief: "",
    money_trouble: "",
    refund_dispute: "",
    harmless: "
        cười|nóng|mệt|ngon|đẹp|lạnh|đói|xinh|thèm|yêu|nhớ|dễ_thương|ngại|xấu_hổ|quê|vui|mắc_cỡ ~2 muốn|đến ~0 chết|xỉu
        chết ~1 cười|mất_thôi|ngất|vì_cười|vì_ngại|vì_xấu_hổ|vì_đói|mê
        phim|truyện|game|bài_hát|nhân_vật ~4 tự_tử|tự_sát|chết
        tự_sát ~1 đội|biệt|đánh_bom
    ",
    other_ages: "
        con|con_trai|con_gái|em_trai|em_gái|cháu|chó|mèo ~1 tôi|mình|em|của_tôi|của_mình ~2 # tuổi
        hồi|khi|lúc|năm ~2 # tuổi
        # tuổi ~1 rồi_mới|đã_từng
        hồi ~3 lớp ##
    ",
    urges_harm: "",
    courts_minor: "",
    slips: "",
};
