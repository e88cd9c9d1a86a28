// Answering, remembering, and what Sofi does.
import { until } from "../host.mjs";
import { DRAFT_GONE } from "../people.mjs";

export default (it) => {
  const { step, mira, page, visible, button, go, act } = it;

  step("a person takes over, answers, and gives back", async () => {
    const notice = page.getByRole("status").getByText("Queued");
    await go(`/inbox/${it.conversation}`);
    await button("Take over").click();
    await page.getByRole("timer").waitFor();
    // The page hears that it has gone only once somebody looks at the notice: while it is looked at, it does not end by itself.
    let release;
    const held = new Promise((done) => (release = done));
    await page.route(/\/messages(\?|$)/, async (route) => {
      if (route.request().method() === "GET") await held;
      await route.continue();
    });
    await page.getByLabel("Your answer").fill("hi Robin, yes!");
    await page.keyboard.press("Control+Enter");
    await notice.hover();
    release();
    await page.getByRole("log").getByText("hi Robin, yes!").waitFor();
    await page.locator('[data-delivery="sent"]', { hasText: "hi Robin, yes!" }).waitFor({ timeout: 15_000 });
    // Whoever of the team or of the service wrote it: it is not the fan's, and not said to be "yours".
    await page.locator(`[data-conversation="${it.conversation}"]`).getByText("Sent: hi Robin, yes!").waitFor();
    // What has gone cannot be taken back: nothing offers that any more.
    await notice.waitFor({ state: "detached", timeout: 5_000 });
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await mira.state("inbox-answered");
    await button("Release").click();
    await button("Take over").waitFor();
  });

  step("what was begun in one conversation is still there after a look at another page", async () => {
    await page.getByLabel("Your answer").fill("half a thou");
    await page.getByRole("link", { name: "Home", exact: true }).first().click();
    await page.getByRole("heading", { name: "Hello, Mira Vale" }).waitFor();
    await page.goBack();
    await page.getByLabel("Your answer").waitFor();
    if ((await page.getByLabel("Your answer").inputValue()) !== "half a thou") throw new Error("the draft is gone");
    await page.getByLabel("Your answer").press("Escape");
    await page.keyboard.press("Escape");
    await page.waitForURL(/\/inbox$/);
    await page.locator(`[data-conversation="${it.conversation}"]`).getByText("Begun: half a thou").click();
    await page.getByLabel("Your answer").waitFor();
    await page.getByLabel("Your answer").fill("");
  });

  step("tags, a note and a fact are kept", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    const panel = page.getByRole("complementary", { name: "Fan" });
    await panel.getByLabel("New tag").fill("vip");
    await button("Add", panel).first().click();
    await panel.getByText("vip").waitFor();
    await panel.getByLabel("Note").fill("likes winter");
    await button("Save", panel).click();
    await page.getByText("Saved.").waitFor();
    await panel.getByLabel("New fact").fill("lives by the sea");
    await button("Add", panel).last().click();
    await panel.getByText("lives by the sea").waitFor();
    await panel.getByRole("link", { name: "Open profile" }).click();
    await page.getByRole("heading", { name: "Robin", level: 1 }).waitFor();
    await page.getByText("lives by the sea").waitFor();
    await mira.state("fan");
  });

  step("Sofi drafts, and a person approves", async () => {
    mira.expected.push(DRAFT_GONE);
    await go("/sofi");
    await page.getByLabel("Voice and manner").fill("Warm, short, curious. Asks back.");
    await button("Save and use").click();
    await visible("Version 1 is saved and in use.");
    await page.getByRole("radio", { name: /Draft only/ }).check();
    await visible("Sofi: Draft only");
    await page.getByLabel("Write as a fan …").fill("do you like rain?");
    await button("Send").click();
    await page.locator(".talk .us").waitFor({ timeout: 20_000 });
    await mira.state("sofi");
    await go(`/inbox/${it.conversation}`);
    await page.getByRole("log").getByText("are you there?").waitFor();
    await act({ act: "text", text: "do you like winter?" });
    const draft = page.getByRole("region", { name: "Sofi's draft" });
    await draft.waitFor({ timeout: 40_000 });
    await mira.state("inbox-draft");
    await button("Edit", draft).click();
    await draft.getByRole("textbox").fill("My own words about winter");
    await act({ act: "text", text: "and rain?" });
    await until(async () => (await page.getByLabel("Your answer").inputValue()) === "My own words about winter", "what was made of a draft that went away is kept", 40);
    await page.getByLabel("Your answer").fill("");
    await button("Send as it is", draft).click({ timeout: 40_000 });
    await draft.waitFor({ state: "detached" });
    await page.locator('article.ai[data-delivery="sent"]').waitFor({ timeout: 20_000 });
    await page.locator("article.ai").getByRole("button", { name: "Why?" }).click();
    await page.getByRole("dialog", { name: "Why Sofi wrote this" }).getByText("Outcome").waitFor();
    await mira.state("trace");
    await page.keyboard.press("Escape");
  });

  step("a fan who blocked the bot cannot be written to, and the page says why", async () => {
    await act({ act: "block" });
    await visible("The fan has blocked the bot.");
    await mira.state("inbox-blocked");
  });
};
