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
  const { session_token } = await ask(host, "", "POST", "/sessions", { email, password });
  return { name, email, ask: (method, path, body) => ask(host, session_token, method, path, body) };
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
