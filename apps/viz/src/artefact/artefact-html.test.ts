import { describe, expect, it } from "vitest";
import { artefactHtml, largestEmbedded } from "./artefact-html.ts";
import { base64Parts, bytesOfParts, bytesToAPart } from "./base64.ts";
import type { PageParts } from "./page-parts.ts";

const parts: PageParts = {
  index:
    '<!doctype html><html><head><meta charset="utf-8"><title>Inspector</title>' +
    '<link rel="stylesheet" href="style.css"><script type="module" src="main.js"></script></head><body><p></p></body></html>',
  style: "p { color: red }",
  script: 'console.log("$& </p>");',
  more: new Map([
    ["layout-worker.js", "</script><!-- $1"],
    ["net.json", "{}"],
  ]),
};

function decoded(parts: readonly string[]): Uint8Array {
  const steps = bytesOfParts(parts);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

describe("artefactHtml", () => {
  it("has all inline, in an order that runs the script last", async () => {
    const html = (await artefactHtml(parts, Uint8Array.of(1, 2, 3), { title: "a < b" })).join("");
    expect(html).toMatchInlineSnapshot(`
      "<!doctype html><html><head><meta charset="utf-8">
          <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-14IUMyB3CYuf+uzytkCSWGZce5nN1+o2iqaDBZTbGPU='; style-src 'sha256-ngewhhP73WDIbgwseeu52VAAJgKdGUsu1IUQQsAm8m4='; worker-src blob:; connect-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none'"><title>a &lt; b</title><style id="page-style">p { color: red }</style></head><body><p></p><script type="application/json" id="page-index">"\\u003c!doctype html>\\u003chtml>\\u003chead>\\u003cmeta charset=\\"utf-8\\">\\u003ctitle>Inspector\\u003c/title>\\u003clink rel=\\"stylesheet\\" href=\\"style.css\\">\\u003cscript type=\\"module\\" src=\\"main.js\\">\\u003c/script>\\u003c/head>\\u003cbody>\\u003cp>\\u003c/p>\\u003c/body>\\u003c/html>"</script>
      <script type="application/json" id="worker-layout-worker">"\\u003c/script>\\u003c!-- $1"</script>
      <script type="application/json" id="data-net.json">"{}"</script>
      <script type="application/x-adjoint-trace-part">AQID</script>
      <script id="page-script">console.log("$& </p>");</script>
      </body></html>"
    `);
  });

  it("refuses what would end a block, a page of another kind, and a trace that is too large", async () => {
    await expect(artefactHtml({ ...parts, script: "</SCRIPT>" }, null)).rejects.toThrow("[artefactHtml]");
    await expect(artefactHtml({ ...parts, script: "a<!--b" }, null)).rejects.toThrow("[artefactHtml]");
    await expect(artefactHtml({ ...parts, style: "</style>" }, null)).rejects.toThrow("[artefactHtml]");
    await expect(artefactHtml({ ...parts, index: "<body></body>" }, null)).rejects.toThrow("[artefactHtml]");
    const large = { length: largestEmbedded + 8 } as Uint8Array;
    await expect(artefactHtml(parts, large)).rejects.toThrow(
      `[artefactHtml] the trace has ${largestEmbedded + 8} bytes, above the ${largestEmbedded} that fit into a page.`,
    );
  });
});

describe("base64Parts", () => {
  it.each([0, 1, 2, 3, 1000, bytesToAPart - 1, bytesToAPart, 2 * bytesToAPart + 1])(
    "says %i bytes, and bytesOfParts reads them",
    (length) => {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 31) ^ (i >> 8));
      const read = decoded([...base64Parts(bytes)]);
      expect(Buffer.from(read).equals(bytes)).toBe(true);
    },
  );

  it("refuses what is no base64", () => {
    expect(() => decoded(["QUJD", "*"])).toThrow();
  });
});
