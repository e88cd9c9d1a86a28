// The browser's side of passkeys.

/** Browsers know passkeys for names only: on a laptop that is `localhost`, not `127.0.0.1`. */
export const passkeysWork = (): boolean =>
  "PublicKeyCredential" in globalThis &&
  "parseRequestOptionsFromJSON" in PublicKeyCredential &&
  !/^[\d.]+$|^\[/.test(location.hostname);

type Json = Record<string, never>;
const json = (credential: Credential | null): Json | null =>
  credential instanceof PublicKeyCredential ? (credential.toJSON() as unknown as Json) : null;

/** Asks for a passkey that exists; null when the person turned away. */
export async function usePasskey(options: unknown): Promise<Json | null> {
  try {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON);
    return json(await navigator.credentials.get({ publicKey }));
  } catch {
    return null;
  }
}

/** Makes a passkey; null when the person turned away. */
export async function makePasskey(options: unknown): Promise<Json | null> {
  try {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON);
    return json(await navigator.credentials.create({ publicKey }));
  } catch {
    return null;
  }
}
