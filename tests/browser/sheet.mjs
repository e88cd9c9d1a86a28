// A contact sheet: every page at two sizes, in two themes, full, empty, failing, slow and offline.
//   node tests/browser/sheet.mjs [folder]      after `bash tests/run build dashboard`; target/contact-sheet by default
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Host, ROOT, until } from "./host.mjs";
import { ask, person } from "./people.mjs";
import { browser } from "./watch.mjs";

const SIZES = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } };
const THEMES = ["light", "dark"];
const SEEDED = { email: "nova@example.com", password: "correct horse battery staple" };
const EMPTY = { email: "empty@example.com", password: "correct horse battery staple" };
/** Pages that a guest sees have nothing to be empty of. */
const OPEN = { login: "/login", signup: "/signup", reset: "/reset", missing: "/nowhere" };

const folder = process.argv[2] ?? join(ROOT, "target/contact-sheet");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

async function logIn(context, host, { email, password }) {
  const page = await context.newPage();
  await page.goto(`${host.url}/login`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  await page.close();
}

/** How a state comes about, before the page is opened and after. Every answer but the session's own is held back or replaced. */
const isData = (url) => url.pathname.startsWith("/api/v1/") && url.pathname !== "/api/v1/me";
const STATES = {
  full: {},
  empty: {},
  error: {
    before: (page) =>
      page.route(isData, (route) =>
        route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ code: "unavailable", message: "", field_errors: [], request_id: "sheet-1" }) }),
      ),
  },
  slow: { before: (page) => page.route(isData, () => {}), wait: 700 },
  offline: { after: (page) => page.context().setOffline(true), undo: (page) => page.context().setOffline(false), wait: 1200 },
};

async function shoot(context, host, name, path, state) {
  const page = await context.newPage();
  const { before, after, undo, wait = 0 } = STATES[state];
  await before?.(page);
  await page.goto(host.url + path);
  // Pages before the login have no landmark of the shell.
  await page.locator("#app h1, #app main, #app .spinner").first().waitFor({ timeout: 15_000 }).catch(() => console.log(`${name}, ${state}: nothing to see`));
  if (state === "full" || state === "empty" || state === "offline") await page.waitForLoadState("networkidle", { timeout: 4_000 }).catch(() => {});
  if (state === "error") await page.waitForTimeout(400);
  await after?.(page);
  if (wait) await page.waitForTimeout(wait);
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const theme of THEMES) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.waitForTimeout(60);
      await page.screenshot({ path: join(folder, `${name}.${state}.${size}.${theme}.png`) });
    }
  }
  await undo?.(page);
  await page.close();
}

/** One picture of all pages of a size and theme: a row per page, a column per state. */
async function sheet(chromium, size, theme, names) {
  const cell = size === "phone" ? 240 : 420;
  const row = (name) =>
    `<tr><th>${name}</th>${Object.keys(STATES)
      .map((state) => `<td><img width="${cell}" src="${name}.${state}.${size}.${theme}.png" alt=""></td>`)
      .join("")}</tr>`;
  const head = `<tr><th></th>${Object.keys(STATES).map((state) => `<th>${state}</th>`).join("")}</tr>`;
  const html = `<!doctype html><meta charset="utf-8"><style>body{font:14px sans-serif;margin:8px;background:#888}td{padding:4px;vertical-align:top}</style><table>${head}${names.map(row).join("")}</table>`;
  const file = join(folder, `${size}.${theme}.html`);
  writeFileSync(file, html);
  const page = await chromium.newPage({ viewport: { width: cell * 5 + 200, height: 900 } });
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: join(folder, `sheet-${size}-${theme}.png`), fullPage: true });
  await page.close();
}

const host = await Host.start(["--seed"], 900);
const chromium = await browser();
let taken = 0;
try {
  const ember = await person(host, "Ember Voss", EMPTY.email, EMPTY.password);
  await ember.ask("POST", "/workspaces", { name: "Ember Voss" });
  const contexts = { guest: await chromium.newContext(), full: await chromium.newContext(), empty: await chromium.newContext() };
  await logIn(contexts.full, host, SEEDED);
  await logIn(contexts.empty, host, EMPTY);
  const { session_token } = await ask(host, "", "POST", "/sessions", SEEDED);
  const { conversations } = await ask(host, session_token, "GET", "/conversations?limit=100");
  const drafted = conversations.find((one) => one.draft_since) ?? conversations[0];
  // The record of an erasure, of a fan whom no other picture shows.
  const other = conversations.findLast((one) => one.fan_id !== drafted.fan_id);
  const erased = await ask(host, session_token, "POST", "/privacy/erasures", { fan_id: other.fan_id });
  await until(async () => (await ask(host, session_token, "GET", `/privacy/requests/${erased.id}`)).state === "finished", "the erasure is finished", 60);
  const shown = { fan: drafted.fan_id, privacy: erased.id };
  const routes = readFileSync(join(ROOT, "functions/dashboard/src/lib/routes.ts"), "utf8");
  const pages = [...routes.matchAll(/name: "([a-z-]+)", path: "([^"]+)", title: "[^"]+", load/g)].map(([, name, path]) => ({
    name: path.includes("{id}") ? `${name}-one` : name,
    path: path.replace("{id}", shown[name] ?? drafted.id),
  }));
  for (const [name, path] of Object.entries(OPEN)) {
    for (const state of Object.keys(STATES)) await shoot(contexts.guest, host, name, path, state);
    taken++;
  }
  for (const { name, path } of pages) {
    for (const state of Object.keys(STATES)) await shoot(contexts[state === "empty" ? "empty" : "full"], host, name, path, state);
    console.log(`taken ${name}`);
    taken++;
  }
  const names = [...Object.keys(OPEN), ...pages.map((page) => page.name)];
  for (const size of Object.keys(SIZES)) for (const theme of THEMES) await sheet(chromium, size, theme, names);
} finally {
  await chromium.close();
  await host.stop();
}
console.log(`${taken} pages x ${Object.keys(STATES).length} states x 2 sizes x 2 themes: ${folder}/sheet-*.png`);
