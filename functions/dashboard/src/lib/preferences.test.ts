import { afterEach, expect, it, vi } from "vitest";
import { keepEntered, mayBeIn } from "./preferences.svelte";

afterEach(() => vi.unstubAllGlobals());

it("who never logged in here has no session to ask for, until they do", () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => kept.set(name, value), removeItem: (name: string) => kept.delete(name) });
  expect(mayBeIn()).toBe(false);
  keepEntered(true);
  expect(mayBeIn()).toBe(true);
  keepEntered(false);
  expect(mayBeIn()).toBe(false);
});
it("where storage is refused, a session is asked for", () => {
  const refuse = (): never => {
    throw new Error("refused");
  };
  vi.stubGlobal("localStorage", { getItem: refuse, setItem: refuse, removeItem: refuse });
  keepEntered(true);
  expect(mayBeIn()).toBe(true);
});
