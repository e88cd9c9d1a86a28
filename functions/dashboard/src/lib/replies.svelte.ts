// The workspace's saved replies: shown as they are known, and asked for anew each time, since colleagues change them too.
import { api, ask, type Outcome, type Schemas, type Trouble } from "../api/client";
import { session } from "./session.svelte";

export type Reply = Schemas["SavedReplyOut"];

class Replies {
  all = $state.raw<Reply[]>([]);
  loaded = $state(false);
  trouble = $state.raw<Trouble | null>(null);
  #of: string | undefined;

  async load(): Promise<void> {
    const { membership } = session;
    if (this.#of !== membership) {
      this.#of = membership;
      this.all = [];
      this.loaded = false;
    }
    const answer = await ask(api.GET("/api/v1/saved-replies"));
    if (this.#of !== membership) return;
    this.trouble = answer.ok ? null : answer.trouble;
    if (answer.ok) this.all = answer.data.saved_replies;
    this.loaded = true;
  }
  add = (body: Schemas["SavedReplyIn"]): Promise<Outcome<unknown>> => this.#then(ask<unknown>(api.POST("/api/v1/saved-replies", { body })));
  change = (id: string, body: Schemas["SavedReplyUpdate"]): Promise<Outcome<unknown>> =>
    this.#then(ask<unknown>(api.PATCH("/api/v1/saved-replies/{reply_id}", { params: { path: { reply_id: id } }, body })));
  remove = (id: string): Promise<Outcome<unknown>> =>
    this.#then(ask<unknown>(api.DELETE("/api/v1/saved-replies/{reply_id}", { params: { path: { reply_id: id } } })));

  async #then(call: Promise<Outcome<unknown>>): Promise<Outcome<unknown>> {
    const answer = await call;
    await this.load();
    return answer;
  }
}

export const replies = new Replies();
