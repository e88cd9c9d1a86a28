// A contact sheet: every page at two sizes, in two themes, full, empty, failing, slow and offline; the dialogs; and a mail of
// every fact in every language. Each picture is also looked at by axe and measured for what does not fit: the command fails
// on a finding.
//   bash tests/run sheet                       builds what it needs, and fills target/contact-sheet
//   node tests/browser/sheet.mjs [folder]      the same when all is built
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Host, ROOT, until } from "./host.mjs";
import { ask, person } from "./people.mjs";
import { code } from "./totp.mjs";
import { axe, browser, tooWide } from "./watch.mjs";

const SIZES = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 800 } };
const THEMES = ["light", "dark"];
const PASSWORD = "correct horse battery staple";
const SEEDED = { email: "nova@example.com", password: PASSWORD };
const EMPTY = { email: "empty@example.com", password: PASSWORD };
/** Somebody whose login asks for a second step. */
const CAREFUL = { email: "careful@example.com", password: PASSWORD };

const folder = process.argv[2] ?? join(ROOT, "target/contact-sheet");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

async function fillLogIn(page, host, { email, password }) {
  await page.goto(`${host.url}/login`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Log in", exact: true }).click();
}
async function logIn(context, host, who) {
  const page = await context.newPage();
  await fillLogIn(page, host, who);
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

/** What the pages that take an id, or what a mail's link carries, are opened with; `by` says who opens them. */
const GIVEN = {
  verify: { path: "/verify/x#y", by: "guest" },
  reset: { path: "/reset", by: "guest" },
  "reset-new": { path: "/reset#x", by: "guest" },
  "email-change": { path: "/email-change#x", by: "guest" },
  "email-undo": { path: "/email-undo#x", by: "guest" },
  invitation: { path: "/invitation#x", by: "guest" },
  "invitation-join": { path: "/invitation#x", by: "full" },
  workspace: { path: "/workspaces/new", by: "full" },
  missing: { path: "/nowhere", by: "guest" },
};
/** Every page that the dashboard's own list names, and the forms that some have besides. */
function pagesOf(shown, drafted) {
  const routes = readFileSync(join(ROOT, "functions/dashboard/src/lib/routes.ts"), "utf8");
  const listed = [...routes.matchAll(/name: "([a-z-]+)", path: "([^"]+)", title: "[^"]+"(?:, open: "([a-z]+)")?, load/g)];
  const declared = routes.match(/^ {2}\{ name: /gm).length;
  if (listed.length !== declared) throw new Error(`${listed.length} of ${declared} pages are read`);
  const pages = listed.map(([, name, path, open]) => {
    if (GIVEN[name]) return { name, ...GIVEN[name] };
    if (open) return { name, path, by: "guest" };
    if (!path.includes("{id}")) return { name, path, by: "full", empty: true };
    // There is no such page of what does not exist.
    return { name: `${name}-one`, path: path.replace("{id}", shown[name] ?? drafted), by: "full" };
  });
  const known = new Set(pages.map((page) => page.name));
  return [...pages, ...Object.entries(GIVEN).flatMap(([name, given]) => (known.has(name) ? [] : [{ name, ...given }]))];
}

/** Dialogs, and steps of a form: how each is opened on its page. */
const press = (name) => (page) => page.getByRole("button", { name, exact: true }).first().click();
const dialogsOf = (shown, drafted, host) => [
  { name: "dialog-token", path: "/bots", open: press("Replace token") },
  { name: "dialog-disconnect", path: "/bots", open: press("Disconnect") },
  { name: "dialog-erase", path: `/fans/${shown.fan}`, open: press("Erase this fan") },
  { name: "dialog-invite", path: "/team", open: press("Invite") },
  { name: "dialog-leave", path: "/more", open: press("Leave this workspace") },
  { name: "dialog-reply", path: "/replies", open: press("New reply") },
  { name: "dialog-snooze", path: `/inbox/${drafted}`, open: press("Snooze") },
  { name: "dialog-cancel", path: "/billing", open: press("Cancel") },
  { name: "dialog-withdraw", path: "/billing", open: press("Withdraw from contract here") },
  { name: "dialog-palette", path: "/inbox", open: (page) => page.keyboard.press("Control+k") },
  { name: "dialog-keys", path: "/inbox", open: (page) => page.keyboard.press("?") },
  {
    name: "login-second",
    path: "/login",
    by: "guest",
    shows: "form",
    open: async (page) => {
      await fillLogIn(page, host, CAREFUL);
      await page.getByRole("heading", { name: "Second step" }).waitFor();
    },
  },
];

const findings = [];
const pictures = new Set();
async function shoot(context, host, { name, path, open, shows = "dialog[open]" }, state) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const { before, after, undo, wait = 0 } = STATES[state];
  await before?.(page);
  await page.goto(host.url + path);
  // Pages before the login have no landmark of the shell.
  await page.locator("#app h1, #app main, #app .spinner").first().waitFor({ timeout: 15_000 }).catch(() => findings.push(`${name}, ${state}: nothing to see`));
  if (state === "full" || state === "empty" || state === "offline") await page.waitForLoadState("networkidle", { timeout: 4_000 }).catch(() => {});
  if (state === "error") await page.waitForTimeout(400);
  await after?.(page);
  if (open) {
    await open(page);
    await page.locator(shows).first().waitFor();
  }
  if (wait) await page.waitForTimeout(wait);
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const theme of THEMES) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.waitForTimeout(60);
      const picture = `${name}.${state}.${size}.${theme}`;
      await page.screenshot({ path: join(folder, `${picture}.png`) });
      pictures.add(picture);
      for (const one of await axe(session)) findings.push(`${picture}: ${one}`);
      const wide = await tooWide(page);
      if (wide > 0) findings.push(`${picture}: ${wide} px too wide`);
    }
  }
  await undo?.(page);
  await page.close();
}

