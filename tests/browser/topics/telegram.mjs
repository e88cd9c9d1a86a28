// The Telegram page: whoever has it open makes a bot there and is several fans, each in a chat of their own.
import { until } from "../host.mjs";
import { owner } from "../people.mjs";
import { Watched } from "../watch.mjs";

const FANS = ["Quill", "Zephyr"];

export default (it) => {
  const { step, host, chromium, PASSWORD } = it;
  let telegram;
  let tess;
  const row = (name) => telegram.page.locator("button.person", { hasText: name });
  const said = (text) => telegram.page.locator("ol.messages").getByText(text);
  const press = (name) => telegram.page.getByRole("button", { name, exact: true }).click();
  const people = async () => (await host.world("GET", "/state")).people;

  step("a bot is made on the Telegram page, and what BotFather writes there connects it", async () => {
    telegram = await Watched.open(chromium, host.telegram);
    const { page } = telegram;
    await page.goto(`${host.telegram}/#botfather`);
    await page.getByLabel("Name", { exact: true }).fill("Tess");
    await page.getByLabel("Username").fill("tess_ray_bot");
    await press("Make the bot");
    const letter = await page.locator(".letter-text").textContent();
    tess = await owner(host, "Tess Ray", "tess@example.com", PASSWORD);
    await tess.ask("POST", "/bots", { token: letter });
    telegram.verify();
  });

  step("one person is two fans on the Telegram page, and each sees what was written to them", async () => {
    const { page } = telegram;
    await page.getByRole("link", { name: "Chats", exact: true }).click();
    for (const name of FANS) {
      const known = (await people()).map((one) => one.id);
      await press("Add a fan");
      const { id } = await until(async () => (await people()).find((one) => !known.includes(one.id)), "a fan is added");
      await host.world("PATCH", `/people/${id}`, { first_name: name, last_name: "" });
      await row(name).click();
      await press("Start");
      const field = page.getByRole("textbox", { name: "Message", exact: true });
      await field.fill(`this is ${name}`);
      await field.press("Enter");
      await said(`this is ${name}`).waitFor();
    }
    const chats = await until(async () => {
      const { conversations } = await tess.ask("GET", "/conversations?view=all");
      return conversations.length === FANS.length && conversations;
    }, "both fans have written");
    for (const name of FANS) {
      const { id } = chats.find((one) => one.name.startsWith(name));
      await tess.ask("POST", `/conversations/${id}/messages`, { text: `only for ${name}` });
    }
    for (const name of FANS) {
      await row(name).click();
      await said(`only for ${name}`).waitFor({ timeout: 15_000 });
      const shown = await page.locator("ol.messages").innerText();
      const foreign = FANS.filter((other) => other !== name && shown.includes(other));
      if (foreign.length) throw new Error(`${name} sees what was written to ${foreign}: ${shown}`);
    }
    telegram.verify();
    await telegram.context.close();
  });
};
