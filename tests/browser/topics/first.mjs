// A bot is connected, and the first fan writes.
export default (it) => {
  const { step, host, mira, page, visible, button, go, act } = it;

  step("a bot is connected by pasting what BotFather wrote", async () => {
    mira.expected.push(/409/);
    it.bot = await host.world("POST", "/bots", { username: "mira_vale_bot", first_name: "Mira" });
    await go("/start");
    await page.getByLabel("BotFather's message or the token").fill(it.bot.message);
    await button("Connect").click();
    const agree = button("Accept the agreement and connect");
    await Promise.race([agree.waitFor(), visible("Is this your bot?")]);
    if (await agree.isVisible()) await agree.click();
    await visible("Is this your bot?");
    await visible("Waiting for your message");
    await page.getByText("Webhook secret").waitFor();
    await mira.state("start-connected");
  });

  step("a fan's message is seen without reloading", async () => {
    it.fan = (await host.world("POST", "/people", { first_name: "Robin", language_code: "en" })).id;
    await act({ act: "start" });
    await act({ act: "text", text: "hello from Robin" });
    await visible("Robin wrote:");
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
