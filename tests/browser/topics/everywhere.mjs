// One person in two workspaces: one inbox over both.
import { until } from "../host.mjs";
import { DRAFT_GONE, invitation, owner } from "../people.mjs";
import { Watched } from "../watch.mjs";

export default (it) => {
  const { step, host, chromium, origin, PASSWORD } = it;
  const ALL = "/inbox?workspaces=all";
  const acts = (bot, who, body) => host.world("POST", `/people/${who}/acts`, { bot, ...body });
  const fans = {};
  let noa;
  let ole;
  let page;
  const row = (name) => page.locator("[data-conversation]", { hasText: name });
  const answer = () => page.getByLabel("Your answer");
  /** Keys go by the list, which hears of an answer a little later. */
  const first = (name) => until(async () => (await page.locator("[data-conversation]").first().textContent()).includes(name), `${name} is first`);
  const menu = () => page.locator("aside summary").first();

  /** Somebody with a workspace and a bot, to which a fan has written. */
  async function creator(name, username, fan) {
    const who = await owner(host, name, `${username}@example.com`, PASSWORD);
    const made = await host.world("POST", "/bots", { username, first_name: name });
    await who.ask("POST", "/bots", { token: made.message });
    fans[fan] = (await host.world("POST", "/people", { first_name: fan, language_code: "en" })).id;
    await acts(username, fans[fan], { act: "text", text: `hello from ${fan}` });
    await until(async () => (await who.ask("GET", "/conversations?view=all")).conversations.length === 1, `${fan} has written`);
    return who;
  }
  const written = async (bot, who, text) => {
    const chat = await host.world("GET", `/bots/${bot}/chats/${who}`);
    return chat.messages.filter((entry) => entry.from_bot && entry.message.text === text).length;
  };

  step("one inbox shows the conversations of all workspaces, each with the name of its own", async () => {
    await creator("Noa", "noa_bot", "Ari");
    ole = await creator("Ole", "ole_bot", "Bea");
    noa = await Watched.open(chromium, origin);
    noa.expected.push(/401/);
    page = noa.page;
    await page.goto(`${origin}/login`);
    await page.getByLabel("Email").fill("noa_bot@example.com");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in", exact: true }).click();
    await page.getByRole("heading", { name: "Hello, Noa" }).waitFor();
    await ole.ask("POST", "/workspace/invitations", { email: "noa_bot@example.com", role: "chatter" });
    await page.goto(`${origin}/invitation#${await invitation(host, "noa_bot@example.com")}`);
    await page.getByRole("button", { name: "Join", exact: true }).click();
    await page.getByText("Welcome to Ole Studio.").waitFor();
    await page.goto(`${origin}/`);
    await menu().click();
    await page.locator("aside details").first().getByRole("link", { name: "All workspaces" }).click();
    await page.waitForURL(/workspaces=all/);
    await row("Ari").getByText("Noa Studio").waitFor();
    await row("Bea").getByText("Ole Studio").waitFor();
    await menu().getByText("All workspaces").waitFor();
    await noa.state("everywhere");
    noa.verify();
  });

  step("each is opened and answered in its own workspace, with the rights that the person has there", async () => {
    for (const [fan, bot] of [["Bea", "ole_bot"], ["Ari", "noa_bot"]]) {
      await row(fan).click();
      await page.getByRole("log").getByText(`hello from ${fan}`).waitFor();
      await noa.state(`everywhere-${bot}`);
      await answer().fill(`an answer to ${fan}`);
      await page.keyboard.press("Control+Enter");
      await page.getByRole("log").locator('[data-delivery="sent"]', { hasText: `an answer to ${fan}` }).waitFor({ timeout: 20_000 });
      if ((await written(bot, fans[fan], `an answer to ${fan}`)) !== 1) throw new Error(`it did not go out of @${bot} once`);
    }
    const audit = page.getByRole("link", { name: "Audit log" });
    await audit.first().waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.waitForURL(/\/inbox\?workspaces=all$/);
    await first("Ari");
    // From one workspace into the other and back, by keys alone: the list stays, and nobody audits where they may not.
    await page.keyboard.press("j");
    await page.getByRole("log").getByText("hello from Ari").waitFor();
    await page.keyboard.press("j");
    await page.getByRole("log").getByText("hello from Bea").waitFor();
    await audit.first().waitFor({ state: "detached" });
    await page.keyboard.press("k");
    await page.getByRole("log").getByText("hello from Ari").waitFor();
    noa.verify();
  });

  step("what happens in any of them is shown without reloading, and undone where it was done", async () => {
    await acts("ole_bot", fans.Bea, { act: "text", text: "are you there?" });
    await row("Bea").getByText("are you there?").waitFor({ timeout: 15_000 });
    await first("Bea");
    await page.getByRole("button", { name: "Done", exact: true }).click();
    await row("Ari").waitFor({ state: "detached" });
    await page.getByRole("log").getByText("hello from Bea").waitFor();
    await page.getByRole("status").getByRole("button", { name: "Undo" }).last().click();
    await row("Ari").waitFor();
    await page.getByRole("log").getByText("hello from Ari").waitFor();
    noa.verify();
  });

  step("what is unread and what Sofi drafted is found in all of them, and read by keys", async () => {
    noa.expected.push(DRAFT_GONE);
    await page.goto(`${origin}${ALL}&view=unread`);
    await acts("noa_bot", fans.Ari, { act: "text", text: "one more thing" });
    await acts("ole_bot", fans.Bea, { act: "text", text: "and from me" });
    for (const [fan, place] of [["Ari", "Noa Studio"], ["Bea", "Ole Studio"]]) {
      await row(fan).getByText(place).waitFor({ timeout: 15_000 });
      await row(fan).getByText("unread", { exact: true }).waitFor({ state: "attached" });
    }
    await page.keyboard.press("j");
    await page.getByRole("log").waitFor();
    await page.keyboard.press("j");
    await until(async () => (await page.locator("[data-conversation]").count()) === 0, "both were read");
    const { bots } = await ole.ask("GET", "/bots");
    await ole.ask("POST", `/bots/${bots[0].id}/personas`, { text: "Warm, short, curious." });
    await ole.ask("PUT", `/bots/${bots[0].id}/sofi`, { mode: "draft" });
    const { conversations } = await ole.ask("GET", "/conversations?view=all");
    await ole.ask("DELETE", `/conversations/${conversations[0].id}/takeover`);
    await acts("ole_bot", fans.Bea, { act: "text", text: "do you like winter?" });
    await page.goto(`${origin}${ALL}&view=drafts`);
    await row("Bea").getByText("Ole Studio").waitFor({ timeout: 40_000 });
    await row("Bea").getByText("Draft", { exact: true }).waitFor();
    await noa.state("everywhere-drafts");
    await row("Bea").click();
    const draft = page.getByRole("region", { name: "Sofi's draft" });
    await draft.getByRole("button", { name: "Send as it is" }).waitFor();
    await draft.getByRole("button", { name: "Discard", exact: true }).click();
    await draft.waitFor({ state: "detached" });
    noa.verify();
  });

  step("a workspace that fails is named, hides no other, and can be asked again", async () => {
    noa.expected.push(/50[03]/);
    const { workspaces } = await page.evaluate(async () => (await fetch("/api/v1/me")).json());
    const bad = workspaces.find((one) => one.name === "Ole Studio").id;
    await page.route(/\/api\/v1\/conversations\?/, (route) => (route.request().headers()["x-sofi-workspace"] === bad ? route.fulfill({ status: 503, json: {} }) : route.continue()));
    await page.goto(origin + ALL);
    await row("Ari").waitFor();
    const alert = page.getByRole("alert").filter({ hasText: "Ole Studio:" });
    await alert.waitFor();
    await noa.state("everywhere-failed");
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await alert.getByRole("button", { name: "Try again" }).click();
    await row("Bea").waitFor();
    await alert.waitFor({ state: "detached" });
    // By an address alone, as in a new tab, a conversation is found in its workspace.
    noa.expected.push(/404/);
    const bea = await row("Bea").getAttribute("data-conversation");
    const other = await noa.context.newPage();
    await other.goto(`${origin}/inbox/${bea}?workspaces=all`);
    await other.getByRole("log").getByText("hello from Bea").waitFor();
    await other.close();
    noa.verify();
    await noa.context.close();
  });
};
