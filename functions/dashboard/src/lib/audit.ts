// What an audit entry names, as a person knows it. Ids stand in the API, and are shown on demand.
import { known, t } from "../i18n";
import { RARE, rare } from "../i18n/rare";

/** What the names in a log are read from. */
export interface Names {
  me: { id: string; name: string } | null;
  members: { user_id: string; name: string }[];
  bots: { id: string; username: string }[];
}
export interface Named {
  text: string;
  href?: string;
}

const ACT = "act.";
/** Every act that has words, by these words. */
export const acts = (): [string, string][] =>
  Object.keys(RARE.en)
    .filter((key) => key.startsWith(ACT))
    .map((key): [string, string] => [key.slice(ACT.length), act(key.slice(ACT.length))])
    .sort((a, b) => a[1].localeCompare(b[1]));
export const act = (code: string): string => rare("act", code) ?? code;

/** A member's name, a bot's, or what kind of thing it is; what can be opened leads there. */
export function named(id: string, names: Names): Named {
  if (id === "system") return { text: t("audit.system") };
  const member = names.me?.id === id ? names.me : names.members.find((one) => one.user_id === id);
  if (member) return { text: member.name };
  const bot = names.bots.find((one) => one.id === id);
  if (bot) return { text: `@${bot.username}` };
  const kind = id.split("_")[0] ?? "";
  const text = rare("is", kind);
  if (!text) return { text: document(id) };
  const way = { cnv: "/inbox/", fan: "/fans/", prq: "/privacy/" }[kind];
  return way ? { text, href: way + id } : { text };
}
/** `dpa:2026-11-23`: a document and the day of its version. */
function document(id: string): string {
  const [name = "", version] = id.split(":");
  const title = known("legal", name);
  return title && version ? `${title}, ${version}` : id;
}

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
/** The moment at which a day begins where the reader is, or the last one of it; anything else is passed on as it is. */
export function moment(day: string, end: boolean): string {
  const found = DAY.exec(day);
  if (!found) return day;
  const [year, month, date] = found.slice(1).map(Number) as [number, number, number];
  const at = end ? new Date(year, month - 1, date + 1).getTime() - 1 : new Date(year, month - 1, date).getTime();
  return new Date(at).toISOString();
}
