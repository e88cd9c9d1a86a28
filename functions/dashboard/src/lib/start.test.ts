import { expect, it } from "vitest";
import { another, askedFor, isMine, saidLast, yes } from "./start";

const bots = [{ id: "bot_dead", state: "token_dead" as const }, { id: "bot_a", state: "connected" as const }, { id: "bot_b", state: "connected" as const }];
const [dead, first, second] = bots as [(typeof bots)[0], (typeof bots)[0], (typeof bots)[0]];
const query = (to: string): URLSearchParams => new URL(to, "https://app.example.org").searchParams;

it("the page is about the bot of its address, and about the first that works without one", () => {
  expect(askedFor(bots, query("/start"))).toBe(first);
  expect(askedFor(bots, query(another(second.id)))).toBe(second);
  expect(askedFor(bots, query(another(dead.id)))).toBe(first);
  expect(askedFor(bots, query("/start?bot=new"))).toBe(undefined);
  expect(askedFor([dead], query("/start"))).toBe(undefined);
});
it("a bot is somebody's by their word for that bot", () => {
  expect(isMine(second, query(yes(second)))).toBe(true);
  expect(isMine(second, query(another(second.id)))).toBe(false);
  expect(isMine(first, query(yes(second)))).toBe(false);
  expect(isMine(undefined, query("/start?bot=new&mine"))).toBe(false);
});
it("the bot's greeting is not what the fan said, and neither is the press of Start", () => {
  const [greeting, start, words] = [{ direction: "out", text: "Hi! This is the bot." }, { direction: "in", text: "/start" }, { direction: "in", text: "hello" }] as const;
  expect(saidLast([greeting, words, start])).toBe("hello");
  expect(saidLast([greeting, start])).toBe("");
  expect(saidLast([{ direction: "in", text: null }, words])).toBe("hello");
  expect(saidLast([])).toBe("");
});
