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
