// Much at once: fifty messages in a row, and two tabs of one person.
import { percentile } from "../frames.mjs";
import { until } from "../host.mjs";
import { DRAFT_GONE } from "../people.mjs";

const MESSAGES = 50;
/** From a fan's act to its bubble on screen, in milliseconds: of 20 messages at most one takes longer. */
const LONGEST = 4000;
/** No part of the page's own pace, so that messages fall on all of its pauses. */
const APART = 370;

export default (it) => {
  const { step, host, mira, page, go, PASSWORD } = it;
  let fan;
  const act = (body) => host.world("POST", `/people/${fan}/acts`, { bot: it.bot.username, ...body });

  step("fifty messages are all shown without reloading, each once, in their order, 95 of 100 within four seconds", async () => {
    mira.expected.push(DRAFT_GONE);
    fan = (await host.world("POST", "/people", { first_name: "Lio", language_code: "en" })).id;
    await act({ act: "start" });
    await go("/inbox?view=all");
    await page.getByRole("region", { name: "Conversations" }).getByRole("link", { name: /^Lio/ }).click({ timeout: 15_000 });
    const log = page.getByRole("log");
    await page.getByLabel("Your answer").waitFor();
    // The page itself notes in which frame each was there: whoever asked it from time to time would add the time between.
    await page.evaluate(() => {
      const seen = (globalThis.__shown = {});
      const look = () => {
        for (const { textContent: text } of document.querySelectorAll("[role=log] article .text")) if (text.startsWith("row ")) seen[text] ??= Date.now();
        requestAnimationFrame(look);
      };
      look();
    });
    const begun = [];
    for (let number = 1; number <= MESSAGES; number++) {
      begun.push(Date.now());
      await act({ act: "text", text: `row ${number}.` });
      const next = begun[0] + number * APART;
      await until(() => Date.now() >= next, "the fan writes on", 5);
    }
    await log.getByText(`row ${MESSAGES}.`, { exact: true }).waitFor({ timeout: 45_000 });
    const written = Array.from({ length: MESSAGES }, (_, at) => `row ${at + 1}.`).join();
    const shown = async () => (await log.locator("article .text").allTextContents()).filter((text) => text.startsWith("row ")).join();
    await until(async () => (await shown()) === written, "all are shown in order").catch(async (error) => {
      throw new Error(`${error.message}: ${await shown()}`);
    });
    const seen = await page.evaluate(() => __shown);
    const times = begun.map((at, index) => seen[`row ${index + 1}.`] - at);
    const p95 = percentile(times, 0.95);
    console.log(`      from act to screen: median ${percentile(times, 0.5)} ms, p95 ${p95} ms, slowest ${Math.max(...times)} ms of ${MESSAGES}`);
    if (!(p95 <= LONGEST)) throw new Error(`p95 of ${MESSAGES} messages: ${p95} ms`);
  });

  step("two tabs of one person see the same, and logging out in one shows the door in the other, with what was begun there kept", async () => {
    mira.expected.push(/401/, DRAFT_GONE);
    const other = await mira.context.newPage();
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
    await page.getByText("What you wrote is kept").waitFor();
    await mira.state("logged-out-elsewhere");
    await other.close();
    await page.getByLabel("Email").fill(it.EMAIL);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in", exact: true }).click();
    await page.getByRole("log").getByText("seen by both").waitFor();
    const answer = page.getByLabel("Your answer");
    if ((await answer.inputValue()) !== "begun in the first") throw new Error(`what was begun before the session ended: ${await answer.inputValue()}`);
    await answer.fill("");
    // Whoever answers has taken over: the chat is given back for what comes next.
    await page.getByRole("button", { name: "Release" }).click();
    await page.getByRole("button", { name: "Take over" }).waitFor();
  });
};
