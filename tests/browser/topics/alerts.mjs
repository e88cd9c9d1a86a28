// What waits is told in the owner's own Telegram, and decided there.
import { until } from "../host.mjs";
import { DRAFT_GONE, asPage } from "../people.mjs";

export default (it) => {
  const { step, host, mira, page, visible, button, go, proving } = it;
  const person = async (first_name) => (await host.world("POST", "/people", { first_name, language_code: "en" })).id;
  const acts = (who, body) => host.world("POST", `/people/${who}/acts`, { bot: it.bot.username, ...body });
  const told = async (who, words) => {
    const chat = await host.world("GET", `/bots/${it.bot.username}/chats/${who}`);
    return chat.messages.map((entry) => entry.message).findLast((message) => message.text?.includes(words));
  };

  step("a link lets one's own Telegram chat hear of what waits", async () => {
    await go("/bots");
    await button("Alerts in Telegram").click();
    await visible("Nobody hears of this bot’s fans in Telegram yet.");
    await mira.state("alerts-none");
    await button("Get alerts on my phone").click();
    const link = page.locator('a[href*="?start="]');
    await proving(link);
    await mira.state("alerts-link");
    const payload = new URL(await link.getAttribute("href")).searchParams.get("start");
    it.owner = await person("Mira");
    await acts(it.owner, { act: "start", payload });
    await visible("Your chat with the bot hears from now on of what waits.");
    await link.waitFor({ state: "detached" });
    await mira.state("alerts");
  });

  step("a draft is approved once from the owner's own Telegram, and the page shows it", async () => {
    mira.expected.push(DRAFT_GONE);
    await go("/sofi");
    const drafts = page.getByRole("radio", { name: /Draft only/ });
    await drafts.waitFor();
    if (!(await drafts.isChecked())) {
      await drafts.check();
      await visible("Sofi: Draft only");
    }
    const fan = await person("Toni");
    await acts(fan, { act: "text", text: "do you like autumn?" });
    await go("/inbox");
    await page.locator("[data-conversation]", { hasText: "Toni" }).click();
    const draft = page.getByRole("region", { name: "Sofi's draft" });
    await draft.waitFor({ timeout: 40_000 });
    const alert = await until(() => told(it.owner, "do you like autumn?"), "the owner is told of the draft", 40);
    const buttons = alert.reply_markup.inline_keyboard.flat().map((one) => one.text).join(" ");
    if (!/Send.*Discard.*Edit.*Take over/.test(buttons)) throw new Error(`buttons: ${buttons}`);
    await acts(it.owner, { act: "press", message_id: alert.message_id, data: "alert:approve" });
    await draft.waitFor({ state: "detached", timeout: 20_000 });
    await page.locator('article.ai[data-delivery="sent"]').waitFor({ timeout: 20_000 });
    const sent = (await host.world("GET", `/bots/${it.bot.username}/chats/${fan}`)).messages.filter((entry) => entry.from_bot);
    if (sent.length !== 1) throw new Error(`sent ${sent.length} times`);
  });

  step("a press on “Take over” in the owner's own Telegram takes the conversation over", async () => {
    mira.expected.push(DRAFT_GONE);
    const fan = await person("Ivo");
    await acts(fan, { act: "text", text: "what did you cook today?" });
    const alert = await until(() => told(it.owner, "what did you cook today?"), "the owner is told of the draft", 40);
    await go("/inbox?view=all");
    await page.getByRole("region", { name: "Conversations" }).getByRole("link", { name: /^Ivo/ }).click({ timeout: 15_000 });
    await button("Take over").waitFor();
    await acts(it.owner, { act: "press", message_id: alert.message_id, data: "alert:take_over" });
    await page.getByRole("timer").waitFor({ timeout: 20_000 });
    await page.getByText("You answer ·").waitFor();
    const id = new URL(page.url()).pathname.split("/").pop();
    const { conversation } = await asPage(page, "GET", `/conversations/${id}/messages`);
    if (conversation.hold?.reason !== "person") throw new Error(`the hold: ${JSON.stringify(conversation.hold)}`);
  });

  step("quiet hours are set and ended, and hold back what can wait", async () => {
    const mine = async () => (await asPage(page, "GET", "/workspace/members")).members.find((one) => one.you).quiet_hours ?? null;
    const sign = (ms) => new Date(Date.now() + ms).toISOString().slice(11, 16);
    await go("/more");
    const box = page.getByRole("checkbox", { name: "Keep alerts back" });
    await box.check();
    await mira.state("quiet-hours-begun");
    const hours = { from: sign(-3_600_000), to: sign(3_600_000), time_zone: "UTC" };
    await page.getByLabel("From", { exact: true }).fill(hours.from);
    await page.getByLabel("To", { exact: true }).fill(hours.to);
    await page.getByLabel("Time zone").selectOption(hours.time_zone);
    const form = page.locator("form", { has: page.getByRole("heading", { name: "Quiet hours of alerts" }) });
    await button("Save", form).click();
    await visible("Quiet hours are set.");
    await page.reload();
    await page.getByLabel("From", { exact: true }).waitFor();
    await mira.state("quiet-hours");
    if (JSON.stringify(await mine()) !== JSON.stringify(hours)) throw new Error(`set: ${JSON.stringify(await mine())}`);
    const fan = await person("Rex");
    await acts(fan, { act: "text", text: "/human" });
    const help = await person("Sol");
    await acts(help, { act: "text", text: "i want to kill myself" });
    await until(() => told(it.owner, "may be in distress"), "distress is told of at any hour", 40);
    if (await told(it.owner, "Rex")) throw new Error("what can wait was told in quiet hours");
    await box.uncheck();
    await visible("Alerts come at any hour again.");
    if (await mine()) throw new Error(`ended: ${JSON.stringify(await mine())}`);
    const { conversations } = await asPage(page, "GET", "/conversations?view=care");
    await asPage(page, "DELETE", `/conversations/${conversations.find((one) => one.name === "Sol").id}/care`);
  });

  step("alerts are ended on the page", async () => {
    await go("/bots");
    await button("Alerts in Telegram").click();
    await button("Stop").click();
    await visible("No more alerts there.");
  });
};
