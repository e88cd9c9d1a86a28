/** Runs it once what was pressed has been seen to work: after the next frame. Gives what calls it off. */
export function afterPaint(run: () => void): () => void {
  // A tab in the background draws no frames.
  if (document.hidden) {
    const timer = setTimeout(run);
    return () => clearTimeout(timer);
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => (timer = setTimeout(run)));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** After a key, so long nothing else is drawn; whoever types on and on waits for nothing longer than this. */
const CALM_MS = 120;
const LATEST_MS = 1500;
let pressed = -Infinity;
globalThis.addEventListener?.("keydown", () => (pressed = performance.now()), { capture: true, passive: true });

/**
 * Runs it at once, or, while keys are being pressed, in a pause between them: what the API tells must not hold up what is typed.
 * Gives what calls it off.
 */
export function whenCalm(run: () => void, pause = CALM_MS): () => void {
  const latest = performance.now() + LATEST_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = (): void => clearTimeout(timer);
  const look = (): void => {
    const now = performance.now();
    const calm = pressed + pause;
    if (now >= calm) run();
    else if (now < latest) timer = setTimeout(look, Math.min(calm, latest) - now);
    // Behind the frame of a key there is most time before the next one.
    else stop = afterPaint(run);
  };
  look();
  return () => stop();
}
export const calm = (): Promise<void> => new Promise((done) => void whenCalm(done));
