// Signing up and in.
import { until } from "../host.mjs";
import { Watched } from "../watch.mjs";

export default (it) => {
  const { step, host, chromium, origin, mira, page, visible, button, go, EMAIL, PASSWORD } = it;

  step("a first visit asks nothing that only somebody with a session could be told", async () => {
    const asked = [];
    const note = (request) => new URL(request.url()).pathname.startsWith("/api/") && asked.push(request.url());
    page.on("request", note);
    await go("/");
    await page.waitForURL(/\/login$/);
    await page.getByLabel("Email").waitFor();
    page.off("request", note);
    if (asked.length) throw new Error(`it asked ${asked}`);
  });

  step("nobody without a session sees more than the door", async () => {
    mira.expected.push(/401|422/);
    await go("/inbox");
    await page.waitForURL(/\/login\?to=%2Finbox/);
    await mira.state("login");
    await page.getByLabel("Email").fill("nobody@example.com");
    await page.getByLabel("Password", { exact: true }).fill("not the right one");
    await button("Log in").click();
    await page.getByRole("alert").waitFor();
    await page.getByText("Reference").waitFor();
    await visible("A new account has to be confirmed first");
    await mira.state("login-refused");
  });

  step("a password is hidden while it is typed, is shown on demand, and can be pasted or filled in by a manager", async () => {
    mira.expected.push(/401/);
    for (const [path, kind] of [["/login", "current-password"], ["/signup", "new-password"]]) {
      await go(path);
      const [email, password] = [page.getByLabel("Email"), page.getByLabel("Password", { exact: true })];
      const is = async (field, name, value) => {
        const found = await field.getAttribute(name);
        if (found !== value) throw new Error(`${path}: ${name} is ${found}, not ${value}`);
      };
      await is(password, "type", "password");
      // Managers find both fields by these words.
      await is(password, "autocomplete", kind);
      if (!(await email.getAttribute("autocomplete")).split(" ").includes("username")) throw new Error(`${path}: nobody knows whose password it is`);
      await email.fill("pasted@example.com");
      await email.press("Control+A");
      await email.press("Control+C");
      await password.press("Control+V");
      if ((await password.inputValue()) !== "pasted@example.com") throw new Error(`${path}: nothing was pasted`);
      await button("Show").click();
      await is(password, "type", "text");
      await button("Hide").click();
      await is(password, "type", "password");
    }
  });

  step("signing up takes the code from the mail on the same page", async () => {
    mira.expected.push(/401|422|400/);
    await go("/signup");
    await page.getByLabel("Your name").fill("Mira Vale");
    await page.getByLabel("Email").fill(EMAIL);
    await page.getByLabel("Password", { exact: true }).fill("short");
    // What is missing is said.
    await button("Create account").click();
    await visible("only adults can have an account");
    await visible("without these texts there is no account");
    await mira.state("signup-unticked");
    await page.getByLabel("I am 18 or older.").check();
    await page.getByRole("checkbox").nth(1).check();
    await button("Create account").click();
    await page.locator("[aria-invalid=true]").first().waitFor();
    await mira.state("signup-errors");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await button("Create account").click();
    await page.getByLabel("Code").waitFor();
    await mira.state("signup-code");
    await page.getByLabel("Code").fill(await until(() => host.code(), "a mail with a code"));
    await button("Continue").click();
    await page.waitForURL(/\/start$/);
    await page.getByRole("heading", { name: "Get ready" }).waitFor();
    await mira.state("start");
  });

  step("a page that a phone drops while its owner looks for the mail comes back to the code", async () => {
    const rae = await Watched.open(chromium, origin, { viewport: { width: 360, height: 740 } });
    const press = (name) => rae.page.getByRole("button", { name, exact: true }).click();
    const fill = (label, text) => rae.page.getByLabel(label, { exact: true }).fill(text);
    await rae.page.goto(`${origin}/signup`);
    await fill("Your name", "Rae Moon");
    await fill("Email", "rae@example.com");
    await fill("Password", PASSWORD);
    await rae.page.getByLabel("I am 18 or older.").check();
    await rae.page.getByRole("checkbox").nth(1).check();
    const before = await host.code();
    await press("Create account");
    await rae.page.getByLabel("Code").waitFor();
    await rae.page.reload();
    await rae.page.getByLabel("Code").waitFor();
    await rae.state("signup-code-again");
    await fill("Code", await until(async () => ((await host.code()) !== before ? host.code() : null), "a mail with a code"));
    await press("Continue");
    await rae.page.getByText("Your address is confirmed.").waitFor();
    await fill("Email", "rae@example.com");
    await fill("Password", PASSWORD);
    await press("Log in");
    await rae.page.getByRole("heading", { name: "Get ready" }).waitFor();
    rae.verify();
    await rae.context.close();
  });

  step("an inbox without a bot says what to do", async () => {
    await go("/inbox");
    await visible("It takes about two minutes");
    await mira.state("inbox-no-bot");
  });
};
