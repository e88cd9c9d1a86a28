// What a chat looks like when something is the matter: with the delivery, with the fan, or because a person is asked for.
import { until } from "../host.mjs";
import { DRAFT_GONE, asPage, chatWith, setMode } from "../people.mjs";

/** By so many seconds the page's clock of a lease may differ from the API's. */
const MOST_OFF = 2;

export default (it) => {
  const { step, host, mira, page, visible, button, go } = it;
  const log = page.getByRole("log");
  const timer = page.getByRole("timer");
  const fault = (chat, kind) => host.world("POST", "/faults", { bot: it.bot.id, method: "sendMessage", chat, count: 1, fault: { kind } });
  const send = async (text) => {
    await page.getByLabel("Your answer").fill(text);
    await page.keyboard.press("Control+Enter");
  };
  /** Seconds of "4:09" and of "1:04:09". */
  const seconds = (text) => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  /** The lease that is shown is the API's, and goes by in front of whoever looks. */
  async function leased(chat, reason) {
    await timer.waitFor({ timeout: 15_000 });
    const { hold } = (await asPage(page, "GET", `/conversations/${chat}/messages`)).conversation;
    if (hold?.reason !== reason) throw new Error(`the hold: ${JSON.stringify(hold)}`);
    for (let look = 0; look < 3; look++) {
      const before = seconds(await timer.textContent());
      await until(async () => seconds(await timer.textContent()) < before, "the lease goes by", 3);
      const text = await timer.textContent();
      const off = seconds(text) - (Date.parse(hold.until) - Date.now()) / 1000;
      if (!(Math.abs(off) <= MOST_OFF)) throw new Error(`${text} is ${off} s off`);
    }
  }

  /** What did not arrive, on home. */
  const waiting = page.locator(".card", { has: page.getByRole("heading", { name: "Not delivered" }) });
  let chat;
  step("how long a person has taken over is the API's own time, and goes by", async () => {
    mira.expected.push(DRAFT_GONE);
    await setMode(page, "draft");
    chat = await chatWith(it, "Ulf", "are you about?");
    await button("Take over").click();
    await leased(chat.conversation, "person");
  });

  step("an answer of which nobody knows whether it arrived says so, and is not sent again", async () => {
    mira.expected.push(DRAFT_GONE);
    await fault(chat.id, "lose_answer");
    await send("did this arrive?");
    const unknown = log.locator('[data-delivery="unknown"]', { hasText: "did this arrive?" });
    await unknown.getByText("Telegram did not say whether it arrived.").waitFor({ timeout: 40_000 });
    await mira.state("delivery-unknown");
    // What is sent after it has been sent after it.
    await send("and this one");
    await log.locator('[data-delivery="sent"]', { hasText: "and this one" }).waitFor({ timeout: 20_000 });
    const times = (await chat.received()).filter((text) => text === "did this arrive?").length;
    if (times !== 1) throw new Error(`the fan got it ${times} times`);
  });

  step("what may not have arrived waits on home, until it is sent again", async () => {
    mira.expected.push(DRAFT_GONE);
    await go("/");
    const link = waiting.getByRole("link", { name: /^Ulf/ });
    await link.waitFor();
    await mira.state("home-unsent");
    await link.click();
    const unknown = log.locator('[data-delivery="unknown"]', { hasText: "did this arrive?" });
    const notice = page.getByText("was not delivered, or may not have arrived.");
    await notice.waitFor();
    await mira.state("chat-unsent");
    await button("Send again", unknown).click();
    await log.locator('[data-delivery="sent"]', { hasText: "did this arrive?" }).waitFor({ timeout: 20_000 });
    await notice.waitFor({ state: "detached" });
    await until(async () => (await chat.received()).filter((text) => text === "did this arrive?").length === 2, "the fan got it again");
    const { conversations } = await asPage(page, "GET", "/conversations?view=unsent");
    if (conversations.length) throw new Error(`still waiting: ${conversations.map((one) => one.name)}`);
  });

  step("an answer that was refused says why, and so does the place for the next one", async () => {
    mira.expected.push(DRAFT_GONE);
    await fault(chat.id, "blocked");
    await send("nobody reads this");
    const failed = log.locator('[data-delivery="failed"]', { hasText: "nobody reads this" });
    await failed.getByText("Not delivered").waitFor({ timeout: 20_000 });
    await visible("The fan has blocked the bot.");
    await mira.state("delivery-failed");
    // Nobody can write there any more: it is put aside where it was found.
    if (await button("Send again", failed).count()) throw new Error("it offers to send to somebody who cannot be reached");
    await go("/");
    await waiting.getByRole("button", { name: "Dealt with: Ulf" }).click();
    await visible("Noted as dealt with.");
    await waiting.waitFor({ state: "detached" });
  });

  step("a fan who may need help is seen at once, until a person ends it", async () => {
    mira.expected.push(DRAFT_GONE);
    await chatWith(it, "Wim", "i want to kill myself");
    const strip = page.getByText("Care mode: this fan may need help.");
    await strip.waitFor({ timeout: 20_000 });
    await mira.state("care");
    await button("End care mode").click();
    await visible("Care mode has ended.");
    await strip.waitFor({ state: "detached" });
  });

  step("a fan who asks for a person is shown with the time that Sofi is silent", async () => {
    mira.expected.push(DRAFT_GONE);
    chat = await chatWith(it, "Xena", "good evening");
    await chat.acts({ act: "text", text: "/human" });
    await page.getByText("Fan wants a person ·").waitFor({ timeout: 20_000 });
    await leased(chat.conversation, "fan");
    await mira.state("hold-fan");
    // What the bot has answered since is not shown as the fan's words.
    await go("/");
    await page.getByRole("link", { name: /^Xena/ }).first().getByText(/^Sent: /).waitFor();
  });

  step("an audit log in which nothing fits says so", async () => {
    await go("/audit?from=2099-01-01");
    await visible("Nothing was recorded that fits.");
    await mira.state("audit-empty");
  });
};
