// Who has logged in and what they may do.
import { api, ask, callFor, whenLoggedOut, type Outcome, type Schemas, type Trouble } from "../api/client";
import { begun } from "./begun.svelte";
import { isOverAll } from "../inbox/ahead";
import { keepEntered } from "./preferences.svelte";
import { router } from "./router.svelte";
import { toasts } from "./toasts.svelte";

type Bots = { bots: Schemas["BotOut"][] };
type Roles = { rights: Schemas["RightOut"][] };

class Session {
  state = $state<"asking" | "in" | "out" | "failed">("asking");
  me = $state.raw<Schemas["MeOut"] | null>(null);
  bots = $state.raw<Schemas["BotOut"][]>([]);
  trouble = $state.raw<Trouble | null>(null);
  /** Whether a session ended without the person's doing: by age, or from elsewhere. */
  hasEnded = $state(false);
  /** Whose page this is: it outlives their session, so that they find what they had begun, and nobody else does. */
  #owner: string | undefined;
  /** To the other tabs: somebody has come or gone. Who that is, each asks for itself. */
  #tabs: BroadcastChannel | undefined;
  #rights = $state.raw<Set<string>>(new Set());
  /** The workspaces whose bots and whose rights are loaded. */
  #botsOf = $state<string | undefined>();
  #rightsOf = $state<string | undefined>();
  /** What workspaces were found to have: whoever goes back and forth between them sees it at once, and it is asked for anew. */
  #known = new Map<string, { bots?: Schemas["BotOut"][]; rights?: Set<string> }>();
  /** The workspace that they were asked of last. */
  #asked: string | undefined;

  get workspaces(): Schemas["MyWorkspaceOut"][] {
    return this.me?.workspaces ?? [];
  }
  get workspace(): Schemas["MyWorkspaceOut"] | null {
    return this.workspaces.find((one) => one.id === router.place.workspace) ?? this.workspaces[0] ?? null;
  }
  /** Who works where: what is known of a workspace was told to one person. */
  get membership(): string | undefined {
    return this.workspace ? `${this.me?.id} ${this.workspace.id}` : undefined;
  }
  /** Whether the inbox is meant to be that of all workspaces: for whoever has one only, that is the same. */
  get isOverAll(): boolean {
    return this.workspaces.length > 1 && isOverAll(router.place.query);
  }
  /** Whether it is known which bots this workspace has. */
  get hasBots(): boolean {
    return this.state === "in" && this.#botsOf === this.workspace?.id;
  }
  /** Whether it is known what the person may do in this workspace. */
  get hasRights(): boolean {
    return this.state === "in" && this.#rightsOf === this.workspace?.id;
  }
  get isReady(): boolean {
    return this.hasBots && this.hasRights;
  }
  may(right: Schemas["Right"]): boolean {
    return this.#rights.has(right);
  }
  /** Whether a place is one for this person: without a workspace, few are. */
  mayGo({ right, alone }: { right?: Schemas["Right"]; alone?: true }): boolean {
    return this.workspace ? !right || this.may(right) : alone === true;
  }
  bot(id: string): Schemas["BotOut"] | undefined {
    return this.bots.find((bot) => bot.id === id);
  }

