// Our own staff see to requests that reached us: one writes down, another decides, a deputy gives the second word. Nobody else
// finds the page.
import { person } from "../people.mjs";
import { Watched } from "../watch.mjs";

const REASON = "A letter came, ticket 4711: the owner asks.";

export default (it) => {
  const { step, host, chromium, origin, mira, go, PASSWORD } = it;
  // Browsers know passkeys for names only.
  const named = origin.replace("127.0.0.1", "localhost");
  const button = (name, where) => where.getByRole("button", { name, exact: true });
  const appoint = (email, how) => host.control("POST", "/functions/accounts.appoint-staff/invoke", { email, ...how });
  let workspace;
  let cleo;
  let sam;

  /** Somebody of our staff, without a workspace as the manual says, on a page of their own, with a passkey that has not been used today. */
  async function hire(name, email, how) {
    await person(host, name, email, PASSWORD);
    const watched = await Watched.open(chromium, named);
    const { page } = watched;
    const browser = await watched.context.newCDPSession(page);
    await browser.send("WebAuthn.enable");
    await browser.send("WebAuthn.addVirtualAuthenticator", {
      options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    });
    watched.expected.push(/40[134]/);
    await page.goto(`${named}/login`);
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await button("Log in", page).click();
    await page.waitForURL(/\/workspaces\/new$/);
    await page.goto(`${named}/settings/security`);
    await button("Add a passkey", page).click();
    await page.getByText("Passkey of").waitFor();
    await appoint(email, how);
    return Object.assign(watched, { browser });
  }
  const byPasskey = async (page) => {
    await page.goto(`${named}/compliance`);
    await button("Continue with a passkey", page).click();
    await button("Use a passkey", page.getByRole("dialog", { name: "Is it you?" })).click();
    await page.getByLabel("Id of the workspace").waitFor();
  };
  const step_ = (name, run) => step(name, async () => {
    await run();
    cleo?.verify();
    sam?.verify();
  });
  const said = (page, text) => page.getByText(text, { exact: false }).first().waitFor({ timeout: 15_000 });
  const open = async (page) => {
    await page.getByText("Write a request down", { exact: true }).first().click();
    await page.getByLabel("Who asks, how and why").fill(REASON);
    await button("Write a request down", page).click();
    await said(page, "Written down. A colleague approves it.");
  };

  step_("who is none of our staff finds no such page", async () => {
    mira.expected.push(/404.*\/compliance\//);
    await go("/compliance");
    await it.page.getByRole("heading", { name: "Page not found", level: 1 }).waitFor();
    await mira.state("compliance-nobody");
  });

  step_("our staff come in with a passkey, and a workspace without requests says so", async () => {
    const pia = await person(host, "Pia Lane", "pia@example.com", PASSWORD);
    await pia.ask("POST", "/workspaces", { name: "Pia Lane" });
    workspace = (await pia.ask("GET", "/me")).workspaces[0].id;
    cleo = await hire("Cleo Ward", "cleo@example.com", { role: "compliance" });
    await cleo.page.goto(`${named}/compliance`);
    await said(cleo.page, "Our staff prove with a passkey each day");
    await cleo.state("compliance-passkey");
    await byPasskey(cleo.page);
    await said(cleo.page, "Enter the id of the workspace");
    const ways = await cleo.page.getByRole("navigation").getByRole("link").evaluateAll((all) => all.map((one) => new URL(one.href).pathname));
    if (ways.some((path) => !["/settings/security", "/more"].includes(path))) throw new Error(`without a workspace there is no ${ways}`);
    await cleo.page.getByLabel("Id of the workspace").fill("ten_nothing");
    await button("Show requests", cleo.page).click();
    await said(cleo.page, "There is no such workspace or request.");
    await cleo.page.getByLabel("Id of the workspace").fill(workspace);
    await button("Show requests", cleo.page).click();
    await said(cleo.page, "No request of this workspace has been written down.");
    await cleo.state("compliance-empty");
  });

  step_("who holds a person is found, and nothing of the person", async () => {
    const { page } = cleo;
    const box = page.locator("details").filter({ hasText: "Find who holds a person" });
    await box.getByText("Find who holds a person", { exact: true }).click();
    const person = box.getByLabel("Telegram’s id or e-mail address");
    await person.fill("pia");
    await said(page, "This is neither Telegram’s id, which is a number, nor an address.");
    await person.fill("pia@example.com");
    await box.getByLabel("Why you search").fill(REASON);
    await button("Search", box).click();
    const found = box.getByRole("list", { name: "Workspaces that hold the person" });
    await found.getByRole("link", { name: "Pia Lane", exact: true }).waitFor();
    await cleo.state("compliance-found");
    await person.fill("4700000000000");
    await button("Search", box).click();
    await said(page, "No workspace holds this person.");
    await box.getByText("Find who holds a person", { exact: true }).click();
  });

  step_("a request is written down, and its writer does not approve it but can say that it takes longer", async () => {
    cleo.expected.push(/403.*\/approve/);
    const { page } = cleo;
    await open(page);
    await page.getByRole("table").getByText(REASON).waitFor();
    await said(page, "To be decided");
    await cleo.state("compliance-open");
    await button("Approve", page).click();
    await said(page, "Whoever wrote a request down does not approve it. Ask a colleague.");
    await page.getByLabel("How whoever asked was told that it is here").fill("By a mail to the same address.");
    const today = new Date();
    await page.getByLabel("Told on").fill([today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) => String(part).padStart(2, "0")).join("-"));
    await button("Say that they were told", page).click();
    await said(page, "Written down. The workspace reads it.");
    if (await button("Say that they were told", page).count()) throw new Error("it can be acknowledged twice");
    await page.getByLabel("Why it takes longer").fill("There are very many chats.");
    await button("Say that it takes longer", page).click();
    await said(page, "The longer time counts from now on.");
    await page.getByText("Extended", { exact: true }).waitFor();
    if (await button("Say that it takes longer", page).count()) throw new Error("it can be extended twice");
    await cleo.state("compliance-extended");
  });

  step_("a deputy opens the request they were told of and gives the second word, and nothing else", async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");
    sam = await hire("Sam Porter", "sam@example.com", { role: "support", deputy_until: until });
    const { page } = sam;
    await byPasskey(page);
    await said(page, "You stand in for compliance");
    await page.getByLabel("Id of the workspace").fill(workspace);
    await page.getByLabel("Id of the request").fill(new URL(cleo.page.url()).searchParams.get("case"));
    await button("Open request", page).click();
    await page.getByRole("table").getByText(REASON).waitFor();
    for (const name of ["Refuse", "Say that they were told", "Say that it takes longer", "Write a request down"]) if (await button(name, page).count()) throw new Error(`a deputy can: ${name}`);
    await sam.state("compliance-deputy");
    await button("Approve", page).click();
    await said(page, "Approved. The export has begun.");
    await page.getByText(/, as deputy, on /).waitFor();
    await page.getByRole("row", { name: /^Records/ }).waitFor();
    await sam.state("compliance-approved");
  });

  step_("a request is refused with its ground, and what is overdue stands first and says so", async () => {
    const { page } = cleo;
    await page.goto(`${named}/compliance?workspace=${workspace}`);
    await page.getByText("Approved", { exact: true }).waitFor();
    await open(page);
    await page.getByLabel("Ground").selectOption("withdrawn");
    await page.getByLabel("Why, in words").fill("Taken back by letter.");
    await button("Refuse", page).click();
    await said(page, "Refused. Whoever asked may ask again.");
    await page.getByRole("table").getByText("Who asked took it back").waitFor();
    await cleo.state("compliance-refused");
    await open(page);
    // A month is not waited for: the page is told that it is over.
    await page.route(/\/compliance\/export-requests\?/, async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      const late = (one) => (one.state === "open" ? { ...one, due_at: "2026-01-01T00:00:00Z" } : one);
      await route.fulfill({ response, json: { requests: body.requests.map(late) } });
    });
    await page.goto(`${named}/compliance?workspace=${workspace}`);
    const rows = page.getByRole("list", { name: "Requests" }).getByRole("listitem");
    await rows.first().getByText("Overdue", { exact: true }).waitFor();
    if ((await rows.count()) !== 3) throw new Error(`${await rows.count()} requests`);
    await cleo.state("compliance-overdue");
  });

  step_("where the service does not answer, that is said and can be tried again", async () => {
    const { page } = cleo;
    await page.unrouteAll({ behavior: "ignoreErrors" });
    cleo.expected.push(/503/);
    await page.route(/\/compliance\/export-requests\?/, (route) => route.fulfill({ status: 503, body: "" }), { times: 1 });
    await page.goto(`${named}/compliance?workspace=${workspace}`);
    await page.getByRole("alert").waitFor();
    await cleo.state("compliance-failed");
    await button("Try again", page).click();
    await page.getByText("Refused", { exact: true }).waitFor();
    for (const one of [cleo, sam]) await one.context.close();
  });
};
