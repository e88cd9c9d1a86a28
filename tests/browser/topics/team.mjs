// Several people in one conversation: notes, saved replies, and who was faster.
import { until } from "../host.mjs";
import { asPage, invitation, person } from "../people.mjs";
import { Watched } from "../watch.mjs";

export default (it) => {
  const { step, host, chromium, origin, mira, page, visible, button, go, PASSWORD } = it;
  const log = page.getByRole("log");
  const answer = page.getByLabel("Your answer");
  const open = async () => {
    await go(`/inbox/${it.conversation}`);
    await answer.waitFor();
  };
  let uma;

  step("a colleague joins, and a conversation can be given to her", async () => {
    uma = await person(host, "Uma Reed", "uma@example.com", PASSWORD);
    await asPage(page, "POST", "/workspace/invitations", { email: uma.email, role: "chatter" });
    await uma.ask("POST", "/workspace/invitations/acceptances", { token: await invitation(host, uma.email) });
    await open();
    await page.getByLabel("Assigned to").selectOption({ label: "Uma Reed" });
    await visible("Assigned to Uma Reed.");
    await page.locator(`[data-conversation="${it.conversation}"]`).getByText("Uma Reed").waitFor();
    const mine = await uma.ask("GET", "/conversations?view=mine");
    if (mine.conversations[0]?.id !== it.conversation) throw new Error("it is not among hers");
  });

  step("a private note stands between the messages, says whose it is, and its deletion can be undone", async () => {
    await open();
    await page.keyboard.press("n");
    const field = page.getByRole("textbox", { name: "Private note" });
    await field.fill("asked about the winter set");
    await mira.state("note-form");
    await page.keyboard.press("Control+Enter");
    const note = log.getByRole("article", { name: "Private note" });
    await note.getByText("asked about the winter set").waitFor();
    await uma.ask("POST", `/conversations/${it.conversation}/notes`, { text: "I promised her a discount" });
    await note.getByText("Uma Reed").waitFor({ timeout: 15_000 });
    await mira.state("notes");
    const hers = note.filter({ hasText: "discount" });
    await button("Delete", hers).click();
    await hers.waitFor({ state: "detached" });
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await hers.getByText("Uma Reed").waitFor();
    await button("Delete", hers).click();
    const count = async () => (await asPage(page, "GET", `/conversations/${it.conversation}/notes`)).notes.length;
    if ((await count()) !== 2) throw new Error("the note went before it could be undone");
    await button("Close", page.getByRole("status")).last().click();
    await until(async () => (await count()) === 1, "the note is gone");
  });

  step("a note that was begun waits, and does not become an answer", async () => {
    await page.keyboard.press("n");
    await page.getByRole("textbox", { name: "Private note" }).fill("half a note");
    await button("Answer").click();
    if (await answer.inputValue()) throw new Error("the note became an answer");
    await go("/");
    await open();
    await page.keyboard.press("n");
    if (await page.getByRole("textbox", { name: "Private note" }).inputValue()) throw new Error("the note outlived a reload");
    await page.keyboard.press("Escape");
    await page.keyboard.press("r");
  });

  step("saved replies are written once, and kept in order", async () => {
    mira.expected.push(/409/);
    await page.keyboard.press("Escape");
    await go("/replies");
    await visible("No saved reply yet.");
    await mira.state("replies-empty");
    const save = async (shortcut, text) => {
      await button("New reply").first().click();
      await page.getByLabel("Shortcut").fill(shortcut);
      await page.getByLabel("Text", { exact: true }).fill(text);
      await button("Save").click();
    };
    await save("/prices", "A picture is 50 stars, a set is 200.");
    await visible("Type /prices in a conversation.");
    await save("hello", "Hi! So nice that you write.\nWhat brings you here?");
    await visible("Type /hello in a conversation.");
    await save("Prices", "again");
    await page.getByRole("dialog").getByRole("alert").waitFor();
    await mira.state("replies-form");
    await page.keyboard.press("Escape");
    await mira.state("replies");
    await button("Delete /prices").click();
    await button("Edit /prices").waitFor({ state: "detached" });
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await button("Edit /prices").click();
    await page.getByLabel("Text", { exact: true }).fill("A picture is 60 stars.");
    await button("Save").click();
    await visible("Saved.");
    await page.getByText("60 stars").waitFor();
  });

  step("a slash offers them while an answer is written", async () => {
    await open();
    await answer.pressSequentially("Sure: /");
    const list = page.getByRole("listbox", { name: "Saved replies" });
    await list.getByText("/hello").waitFor();
    await mira.state("replies-offered");
    await answer.focus();
    await page.keyboard.press("ArrowDown");
    await list.locator('[aria-selected="true"]').getByText("/prices").waitFor();
    await page.keyboard.press("Enter");
    await until(async () => (await answer.inputValue()) === "Sure: A picture is 60 stars.", "the reply is inserted");
    await answer.pressSequentially(" /nothing");
    await visible("No saved reply fits.");
    await page.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
    await answer.fill("");
    await page.getByRole("button", { name: "Saved replies" }).click();
    await list.getByText("/hello").click();
    await until(async () => (await answer.inputValue()).startsWith("Hi! So nice"), "the reply is inserted");
    // What the button has put there goes with the list.
    for (const written of ["so", ""]) {
      await answer.fill(written);
      await page.getByRole("button", { name: "Saved replies" }).click();
      await list.getByText("/hello").waitFor();
      await page.keyboard.press("Escape");
      await list.waitFor({ state: "detached" });
      if ((await answer.inputValue()) !== written) throw new Error(`the answer: ${await answer.inputValue()}`);
    }
    if (await button("Send").isEnabled()) throw new Error("nothing can be sent");
  });

  step("who was faster is named, and what was written stays", async () => {
    mira.expected.push(/409/);
    await open();
    // Nothing is heard of what happens elsewhere, as between two questions of the page.
    await page.route(/\/api\/v1\/sync/, () => undefined);
    await page.waitForTimeout(500);
    const seen = await asPage(page, "GET", `/conversations/${it.conversation}/messages`);
    await uma.ask("POST", `/conversations/${it.conversation}/messages`, { text: "Uma here, hello!", last_seen_message_id: seen.conversation.last_message_id });
    await answer.fill("my own long answer");
    await page.keyboard.press("Control+Enter");
    await visible("Uma Reed has answered meanwhile.");
    await log.getByText("Uma here, hello!").waitFor();
    if ((await answer.inputValue()) !== "my own long answer") throw new Error("what was written is gone");
    await mira.state("conflict");
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await log.locator('[data-delivery="sent"]', { hasText: "Uma here" }).waitFor({ timeout: 20_000 });
    await answer.focus();
    await page.keyboard.press("Control+Enter");
    await log.getByText("my own long answer").waitFor();
    await page.getByText("has answered meanwhile").waitFor({ state: "detached" });
  });

  step("an answer of which nobody knows whether it got out is not said to be unsent, and goes once somebody is back in its conversation", async () => {
    mira.expected.push(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
    await page.route(/\/messages$/, (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
    await answer.fill("this one is lost on the way");
    await page.keyboard.press("Control+Enter");
    await log.getByText("Perhaps sent").waitFor();
    await log.getByRole("button", { name: "Try again" }).waitFor();
    if (await page.getByRole("main").getByRole("alert").count()) throw new Error("it is told twice");
    await mira.state("perhaps-sent");
    await page.getByRole("link", { name: "Home", exact: true }).first().click();
    await page.getByRole("heading", { name: "Hello, Mira Vale" }).waitFor();
    await page.unrouteAll({ behavior: "wait" });
    await page.goBack();
    await log.locator('[data-delivery="sent"]', { hasText: "lost on the way" }).waitFor({ timeout: 20_000 });
    if ((await log.getByText("lost on the way").count()) !== 1) throw new Error("it stands there twice");
    // Whoever answers has taken over: the chat is given back for what comes next.
    await button("Release").click();
    await button("Take over").waitFor();
  });

  step("who may only read sees notes, and neither desk nor saved replies to manage", async () => {
    const ana = await person(host, "Ana Lind", "ana@example.com", PASSWORD);
    await asPage(page, "POST", "/workspace/invitations", { email: ana.email, role: "analyst" });
    await ana.ask("POST", "/workspace/invitations/acceptances", { token: await invitation(host, ana.email) });
    const other = await Watched.open(chromium, origin);
    other.expected.push(/401/);
    await other.page.goto(`${origin}/login?to=/inbox/${it.conversation}`);
    await other.page.getByLabel("Email").fill(ana.email);
    await other.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await other.page.getByRole("button", { name: "Log in", exact: true }).click();
    await other.page.getByText("Your role can read but not answer.").waitFor();
    await other.page.getByRole("log").getByText("asked about the winter set").waitFor();
    await other.state("inbox-analyst");
    for (const gone of [other.page.getByRole("group", { name: "Desk" }), other.page.getByRole("link", { name: "Saved replies" }), other.page.getByRole("button", { name: "Delete" })]) {
      if (await gone.count()) throw new Error("an analyst sees what only others may do");
    }
    other.verify();
    await other.context.close();
  });

  step("a chatter is offered nothing that only others may do, and no page asks for it", async () => {
    const hers = await Watched.open(chromium, origin);
    hers.expected.push(/401/);
    await hers.page.goto(`${origin}/login?to=/bots`);
    await hers.page.getByLabel("Email").fill(uma.email);
    await hers.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await hers.page.getByRole("button", { name: "Log in", exact: true }).click();
    await hers.page.getByRole("main").getByText(`@${it.bot.username}`).first().waitFor();
    await hers.state("bots-chatter");
    const offered = [hers.page.getByRole("link", { name: "Connect a bot" }), hers.page.getByRole("main").getByRole("link", { name: "Get ready" }), hers.page.getByLabel("BotFather's message or the token"), hers.page.getByRole("button", { name: "Filter", exact: true })];
    const places = [["/start?bot=new", "Your role does not connect bots."], ["/audit", "Your role does not read the log of this workspace."], ["/team", "Uma Reed"], ["/more", "Log of your account"], ["/bots", `@${it.bot.username}`]];
    for (const [path, shown] of places) {
      await hers.page.goto(origin + path);
      await hers.page.getByRole("main").getByText(shown).first().waitFor();
      await hers.page.waitForLoadState("networkidle");
      for (const one of offered) if (await one.count()) throw new Error(`${path} offers a chatter what only others may do`);
      // An answer of 403 would stand in the console.
      hers.verify();
    }
    await hers.context.close();
  });
};
