// What a fan sends beside words: seen, heard and saved in the chat, and a reason where that cannot be.
import { deflateSync } from "node:zlib";
import { until } from "../host.mjs";

/** A picture of one colour, as PNG in base 64. */
function picture(width, height) {
  const table = Array.from({ length: 256 }, (_, n) => Array.from({ length: 8 }).reduce((c) => (c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1), n) >>> 0);
  const crc = (bytes) => (bytes.reduce((c, byte) => (table[(c ^ byte) & 255] ^ (c >>> 8)) >>> 0, 0xffffffff) ^ 0xffffffff) >>> 0;
  const number = (value) => Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
  const chunk = (name, body) => {
    const named = Buffer.concat([Buffer.from(name), body]);
    return Buffer.concat([number(body.length), named, number(crc(named))]);
  };
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 150)]);
  const header = Buffer.concat([number(width), number(height), Buffer.from([8, 2, 0, 0, 0])]);
  const lines = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  const parts = [chunk("IHDR", header), chunk("IDAT", lines), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...parts]).toString("base64");
}

/** How Ogg begins; enough to be told apart, not to be played. */
const OGG = Buffer.concat([Buffer.from("OggS\0"), Buffer.alloc(64)]).toString("base64");

export default (it) => {
  const { step, host, mira, page, button, go } = it;
  const log = page.getByRole("log");
  let fan;
  const acts = (body) => host.world("POST", `/people/${fan}/acts`, { bot: it.bot.username, ...body });
  const route = /\/conversations\/[^/]+\/media\/\d+$/;

  step("a fan's photo is seen where it was sent, and nothing moves when it comes", async () => {
    fan = (await host.world("POST", "/people", { first_name: "Pia", language_code: "en" })).id;
    await acts({ act: "text", text: "wait, I have a picture" });
    await go("/inbox?view=all");
    await page.getByRole("region", { name: "Conversations" }).getByRole("link", { name: /^Pia/ }).click({ timeout: 15_000 });
    await log.getByText("wait, I have a picture").waitFor({ timeout: 15_000 });
    let release;
    const held = new Promise((go) => (release = go));
    await page.route(route, async (call) => {
      await held;
      await call.continue();
    }, { times: 1 });
    await acts({ act: "photo", base64: picture(64, 64), caption: "my dog" });
    await log.getByText("my dog").waitFor({ timeout: 15_000 });
    await log.locator('[data-media="loading"]').waitFor();
    await mira.state("media-loading");
    const before = await log.locator(".frame").last().boundingBox();
    release();
    const photo = log.getByRole("img", { name: "Photo from Pia" });
    await until(() => photo.evaluate((img) => img.complete && img.naturalWidth === 64), "the photo is drawn");
    const after = await log.locator(".frame").last().boundingBox();
    if (before.width !== after.width || before.height !== after.height) throw new Error(`the frame moved: ${JSON.stringify([before, after])}`);
    if (!(await photo.getAttribute("src")).startsWith("blob:")) throw new Error("the photo is no blob");
    await mira.state("media-photo");
  });

  step("it is opened large by keyboard, and closed to where one was", async () => {
    const opener = log.getByRole("button", { name: "Photo from Pia" });
    await opener.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Photo from Pia" });
    await dialog.getByRole("img").waitFor();
    await mira.state("media-large");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    if (!(await opener.evaluate((it) => it === document.activeElement))) throw new Error("focus went elsewhere");
  });

  step("a voice message is fetched when it is asked for, a file is saved", async () => {
    await acts({ act: "voice", base64: OGG, duration: 3 });
    const play = log.getByRole("button", { name: "Play: Voice message from Pia" });
    await play.waitFor({ timeout: 15_000 });
    await acts({ act: "document", base64: Buffer.from("a few words").toString("base64"), name: "words.txt", mime: "text/plain" });
    const save = log.getByRole("button", { name: "Save words.txt" });
    await save.waitFor({ timeout: 15_000 });
    await mira.state("media-asked");
    const [file] = await Promise.all([page.waitForEvent("download"), save.click()]);
    if (file.suggestedFilename() !== "words.txt") throw new Error(file.suggestedFilename());
    const asked = page.waitForResponse((one) => route.test(new URL(one.url()).pathname));
    await play.click();
    const answer = await asked;
    if (answer.headers()["content-type"] !== "audio/ogg") throw new Error(answer.headers()["content-type"]);
    // What is no sound to a browser is said to be none, at the latest when it is played.
    await log.locator("audio").or(log.getByText("This cannot be shown here.")).first().waitFor();
  });

  step("what is too large or does not come says why, and what to do", async () => {
    mira.expected.push(/503.*\/media\//);
    await acts({ act: "video", size: 21 * 1024 * 1024 });
    await log.getByText(/larger than 4 MB is seen in Telegram only/).waitFor({ timeout: 15_000 });
    await host.world("POST", "/faults", { method: "getFile", fault: { kind: "server_error" } });
    await acts({ act: "photo", base64: picture(32, 32), caption: "and the cat" });
    await log.getByText("Telegram does not answer.").waitFor({ timeout: 15_000 });
    await mira.state("media-failed");
    await host.world("DELETE", "/faults");
    await button("Try again", log).click();
    await until(async () => (await log.getByRole("img", { name: "Photo from Pia" }).count()) === 2, "the second photo");
  });
};
