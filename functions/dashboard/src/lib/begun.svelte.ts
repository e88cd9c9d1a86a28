// What a person has begun to write stays while the page lives, per conversation. It is fans' business, so not in web storage.
import { SvelteMap } from "svelte/reactivity";

const texts = new SvelteMap<string, string>();

export const begun = {
  get: (id: string): string => texts.get(id) ?? "",
  keep(id: string, text: string): void {
    if (text) texts.set(id, text);
    else texts.delete(id);
  },
  /** Whoever logs in next on the same page is somebody else. */
  forget: (): void => texts.clear(),
};
