// The inbox by keys alone: from home into a chat, take over, answer, give back, approve a draft, put it away and take that back.
import { until } from "../host.mjs";
import { DRAFT_GONE, asPage, chatWith, setMode } from "../people.mjs";

/** Nobody presses Tab more often than this to get anywhere. */
const MOST_TABS = 150;

export default (it) => {
  const { step, host, mira, page, button, go } = it;
  const log = page.getByRole("log");
  const press = (key) => page.keyboard.press(key);
  const isHere = (wanted) => wanted.evaluateAll((all) => all.includes(document.activeElement));
  /** Tab by Tab, and Enter where it is. */
  async function choose(wanted, tab = "Tab") {
    await wanted.waitFor();
    for (let pressed = 0; pressed < MOST_TABS; pressed++) {
      if (await isHere(wanted)) return press("Enter");
      await press(tab);
    }
    throw new Error(`${MOST_TABS} x ${tab} do not lead to ${wanted}`);
  }

  step("the inbox is worked by keyboard alone", async () => {
    mira.expected.push(DRAFT_GONE);
    let pointed = 0;
    await page.exposeBinding("__pointed", () => void pointed++);
    await page.addInitScript(() => {
      for (const kind of ["pointerdown", "mousedown", "touchstart"]) addEventListener(kind, (event) => event.isTrusted && __pointed(), true);
    });
    await go("/");
    await page.getByRole("heading", { name: "Hello, Mira Vale" }).waitFor();
    await setMode(page, "draft");
    const fan = (await host.world("POST", "/people", { first_name: "Kay", language_code: "en" })).id;
    const says = (text) => host.world("POST", `/people/${fan}/acts`, { bot: it.bot.username, act: "text", text });
    await says("hello from Kay");
    const list = page.getByRole("region", { name: "Conversations" });
    const rows = page.locator("[data-conversation]");
    const kay = rows.filter({ hasText: "Kay" });

    await press("g");
    await press("i");
    await page.waitForURL(/\/inbox$/);
    await list.waitFor();
    await until(async () => (await rows.first().textContent()).includes("Kay"), "Kay is first");
    const id = await kay.getAttribute("data-conversation");
    await press("j");
    await page.waitForURL(new RegExp(id));
    await log.getByText("hello from Kay").waitFor();
    await button("Take over").waitFor();
    await press("t");
    await page.getByRole("timer").waitFor();

    const answer = page.getByLabel("Your answer");
    await press("r");
    await until(() => isHere(answer), "the caret is in the answer");
    // In other words than a draft that may have come meanwhile: what a draft says is sent as Sofi's.
    await page.keyboard.type("written without a mouse");
    await press("Control+Enter");
    await log.locator('[data-delivery="sent"]', { hasText: "written without a mouse" }).waitFor({ timeout: 20_000 });
    await choose(button("Release"), "Shift+Tab");
    await button("Take over").waitFor();

    await says("do you like the sea?");
    const draft = page.getByRole("region", { name: "Sofi's draft" });
    await draft.waitFor({ timeout: 40_000 });
    await choose(button("Send as it is", draft));
    await draft.waitFor({ state: "detached" });
    await log.locator('article.ai[data-delivery="sent"]').waitFor({ timeout: 20_000 });

    const undo = page.getByRole("status").getByRole("button", { name: "Undo" }).last();
    const isKay = () => page.url().includes(id);
    await press("e");
    await kay.waitFor({ state: "detached" });
    await choose(undo);
    await kay.waitFor();
    await until(isKay, "it is open again");
    await button("Done").waitFor();
    await press("z");
    await choose(page.getByRole("dialog", { name: "Snooze" }).getByRole("button", { name: /^Tomorrow morning/ }));
    await kay.waitFor({ state: "detached" });
    await choose(undo);
    await kay.waitFor();
    await until(isKay, "it is open again");
    const { conversation } = await asPage(page, "GET", `/conversations/${id}/messages`);
    if (conversation.done_at || conversation.snoozed_until) throw new Error(`what became of it: ${JSON.stringify(conversation)}`);
    if (pointed) throw new Error(`${pointed} presses of a pointer`);
  });

  step("a draft is edited, sent and discarded by keys, and what is typed into it is no key of the page", async () => {
    mira.expected.push(DRAFT_GONE);
    await setMode(page, "draft");
    const chat = await chatWith(it, "Ima", "do you like the rain?");
    const draft = page.getByRole("region", { name: "Sofi's draft" });
    const text = draft.getByRole("textbox");
    await draft.waitFor({ timeout: 40_000 });
    // What Enter does with Control on another row is the browser's: it opens that chat in a tab, and sends no draft.
    const isLeft = await page.locator("[data-conversation]:not([aria-current])").first().evaluate((row) =>
      row.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true })),
    );
    if (!isLeft) throw new Error("Control and Enter on another row were taken for the draft's");
    await press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).getByText("Edit Sofi's draft").waitFor();
    await press("Escape");
    const keeps = async (how) => {
      await until(() => isHere(text), `the caret is in the draft, ${how}`);
      await page.keyboard.type(" The next jazz day.");
      if (!(await text.inputValue()).endsWith(" The next jazz day.")) throw new Error(`${how}: ${await text.inputValue()}`);
      const { conversation } = await asPage(page, "GET", `/conversations/${chat.conversation}/messages`);
      if (conversation.done_at || conversation.hold || !conversation.draft_since || !page.url().includes(chat.conversation)) throw new Error(`${how}: ${JSON.stringify(conversation)}`);
    };
    await button("Edit", draft).click();
    await keeps("by its button");
    await press("Escape");
    await press("x");
    await draft.waitFor({ state: "detached" });
    await until(() => isHere(log), "keys go on from the chat");
    await it.undo();
    // What was made of it is there again, and takes no focus by itself.
    await text.waitFor();
    if (await isHere(text)) throw new Error("what came back took the focus");
    await button("Discard", draft).click();
    await button("Close", page.getByRole("status")).last().click();
    await until(async () => !(await asPage(page, "GET", `/conversations/${chat.conversation}/messages`)).conversation.draft_since, "the draft is gone");
    await chat.acts({ act: "text", text: "and the sun?" });
    await draft.waitFor({ timeout: 40_000 });
    await press("d");
    await keeps("by its key");
    await press("Control+Enter");
    await draft.waitFor({ state: "detached" });
    await until(() => isHere(log), "keys go on from the chat");
    await log.locator('article[data-delivery="sent"]', { hasText: "The next jazz day." }).waitFor({ timeout: 20_000 });
  });

  step("what was done last is taken back by a key, and keys go on from where they were", async () => {
    mira.expected.push(DRAFT_GONE);
    await setMode(page, "draft");
    await chatWith(it, "Una", "do you like the fog?");
    const draft = page.getByRole("region", { name: "Sofi's draft" });
    const answer = page.getByLabel("Your answer");
    const notice = page.getByRole("status").getByRole("group").filter({ hasText: "Draft discarded." });
    await draft.waitFor({ timeout: 40_000 });
    // A click on its row has left the focus there.
    await log.focus();
    const discards = async () => {
      await press("x");
      await draft.waitFor({ state: "detached" });
      await until(() => isHere(log), "keys go on from the chat");
    };
    const ways = { U: () => press("u"), "Control and Z": () => press("Control+z"), "the notice": () => choose(button("Undo", notice)) };
    for (const [name, takeBack] of Object.entries(ways)) {
      await discards();
      await takeBack();
      await draft.waitFor();
      if (await notice.count()) throw new Error(`by ${name}: it can be undone once more`);
      await until(() => isHere(log), `keys go on from the chat, by ${name}`);
    }
    await discards();
    await press("Control+k");
    await page.getByRole("combobox", { name: "Commands" }).fill("undo");
    await press("Enter");
    await draft.waitFor();
    await press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).getByText("Take back what was done last").waitFor();
    await press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    // Whoever writes takes back what they wrote.
    await press("x");
    await draft.waitFor({ state: "detached" });
    await press("r");
    await until(() => isHere(answer), "the caret is in the answer");
    await page.keyboard.type("u");
    await press("Control+z");
    if (!(await notice.count()) || (await draft.count())) throw new Error("what was typed into the answer took back the discard");
    await answer.fill("");
    await press("Escape");
    await press("u");
    await draft.waitFor();
  });

  step("what is typed while a chat is still on its way is an answer to it, and no key of the page", async () => {
    mira.expected.push(DRAFT_GONE);
    const rows = page.locator("[data-conversation]");
    const answer = page.getByLabel("Your answer");
    await go("/inbox");
    await rows.first().waitFor();
    const id = await rows.first().getAttribute("data-conversation");
    let release;
    const held = new Promise((done) => (release = done));
    await page.route(new RegExp(`/conversations/${id}/messages(\\?|$)`), async (route) => {
      if (route.request().method() === "GET") await held;
      await route.continue();
    });
    const changed = [];
    const note = (asked) => asked.method() !== "GET" && changed.push(`${asked.method()} ${new URL(asked.url()).pathname}`);
    page.on("request", note);
    await press("j");
    await page.waitForURL(new RegExp(id));
    await answer.waitFor();
    await press("r");
    // Each of these letters is a key of the page as well: take over, next chat, done, note, snooze.
    await page.keyboard.type("take jazz then");
    if (await log.count()) throw new Error("the messages came before they were let go");
    if ((await answer.inputValue()) !== "take jazz then") throw new Error(`the answer: ${await answer.inputValue()}`);
    release();
    await log.locator("article").first().waitFor();
    if ((await answer.inputValue()) !== "take jazz then" || !(await isHere(answer))) throw new Error("the chat took the answer away");
    if (!page.url().includes(id)) throw new Error(`it went on to ${page.url()}`);
    page.off("request", note);
    const acts = changed.filter((one) => !one.endsWith("/typing") && one !== `PATCH /api/v1/conversations/${id}`);
    if (acts.length) throw new Error(`it did more than was written: ${acts}`);
    const { conversation } = await asPage(page, "GET", `/conversations/${id}/messages`);
    if (conversation.done_at || conversation.snoozed_until) throw new Error(`what became of it: ${JSON.stringify(conversation)}`);
    await answer.fill("");
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });
};