  start(): void {
    // Before it is known whose workspaces there are, the page's own place says which one is meant.
    callFor(() => (this.me ? this.workspace?.id : (router.place.workspace ?? undefined)));
    // What waits for its time to be undone belongs to the workspace that is left.
    router.leaving = () => void toasts.endAll();
    whenLoggedOut(() => {
      if (this.state === "in") this.#lost();
    });
    this.#tabs = new BroadcastChannel("sofi-person");
    this.#tabs.onmessage = () => void this.#look();
    // A tab that slept may have heard nothing.
    addEventListener("focus", () => void (this.state === "in" && this.#look()));
  }
  /** The person has logged out: nothing of theirs stays. */
  left(): void {
    this.#out();
    this.hasEnded = false;
    begun.forget();
    if (this.#owner) this.#tabs?.postMessage(null);
  }
  /** The session is no more: what waited to be undone is refused now, and not done for whoever comes next. */
  #lost(): void {
    this.#out();
    this.hasEnded = true;
    void toasts.endAll();
  }
  #out(): void {
    keepEntered(false);
    this.state = "out";
    this.me = null;
    this.#botsOf = this.#rightsOf = this.#asked = undefined;
    this.bots = [];
    this.#known.clear();
  }
  /** Asks who is there: in another tab somebody else may have logged in since. */
  async #who(): Promise<Outcome<Schemas["MeOut"]>> {
    const me = await ask(api.GET("/api/v1/me"));
    return me.ok && this.#owner && this.#owner !== me.data.id ? this.#startAnew() : me;
  }
  async #look(): Promise<void> {
    if (this.#owner && (await this.#who()).ok && this.state === "out") await this.load();
  }
  /** What this page holds is another person's. It goes as a whole: no part of it can be forgotten. */
  #startAnew(): Promise<never> {
    toasts.drop();
    begun.forget();
    keepEntered(true);
    this.#owner = undefined;
    this.#tabs?.postMessage(null);
    location.replace("/");
    return new Promise(() => undefined);
  }
  /** Asks who this is, and what the workspace has: `ahead` at once, without waiting to hear that somebody is logged in. */
  async load(ahead = false): Promise<void> {
    const early = ahead ? { bots: this.#askBots(), roles: this.#askRoles() } : undefined;
    const me = await this.#who();
    if (!me.ok) {
      this.trouble = me.trouble;
      this.state = me.trouble.status === 401 ? "out" : "failed";
      if (this.state === "out") keepEntered(false);
      return;
    }
    keepEntered(true);
    this.#owner = me.data.id;
    begun.open();
    if (this.state === "out") this.#tabs?.postMessage(null);
    this.hasEnded = false;
    this.me = me.data;
    // The place may name a workspace that was left since.
    const isGone = router.place.workspace !== null && this.workspace?.id !== router.place.workspace;
    if (isGone) router.go(router.here, true, null);
    if (ahead) this.state = "in";
    await this.#loadWorkspace(isGone ? undefined : early);
    this.state = "in";
  }
  /** Asks again for what is said of the person. */
  async loadMe(): Promise<void> {
    const me = await this.#who();
    if (me.ok) this.me = me.data;
  }
  /** After the place has changed to another workspace. */
  async follow(): Promise<void> {
    if (this.state === "in" && this.workspace?.id !== this.#asked) await this.#loadWorkspace();
  }
  enter(workspace: string, to = "/", replace = false): void {
    router.go(to, replace, workspace);
  }
  /** Asks again after a failure. */
  again = (): Promise<void> => (this.state === "in" ? this.#loadWorkspace() : this.load());

  async #loadWorkspace(early?: { bots: Promise<Outcome<Bots>>; roles: Promise<Outcome<Roles>> }): Promise<void> {
    const id = this.workspace?.id;
    this.#asked = id;
    this.trouble = null;
    const known = this.#known.get(id ?? "");
    this.bots = known?.bots ?? [];
    this.#rights = known?.rights ?? new Set();
    this.#botsOf = known?.bots && id;
    this.#rightsOf = known?.rights && id;
    if (id) await Promise.all([this.#takeBots(id, early?.bots ?? this.#askBots()), this.#takeRights(id, early?.roles ?? this.#askRoles())]);
  }
  #askBots = () => ask(api.GET("/api/v1/bots"));
  #askRoles = () => ask(api.GET("/api/v1/workspace/roles"));
  async loadBots(): Promise<void> {
    const id = this.workspace?.id;
    const bots = await this.#askBots();
    if (bots.ok && id && id === this.workspace?.id) this.#keepBots(id, bots.data.bots);
  }
  #keepBots(id: string, all: Schemas["BotOut"][]): void {
    this.bots = inUse(all);
    this.#known.set(id, { ...this.#known.get(id), bots: this.bots });
  }
  async #takeBots(id: string, asked: Promise<Outcome<Bots>>): Promise<void> {
    const bots = await asked;
    if (id !== this.workspace?.id) return;
    if (!bots.ok) return void (this.trouble = bots.trouble);
    this.#keepBots(id, bots.data.bots);
    this.#botsOf = id;
  }
  async #takeRights(id: string, asked: Promise<Outcome<Roles>>): Promise<void> {
    const roles = await asked;
    const role = this.workspace?.role;
    if (id !== this.workspace?.id || !role) return;
    if (!roles.ok) return void (this.trouble = roles.trouble);
    this.#rights = new Set(roles.data.rights.filter((one) => one.roles.includes(role)).map((one) => one.right));
    this.#rightsOf = id;
    this.#known.set(id, { ...this.#known.get(id), rights: this.#rights });
  }
}
const inUse = (bots: Schemas["BotOut"][]): Schemas["BotOut"][] => bots.filter((bot) => bot.state !== "disconnected");

export const session = new Session();
