// Lists that are longer than a test could write: the API's answers are made up, page by page; what is looked at is the page.

/** So many conversations; `bot` must be one of the person's for them to be answered. */
export function manyConversations(page, count, bot = "bot") {
  return page.route(/\/api\/v1\/conversations\?/, async (route) => {
    const at = Number(new URL(route.request().url()).searchParams.get("cursor") ?? 0);
    const row = (number) => ({
      id: `cnv_${number}`, bot_id: bot, fan_id: "fan", name: `Fan ${number}`, snippet: "hello", from_fan: true, last_message_id: "1",
      reachability: "reachable", unanswered: 1, last_activity: new Date(Date.UTC(2026, 0, 1) - number * 1000).toISOString(),
    });
    const conversations = Array.from({ length: Math.min(50, count - at) }, (_, number) => row(at + number));
    await route.fulfill({ json: { conversations, next_cursor: at + 50 < count ? String(at + 50) : null } });
  });
}

const WORDS = "do you remember the winter by the sea when it snowed all night and nobody went home before the morning came".split(" ");
/** Some of one line, some of several. */
const text = (number) => `${number}: ${WORDS.slice(0, 1 + (number * 7) % WORDS.length).join(" ")}`;

/** So many messages in a conversation that exists: message 1 is the oldest, ten minutes lie between two. `held` says what a page waits for. */
export function longChat(page, conversation, count, held = () => null) {
  return page.route(new RegExp(`/api/v1/conversations/${conversation.id}/messages(\\?|$)`), async (route) => {
    if (route.request().method() !== "GET") return route.continue();
    const query = new URL(route.request().url()).searchParams;
    const [newest, limit] = [Number(query.get("cursor") ?? count), Number(query.get("limit") ?? 50)];
    await held(newest);
    const message = (number) => ({
      id: `msg_${number}`, at: new Date(Date.UTC(2026, 0, 1) - (count - number) * 600_000).toISOString(), kind: "text", text: text(number), spans: [], reactions: [],
      ...(number % 3 ? { author: "fan", direction: "in", delivery: "received" } : { author: "ai", direction: "out", delivery: "sent" }), telegram_message_id: String(number),
    });
    const messages = Array.from({ length: Math.min(limit, newest) }, (_, at) => message(newest - at));
    const next = newest - limit;
    await route.fulfill({ json: { conversation: { ...conversation, last_message_id: String(count) }, messages, next_cursor: next > 0 ? String(next) : null } });
  });
}
