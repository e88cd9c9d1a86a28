// All fans: found, tagged many at once, and taken back; and one whose name is longer than a phone is wide.
import { until } from "../host.mjs";
import { DRAFT_GONE, asPage } from "../people.mjs";
import { tooWide } from "../watch.mjs";

const PHONE = { width: 360, height: 740 };
/** Texts that reach beyond the screen, or out of their own box. */
const spilled = (page) =>
  page.evaluate(() => {
    const isOut = (it) => {
      const { display, overflowX } = getComputedStyle(it);
      const isSpilled = display !== "inline" && overflowX === "visible" && it.scrollWidth > it.clientWidth + 1;
      return it.checkVisibility() && (isSpilled || it.getBoundingClientRect().right > innerWidth + 1);
    };
    return [...document.querySelectorAll("h1, h2, h3, p, strong, time")].filter(isOut).map((it) => it.textContent.slice(0, 60));
  });

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

  step("a tag that is given in another case is the one that is there, and so it stays when that is undone", async () => {
    const chip = page.getByRole("cell").getByText("Winter", { exact: true });
    await go("/fans?query=robin");
    await page.getByRole("checkbox", { name: "Choose Robin" }).check();
    await page.getByLabel("New tag").fill("wInTeR");
    await button("Add tag").click();
    await chip.waitFor();
    await it.undo();
    await chip.waitFor({ state: "detached" });
    const names = (await asPage(page, "GET", "/fans/tags")).tags.map((tag) => tag.name);
    if (!names.includes("Winter") || names.includes("wInTeR")) throw new Error(`the tags: ${names}`);
  });

  step("a name of two words of 35 letters, and an address without an end, stay on a phone's screen", async () => {
    mira.expected.push(DRAFT_GONE);
    const name = { first_name: "Maximiliane".padEnd(35, "nova"), last_name: "Konstantina".padEnd(35, "dessa") };
    const { id } = await host.world("POST", "/people", { language_code: "en", ...name });
    await host.world("POST", `/people/${id}/acts`, { bot: it.bot.username, act: "text", text: `https://example.com/${"a".repeat(300)}` });
    const chat = await until(async () => {
      const [newest] = (await asPage(page, "GET", "/conversations?limit=1")).conversations;
      return newest?.name.startsWith(name.first_name) ? newest : null;
    }, "the fan has written");
    const fits = async (where) => {
      const [wide, out] = [await tooWide(page), await spilled(page)];
      if (wide > 0 || out.length) throw new Error(`${where}: ${wide} px too wide; ${out.join(" | ")}`);
    };
    await page.setViewportSize(PHONE);
    const link = page.getByRole("link", { name: new RegExp(name.first_name) }).first();
    const heading = page.getByRole("heading", { name: new RegExp(name.first_name) }).first();
    for (const [path, shown] of [["/start", page.getByText(`${name.last_name} wrote`)], ["/", link], ["/inbox?view=all", link], [`/fans/${chat.fan_id}`, heading], [`/inbox/${chat.id}?view=all`, heading]]) {
      await go(path);
      await shown.waitFor({ timeout: 15_000 });
      await fits(path);
    }
    await button("Fan").click();
    await page.getByRole("dialog").getByRole("heading", { name: new RegExp(name.first_name) }).waitFor();
    await fits("the fan's sheet");
    await mira.state("fan-long-name");
  });
};
