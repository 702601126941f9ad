// What browser tests share: the real binary on a free port, Chromium, and a page that reports what it should not do.

import { spawn, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const binary = process.env.CONTESTED ?? join(root, "target/release/contested");
export const pictures = process.env.SCREENSHOTS ?? join(root, "target/screenshots");
mkdirSync(pictures, { recursive: true });

const chrome = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => existsSync(p));

/** Chromium that draws by software and asks nobody for anything. */
export function browser() {
  return chromium.launch({
    executablePath: chrome,
    args: [
      "--headless", "--no-sandbox", "--disable-gpu", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run",
    ],
  });
}

/** Starts `contested ARGS` and waits for the address that it prints. Nothing listens any more after `stop`. */
export function serve(args, cwd) {
  const child = spawn(binary, [...args, "--bind", "127.0.0.1:0"], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`no address within 60 s: ${said}`)), 60_000);
    const hear = (data) => {
      said += data;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (!address) return;
      clearTimeout(timer);
      done({ address, stop: () => new Promise((ended) => { child.once("exit", ended); child.kill("SIGINT"); }) });
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", (code) => { clearTimeout(timer); fail(new Error(`contested ended with ${code}: ${said}`)); });
  });
}

/** A folder of its own with a ledger made from files; `remove` takes it away. */
export function ledger(...files) {
  const folder = mkdtempSync(join(tmpdir(), "contested-page-"));
  for (const file of files) execFileSync(binary, ["add", file], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A page on `address`. `wrongs` collects requests to anybody else, refused content, errors and dialogs. */
export async function open(chromium, address, options = {}) {
  const context = await chromium.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", acceptDownloads: true, ...options });
  const page = await context.newPage();
  const wrongs = [];
  page.on("request", (r) => { if (!r.url().startsWith(address) && !/^(data|blob):/.test(r.url())) wrongs.push(`request to ${r.url()}`); });
  page.on("console", (m) => { if (m.type() === "error" && !/Failed to load resource/.test(m.text())) wrongs.push(`console: ${m.text()}`); });
  page.on("pageerror", (e) => wrongs.push(`error: ${e.message}`));
  page.on("dialog", (d) => { wrongs.push(`dialog: ${d.message()}`); void d.dismiss(); });
  return { page, context, wrongs };
}

/** Opens the story-less page and waits for the ledger. */
export async function go(page, address, path = "/") {
  await page.goto(address + path);
  await page.waitForSelector(".panel h2", { timeout: 30_000 });
}
