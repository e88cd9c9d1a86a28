// What is taken back: a fact that was forgotten, a draft that was discarded, and what Sofi does in a chat.
import { until } from "../host.mjs";
import { DRAFT_GONE, asPage, chatWith, setMode } from "../people.mjs";

export default (it) => {
  const { step, mira, page, visible, button, go, undo } = it;
  /** Ends the time in which it can be undone. */
  const settle = () => button("Close", page.getByRole("status")).last().click();
  let chat;

  step("what Sofi remembers is forgotten only once that can no longer be undone", async () => {
    mira.expected.push(DRAFT_GONE);
    await setMode(page, "draft");
    chat = await chatWith(it, "Yva", "what is your favourite season?");
    const panel = page.getByRole("complementary", { name: "Fan" });
    await panel.getByLabel("New fact").fill("has two cats");
    await button("Add", panel).last().click();
    const forget = panel.getByRole("button", { name: "Forget: has two cats" });
    await forget.click();
    await forget.waitFor({ state: "detached" });
    await undo();
    await forget.click();
    const { conversation } = await asPage(page, "GET", `/conversations/${chat.conversation}/messages`);
    const known = async () => (await asPage(page, "GET", `/fans/${conversation.fan_id}/facts`)).facts.some((one) => one.text === "has two cats");
    if (!(await known())) throw new Error("it was forgotten before it could be undone");
    await settle();
    await until(async () => !(await known()), "it is forgotten");
  });

  step("a draft that was discarded comes back, and what Sofi does in a chat too", async () => {
    mira.expected.push(DRAFT_GONE);
    const draft = page.getByRole("region", { name: "Sofi's draft" });
    await draft.waitFor({ timeout: 40_000 });
    await button("Discard", draft).click();
    await draft.waitFor({ state: "detached" });
    await undo();
    await draft.waitFor();
    await button("Discard", draft).click();
    await settle();
    const waits = async () => (await asPage(page, "GET", `/conversations/${chat.conversation}/messages`)).conversation.draft_since;
    await until(async () => !(await waits()), "the draft is gone");
    if (await draft.count()) throw new Error("a draft that is gone is shown");
    const mode = page.getByLabel("Sofi in this chat");
    await mode.selectOption({ label: "Off" });
    await visible("Sofi: Off");
    await mira.state("inbox-mode");
    await undo();
    await until(async () => (await mode.inputValue()) === "", "it is as set for the bot");
  });

  step("a slash leads from anywhere to the search of fans", async () => {
    await go("/bots");
    await page.getByRole("heading", { name: "Bots", level: 1 }).waitFor();
    await page.keyboard.press("/");
    const search = page.getByRole("searchbox", { name: "Search" });
    await until(() => search.evaluateAll((all) => all.includes(document.activeElement)), "the caret is in the search");
    await page.keyboard.type("robin");
    await page.getByRole("row", { name: /Robin/ }).waitFor();
  });
};
