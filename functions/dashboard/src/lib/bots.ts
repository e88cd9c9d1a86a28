// Where a bot stands: as far as the product knows, and as a look at it has found. Telegram tells of a dead token only whoever
// calls it, so that a bot in which nothing happens is called connected until somebody looks.
import type { Schemas } from "../api/client";

export type Look = Pick<Schemas["BotHealthOut"], "checks" | "checked_at">;
export interface Standing {
  /** `problem`: a look has found one of which nothing else tells. */
  state: Schemas["BotStateOut"] | "problem";
  colour: "good" | "bad" | "";
}

/** What could not be asked is no problem of the bot's. */
export function standing({ state }: Pick<Schemas["BotOut"], "state">, look?: Look): Standing {
  if (state === "token_dead") return { state, colour: "bad" };
  if (state !== "connected") return { state, colour: "" };
  return look?.checks.some((one) => one.state === "red") ? { state: "problem", colour: "bad" } : { state, colour: "good" };
}
