// The way of an export into a workspace, or a look at it: one call of the API after the other. Each may be made again.
import { ask, type Api, type Outcome, type Schemas, type Trouble } from "../api/client";
import { HISTORY, batches, lacking, missing, placed, row, versions, type Cast, type Fan, type History, type Reply, type Section, type Stays, type Told } from "./carried";
import type { Exported } from "./exported";
import { COLUMNS, parts, type ImportColumn } from "./imports";

/** Something that was refused, and why: a code that has words, or the API's own. */
export interface Refusal {
  section: Section;
  /** Telegram's number of the fan, or what else the record goes by. */
  whom: string;
  code: string;
  message: string;
  records: number;
}
/** What became of some records, or would. */
export interface Came {
  created: number;
  /** Of fans who are here and get something. */
  changed: number;
  /** Here already. */
  same: number;
  refused: number;
  refusals: Refusal[];
}
const came = (some: Partial<Came>): Came => ({ created: 0, changed: 0, same: 0, refused: 0, refusals: [], ...some });
/** One call, or records that stay in the file. */
export type Step = { section: Section; send: () => Promise<Outcome<Came>> } | { section: Section; why: Stays; records: number };

export interface Way {
  exported: Exported;
  who: Cast;
  /** Ids of bots here by Telegram's numbers of them. */
  bots: ReadonlyMap<string, string>;
  api: Api;
  dry: boolean;
}

const well = (some: Partial<Came>): Outcome<Came> => ({ ok: true, data: came(some), status: 200 });
/** What the API says of one record; anything else is no fault of the record's. */
const isRefusal = ({ status }: Trouble): boolean => [400, 409, 422].includes(status);
const said = (trouble: Trouble): string => trouble.fields[0]?.message ?? trouble.message;

export async function* steps(way: Way): AsyncGenerator<Step> {
  /** Who would be here by the time that history comes. */
  const coming = new Set<string>();
  yield* people(way, coming);
  yield* replies(way);
  yield* personas(way);
  for (const section of ["message", "note", "fact"] as const) yield* history(way, section, coming);
}

async function* people({ exported, who, api, dry }: Way, coming: Set<string>): AsyncGenerator<Step> {
  const columns = Object.fromEntries(COLUMNS.map((column) => [column, column])) as Record<string, ImportColumn>;
  for await (const { some } of batches(exported.records<Fan>("fan"), () => "")) {
    const rows: string[][] = [COLUMNS, ...some.map((fan) => row(fan, who.numbers.get(fan.id) ?? ""))];
    const [part] = parts(rows);
    if (!part) {
      yield { section: "fan", why: "nobody", records: some.length };
      continue;
    }
    yield {
      section: "fan",
      send: async () => {
        const answer = await ask(api.POST("/api/v1/fans/imports", { body: { csv: part.csv, columns, dry_run: dry, skip_errors: true } }));
        if (!answer.ok) return answer;
        const { created, changed, unchanged: same, wrong: bad, errors } = answer.data;
        const number = (one: Schemas["ImportError"]): string => rows[one.row - 1]?.[0] ?? "";
        const wrong = new Set(errors.map(number));
        for (const [person] of rows.slice(1)) if (person && !wrong.has(person)) coming.add(person);
        return well({ created, changed, same, refused: bad, refusals: errors.map((one): Refusal => ({ section: "fan", whom: number(one), code: one.code, message: one.message, records: 1 })) });
      },
    };
  }
}

async function* replies({ exported, api, dry }: Way): AsyncGenerator<Step> {
  const section = "saved_reply";
  const all: Reply[] = [];
  let unread = 0;
  for await (const { content } of exported.records<{ content: Reply | null }>(section)) {
    if (content) all.push({ shortcut: content.shortcut, text: content.text });
    else unread++;
  }
  if (unread) yield { section, why: "unread", records: unread };
  if (!all.length) return;
  let rest = all;
  yield {
    section,
    send: async () => {
      const answer = await ask(api.GET("/api/v1/saved-replies"));
      if (!answer.ok) return answer;
      rest = missing(all, answer.data.saved_replies);
      return well({ same: all.length - rest.length, created: dry ? rest.length : 0 });
    },
  };
  if (dry) return;
  for (const body of rest) {
    let isLost = false;
    yield {
      section,
      send: async () => {
        const answer = await ask(api.POST("/api/v1/saved-replies", { body }));
        if (answer.ok) return well({ created: 1 });
        // It was not here before: after an answer that was lost, it is ours.
        if (answer.trouble.code === "shortcut_taken") return well(isLost ? { created: 1 } : { same: 1 });
        isLost = true;
        return isRefusal(answer.trouble) ? refused(section, body.shortcut, answer.trouble) : answer;
      },
    };
  }
}

function refused(section: Section, whom: string, trouble: Trouble): Outcome<Came> {
  return well({ refused: 1, refusals: [{ section, whom, code: trouble.code, message: said(trouble), records: 1 }] });
}

