// How a session ends, what mails lead to, and what is left behind.
import { until } from "../host.mjs";
import { DRAFT_GONE, asPage, invitation, owner, person } from "../people.mjs";
import { Watched } from "../watch.mjs";

export default (it) => {
  const { step, host, chromium, origin, mira, page, visible, button, go, PASSWORD } = it;

  step("a session that is ended elsewhere is shown the door", async () => {
    const other = await Watched.open(chromium, origin);
    other.expected.push(/401/);
    mira.expected.push(/403.*\/sessions\//);
    await other.page.goto(`${origin}/login`);
    await other.page.getByLabel("Email").fill(it.EMAIL);
    await other.page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await other.page.getByRole("button", { name: "Log in", exact: true }).click();
    await other.page.getByRole("heading", { name: "Hello, Mira Vale" }).waitFor();
    await go("/settings/security");
    await page.locator("[data-session]").nth(1).waitFor();
    await button("Revoke").first().click();
    const password = page.getByRole("dialog").getByLabel("Password", { exact: true });
    await Promise.race([password.waitFor(), visible("The session has ended.")]);
    if (await password.isVisible()) {
      await password.fill(PASSWORD);
      await button("Continue").click();
      await visible("The session has ended.");
    }
    await other.page.waitForURL(/\/login/, { timeout: 75_000 });
    other.verify();
    await other.context.close();
  });

  const NELL = "nell@example.com";
  const ULLA = "ulla@example.com";
  /** A desk at which Nell sits first, and Ulla after her. */
  let desk;
  let tab;
  let fan;
  let chat;
  const log = () => tab.getByRole("log");
  const answer = () => tab.getByLabel("Your answer");
  const inbox = async () => {
    await tab.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name: "Inbox", exact: true }).click();
    await tab.locator("[data-conversation]", { hasText: "Tom" }).click();
    await log().getByText("hello Nell").waitFor();
  };
  const more = () => tab.getByRole("link", { name: "More", exact: true }).click();
  const logsOut = (where) => where.getByRole("button", { name: "Log out", exact: true }).click();
  async function logsIn(where, email) {
    await where.getByLabel("Email").fill(email);
    await where.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await where.getByRole("button", { name: "Log in", exact: true }).click();
  }
  const got = async () => (await host.world("GET", `/bots/nell_bot/chats/${fan}`)).messages.filter((entry) => entry.from_bot).map((entry) => entry.message.text);

  step("what is sent as the session ends is kept, which is said, and there again for the same person", async () => {
    const nell = await owner(host, "Nell Linden", NELL, PASSWORD);
    const made = await host.world("POST", "/bots", { username: "nell_bot", first_name: "Nell" });
    await nell.ask("POST", "/bots", { token: made.message });
    await nell.ask("PATCH", "/workspace/members/current", { quiet_hours: { from: "21:00", to: "07:00", time_zone: "UTC" } });
    const ulla = await person(host, "Ulla Brand", ULLA, PASSWORD);
    await nell.ask("POST", "/workspace/invitations", { email: ULLA, role: "chatter" });
    await ulla.ask("POST", "/workspace/invitations/acceptances", { token: await invitation(host, ULLA) });
    fan = (await host.world("POST", "/people", { first_name: "Tom", language_code: "en" })).id;
    await host.world("POST", `/people/${fan}/acts`, { bot: "nell_bot", act: "text", text: "hello Nell" });
    chat = await until(async () => (await nell.ask("GET", "/conversations?view=all")).conversations[0]?.id, "Tom has written");
    desk = await Watched.open(chromium, origin);
    desk.expected.push(/401/, DRAFT_GONE);
    tab = desk.page;
    await tab.goto(`${origin}/login?to=/inbox/${chat}`);
    await logsIn(tab, NELL);
    await log().getByText("hello Nell").waitFor();
    // That one writes is told while there is a session: it is not what is refused.
    const typing = tab.waitForResponse(/\/typing$/);
    await answer().fill("sent at the last moment");
    await typing;
    // The page hears of it by what is sent, and not by what it asks for itself.
    await tab.route(/\/api\/v1\/sync/, () => undefined);
    await asPage(tab, "DELETE", "/sessions/current");
    await answer().press("Control+Enter");
    await tab.waitForURL(/\/login\?to=/);
    await tab.getByText("What you wrote is kept").waitFor();
    await desk.state("session-ended");
    await tab.unrouteAll({ behavior: "ignoreErrors" });
    await logsIn(tab, NELL);
    await log().getByText("sent at the last moment").waitFor();
    await log().getByText("Not sent").waitFor();
    await log().getByRole("button", { name: "Try again", exact: true }).click();
    await log().locator('[data-delivery="sent"]', { hasText: "sent at the last moment" }).waitFor({ timeout: 20_000 });
    const times = (await got()).filter((text) => text === "sent at the last moment").length;
    if (times !== 1) throw new Error(`the fan got it ${times} times`);
    desk.verify();
  });

  step("whoever logs out is asked about what was begun, and what can still be undone is done before the session ends", async () => {
    desk.expected.push(/401/, DRAFT_GONE);
    const panel = tab.getByRole("complementary", { name: "Fan" });
    await panel.getByLabel("New fact").fill("collects stamps");
    await panel.getByRole("button", { name: "Add", exact: true }).last().click();
    const forget = panel.getByRole("button", { name: "Forget: collects stamps" });
    await forget.waitFor();
    await answer().fill("half a word");
    await more();
    await tab.getByRole("checkbox", { name: "Keep alerts back for some hours of the day" }).and(tab.locator(":checked")).waitFor();
    await logsOut(tab);
    const asked = tab.getByRole("dialog", { name: "Log out" });
    await asked.getByText("is lost when you log out").waitFor();
    await desk.state("log-out-asked");
    await tab.keyboard.press("Escape");
    await asked.waitFor({ state: "detached" });
    await tab.goBack();
    await forget.waitFor();
    if ((await answer().inputValue()) !== "half a word") throw new Error(`what was begun: ${await answer().inputValue()}`);

    const order = [];
    const isFact = (asked) => asked.method() === "DELETE" && /\/facts\//.test(asked.url());
    const isSession = (asked) => asked.method() === "DELETE" && /\/sessions\/current$/.test(asked.url());
    tab.on("response", (response) => isFact(response.request()) && order.push(response.ok() ? "forgotten" : `forgetting: ${response.status()}`));
    tab.on("request", (asked) => isSession(asked) && order.push("logged out"));
    await forget.click();
    await more();
    await logsOut(tab);
    await asked.getByRole("button", { name: "Log out all the same", exact: true }).click();
    await tab.waitForURL(/\/login$/);
    await tab.getByText("Welcome back.").waitFor();
    if (order.join() !== "forgotten,logged out") throw new Error(`what was done, in its order: ${order}`);
    desk.verify();
  });

  step("whoever logs in after another one on the same page finds nothing of theirs", async () => {
    desk.expected.push(/401/, DRAFT_GONE);
    await logsIn(tab, ULLA);
    await tab.getByRole("heading", { name: "Hello, Ulla Brand" }).waitFor();
    const { id } = await asPage(tab, "GET", "/me");
    await inbox();
    const me = tab.getByLabel("Assigned to").locator("option", { hasText: /^Me / });
    await me.waitFor({ state: "attached" });
    const [shown, value] = [await me.textContent(), await me.getAttribute("value")];
    if (shown !== "Me (Ulla Brand)" || value !== id) throw new Error(`she is known as ${shown} of ${value}`);
    if (await answer().inputValue()) throw new Error(`what another one had begun: ${await answer().inputValue()}`);
    await more();
    const quiet = tab.getByRole("checkbox", { name: "Keep alerts back for some hours of the day" });
    await quiet.and(tab.locator(":enabled")).waitFor();
    if (await quiet.isChecked()) throw new Error("another one's quiet hours are shown as hers");
    desk.verify();
  });

  step("a tab starts anew when somebody else logs in in another one, and sends nothing as them", async () => {
    desk.expected.push(/401/, DRAFT_GONE);
    await tab.goBack();
    await log().getByText("hello Nell").waitFor();
    await answer().fill("meant to come from Ulla");
    const other = await desk.context.newPage();
    await other.goto(`${origin}/more`);
    await logsOut(other);
    await other.waitForURL(/\/login$/);
    await tab.waitForURL(/\/login\?to=/);
    await tab.getByText("What you wrote is kept").waitFor();
    await logsIn(other, NELL);
    await other.getByRole("heading", { name: "Hello, Nell Linden" }).waitFor();
    await tab.getByRole("heading", { name: "Hello, Nell Linden" }).waitFor();
    await inbox();
    if (await answer().inputValue()) throw new Error(`what another one had begun: ${await answer().inputValue()}`);
    if ((await got()).some((text) => /meant to come/.test(text))) throw new Error("it went out");
    desk.verify();
    await desk.context.close();
  });

  step("mails lead to pages that work", async () => {
    const guest = await Watched.open(chromium, origin);
    guest.expected.push(/401/);
    // A new password ends all sessions.
    mira.expected.push(/401/);
    for (const [path, heading] of [["/reset", "Reset password"], ["/invitation", "Invitation"], ["/verify/x#y", "Confirm your address"], ["/email-change#x", "New email address"], ["/email-undo#x", "Undo the change of address"]]) {
      await guest.page.goto(origin + path);
      await guest.page.getByRole("heading", { name: heading, level: 1 }).waitFor();
      await guest.state(`mail${path.replace(/[^a-z]/g, "-")}`);
    }
    await guest.page.goto(`${origin}/reset`);
    await guest.page.getByLabel("Email").fill(it.EMAIL);
    await guest.page.getByRole("button", { name: "Send link" }).click();
    await guest.page.getByText("a link is on its way").waitFor();
    await guest.state("reset-sent");
    const link = await until(() => host.link(/http:\S+\/reset#\S+/), "a mail with a link");
    await guest.page.goto("about:blank");
    await guest.page.goto(link);
    await guest.page.getByLabel("New password").fill(`${PASSWORD} anew`);
    await guest.state("reset-new");
    await guest.page.getByRole("button", { name: "Save" }).click();
    await guest.page.getByText("Your password is changed.").waitFor();
    await guest.state("reset-done");
    guest.verify();
    await guest.context.close();
  });

  step("there are our two cookies, and storage knows nobody", async () => {
    mira.expected.push(/401/);
    const names = (await mira.context.cookies()).map((cookie) => cookie.name).sort();
    const strange = names.filter((name) => name !== "__Host-sofi" && name !== "__Host-sofi_device");
    if (strange.length || !names.length) throw new Error(`cookies: ${names}`);
    const kept = await page.evaluate(async () => ({ local: { ...localStorage }, session: { ...sessionStorage }, databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length }));
    const allowed = Object.keys(kept.local).every((name) => ["language", "theme", "keys", "entered"].includes(name));
    if (!allowed || Object.keys(kept.session).length || kept.databases || kept.caches) throw new Error(JSON.stringify(kept));
  });
};
