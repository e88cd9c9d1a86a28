// The token of an invitation outlives the way through sign-up and login, in memory only: it opens a workspace.
let kept = "";
export const keepInvitation = (token: string): void => void (kept = token);
export const keptInvitation = (): string => kept;
