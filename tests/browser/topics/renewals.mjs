// A plan whose renewal fails, is paid after all, and is changed on Stripe's page. The host's clock goes on by a month, after
// which nobody's session is left: so this comes last, with a creator of its own.
import { until } from "../host.mjs";
import { logIn, person } from "../people.mjs";
import { shopOf } from "../shop.mjs";
import { Watched } from "../watch.mjs";

/** A month and the hour that a bill is a draft, with some to spare; less than the grace after it. */
const LATER = 33 * 86_400;
const WHO = { name: "Ruth Lind", email: "ruth@example.com" };

export default (it) => {
  const { step, host, chromium, origin, mira, page: first, PASSWORD } = it;
  let ruth, shop, ask;
  const standing = (word) => until(async () => (await ask("GET", "/billing")).standing === word, `the plan is ${word}`, 60);
  /** Presses a button of a form of Stripe's, which shows the same page again. */
  async function press(name) {
    const again = ruth.page.waitForEvent("framenavigated");
    await ruth.page.getByRole("button", { name }).click();
    await again;
  }
  const shows = (words) => ruth.page.getByText(words).first().waitFor({ timeout: 15_000 });

  async function enters() {
    const { page } = ruth;
    await page.goto(`${origin}/login`);
    await page.getByLabel("Email").fill(WHO.email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in", exact: true }).click();
    await page.waitForURL((url) => url.pathname !== "/login");
    await page.goto(`${origin}/billing`);
    ask = await logIn(host, WHO.email, PASSWORD);
  }

  step("a plan is bought with a card that will not pay a second time", async () => {
    // What asks from time to time is told late that its session was ended, or would be told soon.
    mira.expected.push(/401/);
    await first.goto("about:blank");
    const { ask: begins } = await person(host, WHO.name, WHO.email, PASSWORD);
    await begins("POST", "/workspaces", { name: WHO.name });
    ruth = await Watched.open(chromium, origin);
    ruth.expected.push(/401/);
    shop = shopOf(ruth, origin);
    await enters();
    await shop.order("Creator");
    await shop.pay("Pay with a card that fails from the next charge on");
    ruth.verify();
  });

  step("a renewal that fails is told by a mail and on the page, and nothing stops yet", async () => {
    await ruth.page.goto("about:blank");
    ruth.expected.push(/401/);
    await host.control("PUT", "/clock", { advance_seconds: LATER });
    await enters();
    await standing("grace");
    await until(async () => (await host.control("GET", "/mail")).some((mail) => JSON.stringify(mail).includes(WHO.email) && /The payment of EUR 29\.00 failed/.test(mail.text)), "a mail says so", 30);
    await ruth.page.goto(`${origin}/billing`);
    await ruth.page.getByText("Payment failed", { exact: true }).waitFor({ timeout: 15_000 });
    await shows("A payment failed. Until");
    await ruth.page.getByRole("cell", { name: "To be paid", exact: true }).waitFor();
    // The mail is among those that are listed.
    await ruth.page.getByRole("table", { name: "Mails about the plan" }).getByRole("row", { name: /A payment did not go through/ }).first().waitFor();
    if (await ruth.page.getByText(/[{}]/).count()) throw new Error("a value is missing in a sentence");
    await ruth.state("billing-grace");
    ruth.verify();
  });

  step("what is open is paid with another card at Stripe, and the plan is paid again", async () => {
    const { page } = ruth;
    await shop.portal("Payment and invoices at Stripe", async () => {
      await press("Use a card that works");
      await press("Pay what is open");
    });
    await standing("active");
    await page.goto(`${origin}/billing`);
    await page.getByText("Paid", { exact: true }).first().waitFor({ timeout: 15_000 });
    await shows("it renews then for");
    if (await page.getByRole("cell", { name: "To be paid", exact: true }).count()) throw new Error("something is open still");
    ruth.verify();
  });

  step("another plan is chosen at Stripe, and is the one that the page shows", async () => {
    const { page } = ruth;
    await shop.portal("Change the plan", async () => {
      await press(/^Change to Sofi Studio: .*month/);
      await page.getByRole("button", { name: /^Change to Sofi Creator: .*month/ }).waitFor();
    });
    await until(async () => (await ask("GET", "/billing")).plan === "studio", "the plan is changed", 60);
    await page.goto(`${origin}/billing`);
    await page.getByRole("heading", { name: "Studio", level: 2 }).waitFor({ timeout: 15_000 });
    await ruth.state("billing-changed");
    ruth.verify();
    await ruth.context.close();
  });
};
