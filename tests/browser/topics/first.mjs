// A bot is connected, and the first fan writes.
import { until } from "../host.mjs";

export default (it) => {
  const { step, host, mira, page, visible, button, go, act } = it;

  step("a bot is connected by pasting what BotFather wrote", async () => {
    it.bot = await host.world("POST", "/bots", { username: "mira_vale_bot", first_name: "Mira" });
    await go("/start");
    await page.getByLabel("BotFather's message or the token").fill(it.bot.message);
    await button("Connect").click();
    // The agreement was accepted with the others at sign-up.
    await visible("Is this your bot?");
    // Nothing goes on with a bot that may be somebody else's, and its webhook is left as it is.
    if (await page.getByText("Waiting for your message").count()) throw new Error("it goes on before anybody has said whose bot it is");
    if ((await host.world("GET", "/bots/mira_vale_bot")).webhook) throw new Error("its webhook is set before anybody has said whose bot it is");
    await button("Yes, it is mine").click();
    await visible("Waiting for your message");
    const chat = page.getByRole("link", { name: "Open the chat" });
    await until(async () => new URL(await chat.getAttribute("href")).searchParams.get("start"), "the link begins alerts in one's own chat");
    await page.getByText("Webhook secret").waitFor();
    await mira.state("start-connected");
  });

  step("a fan's message is seen without reloading", async () => {
    it.fan = (await host.world("POST", "/people", { first_name: "Robin", language_code: "en" })).id;
    await act({ act: "start" });
    await act({ act: "text", text: "hello from Robin" });
    // The greeting came in between, or after it: it is not what Robin wrote.
    await visible("Robin wrote: “hello from Robin”");
    await mira.state("start-message");
    await page.getByRole("link", { name: "Answer it" }).click();
    await page.waitForURL(/\/inbox\/.+/);
    it.conversation = page.url().split("/").pop();
    await page.getByRole("log").getByText("hello from Robin").waitFor();
    await mira.state("inbox");
    await act({ act: "text", text: "are you there?" });
    await page.getByRole("log").getByText("are you there?").waitFor({ timeout: 15_000 });
  });
};
