// The site that the tests of this folder click on: the example of a movie, with a page per click.
import { createServer } from "node:http";

const WORKER = `
self.onbackgroundfetchclick = (event) => {
  event.waitUntil(clients.openWindow(event.registration.result === "success" ? "/play-movie" : "/movie-download-progress"));
};`;

const PAGE = `<!doctype html><title>Movies</title><button>Download</button><script>
navigator.serviceWorker.register("/sw.js");
document.querySelector("button").onclick = async () => {
  const registration = await navigator.serviceWorker.ready;
  await registration.backgroundFetch.fetch("my-movie", "/movie", { title: "My movie" });
  document.title = "Downloading";
};
</script>`;

const site = createServer((request, response) => {
  if (request.url === "/sw.js") response.setHeader("content-type", "text/javascript").end(WORKER);
  // It never ends.
  else if (request.url === "/movie") response.writeHead(200, { "content-length": 1 << 20 }).write("a");
  else response.setHeader("content-type", "text/html").end(request.url === "/" ? PAGE : "<!doctype html><title>" + request.url + "</title>");
});
site.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => console.log("http://localhost:" + site.address().port));
