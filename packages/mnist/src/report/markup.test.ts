import { describe, expect, it } from "vitest";
import { Markup, markup } from "./markup.ts";

describe("markup", () => {
  it("escapes text, keeps markup, joins lists, leaves out null", () => {
    const name = `<img src=x onerror="alert('1')">&`;
    const items = ["a", "<"].map((item) => markup`<li>${item}</li>`);
    expect(markup`<p title="${name}">${items}${null}${new Markup("<b>")}${3}</p>`.text).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;"><li>a</li><li>&lt;</li><b>3</p>',
    );
  });
});
