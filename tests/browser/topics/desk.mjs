// What becomes of a conversation: done, put away, whose it is, unread; and the views that follow from it.
import { until } from "../host.mjs";
import { asPage } from "../people.mjs";

export default (it) => {
  const { step, host, mira, page, visible, button, go } = it;
  const row = (id) => page.locator(`[data-conversation="${id}"]`);
  const open = async (view = "") => {
    await go(`/inbox/${it.conversation}${view && `?view=${view}`}`);
    await page.getByRole("group", { name: "Desk" }).waitFor();
  };
  const undo = () => page.getByRole("status").getByRole("button", { name: "Undo" }).last().click();
  let other;

  step("done takes a conversation out of the list, shows the next one, and can be undone", async () => {
    const kim = (await host.world("POST", "/people", { first_name: "Kim", language_code: "en" })).id;
    for (const act of [{ act: "start" }, { act: "text", text: "hi from Kim" }]) await host.world("POST", `/people/${kim}/acts`, { bot: it.bot.username, ...act });
    await open();
    await page.getByRole("region", { name: "Conversations" }).getByText("Kim").first().waitFor({ timeout: 15_000 });
    other = await page.locator("[data-conversation]", { hasText: "Kim" }).getAttribute("data-conversation");
    await mira.state("desk");
    await page.keyboard.press("e");
    await row(it.conversation).waitFor({ state: "detached" });
    await page.waitForURL(new RegExp(other));
    await mira.state("desk-done");
    await undo();
    await page.waitForURL(new RegExp(it.conversation));
    await row(it.conversation).waitFor();
    await button("Done").click();
    await row(it.conversation).waitFor({ state: "detached" });
    await go("/inbox?view=done");
    await row(it.conversation).click();
    await button("Reopen").click();
    await visible("Open again.");
    await row(it.conversation).waitFor({ state: "detached" });
  });

  step("whoever presses the key twice puts away two, though the first is still on its way, and takes both back", async () => {
    const { id: bea } = await host.world("POST", "/people", { first_name: "Bea", language_code: "en" });
    await host.world("POST", `/people/${bea}/acts`, { bot: it.bot.username, act: "text", text: "hi from Bea" });
    await go("/inbox");
    await page.locator("[data-conversation]", { hasText: "Bea" }).click({ timeout: 15_000 });
    await page.getByRole("group", { name: "Desk" }).waitFor();
    const open = () => new URL(page.url()).pathname.split("/").pop();
    const first = open();
    let release;
    const held = new Promise((done) => (release = done));
    await page.route(new RegExp(`/conversations/${first}$`), async (route) => {
      if (route.request().method() === "PATCH") await held;
      await route.continue();
    });
    await page.keyboard.press("e");
    await until(() => open() !== first, "the next one is open");
    const second = open();
    await page.keyboard.press("e");
    await row(second).waitFor({ state: "detached" });
    if (open() === first) throw new Error("it led back to the one that is on its way");
    release();
    await row(first).waitFor({ state: "detached" });
    const isDone = async (id) => Boolean((await asPage(page, "GET", `/conversations/${id}/messages`)).conversation.done_at);
    for (const id of [first, second]) if (!(await isDone(id))) throw new Error(`${id} is not done`);
    await page.unrouteAll({ behavior: "ignoreErrors" });
    const notices = page.getByRole("status").getByRole("button", { name: "Undo" });
    await until(async () => (await notices.count()) === 2, "both can be undone");
    await undo();
    await until(async () => (await notices.count()) === 1, "one is undone");
    await undo();
    for (const id of [first, second]) await row(id).waitFor();
    for (const id of [first, second]) await until(async () => !(await isDone(id)), "it is open again");
  });

  step("snoozing offers sensible times and one's own; waking takes it back", async () => {
    await open("all");
    await page.keyboard.press("z");
    const dialog = page.getByRole("dialog", { name: "Snooze" });
    await dialog.getByText("Tomorrow morning").waitFor();
    await mira.state("snooze");
    await dialog.getByLabel("Own time").fill("2020-01-01T09:00");
    await visible("Choose a time within the coming year.");
    if (await button("Snooze", dialog).isEnabled()) throw new Error("a time that has passed can be chosen");
    await dialog.getByText("Tomorrow morning").click();
    await visible("Snoozed until");
    await button("Wake").waitFor();
    await mira.state("desk-snoozed");
    await undo();
    await button("Snooze").click();
    const soon = await page.evaluate(() => {
      const at = new Date(Date.now() + 30 * 60_000);
      return new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    });
    await dialog.getByLabel("Own time").fill(soon);
    await button("Snooze", dialog).click();
    await go("/inbox?view=snoozed");
    await row(it.conversation).click();
    await page.getByRole("group", { name: "Desk" }).waitFor();
    await page.keyboard.press("z");
    await visible("Awake again.");
    await row(it.conversation).waitFor({ state: "detached" });
  });

  step("a conversation is given to somebody, and taken back", async () => {
    await open("mine");
    await visible("Nothing is assigned to you.");
    await page.getByLabel("Assigned to").selectOption({ label: "Me (Mira Vale)" });
    await row(it.conversation).waitFor();
    await mira.state("desk-mine");
    await undo();
    await row(it.conversation).waitFor({ state: "detached" });
    await until(async () => (await page.getByLabel("Assigned to").inputValue()) === "", "nobody has it");
  });

  step("what is looked at is read, unless it is marked as unread", async () => {
    await open("unread");
    await row(it.conversation).waitFor({ state: "detached" });
    await button("Mark as unread").click();
    await row(it.conversation).waitFor();
    await mira.state("desk-unread");
    await undo();
    await row(it.conversation).waitFor({ state: "detached" });
  });

  step("every view has its address, and says what it is for when it is empty", async () => {
    const empty = { needs_person: "Nobody asks for a person", drafts: "No draft waits", unsent: "Every message has gone out", care: "Nobody is in care mode", snoozed: "Nothing is snoozed", done: "Nothing is done yet" };
    for (const [view, text] of Object.entries(empty)) {
      await go(`/inbox?view=${view}`);
      await visible(text);
    }
    await mira.state("inbox-view-empty");
    const views = page.getByRole("navigation", { name: "Views" });
    await views.locator("summary").click();
    await views.getByRole("link", { name: "Snoozed" }).waitFor();
    await mira.state("inbox-views");
    await views.getByRole("link", { name: "All", exact: true }).click();
    await page.waitForURL(/view=all/);
    await row(other).waitFor();
  });

  step("longer words fit a phone too", async () => {
    const speak = async (language) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByRole("combobox").fill(language);
      await page.keyboard.press("Enter");
    };
    await go(`/inbox/${it.conversation}?view=all`);
    await page.getByRole("group", { name: "Desk" }).waitFor();
    await speak("Deutsch");
    await page.getByRole("group", { name: "Vorgang" }).waitFor();
    await mira.state("desk-de");
    await page.keyboard.press("z");
    await page.getByRole("dialog").getByText("Morgen früh").click();
    await button("Wecken").waitFor();
    await mira.state("desk-snoozed-de");
    await button("Wecken").click();
    await button("Erledigt").click();
    await button("Wieder öffnen").waitFor();
    await page.keyboard.press("n");
    await mira.state("desk-done-de");
    await page.keyboard.press("Escape");
    await button("Wieder öffnen").click();
    await speak("English");
    await button("Done").waitFor();
  });
};
