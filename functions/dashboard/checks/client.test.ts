// The committed client is what the API document makes.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

it("the client is the one that infra/api/openapi.json makes (npm run client makes it anew)", { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "sofi-client-"));
  const made = join(folder, "schema.d.ts");
  try {
    execFileSync("node_modules/.bin/openapi-typescript", ["../../infra/api/openapi.json", "-o", made, "--alphabetize"], { stdio: "pipe" });
    expect(readFileSync(made, "utf8") === readFileSync("src/api/schema.d.ts", "utf8")).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
