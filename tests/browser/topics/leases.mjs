// Two people in one conversation: by which name each is known, whose it is, and who has sent what another one discards.
import { until } from "../host.mjs";
import { DRAFT_GONE, asPage, chatWith, invitation, person, setMode } from "../people.mjs";

export default (it) => {
  const { step, host, mira, page, button, go, PASSWORD } = it;
  const log = page.getByRole("log");
  const told = page.getByRole("status").getByRole("group");
  /** Whoever joins while the page is open is not among those whom it has asked for. */
  const joins = async (name, email) => {
    const who = await person(host, name, email, PASSWORD);
    await asPage(page, "POST", "/workspace/invitations", { email, role: "chatter" });
    await who.ask("POST", "/workspace/invitations/acceptances", { token: await invitation(host, email) });
    return who;
  };
  let lea;
  let chat;

  step("a colleague who joins while the page is open is known by her name", async () => {
    mira.expected.push(DRAFT_GONE);
    await setMode(page, "draft");
    chat = await chatWith(it, "Ned", "anybody there?");
    await page.getByRole("group", { name: "Desk" }).waitFor();
    lea = await joins("Lea Voss", "lea@example.com");
    await lea.ask("POST", `/conversations/${chat.conversation}/notes`, { text: "I know him" });
    const note = log.getByRole("article", { name: "Private note" });
    await note.getByText("Lea Voss").waitFor({ timeout: 15_000 });
    if (await note.getByText("a former member").count()) throw new Error("who has joined since is said to have left");
  });

  step("whoever discards a draft that a colleague has sent meanwhile is told so", async () => {
    mira.expected.push(DRAFT_GONE);
    const draft = page.getByRole("region", { name: "Sofi's draft" });
    await draft.waitFor({ timeout: 40_000 });
    const kit = await joins("Kit Lowe", "kit@example.com");
    const { rev } = await asPage(page, "GET", `/conversations/${chat.conversation}/draft`);
    const deleted = [];
    const note = (asked) => asked.method() === "DELETE" && deleted.push(asked.url());
    page.on("request", note);
    await button("Discard", draft).click();
    const notice = told.filter({ hasText: "Draft discarded." });
    // While it is looked at it does not end by itself.
    await notice.hover();
    await kit.ask("POST", `/conversations/${chat.conversation}/draft/approvals`, { rev });
    const sent = told.filter({ hasText: "Kit Lowe sent it meanwhile." });
    await sent.waitFor({ timeout: 15_000 });
    if (await button("Undo", sent).count()) throw new Error("it offers to undo what did not happen");
    if (await notice.count()) throw new Error("it says that the draft was discarded");
    await button("Close", sent).click();
    await log.locator('article.ai[data-delivery="sent"]').waitFor({ timeout: 20_000 });
    page.off("request", note);
    if (deleted.length) throw new Error(`it was discarded all the same: ${deleted}`);
  });

  step("whose conversation it is stands by name, and whoever loses it is told to whom", async () => {
    mira.expected.push(DRAFT_GONE);
    await button("Take over").click();
    await page.getByText("You answer ·").waitFor();
    await button("Release").waitFor();
    const top = async () => (await log.boundingBox()).y;
    const before = await top();
    await lea.ask("PUT", `/conversations/${chat.conversation}/takeover`, { minutes: 15 });
    await page.getByText("Lea Voss answers ·").waitFor({ timeout: 15_000 });
    if ((await top()) !== before) throw new Error(`her name moves the chat from ${before} to ${await top()}`);
    await told.filter({ hasText: "Lea Voss has taken over the chat with Ned." }).waitFor();
    if (await button("Release").count()) throw new Error("another one's conversation is released without a word");
    await mira.state("hold-other");
    await button("Take over from Lea Voss").click();
    await page.getByText("You answer ·").waitFor();
    // What one does oneself is no news.
    if ((await told.filter({ hasText: "has taken over" }).count()) > 1) throw new Error("it is told twice");
    await button("Release").click();
    await button("Take over").waitFor();
  });

  step("what was given back is not taken from a colleague by undoing that", async () => {
    mira.expected.push(DRAFT_GONE);
    await button("Take over").click();
    await button("Release").click();
    const released = told.filter({ hasText: "Released." });
    // While it is looked at it does not end by itself.
    await released.last().hover();
    await lea.ask("PUT", `/conversations/${chat.conversation}/takeover`, { minutes: 15 });
    const taken = told.filter({ hasText: "Lea Voss has taken over meanwhile." });
    await taken.waitFor({ timeout: 15_000 });
    if (await button("Undo", taken).count()) throw new Error("it offers to take her chat away");
    await lea.ask("DELETE", `/conversations/${chat.conversation}/takeover`);
    await button("Take over").waitFor({ timeout: 15_000 });
  });

  step("whoever changes a draft that a colleague sends meanwhile is asked before it goes as an answer of their own", async () => {
    mira.expected.push(DRAFT_GONE);
    const draft = page.getByRole("region", { name: "Sofi's draft" });
    const answer = page.getByLabel("Your answer");
    await setMode(page, "draft");
    const other = await chatWith(it, "Orla", "do you sing?");
    await draft.waitFor({ timeout: 40_000 });
    await button("Edit", draft).click();
    await draft.getByRole("textbox").fill("Only under the shower.");
    const { rev, text } = await asPage(page, "GET", `/conversations/${other.conversation}/draft`);
    await lea.ask("POST", `/conversations/${other.conversation}/draft/approvals`, { rev });
    await page.getByRole("alert").filter({ hasText: "Lea Voss has answered meanwhile." }).waitFor({ timeout: 15_000 });
    await until(() => answer.evaluate((it) => it === document.activeElement), "whoever was typing goes on in the answer");
    // Meant for the draft, as it was pressed before anything was read.
    await page.keyboard.press("Control+Enter");
    await page.getByRole("alert").filter({ hasText: "Send it once more if it should go as your own answer." }).waitFor();
    await mira.state("draft-overtaken");
    await log.locator('article.ai[data-delivery="sent"]').waitFor({ timeout: 20_000 });
    const received = await other.received();
    if (received.some((one) => one.includes("shower"))) throw new Error(`the fan got two answers: ${received} (Sofi: ${text})`);
    if ((await answer.inputValue()) !== "Only under the shower.") throw new Error(`the answer: ${await answer.inputValue()}`);
    await answer.focus();
    await page.keyboard.press("Control+Enter");
    await log.locator('[data-delivery="sent"]', { hasText: "Only under the shower." }).waitFor({ timeout: 20_000 });
    if (await page.getByRole("alert").filter({ hasText: "meanwhile" }).count()) throw new Error("it is told still");
    await button("Release").click();
    await button("Take over").waitFor();
  });

  step("a draft that was changed and left waits as it was changed, and is no answer; sent, it says once by whom", async () => {
    mira.expected.push(DRAFT_GONE);
    const draft = page.getByRole("region", { name: "Sofi's draft" });
    const answer = page.getByLabel("Your answer");
    const own = "Every morning, by the river.";
    const chat = await chatWith(it, "Enno", "do you run?");
    await draft.waitFor({ timeout: 40_000 });
    // That it was discarded once, as it was, is over.
    await button("Discard", draft).click();
    await button("Undo", told.filter({ hasText: "Draft discarded." })).click();
    await button("Edit", draft).click();
    await draft.getByRole("textbox").fill(own);
    const isKept = async (how) => {
      await draft.waitFor();
      const [made, begun] = [await draft.getByRole("textbox").inputValue(), await answer.inputValue()];
      if (made !== own || begun) throw new Error(`${how}: the draft is "${made}", the answer "${begun}"`);
    };
    await button("Note").click();
    await draft.waitFor({ state: "detached" });
    await button("Answer").click();
    await isKept("after a look at the notes");
    for (const time of ["once", "twice"]) {
      await page.getByRole("link", { name: "Home", exact: true }).first().click();
      await page.getByRole("heading", { name: "Hello, Mira Vale" }).waitFor();
      await page.goBack();
      await isKept(`left ${time}`);
    }
    await button("Send edited", draft).click();
    await draft.waitFor({ state: "detached" });
    const sent = log.locator('article[data-delivery="sent"]', { hasText: own });
    await sent.waitFor({ timeout: 20_000 });
    const who = await sent.locator(".who").innerText();
    if (who.match(/\bYou\b/g)?.length !== 1) throw new Error(`who wrote it: ${who}`);
    const times = (await chat.received()).filter((one) => one.includes(own)).length;
    if (times !== 1 || (await answer.inputValue())) throw new Error(`the fan got it ${times} times, the answer: ${await answer.inputValue()}`);
  });

  step("a conversation that is not there says so where it would stand, with the way to the inbox", async () => {
    mira.expected.push(/404.*\/conversations\//);
    // The id of this one, with another last letter.
    const id = chat.conversation.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    await go(`/inbox/${id}?view=all`);
    const said = page.getByText("There is no such conversation here");
    await said.waitFor();
    await mira.state("conversation-unknown");
    if (await page.getByRole("alert").count()) throw new Error("it is told twice");
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole("link", { name: "Go to the inbox", exact: true }).click();
    await until(() => new URL(page.url()).pathname === "/inbox", "the inbox");
    await page.getByRole("region", { name: "Conversations" }).waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
  });
};