/** One picture of all pages of a size and theme: a row per page, a column per state. */
async function sheet(chromium, size, theme, names) {
  const cell = size === "phone" ? 240 : 420;
  const picture = (name, state) => (pictures.has(`${name}.${state}.${size}.${theme}`) ? `<img width="${cell}" src="${name}.${state}.${size}.${theme}.png" alt="">` : "");
  const row = (name) => `<tr><th>${name}</th>${Object.keys(STATES).map((state) => `<td>${picture(name, state)}</td>`).join("")}</tr>`;
  const head = `<tr><th></th>${Object.keys(STATES).map((state) => `<th>${state}</th>`).join("")}</tr>`;
  const html = `<!doctype html><meta charset="utf-8"><style>body{font:14px sans-serif;margin:8px;background:#888}td{padding:4px;vertical-align:top}</style><table>${head}${names.map(row).join("")}</table>`;
  const file = join(folder, `${size}.${theme}.html`);
  writeFileSync(file, html);
  const page = await chromium.newPage({ viewport: { width: cell * 5 + 200, height: 900 } });
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: join(folder, `sheet-${size}-${theme}.png`), fullPage: true });
  await page.close();
}

/** The mails as the product renders them, without a network: nothing in them may need one. */
async function mails(chromium) {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
  execFileSync(join(ROOT, "tests/cargo"), ["product", "build", "--quiet", "-p", "mail", "--example", "mails"], { cwd: ROOT, stdio: "inherit" });
  const written = join(folder, "mails");
  mkdirSync(written);
  execFileSync(join(target, "debug/examples/mails"), [written]);
  const files = readdirSync(written).sort();
  if (files.length < 60) throw new Error(`${files.length} mails`);
  const context = await chromium.newContext({ offline: true });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  for (const file of files) {
    await page.goto(pathToFileURL(join(written, file)).href);
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      const picture = `mail.${file.replace(/\.html$/, "")}.${size}`;
      await page.screenshot({ path: join(folder, `${picture}.png`), fullPage: true });
      for (const one of await axe(session)) findings.push(`${picture}: ${one}`);
      const wide = await tooWide(page);
      if (wide > 0) findings.push(`${picture}: ${wide} px too wide`);
    }
  }
  const cells = files.map((file) => `<figure><figcaption>${file}</figcaption>${Object.keys(SIZES).map((size) => `<img height="420" src="mail.${file.replace(/\.html$/, "")}.${size}.png" alt="">`).join("")}</figure>`);
  const html = `<!doctype html><meta charset="utf-8"><style>body{font:14px sans-serif;background:#888;display:flex;flex-wrap:wrap}</style>${cells.join("")}`;
  writeFileSync(join(folder, "mails.html"), html);
  await page.setViewportSize({ width: 2200, height: 900 });
  await page.goto(pathToFileURL(join(folder, "mails.html")).href);
  await page.screenshot({ path: join(folder, "sheet-mails.png"), fullPage: true });
  await context.close();
  return files.length;
}

/** Buys a plan, so that it can be seen and ended: until it is paid, and the receipt of it is listed. */
async function buy(host, token) {
  const order = { plan: "studio", interval: "month", terms_accepted: true, immediate_start_acknowledged: true };
  const { url } = await ask(host, token, "POST", "/billing/checkouts", order);
  await host.control("POST", `/stripe/sessions/${url.split("/").at(-1)}`, { act: "pay" });
  const isPaid = async () => {
    const { standing, mails } = await ask(host, token, "GET", "/billing");
    return standing === "active" && mails.some((mail) => mail.what === "receipt" && mail.state === "sent");
  };
  await until(isPaid, "the plan is paid", 60);
}

const host = await Host.start(["--seed"], 900);
const chromium = await browser();
let pages = [];
let dialogs = [];
let told = 0;
try {
  told = await mails(chromium);
  const ember = await person(host, "Ember Voss", EMPTY.email, PASSWORD);
  await ember.ask("POST", "/workspaces", { name: "Ember Voss" });
  const cato = await person(host, "Cato Lind", CAREFUL.email, PASSWORD);
  const { secret } = await cato.ask("POST", "/me/totp");
  await cato.ask("PUT", "/me/totp", { code: code(secret) });
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
  await buy(host, session_token);
  pages = pagesOf(shown, drafted.id);
  dialogs = dialogsOf(shown, drafted.id, host);
  for (const page of pages) {
    for (const state of Object.keys(STATES)) {
      // What a guest sees, and what is about one thing, has nothing to be empty of.
      if (state === "empty" && !page.empty) continue;
      await shoot(contexts[state === "empty" ? "empty" : page.by], host, page, state);
    }
    console.log(`taken ${page.name}`);
  }
  for (const dialog of dialogs) await shoot(contexts[dialog.by ?? "full"], host, dialog, "full");
  const names = [...pages, ...dialogs].map((one) => one.name);
  for (const size of Object.keys(SIZES)) for (const theme of THEMES) await sheet(chromium, size, theme, names);
} finally {
  await chromium.close();
  await host.stop();
}
for (const one of findings) console.log(`FINDS ${one}`);
console.log(`${pages.length} pages, ${dialogs.length} dialogs, ${told} mails, ${pictures.size} pictures, ${findings.length} findings: ${folder}/sheet-*.png`);
process.exit(findings.length ? 1 : 0);
