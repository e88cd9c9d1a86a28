// Which addresses are the dashboard's own.

/** The path of an address that the dashboard itself answers, or null. */
export function ownPath(href: string, origin: string): string | null {
  const url = URL.canParse(href) ? new URL(href) : null;
  if (!url || url.origin !== origin) return null;
  if (/^\/(api|legal|\.well-known|__local|hooks)(\/|$)/.test(url.pathname)) return null;
  return url.pathname + url.search + url.hash;
}
