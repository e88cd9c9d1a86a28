// Places that can be gone to: the sidebar, the palette and the keys all read this list.
import type { Schemas } from "../api/client";
import type { Key } from "../i18n";

export interface Goal {
  path: string;
  title: Key;
  /** The second key after G. */
  key: string;
  icon: string;
  right?: Schemas["Right"];
  /** Without a workspace, too. */
  alone?: true;
  /** In the bar at the bottom of a phone. */
  bar?: true;
}

export const GOALS: Goal[] = [
  { path: "/", title: "nav.home", key: "h", icon: "M3 11 12 4l9 7v9h-6v-6H9v6H3z", bar: true },
  { path: "/inbox", title: "nav.inbox", key: "i", icon: "M4 5h16v14H4zM4 14h4l2 3h4l2-3h4", right: "read_conversations", bar: true },
  { path: "/fans", title: "nav.fans", key: "f", icon: "M12 20s-7-4.4-7-10a4 4 0 0 1 7-2.6A4 4 0 0 1 19 10c0 5.6-7 10-7 10z", right: "read_conversations", bar: true },
  { path: "/sofi", title: "nav.sofi", key: "s", icon: "m12 3 2.2 6.3L21 12l-6.8 2.7L12 21l-2.2-6.3L3 12l6.8-2.7z", right: "read_settings", bar: true },
  { path: "/bots", title: "nav.bots", key: "b", icon: "M5 9h14v10H5zM12 9V5M9 13v2M15 13v2", right: "read_settings" },
  { path: "/team", title: "nav.team", key: "t", icon: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6M18 14a6 6 0 0 1 3.5 6", right: "read_team" },
  { path: "/replies", title: "nav.replies", key: "r", icon: "M4 5h16v11H9l-5 4zM8 9h8M8 12h5", right: "answer_fans" },
  { path: "/audit", title: "nav.audit", key: "a", icon: "M6 3h12v18H6zM9 8h6M9 12h6M9 16h4", right: "read_audit" },
  { path: "/privacy", title: "nav.privacy", key: "p", icon: "M12 3l7 3v5c0 4.6-3 8.2-7 10-4-1.8-7-5.4-7-10V6zM9 12l2.2 2.2L15.2 10", right: "handle_privacy" },
  { path: "/billing", title: "nav.billing", key: "m", icon: "M3 6h18v12H3zM3 10h18M6 15h4", right: "read_billing" },
  { path: "/settings/security", title: "nav.security", key: "u", alone: true, icon: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3" },
];
