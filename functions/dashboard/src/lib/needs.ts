// What needs somebody, on Home: a conversation stands there once, under the most urgent of the reasons for which it is listed.
import type { Schemas } from "../api/client";

/** Conversations of one reason that are shown. */
export const SHOWN = 6;
/** How many to ask for, of the reason at this place: those before it may have shown as many as these. */
export const toAsk = (place: number): number => SHOWN * (place + 1);

/** The first of each list, without those that an earlier list shows. A list that is not there stays away. */
export function onceEach<V extends string>(order: readonly V[], pages: Partial<Record<V, Schemas["ConversationPage"]>>): Partial<Record<V, Schemas["ConversationPage"]>> {
  const shown = new Set<string>();
  const rest: Partial<Record<V, Schemas["ConversationPage"]>> = {};
  for (const view of order) {
    const page = pages[view];
    if (!page) continue;
    const conversations = page.conversations.filter((one) => !shown.has(one.id)).slice(0, SHOWN);
    for (const one of conversations) shown.add(one.id);
    rest[view] = { ...page, conversations };
  }
  return rest;
}
