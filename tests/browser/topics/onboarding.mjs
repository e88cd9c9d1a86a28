// The way in when something is in it: a dead token, a bot that another service has, a webhook that is gone; and every step done.
import { until } from "../host.mjs";
import { ask, asPage, person } from "../people.mjs";
import { Watched } from "../watch.mjs";

export default (it) => {
  const { host, chromium, origin, PASSWORD } = it;
  const EMAIL = "gia@example.com";
  let gia;
  let page;
  let bot;
  const step = (name, run) => it.step(name, async () => (await run(), gia.verify()));
  const button = (name, where = page) => where.getByRole("button", { name, exact: true });
  const pasted = () => page.getByLabel("BotFather's message or the token");
  const check = (text) => page.getByRole("listitem").filter({ hasText: text });
  const acts = (who, body) => host.world("POST", `/people/${who}/acts`, { bot: bot.username, ...body });
  const guest = async (first_name) => (await host.world("POST", "/people", { first_name, language_code: "en" })).id;
  /** What another program does that has the bot's token. */
  async function elsewhere(method, body = {}) {
    const answer = await fetch(`${host.telegram}/bot${bot.token}/${method}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method}: ${answer.status} ${await answer.text()}`);
  }
  /** Telegram takes one webhook a second, and says so: who is told to wait presses again. */
  async function patiently(pressed, shown) {
    await pressed.click();
    await until(async () => {
      if (await shown.isVisible()) return true;
      if (await page.getByText("Too many requests").isVisible()) await pressed.click();
      return false;
    }, "what comes of it is shown");
  }
  async function connect(text) {
    await pasted().fill(text);
    await button("Connect").click();
  }

  step("a token that Telegram does not take is refused with its cause and what to do", async () => {
    const made = await person(host, "Gia Sand", EMAIL, PASSWORD);
    await made.ask("POST", "/workspaces", { name: "Gia Sand" });
    const { version, sha256 } = await ask(host, "", "GET", "/documents/dpa");
    await made.ask("POST", "/agreements", { document: "dpa", version, sha256 });
    gia = await Watched.open(chromium, origin);
    page = gia.page;
    gia.expected.push(/401/, /422.*\/bots/);
    await page.goto(`${origin}/login?to=%2Fstart`);
    await page.getByLabel("Email").fill(EMAIL);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await button("Log in").click();
    await page.getByRole("heading", { name: "Get ready" }).waitFor();
    const revoked = await host.world("POST", "/bots", { username: "gia_sand_bot", first_name: "Gia" });
    bot = await host.world("POST", "/bots/gia_sand_bot/revoke");
    await connect(revoked.message);
    const alert = page.getByRole("alert");
    await alert.getByText("it was revoked, or something is missing").waitFor();
    await alert.getByText("Copy the current one from BotFather").waitFor();
    await gia.state("start-refused");
  });

  step("a bot that another service has is taken over only by whoever says so", async () => {
    gia.expected.push(/409.*\/bots/, /429.*\/bots/);
    await elsewhere("setWebhook", { url: "https://elsewhere.example.com/hook" });
    await connect(bot.message);
    await page.getByRole("alert").getByText("elsewhere.example.com").waitFor();
    const box = page.getByRole("checkbox", { name: "Take the bot over from the service that uses it now" });
    await box.waitFor();
    await gia.state("start-take-over");
    await box.check();
    await patiently(button("Connect"), page.getByText("Is this your bot?"));
    await gia.state("start-asked");
    // Nothing is connected, and nobody's webhook is touched, before somebody has said that it is theirs.
    const { webhook } = await host.world("GET", "/bots/gia_sand_bot");
    if (webhook.url !== "https://elsewhere.example.com/hook") throw new Error(`the webhook went to ${webhook.url} unasked`);
    if ((await asPage(page, "GET", "/bots")).bots.length) throw new Error("a bot is connected before anybody has said whose it is");
    await button("No, another one").click();
    await connect(bot.message);
    await page.getByRole("alert").getByText("elsewhere.example.com").waitFor();
    await box.check();
    await button("Connect").click();
    await patiently(button("Yes, it is mine"), page.getByText(`it ends in ${bot.token.slice(-4)}`));
  });

  step("a webhook that is gone is a red step with its cause, and mended there", async () => {
    await check("Webhook secret").getByText("OK", { exact: true }).waitFor();
    await elsewhere("deleteWebhook");
    await button("Check again").click();
    const red = check("No webhook is set: messages of fans wait at Telegram");
    await red.getByText("Problem", { exact: true }).waitFor();
    await gia.state("start-red");
    gia.expected.push(/429.*\/bots/);
    await patiently(button("Set the webhook again", red), page.getByText("Repaired."));
    await red.waitFor({ state: "detached" });
    await until(async () => (await page.getByText("Problem", { exact: true }).count()) === 0, "no step is red");
  });

  step("a bot that is not one's own is disconnected once its name is typed, another one can be pasted, and one's own is confirmed", async () => {
    // Said for this address only: whoever comes by another one is asked again.
    const [{ id }] = (await asPage(page, "GET", "/bots")).bots;
    await page.goto(`${origin}/start?bot=${id}`);
    await button("No, another one").click();
    const dialog = page.getByRole("dialog", { name: "Disconnect" });
    await dialog.getByLabel("Type gia_sand_bot to confirm").fill("gia_sand_bot");
    await gia.state("start-no");
    // Whoever takes longer than five minutes to get here is asked who they are.
    gia.expected.push(/403.*\/bots/);
    await button("Disconnect", dialog).click();
    const gone = page.getByText("Disconnected, and the webhook is removed.");
    const proof = page.getByRole("dialog", { name: "Is it you?" });
    await Promise.race([gone.waitFor(), proof.waitFor()]);
    if (await proof.isVisible()) {
      await proof.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await button("Continue", proof).click();
    }
    await gone.waitFor();
    await pasted().waitFor();
    await gia.state("start-again");
    await connect(bot.message);
    await button("Yes, it is mine").click();
    await button("Yes, it is mine").waitFor({ state: "detached" });
    if (await page.getByRole("button", { name: "No, another one" }).count()) throw new Error("it is still asked whose bot it is");
    await page.getByText("Waiting for your message").waitFor();
  });

  step("with the link of the page one's own chat hears of what waits, and nobody else's", async () => {
    const chat = page.getByRole("link", { name: "Open the chat" });
    const payload = await until(async () => new URL(await chat.getAttribute("href")).searchParams.get("start"), "the link begins alerts");
    await page.getByText("With this link your chat with the bot also tells you").waitFor();
    const [{ id }] = (await asPage(page, "GET", "/bots")).bots;
    const hearers = async () => (await asPage(page, "GET", `/bots/${id}/alerts`)).alerts;
    if ((await hearers()).length) throw new Error("somebody hears already");
    const owner = await guest("Gia");
    await acts(owner, { act: "start", payload });
    await until(async () => (await hearers()).length === 1, "one hears");
    const [one] = await hearers();
    const me = await asPage(page, "GET", "/me");
    if (one.user_id !== me.id) throw new Error(`${one.user_id} hears`);
    // The link is good once: whoever comes second is a fan.
    const second = await guest("Tam");
    await acts(second, { act: "start", payload });
    const answered = async () => (await host.world("GET", `/bots/${bot.username}/chats/${second}`)).messages.some((entry) => entry.from_bot);
    await until(answered, "the bot greets the second");
    const after = await hearers();
    if (after.length !== 1 || after[0].since !== one.since) throw new Error(`${after.length} hear`);
    await acts(owner, { act: "text", text: "testing my own bot" });
    await page.getByRole("link", { name: "Answer it" }).waitFor({ timeout: 15_000 });
  });

  step("a voice for Sofi is saved there, and all four steps are done", async () => {
    await page.getByLabel("Voice and manner").fill("Warm, short, curious. Asks back.");
    await button("Save").click();
    await page.getByRole("link", { name: "Try it and choose when Sofi answers" }).waitFor();
    await page.reload();
    await page.getByRole("link", { name: "Try it and choose when Sofi answers" }).waitFor();
    await until(async () => (await page.getByText("Done", { exact: true }).count()) === 4, "all four are done");
    await gia.state("start-done");
    await gia.context.close();
  });
};
