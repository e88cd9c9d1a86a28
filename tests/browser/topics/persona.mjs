// How Sofi writes: versions that can be gone back to, and what a day may cost.
import { until } from "../host.mjs";
import { asPage } from "../people.mjs";

export default (it) => {
  const { step, mira, page, visible, button, go, undo } = it;
  const version = (number) => page.getByRole("listitem").filter({ hasText: new RegExp(`^Version ${number}\\b`) });

  step("an older version of the voice is used again, and that is undone", async () => {
    const [bot] = (await asPage(page, "GET", "/bots")).bots;
    const known = (await asPage(page, "GET", `/bots/${bot.id}/personas`)).personas;
    const first = Math.max(0, ...known.map((one) => one.version)) + 1;
    await go("/sofi");
    for (const [at, text] of ["Warm, short, curious. Asks back.", "Dry, with a wink."].entries()) {
      await page.getByLabel("Voice and manner").fill(text);
      await button("Save and use").click();
      await visible(`Version ${first + at} is saved and in use.`);
    }
    await version(first).locator("summary").click();
    await version(first).getByText("Asks back.").waitFor();
    await mira.state("sofi-versions");
    await button("Use this version", version(first)).click();
    await visible(`Version ${first} is in use.`);
    await version(first).getByText("in use", { exact: true }).waitFor();
    if ((await page.getByLabel("Voice and manner").inputValue()) !== "Warm, short, curious. Asks back.") throw new Error("another text is shown");
    await undo();
    await version(first + 1).getByText("in use", { exact: true }).waitFor();
  });

  step("what a day may cost is set, and stays", async () => {
    const limit = page.getByLabel("Limit a day, US dollars");
    const wanted = String(Number(await limit.inputValue()) + 1.5);
    await limit.fill(wanted);
    await button("Save", page.locator("form", { has: limit })).click();
    await visible("Saved.");
    await page.reload();
    await until(async () => (await limit.inputValue()) === wanted, "the limit stays");
    await mira.state("sofi-budget");
  });
};
