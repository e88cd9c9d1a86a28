// Starts the product on this machine and acts as the world around it: Telegram, the mailbox, the AI's vendors.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const ROOT = resolve(import.meta.dirname, "../..");

/** Asks until the answer is truthy. */
export async function until(look, what, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`never came true: ${what}`);
    await new Promise((go) => setTimeout(go, 50));
  }
}

export class Host {
  /** With further flags; `--seed` takes minutes. */
  static async start(flags = [], seconds = 30) {
    const host = new Host();
    host.folder = mkdtempSync(join(tmpdir(), "sofi-browser-"));
    const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
    const usual = ["--port", "0", "--no-build", "--demo-ai", "--data", join(host.folder, "state")];
    host.process = spawn(join(target, "debug/local"), [...usual, ...flags], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    host.process.stdout.on("data", (text) => (said += text));
    const found = await until(() => /Dashboard\s+(http:\S+?)\/?\s/.exec(said), "the host starts");
    if (flags.includes("--seed")) await until(() => said.includes("The demo creator:"), "the demo creator", seconds);
    host.url = found[1];
    host.telegram = (await host.control("GET", "/status")).telegram_url;
    return host;
  }
  async stop() {
    this.process.kill("SIGTERM");
    await new Promise((done) => this.process.once("exit", done));
    rmSync(this.folder, { recursive: true, force: true });
  }
  async #json(method, url, body) {
    const answer = await fetch(url, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
  control(method, path, body) {
    return this.#json(method, `${this.url}/__local${path}`, body);
  }
  world(method, path, body) {
    return this.#json(method, `${this.telegram}/__control${path}`, body);
  }
  /** The newest code that was mailed. */
  async code() {
    const mails = await this.control("GET", "/mail");
    return mails.map((mail) => /\b\d{8}\b/.exec(mail.text)?.[0]).filter(Boolean).at(-1);
  }
  async link(pattern) {
    const mails = await this.control("GET", "/mail");
    return mails.map((mail) => pattern.exec(mail.text)?.[0]).filter(Boolean).at(-1);
  }
}
