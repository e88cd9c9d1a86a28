// How long the way in is: every tap from signing up to the first answer, and what an invitation asks of somebody new.
import { until } from "../host.mjs";
import { invitation } from "../people.mjs";
import { Watched } from "../watch.mjs";

const MOST_TAPS = 12;
const PHONE = { viewport: { width: 360, height: 740 } };

/** Counts in the page itself, so that no way of pressing goes uncounted; typing a letter is no tap. */
async function counted(page) {
  let taps = 0;
  await page.exposeBinding("__tapped", () => void taps++);
  await page.addInitScript(() => {
    addEventListener("pointerdown", (event) => event.isTrusted && __tapped(), true);
    addEventListener("keydown", (event) => event.isTrusted && event.key.length > 1 && __tapped(), true);
  });
  return () => taps;
}

export default (it) => {
  const { step, host, chromium, origin, mira, page, PASSWORD } = it;

  step("from the sign-up page to the first answered message at most 12 taps are needed", async () => {
    const nia = await Watched.open(chromium, origin, PHONE);
    nia.expected.push(/401/);
    const taps = await counted(nia.page);
    const button = (name) => nia.page.getByRole("button", { name, exact: true });
    const type = async (label, text) => {
      const field = nia.page.getByLabel(label, { exact: true });
      await field.waitFor();
      // Where the page puts the caret by itself, nobody has to tap.
      if (!(await field.evaluate((it) => it === document.activeElement))) await field.click();
      await nia.page.keyboard.insertText(text);
    };
    await nia.page.goto(`${origin}/signup`);
    await type("Your name", "Nia Holm");
    await type("Email", "nia@example.com");
    await type("Password", PASSWORD);
    await nia.page.getByLabel("I am 18 or older.").click();
    await nia.page.getByRole("checkbox").nth(1).click();
    const before = await host.code();
    await button("Create account").click();
    await type("Code", await until(async () => ((await host.code()) !== before ? host.code() : null), "a mail with a code"));
    await button("Continue").click();
    const bot = await host.world("POST", "/bots", { username: "nia_holm_bot", first_name: "Nia" });
    await type("BotFather's message or the token", bot.message);
    await button("Connect").click();
    await button("Yes, it is mine").click();
    await nia.page.getByText("Waiting for your message").waitFor();
    const { id } = await host.world("POST", "/people", { first_name: "Sol", language_code: "en" });
    for (const act of [{ act: "start" }, { act: "text", text: "first words" }]) await host.world("POST", `/people/${id}/acts`, { bot: bot.username, ...act });
    await nia.page.getByRole("link", { name: "Answer it" }).click();
    await type("Your answer", "and an answer");
    let release;
    const held = new Promise((done) => (release = done));
    await nia.page.route(/\/messages(\?|$)/, async (route) => {
      if (route.request().method() === "GET") await held;
      await route.continue();
    });
    await button("Send").click();
    // The message itself offers to be taken back; on a phone no notice covers it.
    await nia.page.getByRole("log").getByRole("button", { name: "Undo" }).waitFor();
    if (await nia.page.getByRole("status").getByText("Queued").count()) throw new Error("a notice covers the chat");
    release();
    await nia.page.locator('[data-delivery="sent"]', { hasText: "and an answer" }).waitFor({ timeout: 20_000 });
    if (taps() > MOST_TAPS) throw new Error(`${taps()} taps`);
    console.log(`      ${taps()} taps of ${MOST_TAPS}`);
    nia.verify();
    await nia.context.close();
  });

  step("who is invited signs up, accepts, and sees that workspace", async () => {
    mira.expected.push(/403.*\/workspace\/invitations/);
    await it.go("/team");
    await it.button("Invite").click();
    await page.getByRole("dialog").getByLabel("Email").fill("juno@example.com");
    await mira.state("team-invite");
    await page.getByRole("dialog").getByRole("button", { name: "Send invitation" }).click();
    const password = page.getByRole("dialog").getByLabel("Password", { exact: true });
    const invited = page.getByText("juno@example.com").first();
    await Promise.race([password.waitFor(), invited.waitFor()]);
    if (await password.isVisible()) {
      await password.fill(PASSWORD);
      await it.button("Continue").click();
    }
    const token = await invitation(host, "juno@example.com");
    const juno = await Watched.open(chromium, origin, PHONE);
    juno.expected.push(/401/);
    const button = (name) => juno.page.getByRole("button", { name, exact: true });
    await juno.page.goto(`${origin}/invitation#${token}`);
    await juno.page.getByRole("link", { name: "Sign up", exact: true }).waitFor();
    await juno.state("invitation-guest");
    await juno.page.getByRole("link", { name: "Sign up", exact: true }).click();
    await juno.page.getByLabel("Your name").fill("Juno Park");
    await juno.page.getByLabel("Email").fill("juno@example.com");
    await juno.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await juno.page.getByLabel("I am 18 or older.").check();
    await juno.page.getByRole("checkbox").nth(1).check();
    const before = await host.code();
    await button("Create account").click();
    await juno.page.getByLabel("Code").fill(await until(async () => ((await host.code()) !== before ? host.code() : null), "a mail with a code"));
    await button("Continue").click();
    await button("Join").waitFor();
    await juno.state("invitation-accept");
    await button("Join").click();
    await juno.page.getByText("Welcome to Mira Vale.").waitFor();
    await juno.state("invitation-joined");
    await button("Inbox").click();
    await juno.page.locator("[data-conversation]").first().waitFor();
    await juno.page.goto(`${origin}/inbox/${it.conversation}`);
    await juno.page.getByRole("log").getByText("hello from Robin").waitFor();
    juno.verify();
    await juno.context.close();
  });
};
