// Keyboard: which combination an event is, and whether the person is writing.

/** "mod+k", "shift+?", "j". Mod is Control, and Command on a Mac. */
export function combination(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): string {
  const parts = [event.ctrlKey || event.metaKey ? "mod" : "", event.altKey ? "alt" : "", event.key.toLowerCase()];
  return parts.filter(Boolean).join("+");
}

/** Single keys mean letters while a person writes. */
export function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}
