import { describe, expect, it } from "vitest";
import { fitting, insert, slash } from "./slash";

describe("a saved reply while typing", () => {
  it("is asked for by a slash that begins a word", () => {
    expect(slash("/", 1)).toEqual({ from: 0, query: "" });
    expect(slash("hi /pri now", 7)).toEqual({ from: 3, query: "pri" });
    expect(slash("line\n/größe", 11)).toEqual({ from: 5, query: "größe" });
    for (const text of ["and/or", "https://example.com/a", "1/2", "/two words", "//"]) expect(slash(text, text.length), text).toBe(null);
  });
  it("is found by its shortcut first, then by its words", () => {
    const replies = [{ shortcut: "welcome", text: "Hi! About prices: ask me." }, { shortcut: "Prices", text: "Ten stars." }, { shortcut: "my-prices", text: "x" }, { shortcut: "bye", text: "See you" }];
    expect(fitting(replies, "pri").map((one) => one.shortcut)).toEqual(["Prices", "my-prices", "welcome"]);
    expect(fitting(replies, "").map((one) => one.shortcut)).toEqual(["bye", "my-prices", "Prices", "welcome"]);
    expect(fitting(replies, "nothing")).toEqual([]);
  });
  it("stands where the slash was, and the rest stays", () => {
    const text = "hi /pri now";
    expect(insert(text, slash(text, 7)!, "Ten stars.")).toEqual({ text: "hi Ten stars. now", caret: 13 });
  });
});
