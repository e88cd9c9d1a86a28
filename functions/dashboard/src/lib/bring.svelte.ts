import { Act } from "./act.svelte";
import { SECTIONS, versions, type Section, type Stays } from "./carried";
import { Unusable } from "./exported";
import { steps, type Came, type Refusal, type Step, type Way } from "./steps";

/** What became of the records of a section: each is counted once. */
export interface Tally {
  created: number;
  changed: number;
  same: number;
  refused: number;
  stays: number;
}
const NOTHING: Tally = { created: 0, changed: 0, same: 0, refused: 0, stays: 0 };
export const sum = ({ created, changed, same, refused, stays }: Tally): number => created + changed + same + refused + stays;

/** How many records of each section there are to bring in. The persona in use stands in an export twice. */
export function inside({ exported, who }: Pick<Way, "exported" | "who">): Record<Section, number> {
  const count = (section: Section): number => (section === "persona" ? who.bots.reduce((all, bot) => all + versions(who.personas, bot.id).all.length, 0) : exported.count(section));
  return Object.fromEntries(SECTIONS.map((section) => [section, count(section)])) as Record<Section, number>;
}

/** One run through an export, a look or in earnest. It can be stopped after each call, and goes on with the one that did not succeed. */
export class Bringing {
  readonly act = new Act();
  state = $state<"stopped" | "running" | "done" | "broken">("stopped");
  tallies = $state.raw(Object.fromEntries(SECTIONS.map((section) => [section, NOTHING])) as Record<Section, Tally>);
  refusals = $state.raw<Refusal[]>([]);
  /** What stays in the file, and why. */
  stays = $state.raw<{ section: Section; why: Stays; records: number }[]>([]);
  unusable = $state.raw<Unusable | null>(null);
  /** What became of each call's records, in the order of the calls. */
  readonly came: Record<Section, Came[]> = { message: [], fan: [], note: [], fact: [], saved_reply: [], persona: [] };
  /** The look before: it tells what was here already. */
  readonly #look: Bringing | null;
  /** Whether the call that is to be made may have done its work already, its answer lost. */
  #again = false;
  readonly #total: number;
  readonly #steps: AsyncGenerator<Step>;
  #step: Step | null = null;
  #stop = false;

  constructor(way: Way, look: Bringing | null = null) {
    this.#look = look;
    this.#steps = steps(way);
    this.#total = Object.values(inside(way)).reduce((all, one) => all + one, 0);
  }
  /** How far it is. */
  get share(): number {
    const done = Object.values(this.tallies).reduce((all, one) => all + sum(one), 0);
    return this.#total ? Math.min(1, done / this.#total) : 1;
  }
  /** Records that are new here, or would be, and fans who get something. */
  get fresh(): number {
    return Object.values(this.tallies).reduce((all, one) => all + one.created + one.changed, 0);
  }
  stop(): void {
    this.#stop = true;
  }
  async run(): Promise<void> {
    this.state = "running";
    this.#stop = false;
    try {
      while (await this.#go()) if (this.#stop) this.state = "stopped";
    } catch (error) {
      // The file was moved or changed meanwhile.
      this.unusable = error instanceof Unusable ? error : new Unusable("damaged");
      this.state = "broken";
    }
  }
  /** Makes one step. Whether there is another one to make now. */
  async #go(): Promise<boolean> {
    if (this.state !== "running") return false;
    this.#step ??= await this.#next();
    const step = this.#step;
    if (!step) this.state = "done";
    else if (!("send" in step)) this.#leave(step);
    else {
      const answer = await this.act.run(step.send);
      if (answer.ok) this.#count(step.section, answer.data);
      else {
        // Whoever turned away from the question who they are knows why nothing happened.
        if (answer.trouble.code === "step_up_required") this.act.trouble = null;
        this.state = "stopped";
        this.#again = true;
        return false;
      }
    }
    this.#step = null;
    this.#again = false;
    return true;
  }
  async #next(): Promise<Step | null> {
    const next = await this.#steps.next();
    return next.done ? null : next.value;
  }
  #leave({ section, why, records }: { section: Section; why: Stays; records: number }): void {
    this.stays = [...this.stays, { section, why, records }];
    this.#add(section, { ...NOTHING, stays: records });
  }
  #count(section: Section, answer: Came): void {
    const before = this.#again ? this.#look?.came[section][this.came[section].length] : undefined;
    const { created, changed, same, refused, refusals } = before ? credited(answer, before) : answer;
    this.came[section].push(answer);
    this.#add(section, { created, changed, same, refused, stays: 0 });
    if (refusals.length) this.refusals = together(this.refusals, refusals);
  }
  #add(section: Section, more: Tally): void {
    const before = this.tallies[section];
    const after: Tally = {
      created: before.created + more.created,
      changed: before.changed + more.changed,
      same: before.same + more.same,
      refused: before.refused + more.refused,
      stays: before.stays + more.stays,
    };
    this.tallies = { ...this.tallies, [section]: after };
  }
}

/** Of a call that was made again: what is here now and was not at the look, this import has brought. */
export function credited(answer: Came, look: Came): Came {
  const brought = Math.max(0, answer.same - look.same);
  const created = Math.min(brought, Math.max(0, look.created - answer.created));
  const changed = Math.min(brought - created, Math.max(0, look.changed - answer.changed));
  return { ...answer, created: answer.created + created, changed: answer.changed + changed, same: answer.same - created - changed };
}

/** The same cause of the same fan is told once. */
export function together(before: Refusal[], more: Refusal[]): Refusal[] {
  const all = new Map<string, Refusal>();
  for (const one of [...before, ...more]) {
    const name = [one.section, one.whom, one.code, one.message].join("\n");
    all.set(name, { ...one, records: one.records + (all.get(name)?.records ?? 0) });
  }
  return [...all.values()];
}
