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
