// The language in which numbers and moments are written. Who reads it writes anew when it changes.
let language = $state("en");

export const locale = (): string => language;
export const setLocale = (value: string): void => void (language = value);
