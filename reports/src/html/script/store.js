// What is stored in the page as compressed text.
const unpacked = async (id) => {
  const bytes = Uint8Array.from(atob(byId(id).textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
};

const once = (make) => {
  const made = new Map();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key);
  };
};

// The deviations as a list: each case is a scenario with everybody who deviates on it. What can't be read leaves a page that
// works without it.
const index = once(async () => {
  const none = { cases: [], runs: [], steps: [], quirks: {} };
  if (!byId("index")) return none;
  let stored;
  try {
    stored = await unpacked("index");
  } catch (error) {
    return { ...none, unread: error.message };
  }
  const runs = stored.runs.map(([label, short, key, options], number) => ({ label, short, key, options, number }));
  const cases = stored.cases.map(([id, title, requirements, variants], number) => ({
    id,
    title,
    requirements,
    number,
    variants: variants.map(([step, quirks, who]) => ({
      step: stored.steps[step],
      quirks,
      who: who.map(([run, occurrences, lines]) => ({ run: runs[run], occurrences, lines })),
    })),
  }));
  return { ...stored, runs, cases };
});

const chunk = once((number) => unpacked(`chunk-${number}`));

// The program, the command and the traces of a case.
const details = async (one) => {
  const size = (await index()).chunk;
  const [program, command, variants] = (await chunk(Math.floor(one.number / size)))[one.number % size];
  return { program, command, variants: variants.map(([explanation, rows]) => ({ explanation, rows })) };
};
