// The browser's side of passkeys.
import type { Outcome } from "../api/client";

/** Browsers know passkeys for names only: on a laptop that is `localhost`, not `127.0.0.1`. */
export const passkeysWork = (): boolean =>
  "PublicKeyCredential" in globalThis &&
  "parseRequestOptionsFromJSON" in PublicKeyCredential &&
  !/^[\d.]+$|^\[/.test(location.hostname);

type Json = Record<string, never>;
type Made = Outcome<Json | null>;

/** Asks for a passkey that exists; null when the person turned away. */
export const usePasskey = (options: unknown): Promise<Made> =>
  asked(() => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(inner(options)) }));

/** Makes a passkey; null when the person turned away. */
export const makePasskey = (options: unknown): Promise<Made> =>
  asked(() => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(inner(options)) }));

/** The API gives what the browser's functions take; their parsers want what is in it. */
function inner<T>(options: unknown): T {
  return (options as { publicKey: T }).publicKey;
}
async function asked(call: () => Promise<Credential | null>): Promise<Made> {
  try {
    const credential = await call();
    return { ok: true, status: 200, data: credential instanceof PublicKeyCredential ? (credential.toJSON() as unknown as Json) : null };
  } catch (error) {
    // A browser does not tell "no" from "too late".
    const turnedAway = error instanceof DOMException && (error.name === "NotAllowedError" || error.name === "AbortError");
    if (turnedAway) return { ok: true, status: 200, data: null };
    const known = error instanceof DOMException && error.name === "InvalidStateError";
    return { ok: false, trouble: { code: known ? "passkey_known" : "passkey_failed", message: "", fields: [], reference: null, status: 0 } };
  }
}
