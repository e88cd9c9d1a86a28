// One open conversation: its messages, its draft, and the acts on it.
import { untrack } from "svelte";
import { ask, isRefused, within, type Api, type Outcome, type Schemas, type Trouble } from "../api/client";
import { begun } from "../lib/begun.svelte";
import { live } from "../lib/live.svelte";
import { calm } from "../lib/paint";
import { team } from "../lib/team.svelte";
import { toasts } from "../lib/toasts.svelte";
import { isTaken, takeAway, undoable } from "../lib/undo";
import { t } from "../i18n";
import { noteHold } from "./leases";
import { fate, isLost, mergeMessages, mergeNewest, reuse, wasSent, type Entry, type Message } from "./merge";

/** How many older messages are asked for at once. */
const OLDER = 100;

export class Thread {
  entry = $state.raw<Entry | null>(null);
  messages = $state.raw<Message[]>([]);
  draft = $state.raw<Schemas["DraftOut"] | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  more = $state(false);
  text = $state("");
  /**
   * Set when somebody else was faster: the newest message that had been in sight. `asks` where that took a draft away from
   * whoever was changing it: what they send next was meant for it, so it goes as their own words only when sent once more.
   */
  overtaken = $state.raw<{ seen: string | undefined; asks?: boolean } | null>(null);
  /** Telegram's number of the newest message that was in sight. */
  seen: string | undefined;
  /** Acts may come after the page has gone on to another workspace: undone, or told to be read. */
  readonly api: Api;
  #asRead: string | undefined;
  /** The draft that was discarded last, and the notice that offers to take that back. */
  #discarded: { draft: Schemas["DraftOut"]; notice: number } | undefined;
  /** The notice that offers to take the conversation back. */
  #released: number | undefined;
  #isAsking = false;
  #next: string | undefined;
  #turn = 0;
  #fetching = false;

