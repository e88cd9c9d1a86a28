// What the built files weigh, gzipped, as a browser fetches them: the inbox as a first route, and every lazy chunk.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const FIRST_ROUTE = 110 * 1024;
const CHUNK = 60 * 1024;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", dist), "utf8"));
const weigh = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

const files = new Set(["index.html"]);
function add(name) {
  const chunk = manifest[name];
  if (!chunk) throw new Error(`${name} is not in the build`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const style of chunk.css ?? []) files.add(style);
  for (const other of chunk.imports ?? []) add(other);
}
for (const name of ["index.html", "src/ui/Shell.svelte", "src/pages/Inbox.svelte"]) add(name);

const checks = [["inbox as a first route", [...files].reduce((sum, file) => sum + weigh(file), 0), FIRST_ROUTE]];
for (const [name, chunk] of Object.entries(manifest)) if (chunk.isDynamicEntry) checks.push([name, weigh(chunk.file), CHUNK]);
let failed = 0;
for (const [name, bytes, limit] of checks) {
  if (bytes > limit) failed++;
  if (bytes > limit || limit === FIRST_ROUTE) console.log(`${bytes > limit ? "FAIL" : "ok  "}  ${name}: ${kilobytes(bytes)} of ${kilobytes(limit)}`);
}
// A style or a script written into the page would be refused by the policy; a foreign address would leak who reads it.
const page = readFileSync(new URL("index.html", dist), "utf8");
for (const [what, wrong] of [["no inline script", /<script(?![^>]*\ssrc=)/], ["no inline style", /<style|\sstyle=/], ["no foreign address", /(?:src|href)="(?:https?:)?\/\//]]) {
  const bad = wrong.test(page);
  if (bad) console.log(`FAIL  index.html: ${what}`);
  failed += Number(bad);
}
console.log(`${checks.length + 3 - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
