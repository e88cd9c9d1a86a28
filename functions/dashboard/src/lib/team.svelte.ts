// Who belongs to the workspace, asked for once and kept: assignments, notes and answers name people by their id. Whoever is
// not among them may have joined since, which is asked once more.
import { SvelteMap } from "svelte/reactivity";
import { api, ask, type Schemas } from "../api/client";
import { t } from "../i18n";
import { session } from "./session.svelte";

export type Member = Schemas["MemberOut"];

/** Who can be given a conversation of this bot, oneself first: they must see the bot, and be allowed to answer. */
export function candidates(members: Member[], bot: string): Member[] {
  const can = members.filter((one) => one.role !== "analyst" && (!one.bots || one.bots.includes(bot)));
  return [...can.filter((one) => team.isMe(one.user_id)), ...can.filter((one) => !team.isMe(one.user_id))];
}

class Team {
  members = $state.raw<Member[]>([]);
  #of: string | undefined;
  #settledOf = $state<string | undefined>();
  /** Ids that were looked for and are nobody's any more. */
  #former = new SvelteMap<string, true>();
  #wanted = new Set<string>();
  #turn = 0;
  #running: Promise<void> | undefined;

  /** Asks unless the members of this workspace are known already: to this person, as each is told of themselves. */
  async load(): Promise<void> {
    const { membership } = session;
    if (!membership || this.#of === membership) return;
    this.members = [];
    this.#former.clear();
    await this.#ask(membership);
  }
  #ask(membership: string): Promise<void> {
    this.#of = membership;
    return (this.#running = this.#fetch(membership));
  }
  async #fetch(membership: string): Promise<void> {
    const turn = ++this.#turn;
    const all = await ask(api.GET("/api/v1/workspace/members"));
    // Whoever asked since sees to the rest.
    if (turn !== this.#turn) return;
    this.#running = undefined;
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    if (all.ok && this.#of === membership) this.members = all.data.members;
    else if (!all.ok) this.#of = undefined;
    if (session.membership !== membership) return;
    this.#settledOf = membership;
    // Where nobody has answered, or not now, nobody knows; who may not ask never will.
    if (!all.ok && all.trouble.status !== 403) return;
    for (const id of wanted) if (!this.#member(id)) this.#former.set(id, true);
  }
  #member(id: string): Member | undefined {
    return this.members.find((one) => one.user_id === id);
  }
  #seek(id: string): void {
    const isFirst = !this.#wanted.size;
    this.#wanted.add(id);
    // A name is read while the page is drawn, in which nothing may change.
    if (isFirst) queueMicrotask(() => void this.#lookAgain());
  }
  async #lookAgain(): Promise<void> {
    const { membership } = session;
    if (this.#running) await this.#running;
    else if (membership) await this.#ask(membership);
    else this.#wanted.clear();
  }
  /** Whether it is known who belongs to this workspace, or that it cannot be asked for. */
  get isSettled(): boolean {
    return this.#settledOf !== undefined && this.#settledOf === session.membership;
  }
  /** Forgets, so that the next who asks gets the team as it is now. */
  changed(): void {
    this.#of = undefined;
  }
  isMe(id: string): boolean {
    return id === session.me?.id;
  }
  /** An ellipsis until it is known whose the id is. */
  name(id: string): string {
    const member = this.#member(id);
    if (member) return member.name;
    // What comes of a question draws the name anew.
    if (!id || (this.#former.has(id) && this.isSettled)) return t("team.former");
    this.#seek(id);
    return "…";
  }
  /** The name for what is told once, and not drawn anew: where it is not to be had, the team's. */
  async named(id: string): Promise<string> {
    if (!this.#member(id) && !this.#former.has(id)) {
      this.#wanted.add(id);
      await this.#lookAgain();
    }
    return this.#member(id)?.name ?? (this.#former.has(id) ? t("team.former") : t("author.person"));
  }
  /** The name, or "you". */
  who(id: string): string {
    return this.isMe(id) ? t("team.me") : this.name(id);
  }
}

export const team = new Team();
