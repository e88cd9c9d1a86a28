// One open conversation: its messages, its draft, and the acts on it.
import { api, ask, type Outcome, type Schemas, type Trouble } from "../api/client";
import { begun } from "../lib/begun.svelte";
import { live } from "../lib/live.svelte";
import { mergeMessages, type Entry, type Message } from "./merge";

export class Thread {
  entry = $state.raw<Entry | null>(null);
  messages = $state.raw<Message[]>([]);
  draft = $state.raw<Schemas["DraftOut"] | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  more = $state(false);
  text = $state("");
  /** Telegram's number of the newest message that was in sight. */
  seen: string | undefined;
  #asRead: string | undefined;
  #next: string | undefined;
  #turn = 0;

  constructor(readonly id: string) {
    this.text = begun.get(id);
  }
  get path(): { conversation_id: string } {
    return { conversation_id: this.id };
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
  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    const answer = await ask(api.GET("/api/v1/conversations/{conversation_id}/messages", { params: { path: this.path } }));
    if (turn !== this.#turn) return;
    if (!answer.ok) return void (this.trouble = answer.trouble);
    this.trouble = null;
    const { conversation, messages, next_cursor: next } = answer.data;
    if (!this.messages.some((one) => !one.local)) {
      this.#next = next ?? undefined;
      this.more = Boolean(next);
    }
    // A message that is gone from the newest page was cancelled or erased.
    const oldest = messages.at(-1)?.at ?? "";
    const kept = this.messages.filter((one) => one.local || (next && one.at < oldest));
    this.messages = mergeMessages(kept, messages);
    this.entry = conversation;
    await this.#readDraft(turn);
  }
  async #readDraft(turn: number): Promise<void> {
    if (!this.entry?.draft_since) return void (this.draft = null);
    const draft = await ask(api.GET("/api/v1/conversations/{conversation_id}/draft", { params: { path: this.path } }));
    if (turn === this.#turn) this.draft = draft.ok ? draft.data : null;
  }
  async older(): Promise<void> {
    if (!this.#next) return;
    const query = { cursor: this.#next };
    const answer = await ask(api.GET("/api/v1/conversations/{conversation_id}/messages", { params: { path: this.path, query } }));
    if (!answer.ok) return void (this.trouble = answer.trouble);
    this.messages = mergeMessages(this.messages, answer.data.messages);
    this.#next = answer.data.next_cursor ?? undefined;
    this.more = Boolean(this.#next);
  }

  /** Shows the message at once; the API's answer replaces what was assumed. A repeated try carries the same key. */
  async send(text: string, key: string = crypto.randomUUID()): Promise<Outcome<Schemas["MessageQueued"]>> {
    const local: Message = { id: key, at: new Date().toISOString(), author: "person", delivery: "queued", direction: "out", kind: "text", reactions: [], spans: [], text, local: "sending" };
    this.messages = mergeMessages(this.messages, [local]);
    const seen = this.entry?.last_message_id;
    const body = { text, ...(this.entry ? { bot_id: this.entry.bot_id } : {}), ...(seen ? { last_seen_message_id: seen } : {}) };
    const header = { "idempotency-key": key };
    const answer = await ask(api.POST("/api/v1/conversations/{conversation_id}/messages", { params: { path: this.path, header }, body }));
    const others = this.messages.filter((one) => one.id !== key);
    this.messages = answer.ok
      ? mergeMessages(others.filter((one) => one.id !== answer.data.id), [others.find((one) => one.id === answer.data.id) ?? { ...without(local), id: answer.data.id, at: answer.data.queued_at }])
      : mergeMessages(others, [{ ...local, local: "refused" }]);
    live.poke();
    return answer;
  }
  drop(id: string): void {
    this.messages = this.messages.filter((one) => one.id !== id);
  }
  async cancel(id: string): Promise<Outcome<unknown>> {
    const path = { ...this.path, message_id: id };
    const answer = await ask<unknown>(api.DELETE("/api/v1/conversations/{conversation_id}/messages/{message_id}", { params: { path } }));
    if (answer.ok) this.drop(id);
    await this.refresh();
    return answer;
  }
  async approve(text: string): Promise<Outcome<unknown>> {
    const draft = this.draft;
    if (!draft) return this.#changed();
    const seen = this.entry?.last_message_id;
    const body = { rev: draft.rev, ...(text !== draft.text ? { text } : {}), ...(seen ? { last_seen_message_id: seen } : {}) };
    const header = { "idempotency-key": crypto.randomUUID() };
    return this.#act(api.POST("/api/v1/conversations/{conversation_id}/draft/approvals", { params: { path: this.path, header }, body }));
  }
  async discard(): Promise<Outcome<unknown>> {
    if (!this.draft) return this.#changed();
    const query = { rev: this.draft.rev };
    return this.#act(api.DELETE("/api/v1/conversations/{conversation_id}/draft", { params: { path: this.path, query } }));
  }
  takeOver = (minutes: number): Promise<Outcome<unknown>> =>
    this.#act(api.PUT("/api/v1/conversations/{conversation_id}/takeover", { params: { path: this.path }, body: { minutes } }));
  release = (): Promise<Outcome<unknown>> =>
    this.#act(api.DELETE("/api/v1/conversations/{conversation_id}/takeover", { params: { path: this.path } }));
  endCare = (): Promise<Outcome<unknown>> =>
    this.#act(api.DELETE("/api/v1/conversations/{conversation_id}/care", { params: { path: this.path } }));
  setMode = (mode: Schemas["ReplyMode"] | null): Promise<Outcome<unknown>> =>
    this.#act(api.PUT("/api/v1/conversations/{conversation_id}/ai-mode", { params: { path: this.path }, body: { mode } }));
  /** What the team keeps of it: whose it is, done, put away, unread. */
  async update(body: Schemas["ConversationUpdate"]): Promise<Outcome<unknown>> {
    // Who marks it as unread while looking at it does not want it read by that.
    if (body.unread) this.#asRead = this.entry?.last_message_id;
    const answer = await ask(api.PATCH("/api/v1/conversations/{conversation_id}", { params: { path: this.path }, body }));
    if (answer.ok && this.entry) this.entry = { ...this.entry, ...answer.data };
    await this.refresh();
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
    const answer = await ask(api.PATCH("/api/v1/conversations/{conversation_id}", { params: { path: this.path }, body }));
    if (answer.ok && this.entry) this.entry = { ...this.entry, unread: answer.data.unread };
  }

  async #act(call: Parameters<typeof ask<unknown>>[0]): Promise<Outcome<unknown>> {
    const answer = await ask<unknown>(call);
    await this.refresh();
    live.poke();
    return answer;
  }
  async #changed(): Promise<Outcome<unknown>> {
    await this.refresh();
    return { ok: false, trouble: { code: "changed_meanwhile", message: "", fields: [], reference: null, status: 409 } };
  }
}

function without({ local: _, ...message }: Message): Message {
  return message;
}
