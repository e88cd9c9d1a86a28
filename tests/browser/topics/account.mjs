// One's own address, the accounts and set-aside messages of a bot, and several workspaces.
import { until } from "../host.mjs";
import { asPage, invitation, person } from "../people.mjs";

export default (it) => {
  const { step, host, mira, page, visible, button, go, PASSWORD } = it;
  const undo = () => page.getByRole("status").getByRole("button", { name: "Undo" }).last().click();
  const name = page.locator("aside").getByText("Mira Vale", { exact: true });

  step("the address of the account changes by the code of a mail to the new one", async () => {
    mira.expected.push(/40[039]|422/);
    await go("/settings/security");
    await page.getByLabel("New address").fill("mira.new@example.com");
    const before = await host.code();
    await button("Change address").click();
    const password = page.getByRole("dialog").getByLabel("Password", { exact: true });
    await Promise.race([password.waitFor(), visible("We sent a code to mira.new@example.com.")]);
    if (await password.isVisible()) {
      await password.fill(PASSWORD);
      await button("Continue", page.getByRole("dialog")).click();
      await visible("We sent a code to mira.new@example.com.");
    }
    await mira.state("email-code");
    await page.getByLabel("Code").fill("00000000");
    await button("Continue").click();
    await page.getByRole("alert").waitFor();
    await page.getByLabel("Code").fill(await until(async () => ((await host.code()) !== before ? host.code() : null), "a mail with a code"));
    await button("Continue").click();
    await visible("Your new address is confirmed.");
    await page.locator("section").getByText("mira.new@example.com").waitFor();
    it.EMAIL = "mira.new@example.com";
    await mira.state("security");
  });

  step("a warning by mail is switched off and on again, and what must be told is not offered", async () => {
    await go("/more");
    const near = page.getByRole("checkbox", { name: "Four fifths of the plan’s messages are used" });
    const off = async (count) => (await asPage(page, "GET", "/me")).mails_off.length === count;
    await near.uncheck();
    await visible("Saved.");
    await visible("what the law wants are always sent");
    await mira.state("mails-off");
    await page.reload();
    await near.waitFor();
    if (await near.isChecked()) throw new Error("it is on again");
    await until(() => off(1), "one is off");
    await near.check();
    await until(() => off(0), "none is off");
  });

  step("an account that lets the bot in is shown, and Sofi takes part only if both sides say so", async () => {
    await go("/bots");
    await button("Business accounts").click();
    await visible("No account yet.");
    await mira.state("accounts-none");
    const lou = (await host.world("POST", "/people", { first_name: "Lou" })).id;
    await host.world("POST", `/people/${lou}/acts`, { bot: it.bot.username, act: "connect_business" });
    const account = page.locator("[data-account]");
    await until(async () => {
      await button("Business accounts").click();
      await button("Business accounts").click();
      return account.first().waitFor({ timeout: 1000 }).then(() => true, () => false);
    }, "the account is shown");
    await account.getByText("only they can, by sending /allow_ai").waitFor();
    const sofi = page.getByRole("checkbox", { name: "Let Sofi take part" });
    await sofi.check();
    await visible("Sofi may take part, once the owner has allowed AI.");
    await mira.state("accounts");
    await undo();
    await until(async () => !(await sofi.isChecked()), "Sofi does not take part");
    await page.getByRole("checkbox", { name: "Store these chats" }).uncheck();
    await account.getByText("Not stored").waitFor();
    await undo();
    await account.getByText("Connected", { exact: true }).waitFor();
  });

  step("what could not be processed is set aside, and tried again on request", async () => {
    await button("Unprocessed").click();
    await visible("Everything that came could be processed.");
    const { telegram_id } = (await asPage(page, "GET", "/bots")).bots[0];
    await host.world("POST", `/bots/${telegram_id}/updates`, { text: "garbage" });
    const parked = page.locator("[data-parked]");
    await until(async () => {
      await button("Look again").click();
      return parked.first().waitFor({ timeout: 1000 }).then(() => true, () => false);
    }, "it is set aside");
    await parked.getByText("Not readable").waitFor();
    await mira.state("parked");
    const first = await parked.getAttribute("data-parked");
    await button("Try again", parked).click();
    await visible("On its way again.");
    await until(async () => {
      await button("Look again").click();
      const now = await parked.first().getAttribute("data-parked", { timeout: 1000 }).catch(() => null);
      return now && now !== first;
    }, "it came back under another id");
  });

  step("whoever belongs to several workspaces sees which one it is, and changes between them", async () => {
    mira.expected.push(/404/);
    await name.waitFor();
    const ida = await person(host, "Ida Berg", "ida@example.com", PASSWORD);
    await ida.ask("POST", "/workspaces", { name: "Berg Studio" });
    await ida.ask("POST", "/workspace/invitations", { email: it.EMAIL, role: "chatter" });
    await go(`/invitation#${await invitation(host, it.EMAIL)}`);
    await button("Join").click();
    await visible("Welcome to Berg Studio.");
    await button("Inbox").click();
    const menu = page.locator("aside summary");
    await menu.getByText("Berg Studio").waitFor();
    await visible("No bot is connected here yet.");
    if (await page.getByRole("link", { name: "Audit log" }).count()) throw new Error("a chatter sees what only owners may do");
    await mira.state("workspace-other");
    await page.reload();
    await menu.getByText("Berg Studio").waitFor();
    await menu.click();
    await page.locator("aside details").getByRole("button", { name: "Mira Vale" }).waitFor();
    await mira.state("workspace-menu");
    await page.locator("aside details").getByRole("button", { name: "Mira Vale" }).click();
    await page.getByRole("heading", { name: "Hello, Mira Vale" }).waitFor();
    await menu.getByText("Mira Vale").waitFor();
    await page.getByRole("link", { name: "Audit log" }).first().waitFor();
    await go(`/inbox/${it.conversation}`);
    await page.getByRole("log").getByText("hello from Robin").waitFor();
  });

  step("the palette changes the workspace too, and back goes back into the former one", async () => {
    mira.expected.push(/404.*\/conversations\//);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Commands" }).fill("berg");
    await page.keyboard.press("Enter");
    const menu = page.locator("aside summary");
    await menu.getByText("Berg Studio").waitFor();
    await page.goBack();
    await menu.getByText("Mira Vale").waitFor();
    await page.getByRole("log").getByText("hello from Robin").waitFor();
    await go("/more");
    await page.getByRole("heading", { name: "Workspace", exact: true }).waitFor();
    await mira.state("more-workspaces");
    await button("Change to Berg Studio").click();
    await menu.getByText("Berg Studio").waitFor();
    await go("/workspaces/new");
    await visible("For another stage name");
    await mira.state("workspace-new");
  });

  step("the log is exported from the workspace that is shown", async () => {
    await go("/audit");
    // A login proves who is there for five minutes: the page is told that they are over.
    mira.expected.push(/403.*\/audit\/export/);
    const over = { status: 403, contentType: "application/problem+json", body: JSON.stringify({ code: "step_up_required", message: "", field_errors: [], request_id: "over" }) };
    await page.route(/\/audit\/export/, (route) => route.fulfill(over), { times: 1 });
    const saved = page.waitForEvent("download");
    await button("Export").click();
    const proof = page.getByRole("dialog", { name: "Is it you?" });
    await proof.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await button("Continue", proof).click();
    await exported(await saved, "workspace.create");
  });

  step("a person checks the log of their own account, and takes it along", async () => {
    await go("/settings/log");
    await button("Check the chain").click();
    await page.getByText("The chain is whole").waitFor();
    await mira.state("own-log-checked");
    // The step before has proved who is there.
    const [file] = await Promise.all([page.waitForEvent("download"), button("Export").click()]);
    await exported(file, "session.begin");
  });

  /** The lines of an export, among them such an act. */
  async function exported(file, action) {
    const stream = await file.createReadStream();
    let text = "";
    for await (const piece of stream) text += piece;
    const lines = text.trim().split("\n").map((line) => JSON.parse(line));
    if (lines[0].type !== "entry" || lines.at(-1).type !== "end") throw new Error(`an export of ${lines.length} lines`);
    if (!lines.some((line) => line.entry?.action === action)) throw new Error(`no ${action} in the export`);
  }
};
