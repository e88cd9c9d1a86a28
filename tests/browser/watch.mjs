// What no page may do: break the security policy, write an error to the console, ask another origin, keep anything personal.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const AXE = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Set to a folder to keep pictures of every state. */
const PICTURES = process.env.SOFI_PICTURES;

export async function browser() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((path) => existsSync(path));
  if (!executablePath) throw new Error("no Chromium; Debian: apt-get install -y chromium");
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

export class Watched {
  constructor(context, page, origin) {
    Object.assign(this, { context, page, origin, troubles: [], expected: [] });
  }
  static async open(browser, origin, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    const watched = new Watched(context, page, origin);
    await page.addInitScript(() => addEventListener("securitypolicyviolation", (it) => console.error(`policy: ${it.violatedDirective} ${it.blockedURI} ${it.sample}`)));
    page.on("console", (it) => it.type() === "error" && watched.#note(`console: ${it.text()} ${it.location().url}`));
    page.on("pageerror", (error) => watched.#note(`error: ${error.message}`));
    page.on("request", (it) => {
      const { origin: asked, protocol } = new URL(it.url());
      if (asked !== origin && protocol !== "data:" && protocol !== "blob:") watched.#note(`foreign: ${it.url()}`);
    });
    return watched;
  }
  #note(text) {
    // A browser logs every answer of 4xx; tests name those that they cause.
    if (!this.expected.some((pattern) => pattern.test(text))) this.troubles.push(text);
  }
  async picture(name) {
    if (!PICTURES) return;
    mkdirSync(PICTURES, { recursive: true });
    for (const theme of ["light", "dark"]) {
      await this.page.emulateMedia({ colorScheme: theme });
      for (const [width, height] of [[1280, 800], [360, 740]]) {
        await this.page.setViewportSize({ width, height });
        await this.page.waitForTimeout(150);
        await this.page.screenshot({ path: join(PICTURES, `${name}-${width}-${theme}.png`) });
      }
    }
    await this.page.setViewportSize({ width: 1280, height: 800 });
    await this.page.emulateMedia({ colorScheme: "light" });
  }
  /** Checks accessibility of what is on screen, in both themes and on a phone, and that the phone scrolls only downwards. */
  async state(name) {
    await this.picture(name);
    // Kept: a session that is detached takes what stands in for a person's passkeys with it.
    const session = (this.session ??= await this.context.newCDPSession(this.page));
    for (const [theme, width] of [["light", 1280], ["dark", 360]]) {
      await this.page.emulateMedia({ colorScheme: theme });
      await this.page.setViewportSize({ width, height: 760 });
      await session.send("Runtime.evaluate", { expression: AXE });
      const found = await session.send("Runtime.evaluate", {
        expression: `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((it) => it.violations.map((one) => one.id + ": " + one.nodes.map((node) => node.html.slice(0, 160) + " " + node.failureSummary).join(" | ")))`,
        awaitPromise: true,
        returnByValue: true,
      });
      for (const one of found.result.value ?? [`axe did not run: ${JSON.stringify(found.exceptionDetails)}`]) this.troubles.push(`axe ${name} ${theme} ${width}: ${one}`);
      const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) this.troubles.push(`${name} ${width}: ${wide} px too wide`);
    }
    await this.page.emulateMedia({ colorScheme: "light" });
    await this.page.setViewportSize({ width: 1280, height: 800 });
  }
  /** Fails with everything that was noted. */
  verify() {
    if (this.troubles.length) throw new Error([...new Set(this.troubles.splice(0))].join("\n"));
  }
}
