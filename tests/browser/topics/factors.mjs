// What stands beside a password: a second step, a passkey; and tokens, which stand in for a person.
import { ask, person } from "../people.mjs";
import { code } from "../totp.mjs";
import { Watched } from "../watch.mjs";

export default (it) => {
  const { step, host, chromium, origin, PASSWORD } = it;
  // Browsers know passkeys for names only.
  const named = origin.replace("127.0.0.1", "localhost");
  const EMAIL = "pax@example.com";
  let pax;
  let page;
  let secret;
  let codes;
  const button = (name, where = page) => where.getByRole("button", { name, exact: true });
  const visible = (text) => page.getByText(text, { exact: false }).first().waitFor({ timeout: 15_000 });
  const second = () => page.locator("section", { has: page.getByRole("heading", { name: "Second step" }) });
  const step_ = (name, run) => step(name, async () => (await run(), pax.verify()));
  async function logIn() {
    await page.goto(`${named}/login`);
    await page.getByLabel("Email").fill(EMAIL);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await button("Log in").click();
  }
  async function logOut() {
    await page.goto(`${named}/more`);
    await button("Log out").click();
    await page.waitForURL(/\/login/);
  }
  /** Where the page asks who is there, that is proved; `shown` is what comes of it. */
  async function proving(shown, prove) {
    const dialog = page.getByRole("dialog", { name: "Is it you?" });
    await Promise.race([dialog.waitFor(), shown.waitFor()]);
    if (!(await dialog.isVisible())) return;
    await prove(dialog);
    await shown.waitFor();
  }
  const byPassword = async (dialog) => {
    await dialog.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await button("Continue", dialog).click();
  };

  step_("a second step is set up with an authenticator app, and the recovery codes can be copied", async () => {
    const made = await person(host, "Pax Lund", EMAIL, PASSWORD);
    await made.ask("POST", "/workspaces", { name: "Pax Lund" });
    pax = await Watched.open(chromium, named, { permissions: ["clipboard-read", "clipboard-write"] });
    pax.expected.push(/40[013]|422/);
    page = pax.page;
    await logIn();
    await page.getByRole("heading", { name: "Hello, Pax Lund" }).waitFor();
    await page.goto(`${named}/settings/security`);
    await second().getByText("Off", { exact: true }).waitFor();
    // Nothing is offered that needs what is not there.
    for (const name of ["Turn off", "New recovery codes"]) if (await button(name).count()) throw new Error(`${name}, of what is off`);
    await button("Set up").click();
    const key = page.locator("[data-secret]");
    await proving(key, byPassword);
    secret = (await key.textContent()).trim();
    await page.getByRole("img", { name: "QR code" }).waitFor();
    await pax.state("totp");
    await page.getByLabel("Code", { exact: true }).fill("000000");
    await button("Continue").click();
    await page.getByRole("alert").waitFor();
    await page.getByLabel("Code", { exact: true }).fill(code(secret));
    await button("Continue").click();
    await visible("Keep these recovery codes safe.");
    await button("Copy").click();
    await visible("Copied.");
    codes = (await page.evaluate(() => navigator.clipboard.readText())).split("\n");
    if (codes.length !== 10) throw new Error(`${codes.length} codes`);
    await pax.state("recovery-codes");
    await button("I have kept it safe").click();
    await page.getByText(codes[0]).waitFor({ state: "detached" });
    await page.reload();
    await second().getByText("On", { exact: true }).waitFor();
    await button("Turn off").waitFor();
    if (await button("Set up").count()) throw new Error("what is on can be set up");
    await pax.state("totp-on");
  });

  step_("the next login asks for the second step, and takes a recovery code where the app is lost", async () => {
    pax.expected.push(/401/);
    await logOut();
    await logIn();
    await page.getByRole("heading", { name: "Second step" }).waitFor();
    await pax.state("login-second");
    await page.getByLabel("Code", { exact: true }).fill(code(secret, 1));
    await button("Log in").click();
    await page.getByRole("heading", { name: "Hello, Pax Lund" }).waitFor();
    await logOut();
    await logIn();
    await button("Use a recovery code").click();
    await page.getByLabel("Recovery code").fill(codes[0]);
    await pax.state("login-recovery");
    await button("Log in").click();
    await page.getByRole("heading", { name: "Hello, Pax Lund" }).waitFor();
  });

  step_("a token is made for a program, copied once, and revoked", async () => {
    pax.expected.push(/403/);
    await page.goto(`${named}/settings/security`);
    await page.getByText("New token", { exact: true }).click();
    await page.getByLabel("Name", { exact: true }).fill("Importer");
    await page.locator('input[type="checkbox"][value="read_conversations"]').check();
    await pax.state("token-new");
    await button("Make token").click();
    await proving(page.getByText("Copy it now."), async (dialog) => {
      await dialog.getByLabel("Code of your app").fill(codes[1]);
      await pax.state("prove");
      await byPassword(dialog);
    });
    const tokens = page.locator("section", { has: page.getByRole("heading", { name: "API tokens" }) });
    await button("Copy", tokens).click();
    await visible("Copied.");
    const token = await page.evaluate(() => navigator.clipboard.readText());
    await ask(host, token, "GET", "/conversations");
    await pax.state("token-made");
    await page.reload();
    await tokens.getByText("Importer").waitFor();
    if (await page.getByText(token).count()) throw new Error("it is shown a second time");
    await button("Revoke", tokens).click();
    await visible("The token has ended.");
    const refused = await ask(host, token, "GET", "/conversations").then(() => null, (error) => error.message);
    if (!/: 401/.test(refused ?? "")) throw new Error(`a revoked token: ${refused}`);
  });

  step_("a passkey is added, proves who is there, and lets in without a password", async () => {
    pax.expected.push(/40[13]/);
    const browser = await pax.context.newCDPSession(page);
    await browser.send("WebAuthn.enable");
    await browser.send("WebAuthn.addVirtualAuthenticator", {
      options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    });
    await button("Add a passkey").click();
    const one = page.getByText("Passkey of");
    await proving(one, byPassword);
    await pax.state("passkeys");
    await logOut();
    await button("Use a passkey").click();
    await page.getByRole("heading", { name: "Hello, Pax Lund" }).waitFor();
    await page.goto(`${named}/settings/security`);
    await one.waitFor();
    const passkeys = page.locator("section", { has: page.getByRole("heading", { name: "Passkeys" }) });
    await button("Remove", passkeys).click();
    await proving(visibleIn(passkeys, "No passkey yet."), (dialog) => button("Use a passkey", dialog).click());
    await pax.context.close();
  });
};

const visibleIn = (where, text) => where.getByText(text);
