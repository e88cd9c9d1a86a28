// The team's private notes in one conversation.
import { ask, type Api, type Outcome, type Schemas, type Trouble } from "../api/client";
import { begun } from "../lib/begun.svelte";
import { live } from "../lib/live.svelte";
import { calm } from "../lib/paint";
import { isTaken, takeAway } from "../lib/undo";
import { t } from "../i18n";

export type Note = Schemas["NoteOut"];
const ROUTE = "/api/v1/conversations/{conversation_id}/notes";

export class Notes {
  all = $state.raw<Note[]>([]);
  text = $state("");
  trouble = $state.raw<Trouble | null>(null);
  /** Whether it is known which there are, or that they cannot be asked for. */
  settled = $state(false);
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
    return this.all.filter((one) => !isTaken(one.id)).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
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
    await calm();
    if (turn !== this.#turn) return;
    this.settled = true;
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
  /** A note that was deleted could not be brought back with its author and time. */
  remove(note: Note): void {
    const path = { ...this.path, note_id: note.id };
    takeAway(note.id, t("note.deleted"), () => ask<unknown>(this.api.DELETE(`${ROUTE}/{note_id}`, { params: { path }, keepalive: true })), t("note.kept"));
  }
}
