// Files made in the browser. A link to the API could not say which workspace is meant.

/** A name that somebody else chose, as a name of a file: no folder, no sign that hides or turns letters, not too long. */
export const plainName = (name: string): string => name.replace(/[\p{Cc}\p{Cf}/\\:]/gu, "").slice(0, 120);

export function download(name: string, type: string, parts: BlobPart[]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = plainName(name);
  link.click();
  // The browser reads it after this.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
