// Who belongs to the workspace, asked for once and kept: assignments, notes and answers name people by their id.
import { api, ask, type Schemas } from "../api/client";
import { t } from "../i18n";
import { session } from "./session.svelte";

export type Member = Schemas["MemberOut"];

/** Who can be given a conversation of this bot, oneself first: they must see the bot, and be allowed to answer. */
export function candidates(members: Member[], bot: string): Member[] {
  const can = members.filter((one) => one.role !== "analyst" && (!one.bots || one.bots.includes(bot)));
  return [...can.filter((one) => one.you), ...can.filter((one) => !one.you)];
}

class Team {
  members = $state.raw<Member[]>([]);
  #of: string | undefined;
  #settledOf = $state<string | undefined>();

  /** Asks unless the members of this workspace are known already. */
  async load(): Promise<void> {
    const workspace = session.workspace?.id;
    if (!workspace || this.#of === workspace) return;
    this.#of = workspace;
    this.members = [];
    const all = await ask(api.GET("/api/v1/workspace/members"));
    if (all.ok && this.#of === workspace) this.members = all.data.members;
    else if (!all.ok) this.#of = undefined;
    if (session.workspace?.id === workspace) this.#settledOf = workspace;
  }
  /** Whether it is known who belongs to this workspace, or that it cannot be asked for. */
  get isSettled(): boolean {
    return this.#settledOf !== undefined && this.#settledOf === session.workspace?.id;
  }
  /** Forgets, so that the next who asks gets the team as it is now. */
  changed(): void {
    this.#of = undefined;
  }
  isMe(id: string): boolean {
    return id === session.me?.id;
  }
  name(id: string): string {
    return this.members.find((one) => one.user_id === id)?.name ?? t("team.former");
  }
  /** The name, or "you". */
  who(id: string): string {
    return this.isMe(id) ? t("team.me") : this.name(id);
  }
}

export const team = new Team();
