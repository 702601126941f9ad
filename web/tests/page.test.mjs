// The page on the demonstration, as a reader uses it. `node --test tests/` with CONTESTED naming the binary.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { browser, go, open, pictures, root, serve } from "./house.mjs";

let chromium, demo, page, wrongs;
const text = (selector) => page.locator(selector).first().innerText();

before(async () => {
  chromium = await browser();
  demo = await serve(["demo", "--serve"]);
  ({ page, wrongs } = await open(chromium, demo.address));
});
after(async () => {
  await chromium?.close();
  await demo?.stop();
});

test("the demonstration opens with its story and shows Albu Kamal contested on 8 November", async () => {
  await go(page, demo.address);
  await page.waitForSelector(".story");
  assert.match(await text(".story h2"), /One town is left/);
  const paint = await page.evaluate(() => performance.getEntriesByName("drawn").at(0)?.startTime ?? Infinity);
  console.log(`first places after ${Math.round(paint)} ms`);

  await page.getByRole("button", { name: "Next" }).click();
  await page.waitForSelector(".dispute .side1 blockquote");
  assert.match(await text(".dispute h2"), /Who holds it\? Albu Kamal/);
  assert.equal(await page.locator(".day input").inputValue(), "2017-11-08");
  assert.match(page.url(), /day=2017-11-08/);
  assert.match(page.url(), /known=then/);

  await page.locator(".map-table summary").click();
  const row = page.locator(".map-table tr", { hasText: "Albu Kamal" });
  await row.waitFor();
  const [, status, , , disagree] = await row.locator("td").allInnerTexts();
  assert.ok(status === "contested" || disagree === "yes", `Albu Kamal on 8 November: ${status}, sources disagree: ${disagree}`);
  await page.locator(".map-table summary").click();
});

test("a dispute has both sides with their words, sources and status", async () => {
  const sides = await page.locator(".dispute .side").allInnerTexts();
  assert.equal(sides.length, 2);
  const both = sides.join("\n");
  for (const said of ["War monitor", "State agency", "It is not true", "8 Nov 2017"]) assert.ok(both.includes(said), `${said} in ${both}`);
  assert.match(await text(".dispute .lead"), /^Open since 8 Nov 2017/);
  await page.waitForTimeout(3000);
  await page.screenshot({ path: join(pictures, "dispute.png") });
});

test("a quote leads to its report, in which the sentence is marked", async () => {
  await page.locator(".dispute blockquote a", { hasText: "It is not true" }).click();
  await page.waitForSelector(".report .picked");
  const picked = (await page.locator(".report .picked").allInnerTexts()).join("");
  assert.match(picked, /It is not true that the Syrian army captured Albu Kamal/);
  assert.match(await text(".card"), /According to/);
  assert.match(await text(".card"), /not so/);
  await page.locator(".report .trigger").first().hover();
  assert.match(await text(".hint"), /denied|affirmed/);
  await page.screenshot({ path: join(pictures, "report.png") });
  await page.goBack();
  await page.waitForSelector(".dispute");
});

test("what is known is told apart from what was known that day", async () => {
  await page.locator(".dispute .button", { hasText: "over time" }).click();
  await page.waitForSelector(".place .strip");
  await page.locator(".day input").fill("2017-11-12");
  await page.locator(".place .lead", { hasText: "On 12 Nov 2017, as known on 12 Nov 2017" }).waitFor();
  const then = await text(".place .lead");
  await page.getByRole("button", { name: "today", exact: true }).click();
  await page.locator(".place .lead", { hasText: /^\s*On 12 Nov 2017:/ }).waitFor();
  const now = await text(".place .lead");
  assert.notEqual(then.replace(/, as known on 12 Nov 2017/, ""), now);
  await page.waitForTimeout(2500);
  await page.screenshot({ path: join(pictures, "place.png") });
});

test("a source filters, and says so", async () => {
  await page.locator(".tabs a", { hasText: "Events" }).click();
  await page.locator(".window select").selectOption("30");
  await page.waitForSelector(".panel .row");
  const all = await page.locator(".panel .row").count();
  await page.locator(".tabs a", { hasText: "Sources" }).click();
  await page.locator(".records a", { hasText: /^War monitor$/ }).click();
  await page.waitForSelector(".filtering");
  assert.match(page.url(), /source=War%20monitor/);
  await page.locator(".tabs a", { hasText: "Events" }).click();
  await page.waitForSelector(".panel .row");
  const some = await page.locator(".panel .row").count();
  assert.ok(some > 0 && some < all, `${some} of ${all} events`);
});

test("the address brings the same page back elsewhere", async () => {
  const there = await open(chromium, demo.address);
  await go(there.page, "", page.url());
  const state = (p) => p.evaluate(() => [document.querySelector(".panel h2")?.textContent, document.querySelector(".day input")?.value, document.querySelectorAll(".panel .row").length, document.querySelector(".filtering b")?.textContent]);
  await there.page.waitForSelector(".panel .row");
  assert.deepEqual(await state(there.page), await state(page));
  assert.deepEqual(there.wrongs, []);
  await there.context.close();
  await page.getByRole("button", { name: "Show all", exact: true }).click();
  assert.equal(await page.locator(".filtering").count(), 0);
});

