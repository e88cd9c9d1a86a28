import { afterEach, beforeEach, expect, it, vi } from "vitest";

let press: () => void;
beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  vi.stubGlobal("document", { hidden: true });
  vi.stubGlobal("addEventListener", (_: string, heard: () => void) => (press = heard));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
async function waiting(): Promise<{ run: ReturnType<typeof vi.fn>; begin: () => () => void }> {
  const { whenCalm } = await import("./paint");
  const run = vi.fn();
  return { run, begin: () => whenCalm(run) };
}

it("runs at once where no key is pressed", async () => {
  const { run, begin } = await waiting();
  begin();
  expect(run).toHaveBeenCalledTimes(1);
});
it("waits for a pause between two keys", async () => {
  const { run, begin } = await waiting();
  press();
  begin();
  vi.advanceTimersByTime(100);
  press();
  vi.advanceTimersByTime(119);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2);
  expect(run).toHaveBeenCalledTimes(1);
});
it("waits a second and a half at most for whoever types on and on", async () => {
  const { run, begin } = await waiting();
  press();
  begin();
  for (let key = 0; key < 29; key++) {
    vi.advanceTimersByTime(50);
    press();
  }
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60);
  expect(run).toHaveBeenCalledTimes(1);
});
it("does not run once it is called off", async () => {
  const { run, begin } = await waiting();
  press();
  begin()();
  vi.advanceTimersByTime(5000);
  expect(run).not.toHaveBeenCalled();
});
