// The API, typed by the generated schema. The session is a cookie that no script can read; changes carry the marker header
// by which the API knows that its own page sent them.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

/** What went wrong, in a form that every page can show. */
export interface Trouble {
  code: string;
  /** From the API, in English; empty when the API did not answer. */
  message: string;
  fields: { field: string; code: string; message: string }[];
  /** The id to quote to support. */
  reference: string | null;
  status: number;
}

/** Whether the API refused it, so that nothing was done; of what merely failed, nobody knows that. */
export const isRefused = ({ status }: Pick<Trouble, "status">): boolean => status >= 400 && status < 500;

const onLoggedOut = new Set<() => void>();
/** Calls back when the API no longer knows the session. */
export function whenLoggedOut(call: () => void): void {
  onLoggedOut.add(call);
}

const HEADERS = { "x-sofi-csrf": "1" };
const WORKSPACE = "x-sofi-workspace";
/** For the workspace in which the page works at the moment of a call. */
export const api = createClient<paths>({ baseUrl: "/", headers: HEADERS });
export type Api = typeof api;

const clients = new Map<string, Api>();
/** For one workspace for good: of what may be called after the page has gone on to another one. */
export function within(workspace: string | undefined): Api {
  if (!workspace) return api;
  const known = clients.get(workspace) ?? createClient<paths>({ baseUrl: "/", headers: { ...HEADERS, [WORKSPACE]: workspace } });
  clients.set(workspace, known);
  return known;
}

let workspaceNow = (): string | undefined => undefined;
/** Says which workspace calls are for. */
export const callFor = (workspace: () => string | undefined): void => void (workspaceNow = workspace);
api.use({
  onRequest({ request }) {
    const id = workspaceNow();
    if (id) request.headers.set(WORKSPACE, id);
    return request;
  },
});

type Answer<T> = { data?: T; error?: unknown; response: Response };
export type Outcome<T> = { ok: true; data: T; status: number } | { ok: false; trouble: Trouble };

/** Waits for an answer and never throws: a lost connection is a trouble with status 0. */
export async function ask<T>(call: Promise<Answer<T>>): Promise<Outcome<T>> {
  try {
    const { data, error, response } = await call;
    if (response.ok) return { ok: true, data: data as T, status: response.status };
    if (response.status === 401) for (const told of onLoggedOut) told();
    return { ok: false, trouble: read(error, response) };
  } catch {
    return { ok: false, trouble: { code: "offline", message: "", fields: [], reference: null, status: 0 } };
  }
}

/** Reads a problem; an answer of something between us and the API has no such form. */
export function read(error: unknown, response: { status: number; headers: Headers }): Trouble {
  const body = (typeof error === "object" && error !== null ? error : {}) as Partial<Schemas["Problem"]>;
  return {
    code: typeof body.code === "string" ? body.code : `http_${response.status}`,
    message: typeof body.message === "string" ? body.message : "",
    fields: Array.isArray(body.field_errors) ? body.field_errors : [],
    reference: body.request_id ?? response.headers.get("x-request-id") ?? response.headers.get("apigw-requestid"),
    status: response.status,
  };
}