  /** `row` is what the list says of it: it can be answered before its messages have come. */
  constructor(
    readonly id: string,
    readonly workspace: string | undefined,
    readonly row?: Entry,
  ) {
    this.api = within(workspace);
    // A thread is made in a derived value, which must not be made anew by what is typed into it.
    this.text = untrack(() => begun.get(id));
    this.messages = begun.unsent(id);
  }
  get path(): { conversation_id: string } {
    return { conversation_id: this.id };
  }
  /** Who is written to, unless that was refused: what merely failed takes nothing away from whoever is writing. */
  get written(): Entry | undefined {
    return this.entry ?? (this.trouble && isRefused(this.trouble) ? undefined : this.row);
  }
  /** Whether there is no such conversation here. */
  get isUnknown(): boolean {
    return !this.entry && this.trouble?.status === 404;
  }
  /** The newest message that whoever answers now has seen: before any is drawn, what the list showed. */
  get #newest(): string | undefined {
    return this.seen ?? (this.row ?? this.entry)?.last_message_id;
  }
  keep(): void {
    begun.keep(this.id, this.text);
  }
  start(): () => void {
    void this.refresh();
    const quiet = live.listen(({ events, reset }) => {
      if (reset || events.some((event) => event.conversation_id === this.id)) void this.refresh();
    });
    return () => {
      quiet();
      this.#turn++;
    };
  }
  /** `isOwn` for what comes of an act of one's own: it is shown while one types on. */
  async refresh(isOwn = false): Promise<void> {
    const turn = ++this.#turn;
    const answer = await ask(this.api.GET("/api/v1/conversations/{conversation_id}/messages", { params: { path: this.path } }));
    if (!isOwn) await calm();
    if (turn !== this.#turn) return;
    if (!answer.ok) return void (this.trouble = answer.trouble);
    this.trouble = null;
    const { conversation, messages, next_cursor: next } = answer.data;
    noteHold(conversation, this.workspace);
    const isFirst = !this.messages.some((one) => !one.local);
    // At first it comes with the messages, which it would push aside later.
    const draft = this.entry ? null : await this.#askDraft(conversation);
    if (turn !== this.#turn) return;
    const merged = mergeNewest(this.messages, messages, !next);
    // What lies between is asked for as older messages are.
    if (isFirst || merged.hasGap || !next) {
      this.#next = next ?? undefined;
      this.more = Boolean(next);
    }
    this.messages = merged.messages;
    const isNew = !this.entry;
    this.entry = reuse(this.entry, conversation);
    const later = isNew ? draft : await this.#askDraft(conversation);
    if (turn !== this.#turn) return;
    this.draft = isNew ? later : reuse(this.draft, later);
    this.#bringBack();
    void this.#follow();
    void this.#followRelease();
  }
  /** What was made of a draft that is gone is an answer that was begun. */
  #bringBack(): void {
    const made = begun.draft(this.id);
    // While nobody knows whether it still waits, it stays what it is.
    if (!made || !this.entry || made.of === this.draft?.rev || (this.entry.draft_since && !this.draft)) return;
    begun.keepDraft(this.id, null);
    if (this.#isSent(made) && wasSent(made, this.messages)) return;
    this.putBack(made.text);
    this.overtaken = { seen: made.seen, asks: true };
  }
  /** The draft went away under the hands of whoever was changing it: also what they have yet to type was meant for it. */
  lost(draft: Schemas["DraftOut"]): void {
    if (this.draft?.rev !== draft.rev && !this.#isSent(draft)) this.overtaken ??= { seen: draft.answers_message_id, asks: true };
  }
  async #askDraft(head: Entry): Promise<Schemas["DraftOut"] | null> {
    if (!head.draft_since) return null;
    const draft = await ask(this.api.GET("/api/v1/conversations/{conversation_id}/draft", { params: { path: this.path } }));
    return draft.ok ? draft.data : null;
  }
  async older(): Promise<void> {
    if (!this.#next || this.#fetching) return;
    this.#fetching = true;
    const query = { cursor: this.#next, limit: OLDER };
    const answer = await ask(this.api.GET("/api/v1/conversations/{conversation_id}/messages", { params: { path: this.path, query } }));
    this.#fetching = false;
    // Meanwhile the newest page may have begun anew.
    if (query.cursor !== this.#next) return;
    if (!answer.ok) return void (this.trouble = answer.trouble);
    this.#next = answer.data.next_cursor ?? undefined;
    this.more = Boolean(this.#next);
    this.messages = mergeMessages(this.messages, answer.data.messages);
  }

  /** Shows the message at once; the API's answer replaces what was assumed. */
  async send(text: string): Promise<Outcome<Schemas["MessageQueued"]>> {
    const { overtaken } = this;
    if (overtaken?.asks) {
      this.putBack(text);
      this.overtaken = { seen: overtaken.seen, asks: false };
      return CHANGED;
    }
    this.overtaken = null;
    const after = this.#newest;
    const message: Message = { id: crypto.randomUUID(), at: new Date().toISOString(), author: "person", delivery: "queued", direction: "out", kind: "text", reactions: [], spans: [], text, local: "sending", after };
    const first = await this.#send(message);
    return mayBeLost(first) ? this.#send(message) : first;
  }
  /** Asks once more for what was lost on the way. */
  async again(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    for (const one of this.messages) if (isLost(one)) await this.retry(one.id);
    this.#isAsking = false;
  }
  /** Another try of the same request under the same key: had the first one arrived after all, nothing is sent twice. */
  async retry(id: string): Promise<Outcome<unknown>> {
    const local = this.messages.find((one) => one.id === id);
    return local ? this.#send({ ...local, local: "sending" }) : this.#changed();
  }
  async #send(local: Message): Promise<Outcome<Schemas["MessageQueued"]>> {
    const { id: key, after } = local;
    const text = local.text ?? "";
    this.messages = mergeMessages(this.messages, [local]);
    const body = { text, ...(this.written ? { bot_id: this.written.bot_id } : {}), ...(after ? { last_seen_message_id: after } : {}) };
    const header = { "idempotency-key": key };
    const isOnline = navigator.onLine;
    const answer = await ask(this.api.POST("/api/v1/conversations/{conversation_id}/messages", { params: { path: this.path, header }, body }));
    const others = this.messages.filter((one) => one.id !== key);
    if (answer.ok) {
      const sent = others.find((one) => one.id === answer.data.id) ?? { ...without(local), id: answer.data.id, at: answer.data.queued_at };
      this.messages = mergeMessages(others.filter((one) => one.id !== answer.data.id), [sent]);
    } else if (answer.trouble.code === "conversation_moved_on") {
      this.messages = others;
      await this.#overtake(text, after);
    } else this.messages = mergeMessages(others, [{ ...local, local: answer.trouble.status ? "refused" : isOnline ? "lost" : "offline" }]);
    this.#keepUnsent();
    live.poke();
    return answer;
  }
  /** Somebody else was faster: what was written goes back to where it can be changed, and what is new is shown. */
  async #overtake(text: string, seen: string | undefined): Promise<void> {
    this.putBack(text);
    this.overtaken = { seen };
    await this.refresh(true);
  }
  /** Before what stands in the composer by now. */
  putBack(text: string): void {
    this.text = this.text ? `${text}\n\n${this.text}` : text;
    this.keep();
  }
  #keepUnsent(): void {
    begun.keepUnsent(this.id, this.messages.filter((one) => one.local && one.local !== "sending"));
  }
  drop(id: string): void {
    this.messages = this.messages.filter((one) => one.id !== id);
    this.#keepUnsent();
  }
  async cancel(id: string): Promise<Outcome<unknown>> {
    const path = { ...this.path, message_id: id };
    const answer = await ask<unknown>(this.api.DELETE("/api/v1/conversations/{conversation_id}/messages/{message_id}", { params: { path } }));
    if (answer.ok) this.drop(id);
    await this.refresh(true);
    return answer;
  }
  async approve(text: string): Promise<Outcome<unknown>> {
    const { draft } = this;
    if (!draft) return this.#changed();
    const [seen, made] = [this.#newest, begun.draft(this.id)];
    // Until it has failed, it is no answer that was begun.
    begun.keepDraft(this.id, null);
    const body = { rev: draft.rev, ...(text !== draft.text ? { text } : {}), ...(seen ? { last_seen_message_id: seen } : {}) };
    const header = { "idempotency-key": crypto.randomUUID() };
    const call = () => this.api.POST("/api/v1/conversations/{conversation_id}/draft/approvals", { params: { path: this.path, header }, body });
    const first = await ask(call());
    const answer = mayBeLost(first) ? await ask(call()) : first;
    await this.#after();
    if (answer.ok) return answer;
    // The draft is gone with what it answered; what a person made of it is not.
    if (answer.trouble.code === "conversation_moved_on") {
      if (text !== draft.text) await this.#overtake(text, seen);
      return answer;
    }
    begun.keepDraft(this.id, made ?? null);
    this.#bringBack();
    // That the answer stays lost says nothing of the draft; its message does.
    return !answer.trouble.status && this.#isSent(draft) ? DONE : answer;
  }
  /** What Sofi would answer, unless it was discarded on this page. */
  get offered(): Schemas["DraftOut"] | null {
    return this.draft && !isTaken(nameOf(this.draft)) ? this.draft : null;
  }
  /** A draft that was discarded could not be brought back. */
  discard(): void {
    const { draft } = this;
    if (!draft) return;
    begun.keepDraft(this.id, null);
    const query = { rev: draft.rev };
    const gone = async (): Promise<Outcome<unknown>> => {
      if (this.#discarded?.draft === draft) this.#discarded = undefined;
      const answer = await this.#act(this.api.DELETE("/api/v1/conversations/{conversation_id}/draft", { params: { path: this.path, query }, keepalive: true }));
      // That somebody was faster says little; what they did says more.
      const became = answer.ok ? null : this.#fateOf(draft);
      if (!became) return answer;
      toasts.show(await inWords(became));
      return DONE;
    };
    this.#discarded = { draft, notice: takeAway(nameOf(draft), t("draft.discarded"), gone, t("draft.kept")) };
  }
  /** A draft that somebody else has sent, or that is gone, is not discarded any more: the notice says so. */
  async #follow(): Promise<void> {
    if (!this.#discarded) return;
    const { draft, notice } = this.#discarded;
    const became = isTaken(nameOf(draft)) ? this.#fateOf(draft) : null;
    if (!became) return;
    this.#discarded = undefined;
    toasts.replace(notice, await inWords(became));
  }
  /** Null while it waits, or while nobody knows. */
  #fateOf(draft: Pick<Schemas["DraftOut"], "id">): Ended | null {
    if (this.entry?.draft_since && !this.draft) return null;
    const became = fate(draft, this.draft, this.messages);
    return became === "waits" ? null : became;
  }
  /** Whether it was sent, and by nobody else as far as is known. */
  #isSent(draft: Pick<Schemas["DraftOut"], "id">): boolean {
    const became = this.#fateOf(draft);
    return became !== null && became !== "gone" && (!became.by || team.isMe(became.by));
  }
  takeOver = (minutes: number): Promise<Outcome<unknown>> =>
    this.#act(this.api.PUT("/api/v1/conversations/{conversation_id}/takeover", { params: { path: this.path }, body: { minutes } }));
  /** Can be undone while nobody else has taken it. */
  async release(): Promise<Outcome<unknown>> {
    const answer = await this.#act(this.api.DELETE("/api/v1/conversations/{conversation_id}/takeover", { params: { path: this.path } }));
    if (answer.ok) this.#released = undoable(t("hold.released"), () => this.#takeBack());
    return answer;
  }
  async #takeBack(): Promise<Outcome<unknown>> {
    await this.refresh(true);
    // While nobody knows who has it, it is nobody's to take.
    if (this.trouble) return { ok: false, trouble: this.trouble };
    const taken = await this.#takenMeanwhile();
    if (!taken) return this.takeOver(15);
    toasts.show(taken);
    return DONE;
  }
  /** Once a colleague has taken it, the notice says so and offers nothing. */
  async #followRelease(): Promise<void> {
    const taken = this.#released === undefined ? null : await this.#takenMeanwhile();
    if (!taken || this.#released === undefined) return;
    toasts.replace(this.#released, taken);
    this.#released = undefined;
  }
  async #takenMeanwhile(): Promise<string | null> {
    const hold = this.entry?.hold;
    if (!hold?.by || team.isMe(hold.by) || Date.parse(hold.until) < Date.now()) return null;
    return t("hold.taken", { name: await team.named(hold.by) });
  }
  endCare = (): Promise<Outcome<unknown>> =>
    this.#act(this.api.DELETE("/api/v1/conversations/{conversation_id}/care", { params: { path: this.path } }));
  setMode = (mode: Schemas["ReplyMode"] | null): Promise<Outcome<unknown>> =>
    this.#act(this.api.PUT("/api/v1/conversations/{conversation_id}/ai-mode", { params: { path: this.path }, body: { mode } }));
  /** What the team keeps of it: whose it is, done, put away, unread. */
  async update(body: Schemas["ConversationUpdate"]): Promise<Outcome<unknown>> {
    // Who marks it as unread while looking at it does not want it read by that.
    if (body.unread) this.#asRead = this.entry?.last_message_id;
    const answer = await ask(this.api.PATCH("/api/v1/conversations/{conversation_id}", { params: { path: this.path }, body }));
    if (answer.ok && this.entry) this.entry = { ...this.entry, ...answer.data };
    await this.refresh(true);
    live.poke();
    return answer;
  }
  /** The newest message is in sight. Told once for each: a fan who writes meanwhile keeps it unread. */
  async look(mayTell: boolean): Promise<void> {
    const newest = this.entry?.last_message_id;
    this.seen = newest;
    if (!mayTell || !newest || !this.entry?.unread || this.#asRead === newest) return;
    this.#asRead = newest;
    const body = { read_through_message_id: newest };
    const answer = await ask(this.api.PATCH("/api/v1/conversations/{conversation_id}", { params: { path: this.path }, body }));
    if (answer.ok && this.entry) this.entry = { ...this.entry, unread: answer.data.unread };
  }

  async #act(call: Parameters<typeof ask<unknown>>[0]): Promise<Outcome<unknown>> {
    const answer = await ask<unknown>(call);
    await this.#after();
    return answer;
  }
  async #after(): Promise<void> {
    await this.refresh(true);
    live.poke();
  }
  async #changed(): Promise<Outcome<unknown>> {
    await this.refresh();
    return CHANGED;
  }
}

/** Whether only the answer may have been lost: then the same request under the same key tells what became of it. */
const mayBeLost = (answer: Outcome<unknown>): boolean => !answer.ok && !answer.trouble.status && navigator.onLine;
const DONE = { ok: true, data: null, status: 204 } as const;
const CHANGED: Extract<Outcome<never>, { ok: false }> = { ok: false, trouble: { code: "changed_meanwhile", message: "", fields: [], reference: null, status: 409 } };

type Ended = Exclude<ReturnType<typeof fate>, "waits">;
/** A notice is not drawn anew: whoever has joined since is asked for first. */
async function inWords(became: Ended): Promise<string> {
  if (became === "gone") return t("draft.gone");
  return became.by && !team.isMe(became.by) ? t("draft.sent_by", { name: await team.named(became.by) }) : t("draft.approved");
}
/** One that was changed meanwhile is another one. */
const nameOf = (draft: Schemas["DraftOut"]): string => `${draft.id} ${draft.rev}`;

function without({ local: _, after: __, ...message }: Message): Message {
  return message;
}
