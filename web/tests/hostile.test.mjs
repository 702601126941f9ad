// Reports, names and feeds are hostile until proven otherwise: whatever stands in them is shown as text.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { binary, browser, go, ledger, open, pictures, serve } from "./house.mjs";

const evil = {
  markup: `<script>alert(1)</script><img src=x onerror=alert(2)><b>bold</b>`,
  source: `"><svg onload=alert(3)>`,
  title: "[link](javascript:alert(4)) **loud** `code`",
  rtl: "\u202eevil\u202c \u0627\u0644\u0628\u0648 \u0643\u0645\u0627\u0644",
  control: "bell\u0007 escape\u001b[31m null\u0001",
  long: "A".repeat(100_000),
};

const reports = [
  { id: "h-1", source: evil.source, published: "2017-11-08", title: evil.title, url: "javascript:alert(5)", text: `Rebels captured Rawa on Wednesday, a commander said. ${evil.markup} The Syrian army denied that rebels had captured Rawa.` },
  { id: "h-2", source: evil.rtl, published: "2017-11-09", title: evil.markup, text: `The Syrian army captured Mayadin on Thursday. ${evil.rtl} ${evil.control}` },
  { id: "<script>alert(6)</script>", source: evil.long, published: "2017-11-10", title: evil.long, text: `Islamic State holds Albu Kamal. ${evil.markup}` },
];

let chromium, store, server, page, wrongs;
before(async () => {
  const file = join(ledger().folder, "hostile.jsonl");
  writeFileSync(file, reports.map((r) => JSON.stringify(r)).join("\n") + "\n");
  store = ledger(file);
  chromium = await browser();
  server = await serve(["serve"], store.folder);
  ({ page, wrongs } = await open(chromium, server.address));
});
after(async () => {
  await chromium?.close();
  await server?.stop();
  store?.remove();
});

test("markup in texts, names and titles is text in every panel", async () => {
  for (const panel of ["situation", "disputes", "events", "reports", "sources", "actors", "review", "search&q=Rawa", "search&q=script"]) {
    await go(page, server.address, `/?panel=${panel}&span=90`);
    await page.waitForTimeout(500);
    const injected = await page.evaluate(() => document.querySelectorAll("#page script, #page img:not([src='/mark.svg']), #page svg[onload], #page [onerror], #page a[href^='javascript']").length);
    assert.equal(injected, 0, panel);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${panel}: ${wide} pixels too wide`);
  }
});

test("a hostile report is readable, with its markup visible", async () => {
  await go(page, server.address, "/?panel=reports");
  await page.locator(".panel .row a", { hasText: "[link]" }).click();
  await page.waitForSelector(".report .text");
  const shown = await page.locator(".report .text").innerText();
  assert.ok(shown.includes(evil.markup), shown);
  assert.equal(await page.locator(".report a[href^='javascript']").count(), 0);
  await page.screenshot({ path: join(pictures, "hostile.png") });
});

test("an address full of nonsense shows the page", async () => {
  for (const query of ["?panel=<script>alert(7)</script>", "?panel=place&id=%3Cimg%20src=x%20onerror=alert(8)%3E", "?panel=report&id=../../etc/passwd", "?day=9999-99-99&known=x&map=a,b,c&span=999999999", `?q=${"x".repeat(3000)}&panel=search`]) {
    await page.goto(server.address + "/" + query);
    await page.locator(".panel h2, .panel .wrong, .panel .empty").first().waitFor();
  }
});

test("additions appear without loading anew", async () => {
  await go(page, server.address, "/?panel=reports");
  await page.locator(".panel .row").first().waitFor();
  const before = await page.locator(".panel .row").count();
  const file = join(store.folder, "more.jsonl");
  writeFileSync(file, JSON.stringify({ id: "h-9", source: "Wire", published: "2017-11-09", text: "Rebels captured Raqqa on Thursday." }) + "\n");
  execFileSync(binary, ["add", file], { cwd: store.folder, stdio: "ignore" });
  await page.waitForFunction((n) => document.querySelectorAll(".panel .row").length > n, before, { timeout: 20_000 });
});

test("nothing ran, nothing was asked of anybody else", () => {
  assert.deepEqual(wrongs, []);
});

test("an empty ledger says what to do", async () => {
  const empty = ledger();
  writeFileSync(join(empty.folder, "none.jsonl"), "");
  try { execFileSync(binary, ["add", join(empty.folder, "none.jsonl")], { cwd: empty.folder, stdio: "ignore" }); } catch { /* nothing could be read, but the ledger is there */ }
  const nobody = await serve(["serve"], empty.folder);
  const other = await open(chromium, nobody.address);
  await other.page.goto(nobody.address);
  await other.page.locator("h1", { hasText: "The ledger is empty" }).waitFor();
  await other.context.close();
  await nobody.stop();
  empty.remove();
});
