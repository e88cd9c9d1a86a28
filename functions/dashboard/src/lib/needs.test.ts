import { expect, it } from "vitest";
import type { Schemas } from "../api/client";
import { onceEach, SHOWN, toAsk } from "./needs";

const page = (...ids: string[]): Schemas["ConversationPage"] => ({ conversations: ids.map((id) => ({ id })) }) as Schemas["ConversationPage"];
const ids = (it: Schemas["ConversationPage"] | undefined): string[] | undefined => it?.conversations.map((one) => one.id);
const many = (from: number, count: number): string[] => Array.from({ length: count }, (_, at) => `c${from + at}`);

it("shows a conversation once, under the first reason that lists it", () => {
  const seen = onceEach(["care", "drafts", "unanswered"], { care: page("a"), drafts: page("b", "a"), unanswered: page("a", "b", "c") });
  expect([ids(seen.care), ids(seen.drafts), ids(seen.unanswered)]).toEqual([["a"], ["b"], ["c"]]);
});

it("leaves away a list that could not be had, and never shows more than its share", () => {
  const seen = onceEach(["drafts", "unanswered"], { unanswered: page(...many(0, SHOWN + 3)) });
  expect(seen.drafts).toBeUndefined();
  expect(ids(seen.unanswered)).toEqual(many(0, SHOWN));
});

it("asks for enough that what earlier lists show leaves a full share", () => {
  const drafts = page(...many(0, toAsk(0)));
  const unanswered = page(...many(0, toAsk(1)));
  expect(ids(onceEach(["drafts", "unanswered"], { drafts, unanswered }).unanswered)).toEqual(many(SHOWN, SHOWN));
});
