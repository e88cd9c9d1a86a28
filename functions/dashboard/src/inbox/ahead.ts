// The first page of the list, asked for while the inbox's code is still on its way.
import { api, ask, type Api, type Outcome, type Schemas } from "../api/client";

type Page = Outcome<Schemas["ConversationPage"]>;
/** Those of every day stand in sight, the others behind "more". */
export const DAILY = ["open", "unread", "mine", "needs_person"] as const;
export const OTHERS = ["unanswered", "drafts", "unsent", "care", "snoozed", "done", "all"] as const;
export type View = (typeof DAILY)[number] | (typeof OTHERS)[number];
export const PAGE = 50;

export const viewOf = (query: URLSearchParams): View => [...DAILY, ...OTHERS].find((one) => one === query.get("view")) ?? "open";
export const botOf = (query: URLSearchParams): string => query.get("bot") ?? "";

/** Whether the list is meant to be that of all the person's workspaces. */
export const OVER_ALL = "/inbox?workspaces=all";
export const isOverAll = (query: URLSearchParams): boolean => query.get("workspaces") === "all";

export function pageOf(view: View, bot: string, cursor?: string, by: Api = api): Promise<Page> {
  const query = { limit: PAGE, view, ...(bot ? { bot } : {}), ...(cursor ? { cursor } : {}) };
  return ask(by.GET("/api/v1/conversations", { params: { query } }));
}

const name = (view: View, bot: string, workspace: string | null): string => `${view} ${bot} ${workspace}`;
let begun: { of: string; page: Promise<Page> } | null = null;
export function ahead(query: URLSearchParams, workspace: string | null): void {
  const [view, bot] = [viewOf(query), botOf(query)];
  begun = { of: name(view, bot, workspace), page: pageOf(view, bot) };
}
/** The page that was asked for ahead, once, or a new one. */
export function firstPage(view: View, bot: string, workspace: string | null): Promise<Page> {
  const it = begun;
  begun = null;
  return it?.of === name(view, bot, workspace) ? it.page : pageOf(view, bot);
}
