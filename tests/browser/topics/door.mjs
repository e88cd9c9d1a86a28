// Signing up and in.
import { until } from "../host.mjs";

export default (it) => {
  const { step, host, mira, page, visible, button, go, EMAIL, PASSWORD } = it;

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

  step("an inbox without a bot says what to do", async () => {
    await go("/inbox");
    await visible("It takes about two minutes");
    await mira.state("inbox-no-bot");
  });
};
