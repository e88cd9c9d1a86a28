// A token that was revoked: the doctor finds it, the page takes the new one, and fans notice nothing.
export default (it) => {
  const { step, host, mira, page, visible, button, go, act } = it;
  const dialog = page.getByRole("dialog", { name: "Replace token" });
  let fresh;

  step("the doctor finds a token that Telegram no longer takes, and its fix opens the way to a new one", async () => {
    fresh = await host.world("POST", `/bots/${it.bot.username}/revoke`);
    await go("/bots");
    await button("Check health").click();
    const red = page.getByRole("listitem").filter({ hasText: "Telegram does not take the token" });
    await red.getByText("Problem", { exact: true }).waitFor();
    await mira.state("bots-red");
    await button("Enter the current token", red).click();
    await dialog.waitFor();
    await mira.state("bots-token");
  });

  step("a wrong token is refused with its cause and what to do", async () => {
    mira.expected.push(/422.*\/token/);
    await dialog.getByLabel("BotFather's message or the token").fill(it.bot.token);
    await button("Save", dialog).click();
    const alert = dialog.getByRole("alert");
    await alert.getByText("it was revoked, or something is missing").waitFor();
    await alert.getByText("Copy the current one from BotFather").waitFor();
    await mira.state("bots-token-refused");
  });

  step("the right token is taken, and a fan's next message arrives", async () => {
    await dialog.getByLabel("BotFather's message or the token").fill(fresh.message);
    await button("Save", dialog).click();
    await visible("The new token is in use.");
    await dialog.waitFor({ state: "detached" });
    it.bot = { ...it.bot, ...fresh };
    await visible(`token ends in ${fresh.token.slice(-4)}`);
    await go("/bots");
    await button("Check health").click();
    await page.getByText("Webhook secret").waitFor();
    if (await page.getByText("Problem", { exact: true }).count()) throw new Error("a check is still red");
    await go(`/inbox/${it.conversation}?view=all`);
    await page.getByLabel("Your answer").waitFor();
    await act({ act: "text", text: "still here with the new token" });
    await page.getByRole("log").getByText("still here with the new token").waitFor({ timeout: 15_000 });
  });

  step("disconnecting says what follows, and asks for the name", async () => {
    await go("/bots");
    await button("Disconnect").click();
    const leaving = page.getByRole("dialog", { name: "Disconnect" });
    await leaving.getByText("Conversations stay here.").waitFor();
    if (await button("Disconnect", leaving).isEnabled()) throw new Error("nothing was typed");
    await mira.state("bots-disconnect");
    await button("Close", leaving).click();
    await leaving.waitFor({ state: "detached" });
  });
};
