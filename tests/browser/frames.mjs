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
    const seen = (globalThis.__seen = { shown: null, shift: 0, moved: [], interactions: new Map() });
    // What a person does is one interaction of several events: the longest counts.
    const take = (entries) => {
      for (const { interactionId: id, duration, name, startTime, processingStart, processingEnd } of entries) {
        const known = seen.interactions.get(id);
        if (!id || known?.duration >= duration) continue;
        const parts = { waited: processingStart - startTime, worked: processingEnd - processingStart };
        seen.interactions.set(id, { duration, name, ...parts, begun: Math.min(startTime, known?.begun ?? startTime) });
      }
    };
    const look = () => (document.querySelector(selector) ? requestAnimationFrame(() => (seen.shown ??= performance.now())) : requestAnimationFrame(look));
    requestAnimationFrame(look);
    const from = ({ x, y, width, height }) => [x, y, width, height].map((it) => Math.round(it * 10) / 10).join(" ");
    const place = ({ node, previousRect, currentRect }) => `${node?.outerHTML?.slice(0, 160) ?? node?.textContent?.slice(0, 80)}: ${from(previousRect)} -> ${from(currentRect)}`;
    const shifted = (it) => {
      seen.shift += it.value;
      seen.moved.push(...it.sources.map(place));
    };
    new PerformanceObserver((list) => list.getEntries().forEach((it) => it.hadRecentInput || shifted(it))).observe({ type: "layout-shift", buffered: true });
    const events = new PerformanceObserver((list) => take(list.getEntries()));
    events.observe({ type: "event", durationThreshold: 16, buffered: true });
    seen.rest = () => take(events.takeRecords());
  }, selector);
export const shown = async (page) => {
  await page.waitForFunction(() => globalThis.__seen?.shown, null, { timeout: 60_000 });
  return page.evaluate(() => __seen.shown);
};
export const shift = (page) => page.evaluate(() => __seen.shift);
/** What shifted, from where to where. */
export const moved = (page) => page.evaluate(() => __seen.moved.join("\n"));
export const firstPaint = (page) => page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
/**
 * Every interaction of 16 ms and more, as `{ duration, name, begun, waited, worked }`: the browser names no faster one. It waited for
 * what was under way, its handlers worked, and the rest went by until its frame.
 */
export async function interactions(page) {
  // An entry is made with the frame that shows what came of it.
  await painted(page);
  return page.evaluate(() => (__seen.rest(), [...__seen.interactions.values()]));
}
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

/** How often each span occurs, as a line of text. */
export function distribution(times, edges) {
  const spans = [...edges.map((edge, at) => [edges[at - 1] ?? 0, edge]), [edges.at(-1), Infinity]];
  return spans.map(([from, to]) => `${to === Infinity ? `over ${from}` : `to ${to}`}: ${times.filter((time) => time > from && time <= to).length}`).join(", ");
}
export const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)];
