// Plan and billing, without the page.
import type { Schemas } from "../api/client";

export type Billing = Schemas["Billing"];
export type Offer = Schemas["OfferOut"];
export type Interval = Schemas["Interval"];
export type Processor = Schemas["ProcessorOut"];
export type Usage = Schemas["PlanUsageOut"];

/** A sum in the smallest unit of its currency, as the reader writes money. */
export function price(amount: number, currency: string | null | undefined, locale: string): string {
  const how = { style: "currency", currency: (currency ?? "eur").toUpperCase() } as const;
  const digits = new Intl.NumberFormat(locale, how).resolvedOptions().maximumFractionDigits ?? 2;
  return new Intl.NumberFormat(locale, how).format(amount / 10 ** digits);
}

/** How far a bar reaches, in whole percent: more than there may be is a full one. */
export const share = (of: Usage): number => (of.allowed <= 0 ? 100 : Math.min(100, Math.round((of.used / of.allowed) * 100)));

/** How a bar looks. */
export const mark = (of: Usage): "full" | "near" | "" => (of.used >= of.allowed ? "full" : of.used * 5 >= of.allowed * 4 ? "near" : "");

/** What an interval of an offer costs. */
export const cost = (offer: Offer, interval: Interval): Schemas["PriceOut"] | undefined => offer.prices.find((one) => one.interval === interval);

/** How a workspace stands, as far as the dates of its plan go. */
type Dates = Pick<Billing, "standing" | "until" | "subscription">;

/** Until when the plan is paid: the period that runs while a payment is owed is not. */
export const paidUntil = (of: Dates): string | null => (of.standing === "active" ? (of.subscription?.paid_until ?? null) : null);

/** Until when everything works once the plan is cancelled: a payment that is owed ends that with its grace. */
export const worksUntil = (of: Dates): string | null => (of.standing === "grace" ? of.until : of.subscription?.paid_until) ?? null;

/** The word of the plan that heads the page: of a plan that was had and is over only that it was one. */
export const heading = (of: Pick<Billing, "plan" | "lapse" | "subscription">): string =>
  of.plan ?? of.subscription?.plan ?? (of.lapse && of.lapse !== "trial_over" ? "none" : "trial");

/** The word for how a workspace stands: while a bank decides, it is not that nothing was paid. */
export const standingWord = (of: Pick<Billing, "standing" | "lapse">): string => (of.lapse === "disputed" ? "disputed" : of.standing);

/** Whether a plan can be bought: beside one that lasts none can, and while a bank decides on a payment it would give nothing. */
export const canBuy = (of: Pick<Billing, "subscription" | "lapse">): boolean => !of.subscription && of.lapse !== "disputed";

/** How far an invoice is for its reader: an open one of a contract that is over is not to be paid any more. */
export const stands = (status: string, isRunning: boolean): string => (status === "open" && !isRunning ? "over" : status);

/** What is said of a part of an invoice that came back. */
type Part = { word: "invoices.credited" | "invoices.returned"; sum: number };

/** What of an invoice came back, and what was credited instead. That all of it did is its word already. */
export function cameBack(of: Pick<Schemas["InvoiceOut"], "status" | "total" | "returned" | "credited">): Part[] {
  const isSaid = of.status === "refunded" && of.returned >= of.total;
  const returned: Part = { word: "invoices.returned", sum: isSaid ? 0 : of.returned };
  return [returned, { word: "invoices.credited" as const, sum: of.credited }].filter(({ sum }) => sum > 0);
}

/** What is said of a withdrawal. */
type Said = { word: "withdraw.disputed" | "withdraw.done" | "withdraw.owed" | "withdraw.owed_disputed"; sum: number; disputed: number };

/** What is said of a withdrawal: money that a person of ours gives back, or that a bank decides on, is not said to be on its way. */
export const withdrawn = ({ refunded, owed, disputed }: Schemas["WithdrawnOut"]): Said => {
  if (owed > 0) return { word: disputed > 0 ? "withdraw.owed_disputed" : "withdraw.owed", sum: owed, disputed };
  return disputed > 0 ? { word: "withdraw.disputed", sum: disputed, disputed } : { word: "withdraw.done", sum: refunded, disputed };
};

/** Only Stripe's pages, and on a laptop those of its stand-in, are gone to. */
export function isStripes(address: string, here: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url) return false;
  const isLaptop = ["localhost", "127.0.0.1"].includes(new URL(here).hostname);
  if (isLaptop && ["localhost", "127.0.0.1"].includes(url.hostname)) return true;
  return url.protocol === "https:" && /(^|\.)stripe\.com$/.test(url.hostname);
}
