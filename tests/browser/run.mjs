// The dashboard in a real browser: one person's way from signing up to an ended session, each page and state checked on the way.
import { Host, until } from "./host.mjs";
import { Watched, browser } from "./watch.mjs";

const EMAIL = "mira@example.com";
const PASSWORD = "correct horse battery staple";
const steps = [];
const step = (name, run) => steps.push({ name, run });
const host = await Host.start();
const chromium = await browser();
const origin = host.url;
const mira = await Watched.open(chromium, origin);
const { page } = mira;
const visible = (text) => page.getByText(text, { exact: false }).first().waitFor({ timeout: 15_000 });
const button = (name, where = page) => where.getByRole("button", { name, exact: true });
const go = (path) => page.goto(origin + path);
let bot, fan, conversation;
const act = (body) => host.world("POST", `/people/${fan}/acts`, { bot: bot.username, ...body });

step("nobody without a session sees more than the door", async () => {
  mira.expected.push(/401|422/);
  await go("/inbox");
  await page.waitForURL(/\/login\?to=%2Finbox/);
  await mira.state("login");
  await page.getByLabel("Email").fill("nobody@example.com");
  await page.getByLabel("Password", { exact: true }).fill("not the right one");
  await button("Log in").click();
  await page.getByRole("alert").waitFor();
  await page.getByText("Reference").waitFor();
  await mira.state("login-refused");
});

step("signing up takes the code from the mail on the same page", async () => {
  mira.expected.push(/422|400/);
  await go("/signup");
  await page.getByLabel("Your name").fill("Mira Vale");
  await page.getByLabel("Email").fill(EMAIL);
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByLabel("I am 18 or older.").check();
  await page.getByRole("checkbox").nth(1).check();
  await button("Create account").click();
  await page.locator("[aria-invalid=true]").first().waitFor();
  await mira.state("signup-errors");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await button("Create account").click();
  await page.getByLabel("Code").waitFor();
  await mira.state("signup-code");
  await page.getByLabel("Code").fill(await until(() => host.code(), "a mail with a code"));
  await button("Continue").click();
  await page.waitForURL(/\/start$/);
  await page.getByRole("heading", { name: "Get ready" }).waitFor();
  await mira.state("start");
});

step("an inbox without a bot says what to do", async () => {
  await go("/inbox");
  await visible("It takes about two minutes");
  await mira.state("inbox-no-bot");
});

step("a bot is connected by pasting what BotFather wrote", async () => {
  mira.expected.push(/409/);
  bot = await host.world("POST", "/bots", { username: "mira_vale_bot", first_name: "Mira" });
  await go("/start");
  await page.getByLabel("BotFather's message or the token").fill(bot.message);
  await button("Connect").click();
  const agree = button("Accept the agreement and connect");
  await Promise.race([agree.waitFor(), visible("Is this your bot?")]);
  if (await agree.isVisible()) await agree.click();
  await visible("Is this your bot?");
  await visible("Waiting for your message");
  await page.getByText("Webhook secret").waitFor();
  await mira.state("start-connected");
});

step("a fan's message is seen without reloading", async () => {
  fan = (await host.world("POST", "/people", { first_name: "Robin", language_code: "en" })).id;
  await act({ act: "start" });
  await act({ act: "text", text: "hello from Robin" });
  await visible("Robin wrote:");
  await mira.state("start-message");
  await page.getByRole("link", { name: "Answer it" }).click();
  await page.waitForURL(/\/inbox\/.+/);
  conversation = page.url().split("/").pop();
  await page.getByRole("log").getByText("hello from Robin").waitFor();
  await mira.state("inbox");
  await act({ act: "text", text: "are you there?" });
  await page.getByRole("log").getByText("are you there?").waitFor({ timeout: 15_000 });
});

step("a person takes over, answers, and gives back", async () => {
  await button("Take over").click();
  await page.getByRole("timer").waitFor();
  await page.getByLabel("Your answer").fill("hi Robin, yes!");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("log").getByText("hi Robin, yes!").waitFor();
  await page.locator('[data-delivery="sent"]').first().waitFor({ timeout: 15_000 });
  await mira.state("inbox-answered");
  await button("Give back to Sofi").click();
  await button("Take over").waitFor();
});

