// What is held is exported: of everything and of one fan. The file is downloaded by who asked, and goes when a fan is erased.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { until } from "../host.mjs";
import { asPage } from "../people.mjs";

/** Writes the members of an archive, which stores and does not compress, below a folder. */
function unpack(archive, folder) {
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50; ) {
    const size = archive.readUInt32LE(at + 18);
    const name = archive.readUInt16LE(at + 26);
    const from = at + 30 + name + archive.readUInt16LE(at + 28);
    const path = join(folder, archive.toString("utf8", at + 30, at + 30 + name));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, archive.subarray(from, from + size));
    at = from + size;
  }
}

export default (it) => {
  const { step, host, mira, page, visible, button, go, proving, PASSWORD } = it;
  const REQUEST = /\/privacy\/prq_\w+$/;
  const hold = (what) => host.control("POST", `/functions/privacy.export/${what}`);
  const row = (name) => page.getByRole("row", { name });
  const id = () => new URL(page.url()).pathname.split("/").pop();
  const request = () => asPage(page, "GET", `/privacy/requests/${id()}`);
  let everything;
  let copy;
  let sage;

  step("who has asked for nothing learns what can be asked for", async () => {
    await page.route(/\/privacy\/requests\?/, (route) => route.fulfill({ json: { requests: [], next_cursor: null } }));
    await go("/privacy");
    await visible("Nobody has asked yet.");
    await visible("“Export this fan”");
    await page.getByText("All that is held of this workspace in one signed ZIP file").waitFor();
    await mira.state("exports-empty");
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });

  step("an export of everything is asked for, and the page shows how far it is", async () => {
    mira.expected.push(/403.*\/privacy\/exports/);
    // What takes a moment only is held while it is looked at.
    await hold("pause");
    try {
      let fans = 3;
      await page.route(/\/privacy\/requests\/prq_\w+$/, async (route) => {
        const response = await route.fetch();
        const body = await response.json();
        await route.fulfill({ response, json: { ...body, export: { ...body.export, fans, records: fans * 400, bytes: fans * 1_800_000 } } });
      });
      await go("/privacy");
      await button("Export everything").click();
      await proving(page.getByText("The file is being written"));
      await page.waitForURL(REQUEST);
      await row("Fans 3").waitFor({ timeout: 15_000 });
      await row("Records 1,200").waitFor();
      await row("Size 5.4 MB").waitFor();
      const head = page.getByRole("link", { expanded: true });
      await head.getByText("Running", { exact: true }).waitFor();
      await head.getByText(/Export · .* · due .* · fans: 3, records: 1,200, 5\.4 MB/).waitFor();
      fans = 5;
      await row("Records 2,000").waitFor({ timeout: 15_000 });
      // Numbers that grow are not read out one by one.
      if (await page.getByRole("status").filter({ hasText: "records: 1,200" }).count()) throw new Error("each number is announced");
      await mira.state("export-running");
      await page.unrouteAll({ behavior: "ignoreErrors" });
      // Whoever asks for the same again is led to what runs.
      everything = id();
      const again = await asPage(page, "POST", "/privacy/exports", {});
      if (again.id !== everything) throw new Error(`another export began: ${again.id}`);
    } finally {
      await hold("resume");
    }
  });

  step("the page sees it ready, and a mail leads to it", async () => {
    await page.getByText("It is ready. Until").waitFor({ timeout: 60_000 });
    await page.getByRole("link", { expanded: true }).getByText("Ready", { exact: true }).waitFor();
    const link = await until(() => host.link(/https?:\S+\/privacy\/prq_\w+/), "a mail that says so", 40);
    if (new URL(link).pathname !== `/privacy/${everything}`) throw new Error(`the mail leads to ${link}`);
    await go(new URL(link).pathname);
    await page.getByText("It is ready. Until").waitFor();
    await row(/^Records [1-9]/).waitFor();
    await row("Of the whole workspace").waitFor();
    await mira.state("export-ready");
  });

  step("it is downloaded by a link that works once", async () => {
    mira.expected.push(/403.*\/privacy\/(requests|downloads)/, /409.*\/privacy\/downloads/);
    const saved = page.waitForEvent("download", { timeout: 40_000 });
    saved.catch(() => undefined);
    await button("Download").click();
    await proving(page.getByText("The download begins.").first());
    const file = await saved;
    // Where the file lies is the one other origin that a page may lead to; it is asked once.
    const foreign = mira.troubles.filter((one) => one.startsWith("foreign: "));
    if (foreign.length > 1 || foreign.some((one) => one !== `foreign: ${file.url()}`)) throw new Error(`asked elsewhere: ${foreign.join(", ")}`);
    mira.troubles = mira.troubles.filter((one) => !foreign.includes(one));
    const pieces = [];
    for await (const piece of await file.createReadStream()) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    copy = bytes;
    if (file.suggestedFilename() !== "sofi-export.zip" || bytes.subarray(0, 4).toString("latin1") !== "PK\x03\x04") throw new Error(`${file.suggestedFilename()}: ${bytes.subarray(0, 80)}`);
    const told = (await request()).export.bytes;
    if (bytes.length !== told) throw new Error(`${bytes.length} bytes, and ${told} were told`);
    if (!REQUEST.test(page.url())) throw new Error(`the page has left for ${page.url()}`);
    const { token } = await asPage(page, "POST", `/privacy/requests/${everything}/links`);
    const use = () => asPage(page, "POST", "/privacy/downloads", { request_id: everything, token }).then(() => null, (error) => error.message);
    const used = [await use(), await use()];
    if (used[0] !== null || !/409.*link_spent/.test(used[1] ?? "")) throw new Error(`a link twice: ${used}`);
  });

  step("the copy opens from a disk, asks nobody for anything, and shows what a fan wrote", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sofi-copy-"));
    const context = await it.chromium.newContext();
    const asked = [];
    const complaints = [];
    context.on("request", (one) => asked.push(one.url()));
    context.on("console", (one) => complaints.push(one.text()));
    try {
      unpack(copy, folder);
      const own = pathToFileURL(folder + sep).href;
      const read = await context.newPage();
      await read.goto(`${own}index.html`);
      await read.getByRole("heading", { name: "Your data", level: 1 }).waitFor();
      await read.locator('a[href^="html/message-"]').first().click();
      await read.getByText("hello from Robin", { exact: true }).first().waitFor();
      await read.getByRole("link", { name: "Overview" }).first().click();
      await read.getByRole("heading", { name: "Your data", level: 1 }).waitFor();
      const pages = new Set(asked.map((url) => url.slice(own.length)));
      if (!pages.has("index.html") || !pages.has("html/message-000001.html")) throw new Error(`what it asks for is not seen: ${asked.join(", ")}`);
      const foreign = asked.filter((url) => !url.startsWith(own));
      if (foreign.length || complaints.length) throw new Error(`asked for ${foreign.join(", ")}; ${complaints.join(" | ")}`);
    } finally {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  step("whoever turns away from proving who they are keeps the page as it was", async () => {
    mira.expected.push(/403.*\/privacy\/requests/);
    const over = { status: 403, contentType: "application/problem+json", body: JSON.stringify({ code: "step_up_required", message: "", field_errors: [], request_id: "over" }) };
    await page.route(/\/privacy\/requests\/prq_\w+\/links$/, (route) => route.fulfill(over), { times: 1 });
    await button("Download").click();
    const proof = page.getByRole("dialog", { name: "Is it you?" });
    await proof.waitFor();
    await button("Close", proof).click();
    await proof.waitFor({ state: "detached" });
    await until(() => button("Download").isEnabled(), "it can be tried again");
    if (await page.getByRole("alert").count()) throw new Error("who turned away is told off");
  });

  step("an export that somebody else asked for is theirs, and one of one's own is offered", async () => {
    await page.route(/\/privacy\/requests/, async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      const theirs = (one) => (one.kind === "export" ? { ...one, requested_by: "usr_somebody" } : one);
      await route.fulfill({ response, json: body.requests ? { ...body, requests: body.requests.map(theirs) } : theirs(body) });
    });
    // An owner may have it as well: whoever asked may have left.
    await go(`/privacy/${everything}`);
    await button("Download").waitFor();
    await page.route(/\/api\/v1\/me$/, async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      await route.fulfill({ response, json: { ...body, workspaces: body.workspaces.map((one) => ({ ...one, role: "manager" })) } });
    });
    await go(`/privacy/${everything}`);
    await page.getByText("only who asked for it (a former member) and the owners can download it").waitFor();
    await button("Ask for one of your own").waitFor();
    if (await button("Download").count()) throw new Error("somebody else's file is offered");
    await mira.state("export-theirs");
    await page.unrouteAll({ behavior: "ignoreErrors" });
  });

  step("a refusal says what to do", async () => {
    mira.expected.push(/40[349].*\/privacy\/requests/);
    const refuse = (status, code) => page.route(/\/links$/, (route) => route.fulfill({ status, contentType: "application/problem+json", body: JSON.stringify({ code, message: "", field_errors: [], request_id: "no" }) }), { times: 1 });
    await go(`/privacy/${everything}`);
    for (const [status, code, said] of [[403, "not_yours", "Ask for one of your own."], [409, "not_ready", "A mail says when it is ready."], [404, "not_found", "its seven days are over, or it was taken back"]]) {
      await refuse(status, code);
      await button("Download").click();
      await page.getByRole("alert").getByText(said).waitFor();
    }
    await mira.state("export-refused");
  });

  step("what is held of one fan is exported from the profile", async () => {
    mira.expected.push(/403.*\/privacy\/exports/);
    const { id: person } = await host.world("POST", "/people", { first_name: "Sage", last_name: "Orton", language_code: "en" });
    await host.world("POST", `/people/${person}/acts`, { bot: it.bot.username, act: "text", text: "what do you know about me?" });
    const found = async () => (await asPage(page, "GET", "/fans?query=sage")).fans[0]?.id;
    sage = await until(found, "the fan is listed", 40);
    await go(`/fans/${sage}`);
    await page.getByRole("heading", { name: "Sage Orton", level: 1 }).waitFor();
    await button("Export this fan").waitFor();
    await mira.state("fan-export");
    await button("Export this fan").click();
    await proving(page.getByText("It is ready. Until"));
    await row("Fans 1").waitFor({ timeout: 15_000 });
    const profile = page.getByRole("link", { name: "one fan: open profile" });
    if ((await profile.getAttribute("href")) !== `/fans/${sage}`) throw new Error("it is of somebody else");
  });

  step("when a fan is erased, exports that may hold them are taken back, and can be asked for again", async () => {
    mira.expected.push(/403.*\/privacy\/(erasures|exports)/);
    const own = id();
    await asPage(page, "POST", "/sessions/current/proofs", { password: PASSWORD });
    await asPage(page, "POST", "/privacy/erasures", { fan_id: sage });
    for (const one of [own, everything]) {
      const state = async () => (await asPage(page, "GET", `/privacy/requests/${one}`)).state;
      await until(async () => (await state()) === "withdrawn", "it is taken back", 40);
    }
    await go(`/privacy/${everything}`);
    await page.getByText("This export was taken back").waitFor();
    await page.getByRole("link", { expanded: true }).getByText("Withdrawn", { exact: true }).waitFor();
    if (await button("Download").count()) throw new Error("what was taken back is offered");
    await mira.state("export-withdrawn");
    await button("Ask again").click();
    await proving(page.getByText("It is ready. Until"));
    if (id() === everything) throw new Error("no other export began");
    await go("/privacy");
    await page.getByRole("link", { name: /Export .* Withdrawn/ }).nth(1).waitFor();
    await page.getByRole("link", { name: /Export .* Ready/ }).first().waitFor();
    await mira.state("exports");
  });
};
