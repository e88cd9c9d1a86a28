//! Turkish.

use super::Texts;

pub(super) const TEXTS: Texts = Texts {
    self_harm: "Bunu yazdığına sevindim, canının bu kadar yanmasına da çok üzüldüm. Bu bir sohbetlik konu değil: şimdi gerçek bir insana ihtiyacın var. {creator} ekibinden birine haber verildi, yazdıklarını okuyacak. Lütfen bununla yalnız kalma. Bugün biriyle konuş:",
    crisis: "Yazdıkların ciddi görünüyor ve en önemlisi senin güvenliğin. {creator} ekibinden birine haber verildi. Lütfen hemen yakınından yardım iste ve yapabiliyorsan başka insanların olduğu bir yere git.",
    minor: "Yaşını dürüstçe söylediğin için teşekkürler. Burası yalnızca 18 yaş ve üzeri içindir; bu yüzden sohbet burada bitiyor, sana başka bir şey sunulmayacak ve satılmayacak. Yanlış bir şey yapmadın. {creator} ekibinden birine haber verildi. İnternette seni endişelendiren bir şey olursa güvendiğin bir yetişkinle konuş.",
    grief: "Çok üzgünüm, başın sağ olsun. Sevdiğini kaybetmenin boşluğunu sözler doldurmaz. Burada bir şey yapman ya da cevap vermen gerekmiyor. {creator} ekibinden birine haber verildi, sana kendisi yazacak. O zamana kadar kendine iyi bak ve yakınlarının yanında olmasına izin ver.",
    money_trouble: "Anlattığın için teşekkürler. Paranı ihtiyacın olan şeylere sakla: barınmaya, yemeğe, huzuruna. Burada sana bir şey sunulmayacak ve bunda utanılacak bir şey yok. {creator} ekibinden birine haber verildi, sana yazacak.",
    refund_dispute: "Kızgınlığını anlıyorum. Buna bir makine değil, bir insan bakmalı: {creator} ekibinden birine haber verildi, ödemene ne olduğunu inceleyip sana buradan cevap verecek.",
    emergency: "Acil bir tehlike varsa 112'yi ya da bulunduğun yerin acil numarasını ara.",
    find: "Ülkendeki ücretsiz destek: https://findahelpline.com",
    lines: &[],
};
