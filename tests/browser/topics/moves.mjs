// A workspace moves into another one by its export: looked at first, stopped and continued on the way, and nothing comes twice.
import { until } from "../host.mjs";
import { owner } from "../people.mjs";
import { Watched } from "../watch.mjs";

export default (it) => {
  const { step, host, chromium, origin, PASSWORD } = it;
  const BOT = "pia_moving_bot";
  const WORDS = "hello from Sky";
  let wanda;
  let rex;
  let page;
  let token;
  let archive;
  /** How many messages there are to move. */
  let said;
  const button = (name) => page.getByRole("button", { name, exact: true });
  const row = (name) => page.getByRole("row", { name, exact: true });
  const pick = async (name, buffer) => {
    await page.goto(`${origin}/fans/import`);
    await page.getByLabel("File", { exact: true }).setInputFiles({ name, mimeType: "application/zip", buffer });
  };
  const refused = (text) => page.getByRole("alert").getByText(text).waitFor();

  /** Everything that comes along: messages of both sides, a note, a fact, a version of the voice, a saved reply, tags. */
  async function lived() {
    wanda = await owner(host, "Wanda", "wanda@example.com", PASSWORD);
    const made = await host.world("POST", "/bots", { username: BOT, first_name: "Wanda" });
    token = made.message;
    await wanda.ask("POST", "/bots", { token });
    const { id } = await host.world("POST", "/people", { first_name: "Sky", language_code: "en" });
    await host.world("POST", `/people/${id}/acts`, { bot: BOT, act: "text", text: WORDS });
    const [chat] = await until(async () => {
      const { conversations } = await wanda.ask("GET", "/conversations?view=all");
      return conversations.length ? conversations : null;
    }, "Sky has written");
    const path = `/conversations/${chat.id}`;
    const { conversation } = await wanda.ask("GET", `${path}/messages`);
    await wanda.ask("POST", `${path}/messages`, { text: "an answer to Sky", last_seen_message_id: conversation.last_message_id });
    await wanda.ask("POST", `${path}/notes`, { text: "asks for more" });
    await wanda.ask("POST", `/fans/${chat.fan_id}/facts`, { text: "likes winter" });
    await wanda.ask("PATCH", `/fans/${chat.fan_id}`, { tags: ["VIP"], note: "met in May" });
    await wanda.ask("POST", "/saved-replies", { shortcut: "moved-along", text: "Words of the old workspace" });
    const [bot] = (await wanda.ask("GET", "/bots")).bots;
    await wanda.ask("POST", `/bots/${bot.id}/personas`, { text: "Warm, short." });
    const messages = async () => (await wanda.ask("GET", `${path}/messages`)).messages;
    await until(async () => {
      const all = await messages();
      return all.some((one) => one.text === "an answer to Sky") && all.every((one) => ["received", "sent"].includes(one.delivery));
    }, "everything was sent");
    said = (await messages()).length;
    return bot;
  }
  async function exported() {
    const { id } = await wanda.ask("POST", "/privacy/exports", {});
    await until(async () => (await wanda.ask("GET", `/privacy/requests/${id}`)).state === "finished", "the export is ready", 60);
    const link = await wanda.ask("POST", `/privacy/requests/${id}/links`);
    const { url } = await wanda.ask("POST", "/privacy/downloads", { request_id: id, token: link.token });
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`the download: ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  step("a file that is no export, or was changed, is told as such, and nothing is sent", async () => {
    const bot = await lived();
    archive = await exported();
    await wanda.ask("DELETE", `/bots/${bot.id}`);
    rex = await owner(host, "Rex", "rex@example.com", PASSWORD);
    const watched = await Watched.open(chromium, origin);
    watched.expected.push(/401/);
    page = watched.page;
    await page.goto(`${origin}/login`);
    await page.getByLabel("Email").fill("rex@example.com");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await button("Log in").click();
    await page.getByRole("heading", { name: "Hello, Rex" }).waitFor();
    rex.page = watched;
    let sent = 0;
    const counted = (request) => void (sent += Number(/\/fans\/(imports|histories)$/.test(request.url())));
    page.on("request", counted);
    await pick("holiday.zip", Buffer.from("PK\u0003\u0004 and nothing more"));
    await refused("This is no ZIP archive, or a part of it is missing.");
    await pick("sofi-export.zip", archive.subarray(0, archive.length - 1000));
    await refused("This is no ZIP archive, or a part of it is missing.");
    const changed = Buffer.from(archive);
    const at = changed.indexOf(`"text":"${WORDS}"`);
    if (at < 0) throw new Error("the export does not hold what Sky wrote");
    changed.write("X", at + 8);
    await pick("sofi-export.zip", changed);
    await refused(/The file is damaged or was changed: data\/\w+-000001\.jsonl\./);
    await watched.state("moves-damaged");
    page.off("request", counted);
    if (sent) throw new Error(`${sent} calls were made for files that are none`);
    watched.verify();
  });

  step("what is inside is shown, and what cannot come says why and what to do", async () => {
    await pick("sofi-export.zip", archive);
    await page.getByText("From the workspace “Wanda Studio”").waitFor();
    await page.getByText(`@${BOT} is not connected here`).waitFor();
    await row(`Messages ${said}`).waitFor();
    await rex.page.state("moves-inside");
    await button("Look first").click();
    await page.getByRole("heading", { name: "What would become of them" }).waitFor();
    await row("Fans 1 0 0 0 0").waitFor();
    await row(`Messages 0 0 0 0 ${said}`).waitFor();
    await page.getByText("Their bot is not connected here. Connect it, and pick the file again.").first().waitFor();
    await rex.page.state("moves-stays");
    rex.page.verify();
  });

  step("with its bot everything comes, may be stopped and continued, and the conversation is there", async () => {
    // Telegram takes one setWebhook a second.
    await until(() => rex.ask("POST", "/bots", { token }).then(() => true, () => false), "the bot is connected");
    await pick("sofi-export.zip", archive);
    await page.getByText(`@${BOT} is connected here`).waitFor();
    await button("Look first").click();
    await row(`Messages ${said} 0 0 0 0`).waitFor();
    await row("What Sofi remembers 1 0 0 0 0").waitFor();
    if ((await rex.ask("GET", "/fans")).fans.length) throw new Error("a look brought somebody in");
    await rex.page.state("moves-look");
    // What takes a moment only is held while it is looked at.
    let release;
    const held = new Promise((done) => (release = done));
    await page.route(/\/fans\/histories$/, async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole("button", { name: /^Bring in \d+$/ }).click();
    await page.getByRole("progressbar", { name: "Bringing in…" }).waitFor();
    await row("Versions of Sofi’s voice 1 0 0 0 0").waitFor();
    await rex.page.state("moves-running");
    await button("Stop").click();
    release();
    await page.getByText("Stopped. What was brought in stays, and nothing comes twice.").waitFor();
    await page.getByRole("heading", { name: "Brought in so far" }).waitFor();
    await rex.page.state("moves-stopped");
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await button("Continue").click();
    await page.getByRole("heading", { name: "They are brought in" }).waitFor();
    for (const name of ["Fans 1 0 0 0 0", "Saved replies 1 0 0 0 0", "Versions of Sofi’s voice 1 0 0 0 0", `Messages ${said} 0 0 0 0`, "Private notes 1 0 0 0 0", "What Sofi remembers 1 0 0 0 0"]) await row(name).waitFor();
    await rex.page.state("moves-done");
    await page.getByRole("link", { name: "Open the inbox" }).click();
    await page.getByRole("region", { name: "Conversations" }).getByRole("link", { name: /^Sky/ }).click();
    for (const text of [WORDS, "an answer to Sky"]) await page.getByRole("log").getByText(text).first().waitFor();
    rex.page.verify();
  });

  step("the same export again brings nothing", async () => {
    await pick("sofi-export.zip", archive);
    await button("Look first").click();
    await page.getByText("There is nothing to bring in.").waitFor();
    await row("Fans 0 0 1 0 0").waitFor();
    await row(`Messages 0 0 ${said} 0 0`).waitFor();
    rex.page.verify();
    await rex.page.context.close();
  });
};
