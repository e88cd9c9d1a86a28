// Every other page, keys and long lists.
import { moved, shift, shown, watch } from "../frames.mjs";
import { until } from "../host.mjs";
import { longChat, manyConversations } from "../made.mjs";
import { asPage } from "../people.mjs";

const MOST_NODES = 1500;
const MOST_HEAP = 15 * 2 ** 20;

export default (it) => {
  const { step, mira, page, go, origin } = it;
  async function few() {
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    if (nodes > MOST_NODES) throw new Error(`${nodes} nodes`);
  }

  step("every other page stands", async () => {
    for (const [path, heading] of [["/", "Hello, Mira Vale"], ["/bots", "Bots"], ["/team", "Team"], ["/replies", "Saved replies"], ["/audit", "Audit log"], ["/privacy", "Privacy requests"], ["/billing", "Plan and billing"], ["/more", "More"], ["/settings/security", "Security"], ["/settings/log", "Log of your account"], ["/nowhere", "Page not found"]]) {
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
    await page.getByRole("dialog", { name: "Keyboard" }).getByText("Ctrl K", { exact: true }).waitFor();
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

  step("the frame stands and the inbox lists before everything is known, and a failure leaves the way out", async () => {
    mira.expected.push(/503/);
    const hold = (path) => page.route(path, () => undefined);
    await hold(/\/api\/v1\/bots$/);
    await go("/fans");
    await page.locator("aside").getByText("Mira Vale").waitFor();
    await page.getByRole("status", { name: "Loading" }).waitFor();
    await mira.state("slow-bots");
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.route(/\/api\/v1\//, (route) => (/\/(me|bots|conversations)$/.test(new URL(route.request().url()).pathname) ? route.continue() : undefined));
    await go("/inbox?view=all");
    await page.locator("[data-conversation]").first().waitFor();
    await mira.state("slow-rights");
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.route(/\/api\/v1\/bots$/, (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ code: "unavailable", message: "", field_errors: [], request_id: "held" }) }));
    await go("/more");
    await it.button("Log out").waitFor();
    await mira.state("failed-more");
    await go("/fans");
    await page.getByRole("alert").waitFor();
    await mira.state("failed-fans");
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await it.button("Try again").click();
    await page.getByRole("table").waitFor();
  });

  step("single keys can be switched off, and stay so", async () => {
    await go("/inbox");
    await page.getByRole("heading", { name: "Inbox" }).waitFor();
    await page.keyboard.press("?");
    const single = page.getByRole("checkbox", { name: "Shortcuts of a single key" });
    await single.uncheck();
    await mira.state("keys-off");
    await page.keyboard.press("Escape");
    await page.reload();
    await page.getByRole("heading", { name: "Inbox" }).waitFor();
    for (const key of ["?", "j", "g", "h"]) await page.keyboard.press(key);
    // What would have come of them came before this.
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Commands" }).waitFor();
    if (!/\/inbox$/.test(page.url())) throw new Error(`a single key led to ${page.url()}`);
    await page.keyboard.press("Escape");
    await go("/more");
    await single.check();
    await mira.state("more-keys");
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await page.getByRole("heading", { name: "Hello, Mira Vale" }).waitFor();
  });

  step("nothing moves while the inbox comes, on a desk and on a phone", async () => {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 360, height: 740 }]) {
      for (const path of ["/inbox?view=all", `/inbox/${it.conversation}?view=all`]) {
        const other = await mira.context.newPage();
        await other.setViewportSize(viewport);
        await watch(other, path.startsWith("/inbox?") ? "[data-conversation]" : "[role=log] article");
        await other.goto(origin + path);
        await shown(other);
        await other.waitForLoadState("networkidle", { timeout: 8_000 }).catch(() => undefined);
        const [value, what] = [await shift(other), await moved(other)];
        await other.close();
        if (Math.round(value * 1e4) / 1e4 > 0) throw new Error(`${path} at ${viewport.width}: a shift of ${value}: ${what}`);
      }
    }
  });

  step("5,000 conversations stay few nodes and little memory, whichever part is looked at", async () => {
    await manyConversations(page, 5000);
    await go("/inbox");
    await page.getByText("Fan 0", { exact: true }).waitFor();
    const scroller = page.getByRole("region", { name: "Conversations" });
    await until(async () => {
      await scroller.evaluate((it) => it.scrollTo({ top: it.scrollHeight }));
      return page.getByText("Fan 4999", { exact: true }).isVisible();
    }, "the last of 5,000 is on screen", 45);
    await few();
    const session = await mira.cdp();
    await session.send("HeapProfiler.enable");
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    await session.send("HeapProfiler.disable");
    console.log(`      heap ${(usedSize / 2 ** 20).toFixed(1)} MB of ${MOST_HEAP / 2 ** 20}`);
    if (usedSize > MOST_HEAP) throw new Error(`a heap of ${usedSize} bytes`);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });

  step("a chat of 20,000 messages stays few nodes, and what is read stays in place while older ones come", async () => {
    const { conversation } = await asPage(page, "GET", `/conversations/${it.conversation}/messages`);
    let release;
    const held = new Promise((go) => (release = go));
    await longChat(page, conversation, 20_000, (newest) => newest === 19_850 && held);
    await go(`/inbox/${it.conversation}?view=all`);
    const log = page.getByRole("log");
    const line = (number) => log.getByText(new RegExp(`^${number}: `));
    const place = (number) => line(number).evaluate((it) => it.getBoundingClientRect().top);
    await line(20_000).waitFor();
    await log.hover();
    await until(async () => {
      await page.mouse.wheel(0, -600);
      return (await log.evaluate((it) => it.scrollTop)) === 0 && (await line(19_851).count());
    }, "the oldest that was fetched is on screen");
    const before = await place(19_853);
    release();
    await line(19_845).waitFor({ state: "attached" });
    const moved = (await place(19_853)) - before;
    if (Math.abs(moved) > 1) throw new Error(`what is read moved by ${moved}`);
    await few();
    await mira.state("inbox-long");
    // By keyboard there and back.
    await until(async () => (await log.press("Home"), line(19_500).count()), "the way up by keyboard");
    await until(async () => (await log.press("End"), line(20_000).count()), "the way back by keyboard");
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });
};
