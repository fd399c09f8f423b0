/** Links between the documents lead somewhere, and the list of decisions is whole. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const decisions = new URL("docs/decisions/", root);

/** Every page, as a path from the root. */
const pages = [
  "README.md",
  "CHANGELOG.md",
  ...readdirSync(new URL("docs/", root), { recursive: true, encoding: "utf8" }).map((file) => `docs/${file}`),
  ...readdirSync(new URL("packages/", root)).map((name) => `packages/${name}/README.md`),
].filter((file) => file.endsWith(".md"));

/** Where the links of a page lead, but for those out of the repository and those within the page. */
function linksOf(page: string): string[] {
  const prose = readFileSync(new URL(page, root), "utf8").replace(/^```.*?^```/gms, "");
  return Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) =>
    target.replace(/#.*$/, ""),
  ).filter((target) => target !== "" && !/^[a-z]+:/.test(target));
}

describe("links", () => {
  it("are found", () => {
    expect(linksOf("README.md")).toContain("docs/architecture.md");
  });

  it.each(pages)("of %s lead to files and folders that exist", (page) => {
    expect(linksOf(page).filter((target) => !existsSync(new URL(target, new URL(page, root))))).toEqual([]);
  });
});

describe("docs/decisions/README.md", () => {
  const notes = readdirSync(decisions).filter((file) => file !== "README.md");
  const rows = readFileSync(new URL("README.md", decisions), "utf8").matchAll(
    /^\| \[(\d+)\]\((.+)\) \| (.+) \|$/gm,
  );
  const listed = Array.from(rows, ([, number = "", file = "", title = ""]) => ({ number, file, title }));

  it("lists every note of the folder, in order, and nothing else", () => {
    expect(listed.map(({ file }) => file)).toEqual(notes.sort());
  });

  it.each(listed)("calls $file as it calls itself", ({ number, file, title }) => {
    const [heading] = readFileSync(new URL(file, decisions), "utf8").split("\n");
    expect(file.slice(0, 4)).toBe(number);
    expect(heading).toBe(`# ${number} ${title}`);
  });
});
