// Fans of another tool are brought in from a file, and an export with its saved replies, after a look at what would become of them.
import { createHash } from "node:crypto";

/** An export as far as an import reads it: files stored one after the other, and a list of them with their hashes. */
function exported(sections) {
  const files = Object.entries(sections).map(([section, records]) => ({ path: `data/${section}-000001.jsonl`, section, text: records.map((one) => `${JSON.stringify(one)}\n`).join("") }));
  const listed = files.map(({ path, section, text }) => ({ path, section, sha256: createHash("sha256").update(text).digest("hex") }));
  const stored = [...files, { path: "manifest.json", text: JSON.stringify({ files: listed }) }].flatMap(({ path, text }) => {
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt32LE(Buffer.byteLength(text), 22);
    head.writeUInt16LE(path.length, 26);
    return [head, Buffer.from(path), Buffer.from(text)];
  });
  return Buffer.concat(stored);
}

export default (it) => {
  const { step, mira, page, button, go, proving } = it;
  const row = (name) => page.getByRole("row", { name });
  const file = (rows) =>
    page.getByLabel("File", { exact: true }).setInputFiles({ name: "fans.csv", mimeType: "text/csv", buffer: Buffer.from(["Chat ID;Name;Labels", ...rows].join("\n")) });

  step("a file is looked at first, and what is wrong with it is named by row and column", async () => {
    mira.expected.push(/403.*\/fans\/imports/);
    await go("/fans");
    await page.getByRole("link", { name: "Bring fans in" }).click();
    await page.getByRole("heading", { name: "Bring fans in", level: 1 }).waitFor();
    await mira.state("imports");
    await file(["4503599627370001;Zora;VIP", "7.1E+09;Nobody;"]);
    await page.getByLabel("Chat ID").waitFor();
    if ((await page.getByLabel("Labels").inputValue()) !== "tags") throw new Error("the headings were not understood");
    await mira.state("imports-columns");
    await button("Look first").click();
    await proving(page.getByRole("heading", { name: "What would become of them" }));
    await row("New fans 1").waitFor();
    await row("Rows that are wrong 1").waitFor();
    await page.getByText("Row 3, Chat ID:").waitFor();
    await mira.state("imports-wrong");
    if (await button("Bring in 1").isEnabled()) throw new Error("a wrong row goes unnoticed");
  });

  step("what is right is brought in, and is found", async () => {
    await page.getByRole("checkbox", { name: "Leave out rows that are wrong" }).check();
    await button("Bring in 1").click();
    await page.getByRole("heading", { name: "They are brought in" }).waitFor();
    await mira.state("imports-done");
    await page.getByRole("link", { name: "Show all fans" }).click();
    await page.getByRole("link", { name: "Zora" }).first().waitFor();
  });

  step("the same file again brings nothing", async () => {
    mira.expected.push(/403.*\/fans\/imports/);
    await go("/fans/import");
    await file(["4503599627370001;Zora;VIP"]);
    await button("Look first").click();
    await proving(page.getByText("There is nothing to bring in."));
    await row("Fans with nothing new 1").waitFor();
  });

  step("an export brings its saved replies along, and replaces none", async () => {
    mira.expected.push(/403.*\/fans\/imports/);
    const reply = (text) => ({ content: { shortcut: "brought-along", text } });
    const bring = async (text) => {
      const buffer = exported({
        fan: [{ id: "fan_1", tags: ["VIP"], note: null, profile: { first_name: "Zora" } }],
        fan_number: [{ fan: "fan_1", telegram_id: "4503599627370001" }],
        saved_reply: [reply(text)],
      });
      await go("/fans/import");
      await page.getByLabel("File", { exact: true }).setInputFiles({ name: "sofi-export.zip", mimeType: "application/zip", buffer });
      await button("Look first").click();
    };
    await bring("Words of the former workspace");
    await proving(row("New saved replies 1"));
    await row("Fans with nothing new 1").waitFor();
    await button("Bring in 1").click();
    await page.getByRole("heading", { name: "They are brought in" }).waitFor();
    await row("New saved replies 1").waitFor();
    await mira.state("imports-replies");
    await bring("Other words");
    await proving(page.getByText("There is nothing to bring in."));
    await row("Saved replies whose shortcut is taken 1").waitFor();
    await go("/replies");
    await page.getByText("Words of the former workspace").waitFor();
  });
};
