import type { Schemas } from "../api/client";

/** What gives a member the role and the bots back that they have now: owners and managers see all bots, and may name none. */
export const asNow = (member: Pick<Schemas["MemberOut"], "role" | "bots">): Schemas["MemberUpdate"] => ({ role: member.role, ...(member.bots ? { bots: member.bots } : {}) });
