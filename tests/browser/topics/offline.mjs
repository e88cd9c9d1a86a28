// Without a connection, and with one on which nothing new comes: what is written waits, and what was missed is shown. A page
// whose code does not come leaves the rest as it is.
import { until } from "../host.mjs";
import { DRAFT_GONE, chatWith, setMode } from "../people.mjs";

export default (it) => {
  const { step, mira, page, visible, button } = it;
  const log = page.getByRole("log");
  const answer = page.getByLabel("Your answer");
  const goal = (name) => page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name, exact: true });
  const problem = page.getByRole("main").getByRole("alert");
  /** What is asked for so is done, and the answer to the first of it is lost. */
  async function loseReceipt(address) {
    let isCut = false;
    await page.route(address, async (route) => {
      if (route.request().method() !== "POST" || isCut) return route.continue();
      isCut = true;
      await route.fetch();
      await route.abort();
    });
    return () => isCut;
  }
  let chat;

  step("what is answered without a connection waits, and is sent once when it is back", async () => {
    mira.expected.push(/ERR_INTERNET_DISCONNECTED/, DRAFT_GONE);
    chat = await chatWith(it, "Ove", "can you hear me?");
    await mira.context.setOffline(true);
    await visible("Offline – what you write is kept");
    await mira.state("offline");
    await page.getByLabel("Your answer").fill("written in a tunnel");
    await page.keyboard.press("Control+Enter");
    await log.getByText("Not sent").waitFor();
    await mira.state("offline-not-sent");
    await mira.context.setOffline(false);
    await page.getByText("Offline – what you write is kept").waitFor({ state: "detached", timeout: 15_000 });
    await log.locator('[data-delivery="sent"]', { hasText: "written in a tunnel" }).waitFor({ timeout: 20_000 });
    const times = (await chat.received()).filter((text) => text === "written in a tunnel").length;
    if (times !== 1) throw new Error(`the fan got it ${times} times`);
  });

  step("an answer and an approval of which only the receipt is lost are told as sent, once", async () => {
    mira.expected.push(/ERR_FAILED/, DRAFT_GONE);
    const once = async (text) => {
      await log.locator('[data-delivery="sent"]', { hasText: text }).waitFor({ timeout: 20_000 });
      const told = await log.getByText(text).count();
      const times = (await chat.received()).filter((one) => one.includes(text)).length;
      if (told !== 1 || times !== 1) throw new Error(`"${text}": ${told} times in the chat, ${times} times at the fan`);
      for (const wrong of [log.getByText("Perhaps sent"), log.getByText("Not sent"), problem]) if (await wrong.count()) throw new Error(`"${text}" is told as a failure`);
    };
    const isAnswerCut = await loseReceipt(/\/messages$/);
    await answer.fill("the receipt got lost");
    await page.keyboard.press("Control+Enter");
    await once("the receipt got lost");
    if (!isAnswerCut()) throw new Error("no receipt was lost");
    await page.unrouteAll({ behavior: "ignoreErrors" });

    // Whoever answers has taken over: Sofi drafts nothing until the chat is given back.
    await setMode(page, "draft");
    await button("Release").click();
    await button("Take over").waitFor();
    await chat.acts({ act: "text", text: "and do you like trains?" });
    const draft = page.getByRole("region", { name: "Sofi's draft" });
    await draft.waitFor({ timeout: 40_000 });
    await button("Edit", draft).click();
    await draft.getByRole("textbox").fill("Trains and tunnels, both.");
    const isApprovalCut = await loseReceipt(/\/approvals$/);
    await button("Send edited", draft).click();
    await draft.waitFor({ state: "detached" });
    await page.getByRole("status").getByText("Draft sent.").waitFor();
    await once("Trains and tunnels, both.");
    if (!isApprovalCut()) throw new Error("no receipt was lost");
    if (await answer.inputValue()) throw new Error(`what was sent is an answer again: ${await answer.inputValue()}`);
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });

  step("a chat that cannot be loaded says so, also where the fan would stand", async () => {
    mira.expected.push(/ERR_INTERNET_DISCONNECTED/, DRAFT_GONE);
    const here = new URL(page.url()).pathname;
    await mira.context.setOffline(true);
    await page.locator("[data-conversation]:not([aria-current])").first().click();
    await page.getByRole("complementary", { name: "Fan" }).getByText("What is known of the fan comes with the conversation.").waitFor();
    await mira.state("chat-missed");
    await mira.context.setOffline(false);
    await log.locator("article").first().waitFor();
    await until(async () => !(await problem.count()), "what was missed, without being asked for");
    await page.goBack();
    await until(() => new URL(page.url()).pathname === here, "the former chat");
    await log.getByText("can you hear me?").waitFor();
  });

  step("what could not be loaded of the fan comes with the connection, as the chat does", async () => {
    mira.expected.push(/ERR_FAILED.*\/fans\//, /ERR_INTERNET_DISCONNECTED/, DRAFT_GONE);
    await page.route(/\/api\/v1\/fans\//, (route) => route.abort());
    await page.locator("[data-conversation]:not([aria-current])").first().click();
    await problem.getByText("No connection.").waitFor();
    await mira.context.setOffline(true);
    await visible("Offline – what you write is kept");
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await mira.context.setOffline(false);
    await until(async () => !(await problem.count()), "the fan, without being asked for");
    await page.goBack();
    await log.getByText("can you hear me?").waitFor();
  });

  step("news that do not come are told, and what was missed is shown when they do", async () => {
    mira.expected.push(/503.*\/sync/, DRAFT_GONE);
    await page.route(/\/api\/v1\/sync/, (route) =>
      route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ code: "unavailable", message: "", field_errors: [], request_id: "held" }) }),
    );
    const notice = page.getByText("Reconnecting …");
    await notice.waitFor({ timeout: 15_000 });
    await mira.state("reconnecting");
    await chat.acts({ act: "text", text: "said meanwhile" });
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await notice.waitFor({ state: "detached", timeout: 30_000 });
    await log.getByText("said meanwhile").waitFor({ timeout: 15_000 });
  });

  step("a page whose code does not come leaves the frame and what is written, and comes when it is asked for again", async () => {
    mira.expected.push(/ERR_FAILED.*\/assets\//, /ERR_INTERNET_DISCONNECTED/, DRAFT_GONE);
    await answer.fill("begun before the tunnel");
    await page.route(/\/assets\/Team-/, (route) => route.abort());
    await goal("Team").click();
    await problem.getByText("No connection.").waitFor();
    await page.getByRole("heading", { name: "Team", level: 1 }).waitFor();
    await mira.state("page-missed");
    await button("Try again", problem).click();
    // What this page lacks keeps no other one away.
    await goal("Bots").click();
    await page.getByRole("button", { name: "Check health" }).first().waitFor();
    if (await problem.count()) throw new Error("another page is kept away with it");
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await goal("Team").click();
    await page.getByRole("main").getByText("Mira Vale").first().waitFor();
    if (await problem.count()) throw new Error("it is said to be missing still");
    // Its styles have come as well.
    const styled = await page.evaluate(() => [...document.styleSheets].some((one) => /\/assets\/Team-/.test(one.href ?? "")));
    if (!styled) throw new Error("it came without its styles");
    await mira.context.setOffline(true);
    await goal("Saved replies").click();
    await problem.getByText("No connection.").waitFor();
    await mira.context.setOffline(false);
    await button("New reply").first().waitFor();
    await page.evaluate(() => history.go(-4));
    await log.waitFor();
    if ((await answer.inputValue()) !== "begun before the tunnel") throw new Error(`the answer: ${await answer.inputValue()}`);
  });

  step("a new version is told only where there is one, with what a reload would take", async () => {
    mira.expected.push(/404.*\/assets\//, DRAFT_GONE);
    await page.route(/\/assets\/Audit-/, (route) => {
      const contentType = route.request().url().endsWith(".css") ? "text/css" : "text/javascript";
      return route.fulfill({ status: 404, contentType, body: "" });
    });
    await goal("Audit log").click();
    await problem.getByText("There is a new version of the dashboard.").waitFor();
    await problem.getByText("What is written and not sent is lost on reload").waitFor();
    await mira.state("page-outdated");
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.goBack();
    await log.waitFor();
    if ((await answer.inputValue()) !== "begun before the tunnel") throw new Error(`the answer: ${await answer.inputValue()}`);
  });

  step("whoever leaves the page in mid-writing is asked whether to, and nobody else is", async () => {
    mira.expected.push(DRAFT_GONE);
    const asked = [];
    const stay = (dialog) => {
      asked.push(dialog.type());
      return dialog.dismiss();
    };
    page.on("dialog", stay);
    await answer.fill("");
    await answer.pressSequentially("half a");
    await page.evaluate(() => void setTimeout(() => location.reload()));
    await until(() => asked.length, "it is asked");
    if (asked[0] !== "beforeunload" || (await answer.inputValue()) !== "half a") throw new Error(`asked ${asked}, the answer: ${await answer.inputValue()}`);
    await answer.fill("");
    await page.reload();
    await log.waitFor();
    page.off("dialog", stay);
    if (asked.length !== 1) throw new Error(`asked without need: ${asked}`);
  });
};
