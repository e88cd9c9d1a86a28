// What no page may do: break the security policy, write an error to the console, ask another origin, keep anything personal.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const AXE = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** How a browser names an answer of 4xx, 5xx or none. */
const FAILED_LOAD = "console: Failed to load resource";
/** 1280 x 800 at 200 % zoom. */
const ZOOMED = { width: 640, height: 400 };
/** Set to a folder to keep pictures of every state. */
const PICTURES = process.env.SOFI_PICTURES;

export async function browser() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((path) => existsSync(path));
  if (!executablePath) throw new Error("no Chromium; Debian: apt-get install -y chromium");
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

/** What axe finds on screen at WCAG 2.2 AA, a line each. */
export async function axe(session) {
  await session.send("Runtime.evaluate", { expression: AXE });
  const found = await session.send("Runtime.evaluate", {
    expression: `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((it) => it.violations.map((one) => one.id + ": " + one.nodes.map((node) => node.html.slice(0, 160) + " " + node.failureSummary).join(" | ")))`,
    awaitPromise: true,
    returnByValue: true,
  });
  return found.result.value ?? [`axe did not run: ${JSON.stringify(found.exceptionDetails)}`];
}

/** By how many pixels the page, or a part of it that scrolls by itself, is wider than its room. */
export const tooWide = (page) =>
  page.evaluate(() => {
    const parts = [...document.querySelectorAll("main, aside, dialog[open], [role=log]")].map((it) => it.scrollWidth - it.clientWidth);
    return Math.max(document.documentElement.scrollWidth - innerWidth, ...parts);
  });

export class Watched {
  static #all = new Set();
  #known = new WeakSet();

  constructor(context, page, origin) {
    Object.assign(this, { context, page, origin, troubles: [], expected: [] });
  }
  static async open(browser, origin, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const watched = new Watched(context, null, origin);
    Watched.#all.add(watched);
    await context.addInitScript(() => addEventListener("securitypolicyviolation", (it) => console.error(`policy: ${it.violatedDirective} ${it.blockedURI} ${it.sample}`)));
    context.on("page", (page) => watched.#watch(page));
    watched.page = await context.newPage();
    watched.#watch(watched.page);
    return watched;
  }
  /** What one step expects is none of the next one's business. */
  static nextStep() {
    for (const one of Watched.#all) one.expected.length = 0;
  }
  /** Of a step that failed the next one is not told either. */
  static forget() {
    for (const one of Watched.#all) one.troubles.length = 0;
  }
  /** Where each person is and what their page tells them, for who reads of a failure. */
  static async said() {
    const open = [...Watched.#all].filter(({ page }) => !page.isClosed());
    return Promise.all(open.map(async ({ page }) => {
      const told = await page.locator("[role=alert], [role=status], dialog[open]").allInnerTexts().catch((error) => [error.message]);
      return `${page.url()}: ${told.filter(Boolean).join(" | ").slice(0, 400)}`;
    }));
  }
  /** Every tab of the person. */
  #watch(page) {
    if (this.#known.has(page)) return;
    this.#known.add(page);
    page.on("console", (it) => it.type() === "error" && this.#note(`console: ${it.text()} ${it.location().url}`));
    page.on("pageerror", (error) => this.#note(`error: ${error.message}`));
    page.on("request", (it) => {
      const { origin: asked, protocol } = new URL(it.url());
      if (asked !== this.origin && protocol !== "data:" && protocol !== "blob:" && protocol !== "about:") this.#note(`foreign: ${it.url()}`);
    });
  }
  #note(text) {
    // A browser logs every answer of 4xx; a step names those that it causes. Nothing else can be expected.
    const isExpected = text.startsWith(FAILED_LOAD) && this.expected.some((pattern) => pattern.test(text));
    if (!isExpected) this.troubles.push(text);
  }
  /** Kept: a session that is detached takes what stands in for a person's passkeys with it. */
  async cdp() {
    return (this.session ??= await this.context.newCDPSession(this.page));
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
  /**
   * Checks accessibility of what is on screen, in both themes and on a phone, and that it scrolls only downwards: there, and
   * written from right to left at 200 %.
   */
  async state(name) {
    await this.picture(name);
    const session = await this.cdp();
    for (const [theme, width] of [["light", 1280], ["dark", 360]]) {
      await this.page.emulateMedia({ colorScheme: theme });
      await this.page.setViewportSize({ width, height: 760 });
      for (const one of await axe(session)) this.troubles.push(`axe ${name} ${theme} ${width}: ${one}`);
      await this.#fits(`${name} ${width}`);
    }
    await this.page.emulateMedia({ colorScheme: "light" });
    await this.page.setViewportSize(ZOOMED);
    const turn = (dir) => this.page.evaluate((dir) => (document.documentElement.dir = dir), dir);
    await turn("rtl");
    await this.#fits(`${name} from right to left at 200 %`);
    await turn("ltr");
    await this.page.setViewportSize({ width: 1280, height: 800 });
  }
  async #fits(what) {
    const wide = await tooWide(this.page);
    if (wide > 0) this.troubles.push(`${what}: ${wide} px too wide`);
  }
  /** Fails with everything that was noted. */
  verify() {
    if (this.troubles.length) throw new Error([...new Set(this.troubles.splice(0))].join("\n"));
  }
}
