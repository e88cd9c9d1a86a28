import { expect, it } from "vitest";
import { few } from "./few";

it("runs at most so many at once, in their order, and goes on after a failure", async () => {
  const some = few(2);
  const begun: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const run = (number: number) => some(() => new Promise<number>((done, fail) => {
    begun.push(number);
    ends[number] = (error) => (error ? fail(error) : done(number));
  }));
  const all = [0, 1, 2, 3].map(run);
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  ends[1]!(new Error("lost"));
  await expect(all[1]).rejects.toThrow("lost");
  expect(begun).toEqual([0, 1, 2]);
  ends[0]!();
  await all[0];
  await Promise.resolve();
  expect(begun).toEqual([0, 1, 2, 3]);
  for (const end of [2, 3]) ends[end]!();
  expect(await Promise.all([all[0], all[2], all[3]])).toEqual([0, 2, 3]);
});
