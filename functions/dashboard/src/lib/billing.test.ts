import { expect, it } from "vitest";
import { BILLING } from "../i18n/billing";
import { cameBack, canBuy, cost, heading, isStripes, mark, paidUntil, price, share, standingWord, stands, withdrawn, worksUntil, type Billing, type Offer, type Usage } from "./billing";

const usage = (used: number, allowed: number): Usage => ({ meter: "bots", used, allowed });

it("money is written as the reader writes it", () => {
  expect(price(2_900, "eur", "en-US")).toBe("€29.00");
  expect(price(2_900, "eur", "de-DE").replace(/\s/, " ")).toBe("29,00 €");
  expect(price(2_900, "jpy", "en-US")).toBe("¥2,900");
});

it("a bar is near its end from four fifths on, and full also when there is more than there may be", () => {
  expect([usage(3, 5), usage(4, 5), usage(5, 5), usage(9, 5)].map(mark)).toEqual(["", "near", "full", "full"]);
  expect([usage(1, 4), usage(9, 5), usage(0, 0)].map(share)).toEqual([25, 100, 100]);
});

it("an offer has a price for each interval that it is sold in", () => {
  const offer: Offer = { plan: "studio", name: "Studio", prices: [{ interval: "month", amount: 9_900, currency: "eur" }], entitlements: { bots: 1, seats: 1, fans: 1, ai_messages: 1 } };
  expect(cost(offer, "month")?.amount).toBe(9_900);
  expect(cost(offer, "year")).toBeUndefined();
});

it("a period that is owed is not said to be paid, and nothing to work beyond its grace", () => {
  const [grace, end] = ["2026-12-14T00:00:00Z", "2026-12-30T00:00:00Z"];
  const of = (standing: Billing["standing"], until: string | null) => ({
    standing,
    until,
    subscription: { plan: "studio" as const, interval: "month" as const, status: "x", cancelled: false, paid_until: end },
  });
  const [paid, owed] = [of("active", null), of("grace", grace)];
  expect([paidUntil(paid), paidUntil(owed), paidUntil(of("lapsed", null))]).toEqual([end, null, null]);
  expect([worksUntil(paid), worksUntil(owed)]).toEqual([end, grace]);
});

it("a page of somebody who had a plan is not headed as a trial", () => {
  const of = (plan: Offer["plan"] | null, lapse: NonNullable<Billing["lapse"]> | null) => heading({ plan, lapse, subscription: null });
  expect([of("trial", null), of("studio", null), of(null, "trial_over")]).toEqual(["trial", "studio", "trial"]);
  expect([of(null, "unpaid"), of(null, "ended"), of(null, "disputed")]).toEqual(["none", "none", "none"]);
});

it("an open bill is offered for payment only while its contract lasts", () => {
  expect([stands("open", true), stands("open", false)]).toEqual(["open", "over"]);
  expect([stands("paid", false), stands("void", false), stands("refunded", false)]).toEqual(["paid", "void", "refunded"]);
});

it("an invoice says what of it came back and what was only credited, and of one that came back whole its word says enough", () => {
  const of = (status: string, returned: number, credited: number) => cameBack({ status, total: 2_900, returned, credited });
  expect(of("paid", 0, 0)).toEqual([]);
  expect(of("paid", 900, 500)).toEqual([{ word: "invoices.returned", sum: 900 }, { word: "invoices.credited", sum: 500 }]);
  expect(of("refunded", 2_900, 0)).toEqual([]);
  // Credit had paid the rest, and is no money that came back.
  expect(of("refunded", 700, 0)).toEqual([{ word: "invoices.returned", sum: 700 }]);
  for (const words of Object.values(BILLING)) for (const { word } of of("paid", 900, 500)) expect(words[word]).toContain("{sum}");
});

it("what Stripe refused to give back is not said to be on its way", () => {
  const of = (refunded: number, owed: number, disputed: number) => withdrawn({ refunded, owed, disputed, currency: "eur" });
  expect(of(2_900, 0, 0)).toEqual({ word: "withdraw.done", sum: 2_900, disputed: 0 });
  expect(of(700, 2_900, 0)).toEqual({ word: "withdraw.owed", sum: 2_900, disputed: 0 });
  expect(of(700, 0, 2_900)).toEqual({ word: "withdraw.disputed", sum: 2_900, disputed: 2_900 });
  expect(of(700, 900, 2_000)).toEqual({ word: "withdraw.owed_disputed", sum: 900, disputed: 2_000 });
  for (const words of Object.values(BILLING)) expect(words["withdraw.owed_disputed"]).toMatch(/\{price\}.*\{disputed\}/);
});

it("while a bank decides on a payment nothing is sold, and it is not said that nothing was paid", () => {
  type Bought = NonNullable<Billing["subscription"]>;
  const of = (lapse: NonNullable<Billing["lapse"]> | null, subscription: Bought | null) => ({ standing: "lapsed" as const, lapse, subscription });
  const runs: Bought = { plan: "studio", interval: "month", status: "active", cancelled: false };
  expect([of("disputed", null), of("disputed", runs)].map(standingWord)).toEqual(["disputed", "disputed"]);
  expect(standingWord(of("ended", null))).toBe("lapsed");
  expect([of("disputed", null), of("disputed", runs), of("ended", null), of(null, runs)].map(canBuy)).toEqual([false, false, true, false]);
  for (const words of Object.values(BILLING)) expect(words["standing.disputed"]).not.toBe(words["standing.lapsed"]);
});

it("nobody is sent elsewhere than to Stripe, and on a laptop to its stand-in", () => {
  const site = "https://app.example.com";
  expect(isStripes("https://checkout.stripe.com/c/pay/cs_1", site)).toBe(true);
  for (const address of ["https://stripe.com.example.com/", "http://checkout.stripe.com/", "javascript:alert(1)", "/billing", "http://127.0.0.1:8791/c/pay/cs_1"]) {
    expect([address, isStripes(address, site)]).toEqual([address, false]);
  }
  expect(isStripes("http://127.0.0.1:8791/c/pay/cs_1", "http://127.0.0.1:8080")).toBe(true);
});

it("every mail about the plan, and what became of it, has words of its own", () => {
  const words: Record<string, string> = BILLING.en;
  const of = (prefix: string) => Object.keys(words).filter((key) => key.startsWith(`${prefix}.`));
  const told = ["action_required", "cancellation_receipt", "cancellation_undone", "payment_failed", "payment_returned", "plan_ended", "quota_near", "receipt", "refund_made", "refunded_by_bank", "renewal_notice", "trial_ending", "withdrawal_declared", "withdrawal_disputed", "withdrawal_owed", "withdrawal_passed_on", "withdrawal_receipt"];
  expect(of("mails.what")).toEqual(told.map((what) => `mails.what.${what}`));
  expect(of("mails.state")).toEqual(["not_sent", "returned", "sent", "unsure", "waiting"].map((state) => `mails.state.${state}`));
  expect(new Set(of("mails.what").map((key) => words[key])).size).toBe(told.length);
});

it("every word of the page is there in both languages", () => {
  expect(Object.keys(BILLING.de).sort()).toEqual(Object.keys(BILLING.en).sort());
});
