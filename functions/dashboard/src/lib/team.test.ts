import { beforeEach, describe, expect, it, vi } from "vitest";
import { en } from "../i18n/en";
import type { Member } from "./team.svelte";

const answers = vi.hoisted(() => ({ members: [] as { user_id: string; name: string }[], down: null as number | null, asked: 0 }));
const here = vi.hoisted(() => ({ me: { id: "" }, get membership() { return `${this.me.id} tnt_1`; } }));
vi.mock("./session.svelte", () => ({ session: here }));
vi.mock("../api/client", () => ({
  api: { GET: () => Promise.resolve() },
  ask: () => {
    answers.asked++;
    return Promise.resolve(answers.down !== null ? { ok: false, trouble: { status: answers.down } } : { ok: true, data: { members: answers.members } });
  },
}));

const settled = (): Promise<void> => new Promise((done) => setTimeout(done));
async function fresh() {
  vi.resetModules();
  here.me.id = "usr_me";
  Object.assign(answers, { members: [{ user_id: "usr_me", name: "Mira" }], down: null, asked: 0 });
  return (await import("./team.svelte")).team;
}

describe("the name of somebody who is not in the team as it was asked for", () => {
  let team: Awaited<ReturnType<typeof fresh>>;
  beforeEach(async () => {
    team = await fresh();
    await team.load();
  });

  it("is that of a colleague who has joined since", async () => {
    answers.members = [...answers.members, { user_id: "usr_new", name: "Lea" }];
    expect(team.name("usr_new")).toBe("…");
    await settled();
    expect([team.name("usr_new"), answers.asked]).toEqual(["Lea", 2]);
  });
  it("is a former member's only once that is known, which is asked once for all of them", async () => {
    expect(["usr_a", "usr_b"].map((id) => team.name(id))).toEqual(["…", "…"]);
    await settled();
    expect(["usr_a", "usr_b"].map((id) => team.name(id))).toEqual([en["team.former"], en["team.former"]]);
    await settled();
    expect(answers.asked).toBe(2);
  });
  it.each([0, 429, 503])("stays open while nobody answers (%i), and is the team's where it is told once", async (status) => {
    answers.down = status;
    team.name("usr_a");
    await settled();
    expect(team.name("usr_a")).toBe("…");
    expect(await team.named("usr_a")).toBe(en["author.person"]);
  });
  it("is a former member's for whoever may not ask", async () => {
    answers.down = 403;
    team.name("usr_a");
    await settled();
    expect(team.name("usr_a")).toBe(en["team.former"]);
  });
  it("is waited for where it is told once", async () => {
    answers.members = [...answers.members, { user_id: "usr_new", name: "Lea" }];
    expect(await team.named("usr_new")).toBe("Lea");
    expect(await team.named("usr_me")).toBe("Mira");
    expect(answers.asked).toBe(2);
  });
});

describe("the team of whoever logs in next on the same page", () => {
  it("is asked for anew, in the same workspace too", async () => {
    const team = await fresh();
    await team.load();
    await team.load();
    expect(answers.asked).toBe(1);
    here.me.id = "usr_b";
    expect(team.isSettled).toBe(false);
    await team.load();
    expect([answers.asked, team.isSettled]).toEqual([2, true]);
  });
  it("has oneself first, whoever it was told to", async () => {
    await fresh();
    const { candidates } = await import("./team.svelte");
    const member = (user_id: string, you: boolean) => ({ user_id, you, role: "chatter" }) as Member;
    expect(candidates([member("usr_b", true), member("usr_me", false)], "bot_1").map((one) => one.user_id)).toEqual(["usr_me", "usr_b"]);
  });
});
