// The team's private notes in one conversation.
import { ask, type Api, type Outcome, type Schemas, type Trouble } from "../api/client";
import { begun } from "../lib/begun.svelte";
import { live } from "../lib/live.svelte";
import { toasts } from "../lib/toasts.svelte";
import { t } from "../i18n";

export type Note = Schemas["NoteOut"];
const ROUTE = "/api/v1/conversations/{conversation_id}/notes";

export class Notes {
  all = $state.raw<Note[]>([]);
  text = $state("");
  trouble = $state.raw<Trouble | null>(null);
  /** Taken away on this page; the API is told when it can no longer be undone. */
  #hidden = $state.raw<ReadonlySet<string>>(new Set());
  #next: string | undefined;
  #turn = 0;

  constructor(
    readonly id: string,
    readonly api: Api,
  ) {
    this.text = begun.note(id);
  }
  get path(): { conversation_id: string } {
    return { conversation_id: this.id };
  }
  /** Oldest first, as the messages between which they stand. */
  get shown(): Note[] {
    return this.all.filter((one) => !this.#hidden.has(one.id)).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }
  keep(): void {
    begun.keepNote(this.id, this.text);
  }
  start(): () => void {
    void this.refresh();
    const quiet = live.listen(({ events, reset }) => {
      if (reset || events.some((one) => one.conversation_id === this.id && one.event === "notes.changed")) void this.refresh();
    });
    return () => {
      quiet();
      this.#turn++;
    };
  }
  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    const page = await ask(this.api.GET(ROUTE, { params: { path: this.path } }));
    if (turn !== this.#turn) return;
    this.trouble = page.ok ? null : page.trouble;
    if (!page.ok) return;
    this.all = page.data.notes;
    this.#next = page.data.next_cursor ?? undefined;
  }
  /** Notes as old as the messages that were asked for. */
  async reach(oldest: string): Promise<void> {
    while (this.#next && (this.all.at(-1)?.at ?? "") > oldest) {
      const page = await ask(this.api.GET(ROUTE, { params: { path: this.path, query: { cursor: this.#next } } }));
      if (!page.ok) return void (this.trouble = page.trouble);
      this.all = [...this.all, ...page.data.notes];
      this.#next = page.data.next_cursor ?? undefined;
    }
  }
  async add(text: string): Promise<Outcome<unknown>> {
    const answer = await ask(this.api.POST(ROUTE, { params: { path: this.path }, body: { text } }));
    if (answer.ok && !this.all.some((one) => one.id === answer.data.id)) this.all = [answer.data, ...this.all];
    live.poke();
    return answer;
  }
  /** A note that was deleted cannot be brought back with its author and time: so it only hides while it can be undone. */
  remove(note: Note): void {
    this.#hide(note.id, true);
    const path = { ...this.path, note_id: note.id };
    const gone = async (): Promise<void> => {
      const answer = await ask<unknown>(this.api.DELETE(`${ROUTE}/{note_id}`, { params: { path }, keepalive: true }));
      if (answer.ok || answer.trouble.status === 404) this.all = this.all.filter((one) => one.id !== note.id);
      else this.trouble = answer.trouble;
      this.#hide(note.id, false);
    };
    toasts.show(t("note.deleted"), { label: t("undo"), run: () => this.#hide(note.id, false) }, () => void gone());
  }
  #hide(id: string, on: boolean): void {
    const next = new Set(this.#hidden);
    if (on) next.add(id);
    else next.delete(id);
    this.#hidden = next;
  }
}
