//! Chinese.

use super::Talk;

pub(super) static TALK: Talk = Talk {
    nameless: "此机器人的主人",
    start: "\
你好！这是 {creator} 的机器人。你在这里写的内容都会传达给 {creator}。

回复你的是真人。目前这个聊天里没有 AI 写消息。

/help – 你可以在这里做什么
/privacy – 保存了哪些关于你的信息",
    start_with_ai: "\
你好！这是 {creator} 的机器人。你在这里写的内容都会传达给 {creator}。

请注意：这里可能由 AI 回复你。它是计算机程序，不是真人。想找真人时，随时发送 /human。

/help – 你可以在这里做什么
/privacy – 保存了哪些关于你的信息",
    help: "\
直接写就好，{creator} 会看到。命令：

/human – 找真人
/stop – 不再接收广告消息
/noai – 不让 AI 读取或回复你（/ai 重新允许）
/restrict – 你的数据只保存、不使用（/unrestrict 结束）
/privacy – 保存了哪些关于你的信息以及你的权利
/export – 你的数据副本
/delete – 删除你的数据
/forget – 删除 AI 记下的关于你的一切
/paysupport – 付款方面的帮助
/start – 欢迎语
/help – 此列表",
    stop: "\
好了。这个机器人不会再给你发送广告消息。

你仍然可以随时在这里写消息，也会得到回复。如果想重新接收这些消息，在这里说一声即可。",
    human: "\
已记录：你想找真人。这个聊天本来就由真人回复，{creator} 会看到你的请求。可能需要一点时间。",
    human_with_ai: "\
已记录：你想找真人。在此期间，这个聊天里不会有 AI 写消息。{creator} 会看到你的请求；预计 {hours} 小时内会有回复。如果到时还没有人回复，AI 可能会再次写消息，并会说明自己是 AI。",
    no_ai: "\
好了。在这里以及 {creator} 的其他机器人里，不会再有 AI 读取你写的内容或回复你。只有你自己可以用 /ai 重新允许。真人仍然可以回复你。",
    ai: "\
已记录：如果 {creator} 使用 AI，AI 可以再次参与这里的对话，并会说明自己是 AI。/noai 可立即停止。",
    paysupport: "\
这个机器人目前不出售任何东西。如果你认为自己在这里付过款，请在此聊天中说明日期和金额，{creator} 会看到。你也可以写信到 {support}。Telegram 官方支持无法处理付给机器人的款项。",
    forget: "\
好了。这个机器人的 AI 记下的关于你的内容已全部删除，不会再被使用。你的消息本身会保留；保留多久见 /privacy。若要删除某条消息或其他内容，请在此聊天中说明，{creator} 会看到，或写信到 {support} 并注明此机器人。",
    not_for_sale: "目前还不能从这个机器人购买任何东西。你没有被扣款。",
};
