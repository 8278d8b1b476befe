// Tells a binding of the browser which title a page gives to a background fetch: once it has begun, no script can read that any more.
(function () {
  "use strict";
  const tell = globalThis.bgfspecTitle;
  delete globalThis.bgfspecTitle;
  if (typeof tell !== "function" || typeof BackgroundFetchManager !== "function") return;
  const { apply, getOwnPropertyDescriptor } = Reflect;
  const { stringify } = JSON;
  const own = location.origin;

  // A text as the call reads it, where reading it once more can't be seen.
  function text(value) {
    return value === null || (typeof value !== "object" && typeof value !== "function" && typeof value !== "symbol") ? String(value) : undefined;
  }

  const prototype = BackgroundFetchManager.prototype;
  // The call is a proxy's, so name, length and text of the function stay what they are.
  prototype.fetch = new Proxy(prototype.fetch, {
    apply: function (target, manager, args) {
      const options = args[2];
      const title = typeof options === "object" && options !== null ? getOwnPropertyDescriptor(options, "title") : undefined;
      const id = text(args[0]);
      if (id !== undefined && title !== undefined && title.value !== undefined) tell(stringify({ origin: own, id: id, title: text(title.value) }));
      return apply(target, manager, args);
    }
  });
})();
