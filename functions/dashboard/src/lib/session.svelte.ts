// Who has logged in and what they may do.
import { api, ask, callFor, whenLoggedOut, type Schemas, type Trouble } from "../api/client";
import { begun } from "./begun.svelte";
import { router } from "./router.svelte";
import { toasts } from "./toasts.svelte";

class Session {
  state = $state<"asking" | "in" | "out" | "failed">("asking");
  me = $state.raw<Schemas["MeOut"] | null>(null);
  bots = $state.raw<Schemas["BotOut"][]>([]);
  trouble = $state.raw<Trouble | null>(null);
  #rights = $state.raw<Set<string>>(new Set());
  /** The workspace whose bots and rights are loaded. */
  #of = $state<string | undefined>();

  get workspaces(): Schemas["MyWorkspaceOut"][] {
    return this.me?.workspaces ?? [];
  }
  get workspace(): Schemas["MyWorkspaceOut"] | null {
    return this.workspaces.find((one) => one.id === router.place.workspace) ?? this.workspaces[0] ?? null;
  }
  /** Whether somebody is logged in, and what is known of bots and rights is that of this workspace. */
  get isReady(): boolean {
    return this.state === "in" && this.#of === this.workspace?.id;
  }
  may(right: Schemas["Right"]): boolean {
    return this.#rights.has(right);
  }
  bot(id: string): Schemas["BotOut"] | undefined {
    return this.bots.find((bot) => bot.id === id);
  }

  start(): void {
    callFor(() => this.workspace?.id);
    // What waits for its time to be undone belongs to the workspace that is left.
    router.leaving = () => toasts.endAll();
    whenLoggedOut(() => {
      if (this.state === "in") this.left();
    });
  }
  left(): void {
    this.state = "out";
    this.me = null;
    this.#of = undefined;
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
    await this.#loadWorkspace();
    this.state = "in";
  }
  /** Asks again for what is said of the person. */
  async loadMe(): Promise<void> {
    const me = await ask(api.GET("/api/v1/me"));
    if (me.ok) this.me = me.data;
  }
  /** After the place has changed to another workspace. */
  async follow(): Promise<void> {
    if (this.state === "in" && !this.isReady) await this.#loadWorkspace();
  }
  enter(workspace: string, to = "/", replace = false): void {
    router.go(to, replace, workspace);
  }
  async #loadWorkspace(): Promise<void> {
    const id = this.workspace?.id;
    this.bots = [];
    this.#rights = new Set();
    if (id) await Promise.all([this.loadBots(), this.#loadRights()]);
    if (id === this.workspace?.id) this.#of = id;
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
