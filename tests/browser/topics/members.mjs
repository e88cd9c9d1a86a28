// Who belongs to the team: another role and back, an invitation that is withdrawn, somebody who goes, and one who must stay.
import { until } from "../host.mjs";
import { asPage, invitation, logIn, person } from "../people.mjs";

export default (it) => {
  const { step, host, mira, page, visible, button, go, proving, undo, PASSWORD } = it;
  const row = (text) => page.getByRole("listitem").filter({ hasText: text });
  let vic;

  step("a role is changed, and that is undone", async () => {
    mira.expected.push(/403.*\/workspace\/members/);
    vic = await person(host, "Vic Dale", "vic@example.com", PASSWORD);
    await asPage(page, "POST", "/workspace/invitations", { email: vic.email, role: "chatter" });
    await vic.ask("POST", "/workspace/invitations/acceptances", { token: await invitation(host, vic.email) });
    await go("/team");
    const role = page.getByLabel("Role of Vic Dale");
    const known = async () => (await asPage(page, "GET", "/workspace/members")).members.find((one) => one.email === vic.email).role;
    await role.selectOption("manager");
    await proving(page.getByRole("status").getByRole("button", { name: "Undo" }));
    if ((await known()) !== "manager") throw new Error(`the role: ${await known()}`);
    await mira.state("team-changed");
    await undo();
    await until(async () => (await known()) === "chatter" && (await role.inputValue()) === "chatter", "the role is as it was");
  });

  step("the log says in words who did what, and is narrowed by person, act and day", async () => {
    const act = "Role or bots of a member changed";
    await go("/audit");
    await page.getByRole("row").filter({ hasText: act }).first().waitFor();
    const cells = (column) => page.locator(`tbody td:nth-child(${column})`).allInnerTexts();
    const id = /\b[a-z]{3}_[0-9a-zA-Z]{10}/;
    const raw = [...(await cells(2)), ...(await cells(4))].filter((text) => id.test(text));
    if (raw.length) throw new Error(`ids: ${raw}`);
    await page.getByLabel("Who", { exact: true }).selectOption({ label: "Mira Vale" });
    await page.getByLabel("Act", { exact: true }).selectOption({ label: act });
    await page.getByLabel("From day").fill("2020-01-01");
    await button("Filter").click();
    await page.waitForURL(/action=member\.change/);
    await until(async () => (await cells(3)).length > 0 && (await cells(3)).every((text) => text === act), "only such acts are shown");
    if (!(await cells(2)).every((text) => text === "Mira Vale")) throw new Error(`who: ${await cells(2)}`);
    await mira.state("audit-filtered");
    await page.getByRole("checkbox", { name: "Show ids" }).check();
    if (!(await cells(2)).every((text) => id.test(text))) throw new Error(`ids on demand: ${await cells(2)}`);
    // On a phone the log stands first.
    await page.setViewportSize({ width: 360, height: 740 });
    await page.reload();
    await page.getByRole("row").filter({ hasText: act }).first().waitFor();
    if (await page.getByLabel("From day").isVisible()) throw new Error("the filters fill a phone");
    await page.getByText("Filters (3 set)").click();
    await page.getByLabel("From day").waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  step("who may do what is told in the reader's language, and whole on a phone", async () => {
    const speak = (language) => page.evaluate((it) => localStorage.setItem("language", it), language);
    await speak("de");
    await go("/team");
    await page.getByRole("cell", { name: "Bots verbinden, reparieren und trennen" }).waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    const right = page.locator("[data-roles] li").filter({ hasText: "Gespräche, Entwürfe und Fans lesen" });
    for (const role of ["Inhaber", "Chat", "Analyse"]) {
      const box = await right.getByText(role, { exact: true }).boundingBox();
      if (!box || box.x < 0 || box.x + box.width > 360) throw new Error(`${role} is cut: ${JSON.stringify(box)}`);
    }
    await mira.state("team-german");
    await speak("en");
  });

  step("an invitation is withdrawn, and its link opens nothing", async () => {
    const wes = await person(host, "Wes Orr", "wes@example.com", PASSWORD);
    await asPage(page, "POST", "/workspace/invitations", { email: wes.email, role: "analyst" });
    const token = await invitation(host, wes.email);
    await go("/team");
    await button("Withdraw", row(wes.email)).click();
    await visible("The invitation is withdrawn.");
    await row(wes.email).waitFor({ state: "detached" });
    const refused = await wes.ask("POST", "/workspace/invitations/acceptances", { token }).then(() => null, (error) => error.message);
    if (!/: 4\d\d /.test(refused ?? "")) throw new Error(`a withdrawn invitation: ${refused}`);
  });

  step("a member who is removed loses access at once", async () => {
    mira.expected.push(/403.*\/workspace\/members/);
    // Another role ends what was opened with the former one.
    vic.ask = await logIn(host, vic.email, PASSWORD);
    await vic.ask("GET", "/conversations");
    await button("Remove", row("Vic Dale")).click();
    const dialog = page.getByRole("dialog", { name: "Remove" });
    await dialog.getByText("Vic Dale loses access at once.").waitFor();
    await mira.state("team-remove");
    await button("Remove", dialog).click();
    await dialog.waitFor({ state: "detached" });
    const gone = async () => !(await asPage(page, "GET", "/workspace/members")).members.some((one) => one.email === vic.email);
    const proof = page.getByRole("dialog", { name: "Is it you?" });
    await until(async () => (await proof.isVisible()) || (await gone()), "the page has asked");
    if (await proof.isVisible()) {
      await proof.getByLabel("Password", { exact: true }).fill(PASSWORD);
      await button("Continue", proof).click();
    }
    await row("Vic Dale").waitFor({ state: "detached" });
    const refused = await vic.ask("GET", "/conversations").then(() => null, (error) => error.message);
    // Their sessions end, or know of no workspace.
    if (!/: 40[134] /.test(refused ?? "")) throw new Error(`a former member: ${refused}`);
  });

  step("the last owner cannot leave a workspace, and is told what to do first", async () => {
    mira.expected.push(/409.*\/workspace\/members\/current/);
    await go("/more");
    await button("Leave this workspace").click();
    const dialog = page.getByRole("dialog", { name: "Leave this workspace" });
    await dialog.getByText("You lose access to Mira Vale at once.").waitFor();
    await button("Leave", dialog).click();
    await dialog.getByRole("alert").waitFor();
    await dialog.getByRole("link", { name: "Team" }).waitFor();
    await mira.state("leave-refused");
    await button("Close", dialog).click();
    await dialog.waitFor({ state: "detached" });
  });

  step("whoever does not want to be counted says so once", async () => {
    const counted = page.getByRole("checkbox", { name: "Count which functions I use" });
    await counted.uncheck();
    await visible("Saved.");
    await page.reload();
    await counted.waitFor();
    if (await counted.isChecked()) throw new Error("it is counted again");
    await mira.state("more-not-counted");
    await counted.check();
  });
};
