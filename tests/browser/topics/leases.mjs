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
    await lea.ask("PUT", `/conversations/${chat.conversation}/takeover`, { minutes: 15 });
    await page.getByText("Lea Voss answers ·").waitFor({ timeout: 15_000 });
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
