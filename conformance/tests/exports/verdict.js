// Appended to testharness.js: says what came of the one test of a file.
setup({ output: false });
add_completion_callback(function (tests, status) {
  const names = ["PASS", "FAIL", "TIMEOUT", "NOT RUN", "NOT APPLICABLE"];
  const said = tests.map((test) => names[test.status] + (test.message ? " " + test.message : ""));
  // Status 1 is an exception that the test does not expect.
  bgfspecSaid(status.status === 1 ? "FAIL harness: " + status.message : said.length === 1 ? said[0] : "NO TEST " + said.join("; "));
});
