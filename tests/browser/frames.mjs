// What a browser notes of itself while a page is used: paints, frames, shifts and how fast it reacts.

/** 1.6 Mbit/s, 150 ms away, four times slower than this machine. */
export async function slow(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 1.6e6 / 8 });
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await throttle(session, 4);
  return session;
}
export const throttle = (session, rate) => session.send("Emulation.setCPUThrottlingRate", { rate });

/** Before a page is opened: notes when `selector` was first in a frame, what shifted, and every interaction. */
export const watch = (page, selector) =>
  page.addInitScript((selector) => {
    const seen = (globalThis.__seen = { shown: null, shift: 0, interactions: new Map() });
    const look = () => (document.querySelector(selector) ? requestAnimationFrame(() => (seen.shown ??= performance.now())) : requestAnimationFrame(look));
    requestAnimationFrame(look);
    new PerformanceObserver((list) => list.getEntries().forEach((it) => it.hadRecentInput || (seen.shift += it.value))).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) =>
      list.getEntries().forEach((it) => it.interactionId && seen.interactions.set(it.interactionId, Math.max(it.duration, seen.interactions.get(it.interactionId) ?? 0))),
    ).observe({ type: "event", durationThreshold: 16, buffered: true });
  }, selector);
export const shown = async (page) => {
  await page.waitForFunction(() => globalThis.__seen?.shown, null, { timeout: 60_000 });
  return page.evaluate(() => __seen.shown);
};
export const shift = (page) => page.evaluate(() => __seen.shift);
export const firstPaint = (page) => page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
export const interactions = (page) => page.evaluate(() => [...__seen.interactions.values()]);
/** Waits until what was done is on screen. */
export const painted = (page) => page.evaluate(() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(go)))));

/** Scrolls at a speed, in pixels a second, and says how long each frame took. At an end it waits for more. */
export const scroll = (page, selector, speed, ms) =>
  page.evaluate(
    ([selector, speed, ms]) =>
      new Promise((done) => {
        const it = document.querySelector(selector);
        const frames = [];
        const begun = performance.now();
        let last = begun;
        const step = (now) => {
          frames.push(now - last);
          it.scrollTop += (speed * (now - last)) / 1000;
          last = now;
          if (now - begun < ms) requestAnimationFrame(step);
          else done(frames.slice(1));
        };
        requestAnimationFrame(step);
      }),
    [selector, speed, ms],
  );

export const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)];
