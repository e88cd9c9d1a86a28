// Colleagues: they sign up and act by the API, beside the person who is looked at.
import { until } from "./host.mjs";

/** Asks the API; with a token as a program does. */
export async function ask(host, token, method, path, body) {
  const headers = { ...(body && { "content-type": "application/json" }), ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(`${host.url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

/** A new login of somebody: how they ask from now on. */
export async function logIn(host, email, password) {
  const { session_token } = await ask(host, "", "POST", "/sessions", { email, password });
  return (method, path, body) => ask(host, session_token, method, path, body);
}

/** Somebody with an account and a session, and no workspace yet. */
export async function person(host, name, email, password) {
  const before = await host.code();
  const accepted = await Promise.all(["terms", "privacy"].map(async (document) => {
    const { version, sha256 } = await ask(host, "", "GET", `/documents/${document}`);
    return { document, version, sha256 };
  }));
  const { registration_id } = await ask(host, "", "POST", "/registrations", { name, email, password, adult_attested: true, accepted });
  const code = await until(async () => ((await host.code()) !== before ? host.code() : null), "a mail with a code");
  await ask(host, "", "POST", `/registrations/${registration_id}/verifications`, { code });
  return { name, email, ask: await logIn(host, email, password) };
}

/** Somebody with a workspace of their own that may have bots. */
export async function owner(host, name, email, password) {
  const who = await person(host, name, email, password);
  await who.ask("POST", "/workspaces", { name: `${name} Studio` });
  const { version, sha256 } = await ask(host, "", "GET", "/documents/dpa");
  await who.ask("POST", "/agreements", { document: "dpa", version, sha256 });
  return who;
}

/** The token of the newest invitation that was mailed to this address. */
export const invitation = (host, email) =>
  until(async () => {
    const mails = (await host.control("GET", "/mail")).filter((mail) => JSON.stringify(mail).includes(email));
    return mails.map((mail) => /\/invitation#([^\s"]+)/.exec(mail.text)?.[1]).filter(Boolean).at(-1);
  }, "an invitation by mail");

/** What a page asks for its own person, in words of the API. */
export const asPage = (page, method, path, body) =>
  page.evaluate(async ([method, path, body]) => {
    const headers = { "x-sofi-csrf": "1", ...(body && { "content-type": "application/json" }) };
    const answer = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }, [method, path, body]);

/** A draft may go while the page asks for it. */
export const DRAFT_GONE = /404.*\/draft/;

/** A fan who writes, and whose chat is then open on the page. */
export async function chatWith(it, first_name, text) {
  const { id } = await it.host.world("POST", "/people", { first_name, language_code: "en" });
  const acts = (body) => it.host.world("POST", `/people/${id}/acts`, { bot: it.bot.username, ...body });
  await acts({ act: "text", text });
  await it.go("/inbox?view=all");
  await it.page.getByRole("region", { name: "Conversations" }).getByRole("link", { name: new RegExp(`^${first_name}`) }).click({ timeout: 15_000 });
  await it.page.getByRole("log").getByText(text).first().waitFor({ timeout: 15_000 });
  const received = async () => (await it.host.world("GET", `/bots/${it.bot.username}/chats/${id}`)).messages.filter((entry) => entry.from_bot).map((entry) => entry.message.text);
  return { id, acts, received, conversation: new URL(it.page.url()).pathname.split("/").pop() };
}

/** What Sofi does for the bot of the page's person. */
export async function setMode(page, mode) {
  const [bot] = (await asPage(page, "GET", "/bots")).bots;
  await asPage(page, "PUT", `/bots/${bot.id}/sofi`, { mode });
}