test("keys do everything", async () => {
  await page.locator("#panel").focus();
  await page.keyboard.press("1");
  await page.waitForSelector("h2:has-text('The situation')");
  const before = await page.locator(".day input").inputValue();
  await page.keyboard.press(".");
  assert.notEqual(await page.locator(".day input").inputValue(), before);
  await page.keyboard.press(",");
  assert.equal(await page.locator(".day input").inputValue(), before);
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { state: "detached" });
  await page.keyboard.press("/");
  await page.keyboard.type("Mayadin");
  await page.locator(".panel a", { hasText: "Mayadin" }).first().waitFor();
  assert.ok((await page.locator(".panel mark").count()) > 0);
  await page.screenshot({ path: join(pictures, "search.png") });
});

test("play steps through the days", async () => {
  await go(page, demo.address, "/?day=2017-10-10");
  await page.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(() => document.querySelector(".day input")?.value > "2017-10-12");
  await page.getByRole("button", { name: "Pause" }).click();
});

test("what is shown can be saved", async () => {
  await go(page, demo.address, "/?day=2017-11-12&known=then");
  await page.waitForSelector(".panel .row");
  await page.locator(".menu summary").click();
  const saved = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return readFileSync(await download.path());
  };
  assert.match((await saved("Places as CSV")).toString(), /2017-11-12,2017-11-12,Albu Kamal,/);
  assert.ok(JSON.parse((await saved("Places and events as GeoJSON")).toString()).features.length > 5);
  assert.match((await saved("All of it as Markdown")).toString(), /# Situation on 2017-11-12/);
  assert.equal((await saved("Map as PNG")).subarray(1, 4).toString(), "PNG");
});

test("a decision is written beside its claim", async () => {
  await go(page, demo.address, "/?panel=review");
  const first = page.locator(".review").first();
  await first.waitFor();
  const told = await first.locator("b").first().innerText();
  await first.getByRole("button", { name: "Accept" }).click();
  await first.getByLabel("Your name").fill("A. Analyst");
  await first.getByLabel("Why").fill("read it");
  await first.locator("button[type=submit]").click();
  await page.locator(".review, .empty").first().waitFor();
  await page.waitForFunction((was) => document.querySelector(".review b")?.textContent !== was, told);
});

test("all panels work in light and dark, wide and narrow", async () => {
  for (const [name, options] of [["dark", { colorScheme: "dark" }], ["phone", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }]]) {
    const other = await open(chromium, demo.address, options);
    await go(other.page, demo.address, "/?panel=disputes&day=2017-11-12&known=then");
    await other.page.waitForTimeout(2500);
    await other.page.screenshot({ path: join(pictures, `${name}.png`) });
    const wide = await other.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name}: ${wide} pixels too wide`);
    assert.deepEqual(other.wrongs, []);
    await other.context.close();
  }
});

test("axe finds nothing serious", async () => {
  const axe = readFileSync(join(root, "web/node_modules/axe-core/axe.min.js"), "utf8");
  for (const scheme of ["light", "dark"]) {
    // The page's own policy forbids what axe is brought in by; nothing else is looked at here.
    const other = await open(chromium, demo.address, { colorScheme: scheme, bypassCSP: true });
    for (const path of ["/?day=2017-11-12&step=1", "/?panel=disputes", "/?panel=events&span=90", "/?panel=reports", "/?panel=sources", "/?panel=actors", "/?panel=review", "/?panel=search&q=Kamal", "/?panel=place&id=geonames:174448"]) {
      await go(other.page, demo.address, path);
      await other.page.waitForTimeout(400);
      await other.page.addScriptTag({ content: axe });
      const { violations } = await other.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      const serious = violations.filter((v) => v.impact === "serious" || v.impact === "critical");
      assert.deepEqual(serious.map((v) => `${path} ${scheme} ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" / ")}`), []);
    }
    await other.context.close();
  }
});

test("nothing was asked of anybody else, and nothing went wrong", async () => {
  assert.deepEqual(wrongs, []);
});

test("pictures for the README", { skip: process.env.IMAGES === undefined }, async () => {
  const folder = join(root, "docs/images");
  mkdirSync(folder, { recursive: true });
  for (const [name, path, options] of [
    ["map.png", "/?step=1", {}],
    ["place.png", "/?panel=place&id=geonames:174448&day=2017-11-12&map=40.6,34.75,7.2", { colorScheme: "dark" }],
  ]) {
    const other = await open(chromium, demo.address, { ...options, viewport: { width: 1360, height: 850 } });
    await go(other.page, demo.address, path);
    await other.page.waitForTimeout(9000);
    await other.page.screenshot({ path: join(folder, name) });
    await other.context.close();
  }
});

test("a server that goes away is told, and the page stays", async () => {
  await go(page, demo.address, "/?day=2017-11-12");
  await demo.stop();
  demo = null;
  await page.locator(".tabs a", { hasText: "Actors" }).click();
  await page.locator(".wrong", { hasText: "cannot be reached" }).waitFor();
  assert.ok(await page.getByRole("button", { name: "Try again" }).isVisible());
});

