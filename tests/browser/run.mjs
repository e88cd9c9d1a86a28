// The dashboard in a real browser: one person's way from signing up to an ended session, each page and state checked on the
// way. Names of topics as arguments run those only, after the way to a first conversation.
import { Host } from "./host.mjs";
import { Watched, browser } from "./watch.mjs";

const FIRST = ["door", "first"];
const TOPICS = [
  ...FIRST, "desk", "fans", "team", "bots", "answers", "undone", "persona", "alerts", "media", "states", "erasure", "exports", "imports", "moves", "billing", "compliance", "pages",
  "offline", "together", "leases", "newcomers", "members", "onboarding", "factors", "account", "everywhere", "keyboard", "telegram", "ends", "renewals",
];
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !TOPICS.includes(name));
if (unknown.length) throw new Error(`no topic ${unknown}; there are ${TOPICS.join(", ")}`);

const steps = [];
const host = await Host.start();
const chromium = await browser();
const origin = host.url;
const mira = await Watched.open(chromium, origin);
const { page } = mira;
/** What every topic works with, and what one leaves to the next: the bot, the fan, the conversation. */
const it = {
  host, chromium, origin, mira, page,
  EMAIL: "mira@example.com",
  PASSWORD: "correct horse battery staple",
  step: (name, run) => steps.push({ name, run }),
  visible: (text) => page.getByText(text, { exact: false }).first().waitFor({ timeout: 15_000 }),
  button: (name, where = page) => where.getByRole("button", { name, exact: true }),
  go: (path) => page.goto(origin + path),
  act: (body) => host.world("POST", `/people/${it.fan}/acts`, { bot: it.bot.username, ...body }),
  undo: () => page.getByRole("status").getByRole("button", { name: "Undo" }).last().click(),
  /** Where the page asks who is there, that is proved; `shown` is what comes of the act. */
  proving: async (shown) => {
    const dialog = page.getByRole("dialog", { name: "Is it you?" });
    await Promise.race([dialog.waitFor(), shown.waitFor()]);
    if (!(await dialog.isVisible())) return;
    await dialog.getByLabel("Password", { exact: true }).fill(it.PASSWORD);
    await it.button("Continue", dialog).click();
    await shown.waitFor();
  },
};
for (const name of TOPICS) {
  if (!chosen.length || FIRST.includes(name) || chosen.includes(name)) (await import(`./topics/${name}.mjs`)).default(it);
}
let passed = 0;
let failed = 0;
try {
  for (const { name, run } of steps) {
    const begun = Date.now();
    Watched.nextStep();
    try {
      await run();
      mira.verify();
      passed++;
      console.log(`ok    ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed++;
      console.log(`FAIL  ${name}\n      ${error.message.slice(0, 3000).replaceAll("\n", "\n      ")}`);
      for (const line of await Watched.said()) console.log(`      ${line}`);
      await mira.picture(`failed-${steps.findIndex((one) => one.name === name)}`);
      Watched.forget();
      await mira.context.setOffline(false);
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.unrouteAll({ behavior: "ignoreErrors" });
    }
  }
} finally {
  await chromium.close();
  await host.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
