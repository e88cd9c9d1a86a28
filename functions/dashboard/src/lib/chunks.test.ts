import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { come } from "./chunks";

const ENTRY = "/assets/index-1.js";
const page = (entry = ENTRY): Response => new Response(`<script type="module" src="${entry}"></script><div id="app"></div>`);
const miss = (file = "Team-1.js") => vi.fn(() => Promise.reject(new TypeError(`Failed to fetch dynamically imported module: http://sofi.test/assets/${file}`)));
/** How the server answers for its page, and for any other file. */
function serve(forPage: () => Response, forFile: () => Response): void {
  vi.stubGlobal("fetch", vi.fn((path: string) => {
    try {
      return Promise.resolve(path === "/index.html" ? forPage() : forFile());
    } catch (error) {
      return Promise.reject(error);
    }
  }));
}
const lost = (): never => {
  throw new TypeError("Failed to fetch");
};

beforeEach(() => {
  vi.stubGlobal("navigator", { onLine: true });
  vi.stubGlobal("document", { querySelector: () => ({ getAttribute: () => ENTRY }) });
});
afterEach(() => vi.unstubAllGlobals());

describe("code that does not come", () => {
  it("is no new version while nothing answers, nor while something else than our page does", async () => {
    serve(lost, lost);
    expect(await come(miss())).toEqual({ why: "offline" });
    serve(() => new Response("<h1>Log in to this hotel</h1>"), () => new Response(""));
    expect(await come(miss())).toEqual({ why: "offline" });
    serve(() => page(), lost);
    expect(await come(miss())).toEqual({ why: "offline" });
    serve(() => page(), () => new Response("", { status: 503 }));
    expect(await come(miss())).toEqual({ why: "offline" });
  });
  it("is not even asked for without a connection, and is once there is one", async () => {
    vi.stubGlobal("navigator", { onLine: false });
    serve(lost, lost);
    const load = vi.fn(() => Promise.resolve("team"));
    expect([await come(load), load.mock.calls.length]).toEqual([{ why: "offline" }, 0]);
    // A browser may be wrong about that.
    serve(() => page(), lost);
    expect(await come(load)).toEqual({ module: "team" });
  });
  it("belongs to a former build where the server's page begins with another script, or the file is gone", async () => {
    serve(() => page("/assets/index-2.js"), () => new Response(""));
    expect(await come(miss())).toEqual({ why: "outdated" });
    for (const status of [403, 404]) {
      serve(() => page(), () => new Response("", { status }));
      expect(await come(miss()), String(status)).toEqual({ why: "outdated" });
    }
  });
  it("is asked for once more where it is there after all, and after that only a reload may help", async () => {
    serve(() => page(), () => new Response(""));
    const load = vi.fn(() => Promise.resolve("team"));
    load.mockImplementationOnce(miss("Team-1.css"));
    expect(await come(load)).toEqual({ module: "team" });
    expect(await come(miss("Team-1.css"))).toEqual({ why: "stuck" });
  });
});

describe("code that has come", () => {
  it("is there without a connection", async () => {
    const load = vi.fn(() => Promise.resolve("team"));
    await come(load);
    vi.stubGlobal("navigator", { onLine: false });
    serve(lost, lost);
    expect([await come(load), load.mock.calls.length]).toEqual([{ module: "team" }, 1]);
  });
});
