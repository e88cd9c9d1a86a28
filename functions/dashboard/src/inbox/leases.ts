// Whose conversations are, as far as they were looked at: whoever loses one that they answer is told to whom.
import { t } from "../i18n";
import { session } from "../lib/session.svelte";
import { team } from "../lib/team.svelte";
import { toasts } from "../lib/toasts.svelte";
import { takenBy, type Entry } from "./merge";

const known = new Map<string, NonNullable<Entry["hold"]>>();

/** Looks at a conversation as the API has told it. Colleagues of another workspace than that in which the page works have no names here. */
export function noteHold({ id, name, hold }: Entry, workspace: string | undefined): void {
  if (workspace && workspace !== session.workspace?.id) return;
  const [before, now] = [known.get(id), hold ?? undefined];
  // An older answer may come after a newer one.
  if (before && now && Date.parse(now.since) < Date.parse(before.since)) return;
  if (now) known.set(id, now);
  else known.delete(id);
  const by = takenBy(before, now, session.me?.id ?? "");
  if (by) void team.named(by).then((who) => toasts.show(t("hold.lost", { name: who, fan: name || t("inbox.nameless") })));
}