async function* personas({ who, bots, api, dry }: Way): AsyncGenerator<Step> {
  const section = "persona";
  for (const bot of who.bots) {
    const own = versions(who.personas, bot.id);
    const all = own.all.filter((one) => one.text !== null);
    if (own.all.length > all.length) yield { section, why: "unread", records: own.all.length - all.length };
    const bot_id = bots.get(String(bot.telegram_id));
    if (!all.length) continue;
    if (!bot_id) {
      yield { section, why: "no_bot", records: all.length };
      continue;
    }
    /** Those of the first look that were not here: whoever looks again after a lost answer finds some of them. */
    let fresh: number | null = null;
    yield {
      section,
      send: async () => {
        const here = await listed(api, bot_id);
        if (!here.ok) return here;
        const rest = lacking(all, here.data);
        fresh ??= rest.length;
        const refusals: Refusal[] = [];
        // What replies are written with here stays so.
        const isFree = !here.data.some((one) => one.in_use);
        for (const { version, text } of dry ? [] : rest) {
          const body = { text: text ?? "", activate: isFree && version === own.used };
          const answer = await ask(api.POST("/api/v1/bots/{bot_id}/personas", { params: { path: { bot_id } }, body }));
          if (answer.ok) continue;
          if (!isRefusal(answer.trouble)) return answer;
          refusals.push({ section, whom: `@${bot.username}`, code: answer.trouble.code, message: said(answer.trouble), records: 1 });
        }
        return well({ created: fresh - refusals.length, same: all.length - fresh, refused: refusals.length, refusals });
      },
    };
  }
}

async function listed(api: Api, bot_id: string): Promise<Outcome<Schemas["PersonaOut"][]>> {
  const all: Schemas["PersonaOut"][] = [];
  let cursor: string | undefined;
  do {
    const answer: Outcome<Schemas["PersonaPage"]> = await ask(api.GET("/api/v1/bots/{bot_id}/personas", { params: { path: { bot_id }, query: { cursor } } }));
    if (!answer.ok) return answer;
    all.push(...answer.data.personas);
    cursor = answer.data.next_cursor ?? undefined;
  } while (cursor);
  return { ok: true, data: all, status: 200 };
}

async function* history(way: Way, section: History, coming: ReadonlySet<string>): AsyncGenerator<Step> {
  const stays = new Map<Stays, number>();
  const here = new Set(way.bots.keys());
  async function* sendable(): AsyncGenerator<{ bot: string; record: Told }> {
    for await (const record of way.exported.records<unknown>(section)) {
      const found = placed(section, record, way.who, here);
      if (typeof found === "string") stays.set(found, (stays.get(found) ?? 0) + 1);
      else yield found;
    }
  }
  for await (const { name, some } of batches(sendable(), (one) => one.bot)) {
    yield { section, send: page(way, section, name, some.map((one) => one.record), coming) };
  }
  for (const [why, records] of stays) yield { section, why, records };
}

/** Sends records of one bot's chats. What the API calls wrong is taken out, so that it keeps nothing else from coming. */
function page({ api, bots, dry }: Way, section: History, number: string, all: Told[], coming: ReadonlySet<string>): () => Promise<Outcome<Came>> {
  let records = all;
  const wrong: Refusal[] = [];
  const field = HISTORY[section];
  return async () => {
    while (records.length) {
      const body = { bot_id: bots.get(number) ?? "", telegram_bot_id: number, dry_run: dry, ...listedAs(section, records) };
      const answer = await ask(api.POST("/api/v1/fans/histories", { body }));
      if (answer.ok) return well(counted(section, answer.data, { records, wrong, coming: dry ? coming : new Set<string>() }));
      const named = places(answer.trouble, field);
      if (!named.size) return answer;
      for (const [at, message] of named) {
        const record = records[at];
        if (record) wrong.push({ section, whom: record.telegram_id, code: "invalid_input", message, records: 1 });
      }
      const rest = records.filter((_, at) => !named.has(at));
      // What cannot be found cannot be taken out.
      if (rest.length === records.length) return answer;
      records = rest;
    }
    return well({ refused: wrong.length, refusals: wrong });
  };
}

function listedAs(section: History, records: Told[]): Pick<Schemas["ImportHistory"], "messages" | "notes" | "facts"> {
  switch (section) {
    case "message":
      return { messages: records as Schemas["ToldMessage"][] };
    case "note":
      return { notes: records as Schemas["ToldNote"][] };
    case "fact":
      return { facts: records as Schemas["ToldFact"][] };
  }
}

/** Which records of a call are wrong, by their places in it. */
function places({ status, fields }: Trouble, field: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const one of status === 400 ? fields : []) {
    const [kind, at, name] = one.field.split(".");
    if (kind === field && at && /^\d+$/.test(at)) found.set(Number(at), name ? `${name}: ${one.message}` : one.message);
  }
  return found;
}

/** At a look, those who are to come first are not here yet: what is said of them would come as well. */
function counted(section: Section, answer: Schemas["ImportedHistory"], { records, wrong, coming }: { records: Told[]; wrong: Refusal[]; coming: ReadonlySet<string> }): Partial<Came> {
  const of = (person: string): number => records.filter((one) => one.telegram_id === person).length;
  const refusals = [...wrong];
  let later = 0;
  for (const { telegram_id: whom, reason } of answer.refusals) {
    if (reason === "unknown_fan" && coming.has(whom)) later += of(whom);
    else refusals.push({ section, whom, code: reason, message: "", records: of(whom) });
  }
  return { created: answer.created + later, same: answer.unchanged, refused: answer.refused - later + wrong.length, refusals };
}
