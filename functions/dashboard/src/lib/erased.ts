// Fans whose erasure was asked for on this page: they leave its lists at once, before their rows are gone. Whoever writes
// again afterwards has the same id, and is known by being newer than that.
import type { Schemas } from "../api/client";

const asked = new Map<string, number>();

/** Hides what is held of a fan up to the moment at which the erasure was asked for. */
export const hide = (fan: string, at: string): unknown => asked.set(fan, Date.parse(at));

const isHidden = (fan: string, at: string): boolean => Date.parse(at) <= (asked.get(fan) ?? -1);
export const withoutFans = (all: Schemas["FanEntry"][]): Schemas["FanEntry"][] => all.filter((one) => !isHidden(one.id, one.first_seen));
export const withoutChats = (all: Schemas["ConversationEntry"][]): Schemas["ConversationEntry"][] =>
  asked.size ? all.filter((one) => !isHidden(one.fan_id, one.last_activity)) : all;
