// Without a connection, and with one on which nothing new comes: what is written waits, and what was missed is shown.
import { DRAFT_GONE, chatWith } from "../people.mjs";

export default (it) => {
  const { step, mira, page, visible } = it;
  const log = page.getByRole("log");
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
};
