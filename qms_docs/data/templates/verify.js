// Answers for the reader's own day what `qms verify` answers, from the facts in this page.
addEventListener("DOMContentLoaded", () => {
  const { texts, copies, extracts, words } = JSON.parse(document.getElementById("texts").textContent);
  const answer = document.querySelector(".answer");
  const code = document.getElementById("code"), file = document.getElementById("file");
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "–");
  const moment = (text) => text && text.replace("T", " ").replace(/:\d\d(\.\d+)?(?=[+-])/, "");

  const typed = (text) => {
    const plain = text.normalize("NFKC").replace(/[\s\-‐-―−.·]+/g, "").toUpperCase();
    return plain.replace(/O/g, "0").replace(/[IL]/g, "1").replace(/(.{4})(?=.)/g, "$1-");
  };
  const status = (text, now) => {
    if (text.end && new Date(text.end) <= now) return text.ended_by;
    return new Date(text.begin) <= now ? "in-force" : "not-yet";
  };
  const inForce = (text, now) => texts.find((each) => each.id === text.id &&
    each.language === text.language && each !== text && status(each, now) === "in-force");

  const standing = (copy, now) => {
    if (!["held", "due"].includes(copy.state)) return copy.state;
    const isOver = copy.until && new Date(copy.until) <= now;
    return !isOver && status(texts[copy.text], now) === "in-force" ? "held" : "due";
  };

  const tell = (text, isOld, copy) => {
    const now = new Date();
    let verdict = text ? status(text, now) : "unknown";
    const over = ["superseded", "withdrawn", "expired"].includes(verdict);
    if (verdict === "in-force" && isOld) verdict = "reissued";
    const state = copy && standing(copy, now);
    if (verdict === "in-force" && copy && state !== "held") verdict = "recalled";
    const [title, said, more] = answer.children;
    title.textContent = [copy && copy.named, text && text.named].filter(Boolean).join(" · ");
    title.lang = text ? text.language : "";
    said.textContent = fill(words[verdict], { date: text && moment(over ? text.end : text.begin) });
    const instead = text && inForce(text, now), shown = instead || text;
    more.replaceChildren();
    if (copy) more.append(words[`copy-${state}`], " · ");
    if (instead) more.append(fill(words.instead, { text: "" }));
    if (shown && status(shown, now) === "in-force") {
      const link = document.createElement("a");
      link.href = shown.file;
      link.lang = shown.language;
      link.textContent = shown.named;
      more.append(link);
    }
    answer.className = `answer ${["in-force", "reissued"].includes(verdict) ? "good" : "bad"}`;
    answer.hidden = false;
  };

  const tellExtract = (extract, isOld) => {
    const now = new Date();
    const isOver = isOld || (extract.end && new Date(extract.end) <= now);
    const [title, said, more] = answer.children;
    title.textContent = extract.named;
    title.lang = "";
    said.textContent = fill(words[isOver ? "outdated" : "current"], { date: moment(extract.begin) });
    const link = document.createElement("a");
    link.href = extract.file;
    link.lang = extract.language;
    link.textContent = extract.named;
    more.replaceChildren(link);
    answer.className = `answer ${isOver ? "bad" : "good"}`;
    answer.hidden = false;
  };

  const ask = () => {
    const wanted = typed(code.value), digest = code.value.trim().toLowerCase();
    if (!wanted) { answer.hidden = true; return; }
    const found = texts.find((each) => each.codes.includes(wanted) || each.content === digest);
    const extract = extracts.find((each) => [...each.codes, ...each.old].includes(wanted));
    if (found) tell(found, false);
    else if (extract) tellExtract(extract, !extract.codes.includes(wanted));
    else byDigest(digest, wanted.length >= 14);
  };
  const byDigest = (digest, isWhole) => {
    const copy = copies.find((each) => each.digest === digest);
    if (copy) { tell(texts[copy.text], false, copy); return; }
    const extract = extracts.find((each) => [...each.digests, ...each.earlier].includes(digest));
    if (extract) { tellExtract(extract, !extract.digests.includes(digest)); return; }
    const found = texts.find((each) => each.digests.includes(digest) || each.earlier.includes(digest));
    if (found || isWhole) tell(found, found && found.earlier.includes(digest));
    else answer.hidden = true;
  };
  document.querySelector(".ask").addEventListener("submit", (event) => event.preventDefault());
  code.addEventListener("input", ask);
  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    const data = await crypto.subtle.digest("SHA-256", await file.files[0].arrayBuffer());
    code.value = "";
    byDigest([...new Uint8Array(data)].map((byte) => byte.toString(16).padStart(2, "0")).join(""), true);
  });
  const asked = () => { code.value = decodeURIComponent(location.hash.slice(1)); ask(); };
  addEventListener("hashchange", asked);
  if (location.hash) asked();
  else code.focus();
});