step("what was begun in one conversation is still there after a look at another page", async () => {
  await page.getByLabel("Your answer").fill("half a thou");
  await page.getByRole("link", { name: "Home", exact: true }).first().click();
  await page.getByRole("heading", { name: "Hello, Mira Vale" }).waitFor();
  await page.goBack();
  await page.getByLabel("Your answer").waitFor();
  if ((await page.getByLabel("Your answer").inputValue()) !== "half a thou") throw new Error("the draft is gone");
  await page.getByLabel("Your answer").fill("");
});

step("tags, a note and a fact are kept", async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const panel = page.getByRole("complementary", { name: "Fan" });
  await panel.getByLabel("New tag").fill("vip");
  await button("Add", panel).first().click();
  await panel.getByText("vip").waitFor();
  await panel.getByLabel("Note").fill("likes winter");
  await button("Save", panel).click();
  await page.getByText("Saved.").waitFor();
  await panel.getByLabel("New fact").fill("lives by the sea");
  await button("Add", panel).last().click();
  await panel.getByText("lives by the sea").waitFor();
  await panel.getByRole("link", { name: "Open profile" }).click();
  await page.getByRole("heading", { name: "Robin", level: 1 }).waitFor();
  await page.getByText("lives by the sea").waitFor();
  await mira.state("fan");
});

step("Sofi drafts, and a person approves", async () => {
  await go("/sofi");
  await page.getByLabel("Voice and manner").fill("Warm, short, curious. Asks back.");
  await button("Save and use").click();
  await visible("Version 1 is saved and in use.");
  await page.getByRole("radio", { name: /Draft only/ }).check();
  await visible("Sofi: Draft only");
  await page.getByLabel("Write as a fan …").fill("do you like rain?");
  await button("Send").click();
  await page.locator(".talk .us").waitFor({ timeout: 20_000 });
  await mira.state("sofi");
  await go(`/inbox/${conversation}`);
  await page.getByRole("log").getByText("are you there?").waitFor();
  await act({ act: "text", text: "do you like winter?" });
  const draft = page.getByRole("region", { name: "Sofi's draft" });
  await draft.waitFor({ timeout: 40_000 });
  await mira.state("inbox-draft");
  await button("Send as it is", draft).click();
  await draft.waitFor({ state: "detached" });
  await page.locator('article.ai[data-delivery="sent"]').waitFor({ timeout: 20_000 });
  await page.locator("article.ai").getByRole("button", { name: "Why?" }).click();
  await page.getByRole("dialog", { name: "Why Sofi wrote this" }).getByText("Outcome").waitFor();
  await mira.state("trace");
  await page.keyboard.press("Escape");
});

step("a fan who blocked the bot cannot be written to, and the page says why", async () => {
  await act({ act: "block" });
  await visible("The fan has blocked the bot.");
  await mira.state("inbox-blocked");
});

step("every other page stands", async () => {
  for (const [path, heading] of [["/", "Hello, Mira Vale"], ["/bots", "Bots"], ["/team", "Team"], ["/audit", "Audit log"], ["/more", "More"], ["/settings/security", "Security"], ["/nowhere", "Page not found"]]) {
    await go(path);
    await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
    await page.waitForLoadState("networkidle").catch(() => undefined);
    await mira.state(path.replaceAll("/", "-").slice(1) || "home");
  }
});

step("keys, palette, language and theme", async () => {
  await go("/inbox");
  await page.getByRole("heading", { name: "Inbox" }).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  await mira.state("keys");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await mira.state("palette");
  await page.keyboard.type("Deutsch");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Posteingang" }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await page.waitForURL(/\/sofi$/);
  await mira.state("sofi-de");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("English");
  await page.keyboard.press("Enter");
});

step("5,000 conversations stay few nodes, whichever part is looked at", async () => {
  // Only the list's length is made up; what is looked at is how the page holds it.
  await page.route(/\/api\/v1\/conversations\?/, async (route) => {
    const at = Number(new URL(route.request().url()).searchParams.get("cursor") ?? 0);
    const row = (number) => ({
      id: `cnv_${number}`, bot_id: "bot", fan_id: "fan", name: `Fan ${number}`, snippet: "hello", from_fan: true, last_message_id: "1",
      reachability: "reachable", unanswered: 1, last_activity: new Date(Date.UTC(2026, 0, 1) - number * 1000).toISOString(),
    });
    const conversations = Array.from({ length: 50 }, (_, number) => row(at + number));
    await route.fulfill({ json: { conversations, next_cursor: at + 50 < 5000 ? String(at + 50) : null } });
  });
  await go("/inbox");
  await page.getByText("Fan 0", { exact: true }).waitFor();
  const scroller = page.getByRole("region", { name: "Conversations" });
  await until(async () => {
    await scroller.evaluate((it) => it.scrollTo({ top: it.scrollHeight }));
    return page.getByText("Fan 4999", { exact: true }).isVisible();
  }, "the last of 5,000 is on screen", 45);
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  if (nodes > 1500) throw new Error(`${nodes} nodes`);
  await page.unrouteAll({ behavior: "ignoreErrors" });
});

