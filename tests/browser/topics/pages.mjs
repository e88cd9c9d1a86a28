// Every other page, keys, long lists and lost connections.
import { until } from "../host.mjs";

export default (it) => {
  const { step, mira, page, visible, go } = it;

  step("every other page stands", async () => {
    for (const [path, heading] of [["/", "Hello, Mira Vale"], ["/bots", "Bots"], ["/team", "Team"], ["/replies", "Saved replies"], ["/audit", "Audit log"], ["/more", "More"], ["/settings/security", "Security"], ["/nowhere", "Page not found"]]) {
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
};
