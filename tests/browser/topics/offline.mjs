// Without a connection, and with one on which nothing new comes: what is written waits, and what was missed is shown. A page
// whose code does not come leaves the rest as it is.
import { until } from "../host.mjs";
import { DRAFT_GONE, chatWith } from "../people.mjs";

export default (it) => {
  const { step, mira, page, visible, button } = it;
  const log = page.getByRole("log");
  const answer = page.getByLabel("Your answer");
  const goal = (name) => page.getByRole("navigation", { name: "Main", exact: true }).getByRole("link", { name, exact: true });
  const problem = page.getByRole("main").getByRole("alert");
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
    await log.getByRole("button", { name: "Try again" }).click();
    await log.locator('[data-delivery="sent"]', { hasText: "written in a tunnel" }).waitFor({ timeout: 20_000 });
    const times = (await chat.received()).filter((text) => text === "written in a tunnel").length;
    if (times !== 1) throw new Error(`the fan got it ${times} times`);
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
