// A fan is erased: by the team, and by the fan's own word in the chat. What is left of it is a record that names nobody.
import { until } from "../host.mjs";

export default (it) => {
  const { step, host, mira, page, visible, button, go, PASSWORD } = it;
  const person = async (first_name, last_name) => (await host.world("POST", "/people", { first_name, last_name, language_code: "en" })).id;
  const acts = (who, body) => host.world("POST", `/people/${who}/acts`, { bot: it.bot.username, ...body });
  const messages = async (who) => (await host.world("GET", `/bots/${it.bot.username}/chats/${who}`)).messages.map((entry) => entry.message);
  const row = (name) => page.getByRole("row", { name });

  step("before anybody asked, the page says how one does", async () => {
    await go("/privacy");
    await visible("Nobody has asked yet.");
    await mira.state("privacy-empty");
  });

  step("a fan is erased from the profile, by typing the name and proving who one is", async () => {
    mira.expected.push(/403.*\/privacy\/erasures/);
    const quinn = await person("Quinn", "Ashdown");
    for (const text of ["the first of two", "the second of two"]) await acts(quinn, { act: "text", text });
    await go("/inbox?view=all");
    await page.getByRole("region", { name: "Conversations" }).getByRole("link", { name: /^Quinn/ }).click({ timeout: 15_000 });
    for (const text of ["the first of two", "the second of two"]) await page.getByRole("log").getByText(text).waitFor({ timeout: 15_000 });
    await page.getByRole("complementary", { name: "Fan" }).getByRole("link", { name: "Open profile" }).click();
    await page.getByRole("heading", { name: "Quinn Ashdown", level: 1 }).waitFor();
    await mira.state("fan-privacy");
    await button("Erase this fan").click();
    const dialog = page.getByRole("dialog", { name: "Erase this fan" });
    await dialog.getByText("This cannot be undone.").waitFor();
    const erase = button("Erase this fan", dialog);
    if (await erase.isEnabled()) throw new Error("nothing was typed");
    await dialog.getByLabel("Type Quinn Ashdown to confirm").fill("quinn ashdown");
    await mira.state("erase-fan");
    // A login proves who is there for five minutes: the page is told that they are over.
    const over = { status: 403, contentType: "application/problem+json", body: JSON.stringify({ code: "step_up_required", message: "", field_errors: [], request_id: "over" }) };
    await page.route(/\/privacy\/erasures$/, (route) => route.fulfill(over), { times: 1 });
    // What takes a moment only is held while it is looked at.
    await page.route(/\/privacy\/requests/, async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      const running = (one) => ({ ...one, state: "running", finished_at: null, erased: [{ kind: "message", rows: 1 }], remains: [] });
      await route.fulfill({ response, json: body.requests ? { ...body, requests: body.requests.map(running) } : running(body) });
    });
    await erase.click();
    const proof = page.getByRole("dialog", { name: "Is it you?" });
    await proof.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await button("Continue", proof).click();
    await page.waitForURL(/\/privacy\/prq_\w+$/);
    await row("Messages 1").waitFor();
    await page.getByText("Running", { exact: true }).waitFor();
    await mira.state("privacy-running");
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });

  step("the page sees it finished, and keeps the record", async () => {
    await page.getByText("Everything is deleted since").waitFor({ timeout: 40_000 });
    await page.getByText("Asked by: Mira Vale").waitFor();
    await row("Messages 2").waitFor();
    await mira.state("privacy-finished");
    const [file] = await Promise.all([page.waitForEvent("download"), button("Download record").click()]);
    const stream = await file.createReadStream();
    let text = "";
    for await (const piece of stream) text += piece;
    const record = JSON.parse(text);
    if (record.state !== "finished" || !page.url().endsWith(record.id) || !record.remains.length || /quinn/i.test(text)) throw new Error(`the record: ${text}`);
  });

  step("the certificate is saved as it was signed", async () => {
    await button("Download certificate").waitFor({ timeout: 40_000 });
    const [file] = await Promise.all([page.waitForEvent("download"), button("Download certificate").click()]);
    const stream = await file.createReadStream();
    let text = "";
    for await (const piece of stream) text += piece;
    const { certificate, signature, ...more } = JSON.parse(text);
    const it = JSON.parse(certificate);
    const isWhole = it.format === "sofi-erasure" && page.url().endsWith(it.request) && it.deleted.keys.fan_key === 1 && it.deleted.tenant.message === 2;
    if (!isWhole || Object.keys(more).length || !signature || /quinn/i.test(text)) throw new Error(`the certificate: ${text}`);
    if (text !== JSON.stringify({ certificate, signature })) throw new Error("it is not saved as it was given");
  });

  step("nothing of the fan is in any list", async () => {
    // The chat from which it began is gone, and says so.
    mira.expected.push(/404.*\/conversations\//);
    await page.goBack();
    await page.getByText("There is no such conversation here").waitFor();
    if (/\/fans\//.test(page.url())) throw new Error("back to a profile that is gone");
    await go("/fans?query=quinn");
    await visible("Nobody fits.");
    await go("/inbox?view=all");
    await page.locator("[data-conversation]").first().waitFor();
    if (await page.locator("[data-conversation]", { hasText: "Quinn" }).count()) throw new Error("the conversation is still listed");
  });

  step("a fan erases themselves by /delete in the chat, and the team sees that they asked", async () => {
    const remi = await person("Remi");
    await acts(remi, { act: "text", text: "hello and goodbye" });
    await acts(remi, { act: "text", text: "/delete" });
    const question = await until(async () => (await messages(remi)).findLast((message) => message.reply_markup?.inline_keyboard), "the bot asks whether everything shall go", 40);
    const data = question.reply_markup.inline_keyboard.flat()[0].callback_data;
    await acts(remi, { act: "press", message_id: question.message_id, data });
    await until(async () => (await messages(remi)).some((message) => /here is deleted/.test(message.text ?? "")), "the last word", 40);
    await go("/privacy");
    const request = page.getByRole("link", { name: /Asked by: the fan, in the bot/ });
    await request.getByText("Finished", { exact: true }).waitFor({ timeout: 15_000 });
    await page.getByRole("link", { name: /Asked by: Mira Vale/ }).waitFor();
    await mira.state("privacy");
    await request.click();
    await row(/^Messages [1-9]/).waitFor();
    await go("/fans?query=remi");
    await visible("Nobody fits.");
  });
};
