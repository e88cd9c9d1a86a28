// Buying on Stripe's pages: the way there, and that nothing is asked of Stripe without a click.

const LASTING = { timeout: 30_000 };

/** For one person who is watched. */
export function shopOf(who, origin) {
  const { page } = who;
  let shop;
  /** Stripe's pages are the one other origin that a page leads to, and only after a click. */
  function atStripe() {
    const foreign = who.troubles.filter((one) => one.startsWith("foreign: "));
    const elsewhere = foreign.filter((one) => !one.startsWith(`foreign: ${shop}/`));
    if (elsewhere.length) throw new Error(`asked elsewhere: ${elsewhere.join(", ")}`);
    who.troubles = who.troubles.filter((one) => !foreign.includes(one));
    return foreign.length;
  }
  /** Waits for a page of Stripe's. */
  async function arrives(path) {
    // The stand-in's page of a declined card, and the icon that it has none of.
    who.expected.push(/402/, /404.*favicon/);
    await page.waitForURL(path, LASTING);
    shop = new URL(page.url()).origin;
    await page.getByText("no money moves").first().waitFor();
  }
  /** Chooses a plan and goes to Stripe. */
  async function order(name) {
    await page.getByRole("radio", { name: new RegExp(`^${name}`) }).check();
    await page.getByRole("checkbox", { name: /I accept the terms/ }).check();
    await page.getByRole("checkbox", { name: /begins at once/ }).check();
    await page.getByRole("button", { name: "Continue to Stripe", exact: true }).click();
    await arrives(/\/c\/pay\//);
  }
  /** Pays on Stripe's page and comes back to a plan that is paid. */
  async function pay(button) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await page.waitForURL((url) => url.origin === origin, LASTING);
    await page.getByText("Paid", { exact: true }).first().waitFor(LASTING);
    atStripe();
  }
  /** Opens Stripe's page about payment, and goes back from there after something was done. */
  async function portal(button, does) {
    // Who is led there was told before what Stripe may read (P11).
    await page.getByRole("link", { name: "Stripe’s privacy policy" }).waitFor();
    await page.getByRole("button", { name: button, exact: true }).click();
    await arrives(/\/p\/session\//);
    await does?.();
    await page.getByRole("button", { name: "Back", exact: true }).click();
    await page.waitForURL((url) => url.origin === origin, LASTING);
    atStripe();
  }
  return { atStripe, order, pay, portal };
}
