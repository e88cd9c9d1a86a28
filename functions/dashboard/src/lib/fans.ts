// What tagging many fans at once means, and how it is taken back.
import type { Schemas } from "../api/client";

export type TagFans = Schemas["TagFans"];

/** What takes back what was really done: fans that changed alike go together. */
export function inverse(done: Schemas["TaggedFan"][]): TagFans[] {
  const alike = new Map<string, TagFans>();
  for (const { id, added, removed } of done) {
    if (!added.length && !removed.length) continue;
    const kind = JSON.stringify([added, removed]);
    const call = alike.get(kind) ?? { fan_ids: [], add: removed, remove: added };
    call.fan_ids.push(id);
    alike.set(kind, call);
  }
  return [...alike.values()];
}

/** How many changed, and how many could not. */
export function tally(done: Schemas["TaggedFan"][]): { changed: number; refused: number } {
  const changed = done.filter((fan) => fan.added.length + fan.removed.length > 0).length;
  return { changed, refused: done.filter((fan) => fan.outcome !== "changed" && fan.outcome !== "unchanged").length };
}
