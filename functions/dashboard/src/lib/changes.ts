// What an audit entry changed, field by field.

export interface Change {
  field: string;
  from: string;
  to: string;
}

/** The fields whose value differs; a value that is no object is one field without a name. */
export function changes(old: unknown, now: unknown): Change[] {
  if (!isObject(old) && !isObject(now)) return old === now ? [] : [{ field: "", from: text(old), to: text(now) }];
  const [before, after] = [isObject(old) ? old : {}, isObject(now) ? now : {}];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, from: text(before[field]), to: text(after[field]) }))
    .filter((one) => one.from !== one.to);
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (value === undefined || value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));
