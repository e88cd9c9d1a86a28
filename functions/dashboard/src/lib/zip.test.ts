import { describe, expect, it, vi } from "vitest";
import { zipped, type How } from "../../checks/archive";
import { NoArchive, content, directory } from "./zip";

const FILES: [string, string][] = [["a.txt", "hello"], ["folder/b.txt", "hello ".repeat(1000)], ["empty", ""]];

async function read(archive: Blob): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const [path, member] of await directory(archive)) found.push([path, new TextDecoder().decode(await content(archive, member))]);
  return found;
}

describe("a ZIP archive", () => {
  const ways: [string, How][] = [["stored", {}], ["deflated", { deflated: true }], ["with numbers of 64 bits", { wide: true }], ["with a comment", { comment: "written by hand" }]];
  it.each(ways)("is read file by file, %s", async (_, how) => {
    expect(await read(await zipped(FILES, how))).toEqual(FILES);
  });
  it("is none if its end, or its beginning, is missing", async () => {
    const whole = await zipped(FILES);
    for (const part of [whole.slice(0, -1), whole.slice(100), new Blob(["PK"]), new Blob([])]) await expect(directory(part).then(() => read(part))).rejects.toThrow(NoArchive);
  });
  it.each([["stored", false], ["deflated", true]])("does not give more or less of a file than it says, %s", async (_, deflated) => {
    for (const size of [4, 6]) {
      const archive = await zipped([["a.txt", "hello"]], { deflated, size: () => size });
      const member = (await directory(archive)).get("a.txt")!;
      await expect(content(archive, member)).rejects.toThrow(NoArchive);
    }
  });
  it("is not read where it has more stored than it says", async () => {
    const archive = await zipped([["a.txt", "hello"]]);
    const member = (await directory(archive)).get("a.txt")!;
    const slices = vi.spyOn(archive, "slice");
    await expect(content(archive, { ...member, packed: 2 ** 32 })).rejects.toThrow(NoArchive);
    expect(slices).toHaveBeenCalledTimes(1);
  });
  it("is not unpacked beyond what a file may have", async () => {
    const archive = await zipped([["a.txt", "hello"]], { size: () => 64 * 1024 * 1024 + 1 });
    await expect(content(archive, (await directory(archive)).get("a.txt")!)).rejects.toThrow(NoArchive);
  });
});