step("a lost connection is told, and comes back by itself", async () => {
  mira.expected.push(/ERR_INTERNET_DISCONNECTED/);
  await go("/inbox");
  await page.getByRole("heading", { name: "Inbox" }).waitFor();
  await mira.context.setOffline(true);
  await visible("Offline");
  await mira.context.setOffline(false);
  await page.getByText("Offline").waitFor({ state: "detached", timeout: 15_000 });
});

step("a session that is ended elsewhere is shown the door", async () => {
  const other = await Watched.open(chromium, origin);
  other.expected.push(/401/);
  await other.page.goto(`${origin}/login`);
  await other.page.getByLabel("Email").fill(EMAIL);
  await other.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await other.page.getByRole("button", { name: "Log in", exact: true }).click();
  await other.page.getByRole("heading", { name: "Hello, Mira Vale" }).waitFor();
  await go("/settings/security");
  await page.locator("[data-session]").nth(1).waitFor();
  await button("Revoke").first().click();
  const password = page.getByRole("dialog").getByLabel("Password", { exact: true });
  await Promise.race([password.waitFor(), visible("The session has ended.")]);
  if (await password.isVisible()) {
    await password.fill(PASSWORD);
    await button("Continue").click();
    await visible("The session has ended.");
  }
  await other.page.waitForURL(/\/login/, { timeout: 75_000 });
  other.verify();
  await other.context.close();
});

step("mails lead to pages that work", async () => {
  const guest = await Watched.open(chromium, origin);
  guest.expected.push(/401/);
  for (const [path, heading] of [["/reset", "Reset password"], ["/invitation", "Invitation"], ["/verify/x#y", "Confirm your address"], ["/email-change#x", "New email address"], ["/email-undo#x", "Undo the change of address"]]) {
    await guest.page.goto(origin + path);
    await guest.page.getByRole("heading", { name: heading, level: 1 }).waitFor();
    await guest.state(`mail${path.replace(/[^a-z]/g, "-")}`);
  }
  await guest.page.goto(`${origin}/reset`);
  await guest.page.getByLabel("Email").fill(EMAIL);
  await guest.page.getByRole("button", { name: "Send link" }).click();
  await guest.page.getByText("a link is on its way").waitFor();
  const link = await until(() => host.link(/http:\S+\/reset#\S+/), "a mail with a link");
  await guest.page.goto("about:blank");
  await guest.page.goto(link);
  await guest.page.getByLabel("New password").fill(`${PASSWORD} anew`);
  await guest.page.getByRole("button", { name: "Save" }).click();
  await guest.page.getByText("Your password is changed.").waitFor();
  guest.verify();
  await guest.context.close();
});

step("there are our two cookies, and storage knows nobody", async () => {
  const names = (await mira.context.cookies()).map((cookie) => cookie.name).sort();
  const strange = names.filter((name) => name !== "__Host-sofi" && name !== "__Host-sofi_device");
  if (strange.length || !names.length) throw new Error(`cookies: ${names}`);
  const kept = await page.evaluate(async () => ({ local: { ...localStorage }, session: { ...sessionStorage }, databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length }));
  const allowed = Object.keys(kept.local).every((name) => name === "language" || name === "theme");
  if (!allowed || Object.keys(kept.session).length || kept.databases || kept.caches) throw new Error(JSON.stringify(kept));
});

let passed = 0;
let failed = 0;
try {
  for (const { name, run } of steps) {
    const begun = Date.now();
    try {
      await run();
      mira.verify();
      passed++;
      console.log(`ok    ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed++;
      console.log(`FAIL  ${name}\n      ${error.message.slice(0, 3000).replaceAll("\n", "\n      ")}`);
      await mira.picture(`failed-${steps.findIndex((one) => one.name === name)}`);
      mira.troubles.length = 0;
    }
  }
} finally {
  await chromium.close();
  await host.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
