/** Whether `text` matches a glob of `*` (anything) and `?` (one character), case-insensitively, in linear time. */
export function matchesGlob(text: string, glob: string): boolean {
  const subject = text.toLowerCase();
  const pattern = glob.toLowerCase();
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let resume = 0;
  while (at < subject.length) {
    const char = pattern[inPattern];
    if (char === "*") {
      star = inPattern;
      resume = at;
      inPattern += 1;
    } else if (char === "?" || char === subject[at]) {
      at += 1;
      inPattern += 1;
    } else if (star !== -1) {
      inPattern = star + 1; // let the last star take one character more
      resume += 1;
      at = resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(inPattern));
}
