// How a session ends, what mails lead to, and what is left behind.
import { until } from "../host.mjs";
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
