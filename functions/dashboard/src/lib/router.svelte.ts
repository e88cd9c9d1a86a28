// Where the page is. Links are plain links; the router takes over clicks on those that stay here. The workspace is kept in
// the history's own state: it outlives a reload, goes back with "back", and is in no storage.

import { ownPath } from "./links";

interface Place {
  path: string;
  query: URLSearchParams;
  hash: string;
  /** Which of the person's workspaces; null for the first. */
  workspace: string | null;
}

const here = (): Place => ({
  path: location.pathname,
  query: new URLSearchParams(location.search),
  hash: location.hash.slice(1),
  workspace: typeof history.state?.workspace === "string" ? history.state.workspace : null,
});

class Router {
  place = $state.raw<Place>(here());

  /** Called while the former workspace still holds. */
  leaving: (() => void) | null = null;

  get here(): string {
    return location.pathname + location.search + location.hash;
  }
  go(to: string, replace = false, workspace = this.place.workspace): void {
    if (workspace !== this.place.workspace) this.leaving?.();
    history[replace ? "replaceState" : "pushState"](workspace ? { workspace } : null, "", to);
    this.place = here();
  }
  #follow(): void {
    const place = here();
    if (place.workspace !== this.place.workspace) this.leaving?.();
    this.place = place;
  }

  start(): void {
    addEventListener("popstate", () => this.#follow());
    addEventListener("hashchange", () => this.#follow());
    addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      const to = link && ownPath(link.href, location.origin);
      const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (!to || !plain || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
      event.preventDefault();
      // A row of a list over several workspaces leads into its own.
      this.go(to, false, link.dataset.workspace ?? this.place.workspace);
    });
  }
}

export const router = new Router();
