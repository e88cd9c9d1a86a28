import type { Schemas } from "../api/client";
import { rare } from "../i18n/rare";

/** What a right allows, in the reader's language: the API says it in English, also of a right that this page does not know. */
export const mayWhat = (right: Pick<Schemas["RightOut"], "right" | "allows">): string => rare("right", right.right) ?? right.allows;

/** What gives a member the role and the bots back that they have now: owners and managers see all bots, and may name none. */
export const asNow = (member: Pick<Schemas["MemberOut"], "role" | "bots">): Schemas["MemberUpdate"] => ({ role: member.role, ...(member.bots ? { bots: member.bots } : {}) });
