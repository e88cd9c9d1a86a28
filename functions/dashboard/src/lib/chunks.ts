// Code that comes only where it is needed. What does not come takes neither the rest of the page nor what is written in it.

/** Why it did not come: no connection; the server has another build by now; or neither, so that only a reload may help. */
export type Miss = "offline" | "outdated" | "stuck";
/** A bucket that may not be listed says 403 of a file that it does not have. */
const GONE = new Set([403, 404, 410]);

/** Our page as the server has it now; null where nothing answers, or something else does. */
async function pageNow(): Promise<string | null> {
  try {
    const answer = await fetch("/index.html", { cache: "no-store" });
    const text = answer.ok ? await answer.text() : "";
    return text.includes('id="app"') ? text : null;
  } catch {
    return null;
  }
}
/** The script with which this page began: each build gives it another name. */
const entry = (): string => document.querySelector('script[type="module"][src]')?.getAttribute("src") ?? "";
/** The file that a browser says did not come; some name none. */
const fileIn = (error: unknown): string | undefined => /https?:\/\/\S+\/assets\/\S+/.exec(String(error))?.[0];

async function why(file: string | undefined): Promise<Miss> {
  const page = await pageNow();
  if (page === null) return "offline";
  if (!page.includes(entry())) return "outdated";
  if (!file) return "stuck";
  try {
    const { status } = await fetch(file, { method: "HEAD", cache: "no-store" });
    if (GONE.has(status)) return "outdated";
    return status < 400 ? "stuck" : "offline";
  } catch {
    return "offline";
  }
}

/** Styles that did not come. What asks for them does so once: whoever tries again would get the page without them. */
const unstyled = new Set<HTMLLinkElement>();
globalThis.addEventListener?.("error", ({ target }) => target instanceof HTMLLinkElement && target.rel === "stylesheet" && unstyled.add(target), true);
const missing = (): string[] => [...unstyled].map((link) => link.href);
/** By what is loaded, the styles without which it did not come. */
const lacking = new Map<unknown, Set<string>>();
/** Whether they came when they were asked for last. */
const again = new Map<string, Promise<boolean>>();
function anew(link: HTMLLinkElement): Promise<boolean> {
  return new Promise((done) => {
    const next = link.cloneNode() as HTMLLinkElement;
    next.onload = () => done(true);
    next.onerror = () => done(false);
    unstyled.delete(link);
    link.replaceWith(next);
  });
}
/** Those of other pages are asked for as well, as this one may share them: it does not wait for them. */
async function restyle(load: unknown): Promise<void> {
  for (const link of [...unstyled]) again.set(link.href, anew(link));
  for (const href of lacking.get(load) ?? []) if ((await again.get(href)) === false) throw new Error(href);
}

const known = new Map<() => Promise<unknown>, unknown>();
let tries = 0;
/** Browsers of before 2026 keep for good that a script did not come, so it is asked for under another name. */
function underAnotherName<T>(file: string): Promise<T> {
  const name = `${file}?again=${++tries}`;
  return import(/* @vite-ignore */ name);
}
async function ask<T>(load: () => Promise<T>): Promise<{ module: T } | { why: Miss }> {
  // What is not asked for is not kept as having failed: of what it needs, nothing could be asked for under another name.
  if (!navigator.onLine && (await pageNow()) === null) return { why: "offline" };
  const before = missing();
  try {
    await restyle(load);
    return { module: await load() };
  } catch (error) {
    lacking.set(load, new Set([...(lacking.get(load) ?? []), ...missing().filter((href) => !before.includes(href))]));
    const file = fileIn(error);
    const miss = await why(file);
    if (miss !== "stuck") return { why: miss };
    try {
      await restyle(load);
      return { module: await (file?.endsWith(".js") ? underAnotherName<T>(file) : load()) };
    } catch {
      return { why: miss };
    }
  }
}

/** What `load` imports, or why it did not come. What has come once is there for good. */
export async function come<T>(load: () => Promise<T>): Promise<{ module: T } | { why: Miss }> {
  if (known.has(load)) return { module: known.get(load) as T };
  const it = await ask(load);
  if ("module" in it) known.set(load, it.module);
  return it;
}
