// A token that was revoked: the doctor finds it, the page takes the new one, also back from another service, and fans notice nothing.
import { until } from "../host.mjs";

export default (it) => {
  const { step, host, mira, page, visible, button, go, act, proving } = it;
  const dialog = page.getByRole("dialog", { name: "Replace token" });
  let fresh;

  step("the doctor finds a token that Telegram no longer takes, and its fix opens the way to a new one", async () => {
    fresh = await host.world("POST", `/bots/${it.bot.username}/revoke`);
    await go("/bots");
    await button("Check health").click();
    const red = page.getByRole("listitem").filter({ hasText: "Telegram does not take the token" });
    await red.getByText("Problem", { exact: true }).waitFor();
    // Nothing has called Telegram since, or it has found out as well: the bot is not called connected any more.
    await page.getByText(/^(Problem|Token refused) · checked /).waitFor();
    await mira.state("bots-red");
    await button("Enter the current token", red).click();
    await dialog.waitFor();
    await mira.state("bots-token");
  });

  step("a wrong token is refused with its cause and what to do", async () => {
    // A login proves who is there for five minutes: the page asks once they are over.
    mira.expected.push(/422.*\/token/, /403.*\/token/);
    await dialog.getByLabel("BotFather's message or the token").fill(it.bot.token);
    await button("Save", dialog).click();
    const alert = dialog.getByRole("alert");
    await proving(alert.getByText("it was revoked, or something is missing"));
    await alert.getByText("Copy the current one from BotFather").waitFor();
    await mira.state("bots-token-refused");
  });

  step("a bot that another service took meanwhile is named with it, and taken back only by whoever says so", async () => {
    const elsewhere = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ url: "https://elsewhere.example.com/hook" }) };
    const taken = await fetch(`${host.telegram}/bot${fresh.token}/setWebhook`, elsewhere);
    if (!taken.ok) throw new Error(`setWebhook: ${taken.status} ${await taken.text()}`);
    mira.expected.push(/409.*\/token/, /403.*\/token/);
    await dialog.getByLabel("BotFather's message or the token").fill(fresh.message);
    await button("Save", dialog).click();
    await proving(dialog.getByRole("alert").getByText("elsewhere.example.com"));
    const { webhook } = await host.world("GET", `/bots/${it.bot.username}`);
    if (webhook.url !== "https://elsewhere.example.com/hook") throw new Error(`the webhook went to ${webhook.url} unasked`);
    await mira.state("bots-take-over");
    await dialog.getByRole("checkbox", { name: "Take the bot over from the service that uses it now" }).check();
  });

  step("the right token is taken, and a fan's next message arrives", async () => {
    mira.expected.push(/403.*\/token/, /429.*\/token/);
    const done = page.getByText("The new token is in use.").first();
    const limited = dialog.getByText("Too many requests");
    await button("Save", dialog).click();
    await proving(done.or(limited));
    // Telegram takes one webhook a second, and says so: who is told to wait presses again.
    await until(async () => {
      if (await done.isVisible()) return true;
      if (await limited.isVisible()) await button("Save", dialog).click();
      return false;
    }, "the new token is in use");
    await dialog.waitFor({ state: "detached" });
    it.bot = { ...it.bot, ...fresh };
    await visible(`token ends in ${fresh.token.slice(-4)}`);
    await go("/bots");
    await button("Check health").click();
    await page.getByText("Webhook secret").waitFor();
    await page.getByText(/^Connected · checked /).waitFor();
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
    // Whoever turns away from proving who they are is told of no failure, and the bot stays.
    mira.expected.push(/403.*\/bots/);
    const over = { status: 403, contentType: "application/problem+json", body: JSON.stringify({ code: "step_up_required", message: "", field_errors: [], request_id: "over" }) };
    await page.route(/\/api\/v1\/bots\/bot_\w+$/, (route) => route.fulfill(over), { times: 1 });
    await leaving.getByLabel(`Type ${it.bot.username} to confirm`).fill(it.bot.username);
    await button("Disconnect", leaving).click();
    const proof = page.getByRole("dialog", { name: "Is it you?" });
    await proof.waitFor();
    await button("Close", proof).click();
    await proof.waitFor({ state: "detached" });
    if (await leaving.getByRole("alert").count()) throw new Error("who turned away is told off");
    await button("Close", leaving).click();
    await leaving.waitFor({ state: "detached" });
    await visible(`token ends in ${it.bot.token.slice(-4)}`);
  });
};
