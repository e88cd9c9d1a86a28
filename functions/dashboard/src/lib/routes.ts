// Every page: its path, its title, who may see it, and the chunk it comes in.
import type { Component } from "svelte";
import type { Key } from "../i18n";
// On a slow line a chunk of its own would cost the door more than it weighs.
import LogIn from "../pages/LogIn.svelte";

export interface Route {
  name: string;
  /** `{id}` stands for one part. */
  path: string;
  title: Key;
  /** Seen without a session: by anybody, or by guests only. */
  open?: "anybody" | "guests";
  /** Shows itself before bots and rights are known; some also when they cannot be: the way out must not depend on them. */
  early?: "always" | "unless failed";
  /** Of the person, or of our own staff: whoever has no workspace finds it as well. */
  alone?: true;
  /** A page takes the `{id}` of its path, or nothing. */
  load: () => Promise<{ default: Component<never> }>;
}

// A page with and without an id is the same code.
const inbox = () => import("../pages/Inbox.svelte");
const privacy = () => import("../pages/Privacy.svelte");

export const ROUTES: Route[] = [
  { name: "home", path: "/", title: "nav.home", load: () => import("../pages/Home.svelte") },
  { name: "inbox", path: "/inbox", title: "nav.inbox", load: inbox, early: "unless failed" },
  { name: "inbox", path: "/inbox/{id}", title: "nav.inbox", load: inbox, early: "unless failed" },
  { name: "fans", path: "/fans", title: "nav.fans", load: () => import("../pages/Fans.svelte") },
  // Before the fans, whose ids are never such a word.
  { name: "fans", path: "/fans/import", title: "imports.title", load: () => import("../pages/Imports.svelte") },
  { name: "fan", path: "/fans/{id}", title: "fan.title", load: () => import("../pages/Fan.svelte") },
  { name: "start", path: "/start", title: "start.title", load: () => import("../pages/Start.svelte") },
  { name: "bots", path: "/bots", title: "nav.bots", load: () => import("../pages/Bots.svelte") },
  { name: "persona", path: "/sofi", title: "nav.sofi", load: () => import("../pages/Persona.svelte") },
  { name: "team", path: "/team", title: "nav.team", load: () => import("../pages/Team.svelte") },
  { name: "replies", path: "/replies", title: "nav.replies", load: () => import("../pages/Replies.svelte") },
  { name: "security", path: "/settings/security", title: "nav.security", load: () => import("../pages/Security.svelte"), early: "always", alone: true },
  { name: "audit", path: "/audit", title: "nav.audit", load: () => import("../pages/Audit.svelte") },
  { name: "account-audit", path: "/settings/log", title: "audit.own", load: () => import("../pages/Audit.svelte"), early: "always", alone: true },
  { name: "privacy", path: "/privacy", title: "nav.privacy", load: privacy },
  { name: "privacy", path: "/privacy/{id}", title: "nav.privacy", load: privacy },
  { name: "billing", path: "/billing", title: "nav.billing", load: () => import("../pages/Billing.svelte") },
  // For our own staff; nothing leads there.
  { name: "compliance", path: "/compliance", title: "compliance.title", load: () => import("../pages/Compliance.svelte"), alone: true },
  { name: "more", path: "/more", title: "nav.more", load: () => import("../pages/More.svelte"), early: "always", alone: true },
  { name: "login", path: "/login", title: "login.title", open: "guests", load: () => Promise.resolve({ default: LogIn }) },
  { name: "signup", path: "/signup", title: "signup.title", open: "guests", load: () => import("../pages/SignUp.svelte") },
  { name: "verify", path: "/verify/{id}", title: "signup.verify", open: "anybody", load: () => import("../pages/Verify.svelte") },
  { name: "reset", path: "/reset", title: "reset.title", open: "anybody", load: () => import("../pages/Reset.svelte") },
  { name: "email-change", path: "/email-change", title: "change.title", open: "anybody", load: () => import("../pages/EmailChange.svelte") },
  { name: "email-undo", path: "/email-undo", title: "undo.title", open: "anybody", load: () => import("../pages/EmailUndo.svelte") },
  { name: "invitation", path: "/invitation", title: "invitation.title", open: "anybody", load: () => import("../pages/Invitation.svelte") },
  { name: "workspace", path: "/workspaces/new", title: "workspace.title", open: "anybody", load: () => import("../pages/NewWorkspace.svelte") },
];
const MISSING: Route = { name: "missing", path: "", title: "missing.title", open: "anybody", load: () => import("../pages/Missing.svelte") };

/** The route for a path, with the value of its `{id}`; a path that nothing fits gets the page that says so. */
export function find(path: string): { route: Route; id: string } {
  const parts = path.replace(/\/+$/, "").split("/");
  for (const route of ROUTES) {
    const wanted = route.path.replace(/\/+$/, "").split("/");
    if (wanted.length !== parts.length) continue;
    if (wanted.every((part, at) => part === "{id}" || part === parts[at])) {
      const at = wanted.indexOf("{id}");
      return { route, id: at < 0 ? "" : (parts[at] ?? "") };
    }
  }
  return { route: MISSING, id: "" };
}
