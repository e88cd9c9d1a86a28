// All fans: found, tagged many at once, and taken back.
import { until } from "../host.mjs";

export default (it) => {
  const { step, mira, page, visible, button, go, host } = it;
  const rows = () => page.getByRole("row").count();
  const search = (text) => page.getByRole("searchbox", { name: "Search" }).fill(text);

  step("a fan is found by the beginning of a name, whatever the accents", async () => {
    for (const person of [{ first_name: "Élodie", last_name: "Brumell", username: "brumell_demo" }, { first_name: "Oskar", last_name: "Brunswyck" }]) {
      const { id } = await host.world("POST", "/people", { language_code: "en", ...person });
      await host.world("POST", `/people/${id}/acts`, { bot: it.bot.username, act: "text", text: "hello" });
    }
    await go("/fans");
    await until(async () => {
      await page.reload();
      await page.getByRole("heading", { name: "Fans", level: 1 }).waitFor();
      const listed = page.getByRole("link", { name: "Oskar Brunswyck", exact: true });
      return listed.waitFor({ timeout: 5_000 }).then(() => true, () => false);
    }, "both are listed");
    await mira.state("fans");
    await search("elo bru");
    await until(async () => (await rows()) === 2, "one is found");
    await visible("Élodie Brumell");
    await search("nobody at all");
    await visible("Nobody fits");
    await mira.state("fans-nobody");
    await page.getByRole("link", { name: "Show all fans" }).click();
    await visible("Oskar Brunswyck");
  });

  step("many fans are tagged at once, found by the tag, and it is undone exactly", async () => {
    await search("bru");
    await until(async () => (await rows()) === 3, "two are found");
    await page.getByRole("checkbox", { name: "Choose all shown" }).check();
    await page.getByLabel("New tag").fill("Winter");
    await button("Add tag").click();
    await visible("“Winter” added to 2.");
    await mira.state("fans-tagged");
    await page.getByLabel("Tags").selectOption("Winter");
    await page.waitForURL(/tag=Winter/);
    await until(async () => (await rows()) === 3, "the tag finds both");
    await go("/fans?query=elodie");
    await page.getByRole("checkbox", { name: "Choose Élodie Brumell" }).check();
    await button("Remove tag Winter").click();
    await visible("“Winter” removed from 1.");
    await button("Undo").click();
    await page.getByRole("cell").getByText("Winter", { exact: true }).waitFor();
  });
};
