// A handler of backgroundfetchclick, tested by WebdriverIO. Run by `run.sh`.
import { remote } from "webdriverio";

const options = { args: ["--no-sandbox"] };
const browser = await remote({ port: Number(process.env.PORT), logLevel: "error", capabilities: { browserName: "chrome", "goog:chromeOptions": options } });
try {
  await browser.url(process.env.SITE);
  await browser.$("button").click();
  await browser.waitUntil(async () => (await browser.getTitle()) === "Downloading");
  const { protocol, hostname, port } = browser.options;
  const click = `${protocol}://${hostname}:${port}/session/${browser.sessionId}/backgroundfetch/my-movie/click`;
  const answer = await fetch(click, { method: "POST", body: "{}" });
  if (!answer.ok) throw new Error(await answer.text());
  await browser.waitUntil(async () => (await browser.getWindowHandles()).length === 2);
  await browser.switchWindow("/movie-download-progress");
  console.log("WebdriverIO: a click opened " + await browser.getTitle());
} finally {
  await browser.deleteSession();
}
