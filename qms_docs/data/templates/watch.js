// Follows the preview: asks for this page again, is answered when it differs, shows what is new.
const name = location.pathname.split("/").pop(), root = document.documentElement;
const kinds = ["html", "redline", "pdf"], shown = {};
const frames = Object.fromEntries(kinds.map((kind) => [kind, document.getElementById(kind)]));
const wanted = () => kinds.find((kind) => location.hash === `#${kind}`) ?? "html";
const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

// A page gets a new body and stays where it is; loading it anew would lose the place.
async function renew(kind) {
  const fresh = await parsed(await fetch(`${name}.${kind}`));
  const view = frames[kind].contentWindow, old = view.document;
  const place = [view.scrollX, view.scrollY];
  if (!old.head.isEqualNode(fresh.head)) old.head.replaceWith(old.adoptNode(fresh.head));
  old.body.replaceWith(old.adoptNode(fresh.body));
  view.scrollTo(...place);
  await Promise.all([...old.images].map((image) => image.decode().catch(() => {})));
  if (view.scrollX === place[0]) view.scrollTo(...place);
}

async function show() {
  const kind = wanted(), tag = root.dataset[kind], before = shown[kind];
  for (const other of kinds) frames[other].classList.toggle("away", other !== kind);
  for (const link of document.querySelectorAll(".views a"))
    link.ariaCurrent = link.hash === `#${kind}` ? "true" : null;
  if (before === tag || (!tag && kind !== "redline")) return; // the redline is made on demand
  shown[kind] = tag;
  if (kind === "pdf") frames.pdf.src = `${name}.pdf?${tag}`;
  else if (before === undefined) frames[kind].src = `${name}.${kind}`;
  else await renew(kind);
}

async function update(fresh) {
  document.title = fresh.title;
  Object.assign(root.dataset, fresh.documentElement.dataset);
  document.getElementById("news").replaceWith(document.adoptNode(fresh.getElementById("news")));
  await show();
}

async function follow() {
  for (let tag = ""; ;) {
    if (document.hidden)
      await new Promise((go) => addEventListener("visibilitychange", go, { once: true }));
    try {
      // It is kept up to date only as long as somebody looks at it.
      if (wanted() === "redline") fetch(`${name}.redline`, { method: "HEAD" }).catch(() => {});
      const headers = { "If-None-Match": tag, Prefer: "wait=25" };
      const answer = await fetch(name, { cache: "no-store", headers });
      if (answer.status === 404) throw new Error("gone");
      root.classList.remove("ended");
      if (answer.status !== 200) continue;
      tag = answer.headers.get("ETag");
      await update(await parsed(answer));
    } catch {
      root.classList.add("ended");
      await new Promise((go) => setTimeout(go, 2000));
    }
  }
}

// A link to another document leads to its preview, one to the web into a tab of its own.
function leave(event) {
  const link = event.target.closest("a[href]");
  if (!link || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  if (link.origin === location.origin) location.href = link.pathname.replace(/\.pdf$/, "");
  else if (/^(https?|mailto):$/.test(link.protocol)) open(link.href, "_blank", "noopener,noreferrer");
}

if (frames.html) {
  for (const frame of [frames.html, frames.redline])
    frame.addEventListener("load", () => frame.contentDocument.addEventListener("click", leave));
  addEventListener("hashchange", show);
  show();
  follow();
}
