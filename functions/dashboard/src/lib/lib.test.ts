import { describe, expect, it, vi } from "vitest";
import { isRefused, read } from "../api/client";
import { de } from "../i18n/de";
import { en } from "../i18n/en";
import { changes } from "./changes";
import { plainName } from "./download";
import { combination, spoken } from "./keys";
import { wait } from "./pace";
import { codewords, correction, fits, qr } from "./qr";
import { ownPath } from "./links";
import { find } from "./routes";
import { language, left } from "./time";
import { windowed } from "./windowed";

// Paths are looked at, not pages: those need a browser.
vi.mock("../pages/LogIn.svelte", () => ({ default: null }));

describe("the pace of asking", () => {
  it("is the server's, a fifth more or less", () => {
    expect(wait({ pace: 3000, failures: 0, hidden: false, chance: 0.5 })).toBe(3000);
    expect(wait({ pace: 3000, failures: 0, hidden: false, chance: 0 })).toBe(2400);
    expect(wait({ pace: 3000, failures: 0, hidden: false, chance: 1 })).toBe(3600);
  });
  it("is slower for the workspaces beside the one at hand once they are many", () => {
    const among = (crowd: number): number => wait({ pace: 3000, failures: 0, hidden: false, chance: 0.5, crowd });
    expect([1, 3, 6].map(among)).toEqual([3000, 3000, 6000]);
  });
  it("doubles with failures up to a minute, and is slow while nobody looks", () => {
    const after = (failures: number): number => wait({ pace: 3000, failures, hidden: false, chance: 0.5 });
    expect([1, 2, 3, 7, 40].map(after)).toEqual([1000, 2000, 4000, 60000, 60000]);
    expect(wait({ pace: 3000, failures: 0, hidden: true, chance: 0.5 })).toBe(60000);
  });
});

describe("rows on screen", () => {
  it("are few whatever the list's length", () => {
    const shown = windowed(5000, 78, 78 * 2500, 800);
    expect(shown.from).toBeLessThan(2500);
    expect(shown.to - shown.from).toBeLessThan(30);
    expect(windowed(3, 78, 0, 800)).toEqual({ from: 0, to: 3 });
    expect(windowed(2, 78, 9000, 800)).toEqual({ from: 2, to: 2 });
  });
});

describe("links", () => {
  const origin = "https://app.example.org";
  it("stay in the dashboard unless somebody else answers them", () => {
    expect(ownPath(`${origin}/inbox?view=care`, origin)).toBe("/inbox?view=care");
    for (const other of ["/legal/terms", "/api/v1/me", "/.well-known/gpc.json"]) expect(ownPath(origin + other, origin)).toBe(null);
    expect(ownPath("https://evil.example/inbox", origin)).toBe(null);
    expect(ownPath("not an address", origin)).toBe(null);
  });
  it("find their page, or the one that says there is none", () => {
    expect(find("/inbox/cnv_1")).toMatchObject({ route: { name: "inbox" }, id: "cnv_1" });
    expect(find("/").route.name).toBe("home");
    expect(find("/fans/import")).toMatchObject({ route: { title: "imports.title" }, id: "" });
    expect(find("/verify/reg_1/x").route.name).toBe("missing");
  });
});

describe("problems", () => {
  it("are read from any answer, also from one that is none of ours", () => {
    const headers = new Headers({ "x-request-id": "req-1" });
    expect(read({ code: "busy", message: "m", field_errors: [] }, { status: 503, headers })).toMatchObject({ code: "busy", reference: "req-1" });
    expect(read("<html>", { status: 502, headers: new Headers() })).toEqual({ code: "http_502", message: "", fields: [], reference: null, status: 502 });
  });
  it("say whether nothing was done, or nobody knows", () => {
    const refused = [400, 403, 404, 409, 422, 429].map((status) => isRefused({ status }));
    expect(refused).toEqual(refused.map(() => true));
    // Not answered at all, or by something between us.
    for (const status of [0, 500, 502, 503, 504]) expect(isRefused({ status }), String(status)).toBe(false);
  });
});

describe("words", () => {
  it("have the same gaps in every language", () => {
    const gaps = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const key of Object.keys(en) as (keyof typeof en)[]) expect(gaps(de[key]), key).toEqual(gaps(en[key]));
  });
});

describe("an audit entry", () => {
  it("shows the fields that differ, and nothing else", () => {
    expect(changes({ note: null, tags: ["a"] }, { note: "b", tags: ["a"] })).toEqual([{ field: "note", from: "", to: "b" }]);
    expect(changes(undefined, { name: "x" })).toEqual([{ field: "name", from: "", to: "x" }]);
    expect(changes("off", "auto")).toEqual([{ field: "", from: "off", to: "auto" }]);
    expect(changes(undefined, undefined)).toEqual([]);
  });
});

describe("time and keys", () => {
  it("names a language, and leaves a tag that is none as it is", () => {
    expect(["de", "pt-BR", "no such tag!", "qqx"].map(language)).toEqual(["German", "Brazilian Portuguese", "no such tag!", "qqx"]);
  });
  it("count down and never below zero", () => {
    const now = Date.parse("2026-11-28T12:00:00Z");
    expect(left("2026-11-28T12:04:09Z", now)).toBe("4:09");
    expect(left("2026-11-28T13:04:09Z", now)).toBe("1:04:09");
    expect(left("2026-11-28T11:00:00Z", now)).toBe("0:00");
  });
  it("name combinations alike on every system", () => {
    const key = { key: "K", ctrlKey: false, metaKey: false, altKey: false };
    expect(combination({ ...key, metaKey: true })).toBe("mod+k");
    expect(combination({ ...key, ctrlKey: true })).toBe("mod+k");
    expect(combination(key)).toBe("k");
  });
  it("are told as the reader's keyboard has them", () => {
    expect([spoken("K", false), spoken("K", true)]).toEqual(["Ctrl K", "⌘ K"]);
  });
});

describe("QR codes", () => {
  it("carry the correction of the standard's own example", () => {
    // ISO/IEC 18004, Annex I: "01234567" in version 1-M.
    const data = [0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11];
    expect(correction(data, 10)).toEqual([0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55]);
  });
  it("take the smallest version that holds the text, and refuse a longer one", () => {
    expect(codewords("https://t.me/mira_vale_bot").version).toBe(2);
    expect(codewords("x".repeat(106)).version).toBe(5);
    expect(() => codewords("x".repeat(135))).toThrow(RangeError);
    expect(qr("https://t.me/mira_vale_bot")).toHaveLength(25);
    // Of two blocks, whose words take turns.
    const { words } = codewords("a".repeat(120));
    expect([qr("a".repeat(120)).length, words.length, words[0], words[1]]).toEqual([41, 172, 0x47, 0x16]);
    expect([fits("a".repeat(134)), fits("a".repeat(135))]).toEqual([true, false]);
  });
});

describe("names of files that others chose", () => {
  it("keep their letters and lose what hides, turns or leads elsewhere", () => {
    expect(plainName("Rechnung März 2026.pdf")).toBe("Rechnung März 2026.pdf");
    expect(plainName("invoice\u202Efdp.exe\u0000")).toBe("invoicefdp.exe");
    expect(plainName("../a\\b:c")).toBe("..abc");
    expect(plainName("x".repeat(300))).toHaveLength(120);
  });
});
