// Much at once: fifty messages in a row, and two tabs of one person.
import { until } from "../host.mjs";

const MESSAGES = 50;

export default (it) => {
  const { step, host, mira, page, go, PASSWORD } = it;
  let fan;
  const act = (body) => host.world("POST", `/people/${fan}/acts`, { bot: it.bot.username, ...body });

  step("fifty messages in a row are all shown without reloading, each once, in their order", async () => {
    fan = (await host.world("POST", "/people", { first_name: "Lio", language_code: "en" })).id;
    await act({ act: "start" });
    await go("/inbox?view=all");
    await page.getByRole("region", { name: "Conversations" }).getByRole("link", { name: /^Lio/ }).click({ timeout: 15_000 });
    const log = page.getByRole("log");
    await page.getByLabel("Your answer").waitFor();
    for (let number = 1; number <= MESSAGES; number++) await act({ act: "text", text: `row ${number}.` });
    await log.getByText(`row ${MESSAGES}.`, { exact: true }).waitFor({ timeout: 45_000 });
    const written = Array.from({ length: MESSAGES }, (_, at) => `row ${at + 1}.`).join();
    const shown = async () => (await log.locator("article .text").allTextContents()).filter((text) => text.startsWith("row ")).join();
    await until(async () => (await shown()) === written, "all are shown in order");
  });

  step("two tabs of one person see the same, and logging out in one shows the door in the other", async () => {
    // A draft may go while it is asked for.
    mira.expected.push(/401/, /404.*\/draft/);
    const other = await mira.context.newPage();
    other.on("pageerror", (error) => mira.troubles.push(`second tab: ${error.message}`));
    await other.goto(page.url());
    const logs = [page, other].map((one) => one.getByRole("log"));
    await logs[1].getByText(`row ${MESSAGES}.`, { exact: true }).waitFor();
    await act({ act: "text", text: "seen by both" });
    for (const log of logs) await log.getByText("seen by both").waitFor({ timeout: 20_000 });
    await other.getByLabel("Your answer").fill("written in the second tab");
    await other.keyboard.press("Control+Enter");
    for (const log of logs) await log.locator('[data-delivery="sent"]', { hasText: "written in the second tab" }).waitFor({ timeout: 20_000 });
    await page.getByLabel("Your answer").fill("begun in the first");
    await other.goto(`${it.origin}/more`);
    await other.getByRole("button", { name: "Log out", exact: true }).click();
    await other.waitForURL(/\/login/);
    await page.waitForURL(/\/login\?to=/, { timeout: 20_000 });
    await mira.state("logged-out-elsewhere");
    await other.close();
    await page.getByLabel("Email").fill(it.EMAIL);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in", exact: true }).click();
    await page.getByRole("log").getByText("seen by both").waitFor();
    if (await page.getByLabel("Your answer").inputValue()) throw new Error("what was begun outlived the session");
    // Whoever answers has taken over: the chat is given back for what comes next.
    await page.getByRole("button", { name: "Give back to Sofi" }).click();
    await page.getByRole("button", { name: "Take over" }).waitFor();
  });
};
