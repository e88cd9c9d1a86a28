// A plan is bought on Stripe's page, kept, cancelled and taken back; Stripe does not answer; who may not change it reads.
import { until } from "../host.mjs";
import { asPage } from "../people.mjs";
import { shopOf } from "../shop.mjs";

export default (it) => {
  const { step, host, mira, page, origin, visible, button, go } = it;
  const billing = () => asPage(page, "GET", "/billing");
  const stripe = (method, path, body) => host.control(method, `/stripe${path}`, body);
  const lasting = { timeout: 30_000 };
  const { atStripe, order, pay, portal } = shopOf(mira, origin);

  step("whoever tries sees until when, what is used, and what there is to buy", async () => {
    await go("/billing");
    await page.getByRole("heading", { name: "Plan and billing", level: 1 }).waitFor();
    await visible("You try everything until");
    if (await page.getByText(/[{}]/).count()) throw new Error("a value is missing in a sentence");
    await page.getByRole("meter", { name: "Bots", exact: true }).waitFor();
    await page.getByRole("meter", { name: "Messages of Sofi this month" }).waitFor();
    await visible("No invoice yet.");
    await visible("No mail about the plan yet.");
    // Where the way leads, and that Stripe may read the device, is said before (P11).
    const policy = page.getByRole("link", { name: "Stripe’s privacy policy" });
    if ((await policy.getAttribute("href")) !== "https://stripe.com/privacy") throw new Error("another policy");
    // Which standard for cards Stripe meets has its source (P12).
    await page.getByRole("link", { name: "what Stripe says of it" }).waitFor();
    if (await button("Continue to Stripe").isEnabled()) throw new Error("nothing was accepted");
    await page.getByRole("link", { name: "Acceptable use", exact: true }).waitFor();
    await mira.state("billing-trial");
  });

  step("no page has a field for a card or a script of Stripe's (P10)", async () => {
    const cards = await page.locator("input[autocomplete^='cc-'], input[name*='card' i], iframe, script[src*='stripe']").count();
    if (cards) throw new Error(`${cards} places for a card`);
    if (atStripe()) throw new Error("Stripe was asked without a click");
  });

  step("when Stripe does not answer the page says so, and stands", async () => {
    mira.expected.push(/503.*\/billing\/checkouts/);
    const down = await stripe("POST", "/faults", { path: "/v1/", fault: { kind: "server_error", status: 503 } });
    await page.getByRole("checkbox", { name: /I accept the terms/ }).check();
    await page.getByRole("checkbox", { name: /begins at once/ }).check();
    await button("Continue to Stripe").click();
    await page.getByRole("alert").getByText(/Stripe does not answer/).waitFor(lasting);
    await visible("You try everything until");
    await mira.state("billing-stripe-down");
    await stripe("DELETE", `/faults/${down.id}`);
  });

  step("a card that is declined buys nothing, and another one buys the plan", async () => {
    await go("/billing");
    await order("Creator");
    await page.getByRole("button", { name: "Pay with a card that is declined" }).click();
    await page.getByRole("alert").waitFor(lasting);
    if ((await fetchBilling()).subscription) throw new Error("it was bought");
    await pay("Pay");
    await page.getByRole("heading", { name: "Creator", level: 2 }).waitFor();
    await visible("it renews then for");
    await page.getByRole("cell", { name: "€29.00" }).waitFor(lasting);
    // What was told of it by mail is listed, and that it was sent.
    await until(async () => (await billing()).mails.some((mail) => mail.what === "receipt" && mail.state === "sent"), "the receipt is sent", 30);
    await go("/billing");
    const told = page.getByRole("table", { name: "Mails about the plan" });
    await told.getByRole("row", { name: /Receipt .* Sent$/ }).waitFor();
    await mira.state("billing-paid");
  });
  /** From outside the page, which stands at Stripe at the moment. */
  async function fetchBilling() {
    const cookies = await mira.context.cookies(origin);
    const cookie = cookies.map((one) => `${one.name}=${one.value}`).join("; ");
    const answer = await fetch(`${origin}/api/v1/billing`, { headers: { cookie } });
    return answer.json();
  }

  step("Stripe's page about payment opens, and leads back", async () => {
    await portal("Payment and invoices at Stripe");
    await visible("it renews then for");
  });

  step("the plan is cancelled in two clicks, and kept after all", async () => {
    await button("Cancel").click();
    const dialog = page.getByRole("dialog", { name: "Cancel" });
    await dialog.getByText("then the plan ends and nothing more is charged").waitFor();
    await mira.state("billing-cancel");
    await button("Cancel the plan", dialog).click();
    await dialog.waitFor({ state: "detached" });
    await visible("The plan is cancelled and ends on");
    await mira.state("billing-cancelled");
    await until(async () => (await billing()).subscription?.cancelled, "it is cancelled", 30);
    await button("Keep the plan").click();
    await visible("it renews then for");
  });

  step("while a bank decides on a payment nothing is sold, and no sum is said to come back", async () => {
    await page.route(/\/api\/v1\/billing$/, async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      await route.fulfill({ response, json: { ...body, standing: "lapsed", lapse: "disputed", plan: null, until: null, subscription: null } });
    });
    await go("/billing");
    await visible("Your bank is taking a payment back.");
    await page.getByText("Held", { exact: true }).waitFor();
    if (await button("Continue to Stripe").count()) throw new Error("it is sold");
    await mira.state("billing-disputed");
    await button("Withdraw from contract here").click();
    const dialog = page.getByRole("dialog", { name: "Withdraw from contract here" });
    await dialog.getByText("Your bank decides on a payment of yours").waitFor();
    if (await dialog.getByText("€").count()) throw new Error("a sum is named");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await go("/billing");
    await visible("it renews then for");
  });

  step("the contract is withdrawn from with a confirmation, and a mail says so", async () => {
    await button("Withdraw from contract here").click();
    const dialog = page.getByRole("dialog", { name: "Withdraw from contract here" });
    await dialog.getByText("The plan ends at once and you get €29.00 back").waitFor();
    await mira.state("billing-withdraw");
    await button("Confirm withdrawal", dialog).click();
    await dialog.waitFor({ state: "detached" });
    await visible("You try everything until");
    await until(async () => (await host.control("GET", "/mail")).some((mail) => /your withdrawal/.test(mail.text)), "a mail confirms it", 30);
    await mira.state("billing-withdrawn");
  });

  step("who may not change the plan reads it, and a failure says what to do", async () => {
    await page.route(/\/workspace\/roles$/, async (route) => {
      const response = await route.fetch();
      const body = await response.json();
      const rights = body.rights.filter((one) => one.right !== "manage_billing");
      await route.fulfill({ response, json: { ...body, rights } });
    });
    await go("/billing");
    await visible("Only an owner can buy, change or cancel a plan.");
    if (await button("Continue to Stripe").count()) throw new Error("it is offered");
    await mira.state("billing-manager");
    await page.unrouteAll({ behavior: "ignoreErrors" });
    mira.expected.push(/503.*\/api\/v1\/billing$/);
    await page.route(/\/api\/v1\/billing$/, (route) => route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify({ code: "unavailable", message: "", field_errors: [], request_id: "held" }) }), { times: 1 });
    await go("/billing");
    await page.getByRole("alert").waitFor();
    await mira.state("billing-failed");
    await button("Try again").click();
    await visible("You try everything until");
  });
};
