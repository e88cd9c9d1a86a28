// Who has logged in and what they may do.
import { api, ask, whenLoggedOut, type Schemas, type Trouble } from "../api/client";
import { begun } from "./begun.svelte";

class Session {
  state = $state<"asking" | "in" | "out" | "failed">("asking");
  me = $state.raw<Schemas["MeOut"] | null>(null);
  bots = $state.raw<Schemas["BotOut"][]>([]);
  trouble = $state.raw<Trouble | null>(null);
  #rights = $state.raw<Set<string>>(new Set());

  get workspace(): Schemas["MyWorkspaceOut"] | null {
    return this.me?.workspaces[0] ?? null;
  }
  may(right: Schemas["Right"]): boolean {
    return this.#rights.has(right);
  }
  bot(id: string): Schemas["BotOut"] | undefined {
    return this.bots.find((bot) => bot.id === id);
  }

  start(): void {
    whenLoggedOut(() => {
      if (this.state === "in") this.left();
    });
  }
  left(): void {
    this.state = "out";
    this.me = null;
    this.bots = [];
    begun.forget();
  }
  /** Asks who this is; one page may be open longer than the session. */
  async load(): Promise<void> {
    const me = await ask(api.GET("/api/v1/me"));
    if (!me.ok) {
      this.trouble = me.trouble;
      this.state = me.trouble.status === 401 ? "out" : "failed";
      return;
    }
    this.me = me.data;
    if (this.workspace) await Promise.all([this.loadBots(), this.#loadRights()]);
    this.state = "in";
  }
  async loadBots(): Promise<void> {
    const bots = await ask(api.GET("/api/v1/bots"));
    if (bots.ok) this.bots = bots.data.bots.filter((bot) => bot.state !== "disconnected");
  }
  async #loadRights(): Promise<void> {
    const roles = await ask(api.GET("/api/v1/workspace/roles"));
    const role = this.workspace?.role;
    if (roles.ok && role) {
      this.#rights = new Set(roles.data.rights.filter((one) => one.roles.includes(role)).map((one) => one.right));
    }
  }
}

export const session = new Session();
