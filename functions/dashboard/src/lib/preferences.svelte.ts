// Language, theme, whether single keys mean something, and whether anybody has logged in here. They say nothing about a person and
// are the only thing kept in web storage.
import { setLocale } from "./locale.svelte";

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;
export type Theme = "system" | "light" | "dark";
export type Switch = "on" | "off";

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

class Preferences {
  language = $state<Language>("en");
  theme = $state<Theme>("system");
  /** Whoever speaks to their computer, or hits keys by mistake, must be able to switch these off (WCAG 2.1.4). */
  keys = $state<Switch>("on");

  start(): void {
    const language = stored("language") ?? navigator.language.slice(0, 2);
    this.language = language in LANGUAGES ? (language as Language) : "en";
    const theme = stored("theme");
    this.theme = theme === "light" || theme === "dark" ? theme : "system";
    this.keys = stored("keys") === "off" ? "off" : "on";
    this.apply();
  }
  set(change: { language?: Language; theme?: Theme; keys?: Switch }): void {
    Object.assign(this, change);
    for (const [name, value] of Object.entries(change)) store(name, value);
    this.apply();
  }
  apply(): void {
    const root = document.documentElement;
    root.lang = this.language;
    root.dir = RIGHT_TO_LEFT.has(this.language) ? "rtl" : "ltr";
    if (this.theme === "system") delete root.dataset.theme;
    else root.dataset.theme = this.theme;
    setLocale(this.language);
  }
}

const ENTERED = "entered";
/** Whether there may be a session: who never logged in here has none, and is not asked for one. Unknown counts as yes. */
export function mayBeIn(): boolean {
  try {
    return localStorage.getItem(ENTERED) !== null;
  } catch {
    return true;
  }
}
export function keepEntered(isIn: boolean): void {
  try {
    if (isIn) localStorage.setItem(ENTERED, "yes");
    else localStorage.removeItem(ENTERED);
  } catch {
    /* see below */
  }
}

// A browser may refuse storage altogether; then a choice lasts until the page is closed.
function stored(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
function store(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    /* see above */
  }
}

export const preferences = new Preferences();
