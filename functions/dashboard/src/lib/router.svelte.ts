// Where the page is. Links are plain links; the router takes over clicks on those that stay here.

import { ownPath } from "./links";

interface Place {
  path: string;
  query: URLSearchParams;
  hash: string;
}

const here = (): Place => ({
  path: location.pathname,
  query: new URLSearchParams(location.search),
  hash: location.hash.slice(1),
});

class Router {
  place = $state.raw<Place>(here());

  go(to: string, replace = false): void {
    history[replace ? "replaceState" : "pushState"](null, "", to);
    this.place = here();
  }

  start(): void {
    addEventListener("popstate", () => (this.place = here()));
    addEventListener("hashchange", () => (this.place = here()));
    addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      const to = link && ownPath(link.href, location.origin);
      const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (!to || !plain || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
      event.preventDefault();
      this.go(to);
    });
  }
}

export const router = new Router();
