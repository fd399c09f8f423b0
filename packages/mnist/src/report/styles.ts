// The report's style sheet: one accent (blue) for what matters, one warning tone (orange) for mistakes, greys for the rest.
import { Markup } from "./markup.ts";
import { divergingColors } from "./pixel-image.ts";

const negative = `rgb(${divergingColors.negative.join(" ")})`;
const positive = `rgb(${divergingColors.positive.join(" ")})`;

const colors = `
:root{color-scheme:light dark;--page:#fff;--raised:#f6f6f4;--ink:#1b1d21;--soft:#5c6168;--rule:#dfe0dd;--accent:#1f57c3;--accent-ink:#fff;--quiet:#8b9098;--warn:#b9480f;--warn-ink:#fff;--invert:0}
@media (prefers-color-scheme:dark){:root{--page:#14161a;--raised:#1d2026;--ink:#eceef1;--soft:#a3a9b3;--rule:#343941;--accent:#7fabff;--accent-ink:#0b1220;--quiet:#868d99;--warn:#f0935f;--warn-ink:#1c0d04;--invert:1}}
@media print{:root{color-scheme:light;--page:#fff;--raised:#f6f6f4;--ink:#000;--soft:#444;--rule:#ccc;--accent:#1f57c3;--accent-ink:#fff;--quiet:#777;--warn:#b9480f;--warn-ink:#fff;--invert:0}}
`;

const text = `
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
main{max-width:1080px;margin:0 auto;padding:clamp(20px,5vw,56px) clamp(16px,4vw,40px) 64px}
h1,h2,h3,p,dl,ul,figure{margin:0;padding:0}ul{list-style:none}
h2{font-size:1.375rem;line-height:1.25;letter-spacing:-.01em;margin-bottom:16px}
h3{font-size:1rem;line-height:1.35}
main>section{border-top:1px solid var(--rule);margin-top:48px;padding-top:28px}
.lead,.note{color:var(--soft);max-width:68ch}.note{font-size:.875rem;margin-top:8px}
code{font:.875em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
`;

const headline = `
.eyebrow{color:var(--soft);font-size:.9375rem;margin-bottom:8px}
h1{font-weight:400;font-size:1.125rem;line-height:1.4}
.figure{display:block;font-size:clamp(4rem,15vw,7.5rem);line-height:1.05;font-weight:700;letter-spacing:-.045em;color:var(--accent);font-variant-numeric:tabular-nums}
.caption{color:var(--ink)}
.banner{margin-top:16px;padding:10px 14px;border-left:4px solid var(--warn);background:var(--raised)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(148px,1fr));gap:20px 16px;margin-top:28px}
@media (min-width:900px){.facts{grid-template-columns:repeat(6,auto);justify-content:space-between}}
.facts dt{color:var(--soft);font-size:.875rem}
.facts dd{margin:0;font-size:1.125rem;font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}
`;

const charts = `
.panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr));gap:32px 40px}
.panel{break-inside:avoid}.panels+.panel{margin-top:36px}
.panel figcaption{display:flex;flex-wrap:wrap;justify-content:space-between;gap:2px 20px;margin-bottom:12px}
.legend{display:flex;flex-wrap:wrap;gap:0 16px;font-size:.875rem;color:var(--soft)}
.legend li{display:flex;align-items:center;gap:6px}
.legend li::before{content:"";width:18px;height:0;border-top:2.5px solid var(--quiet)}
.legend .quiet::before{border-top-style:dashed}
.legend .accent::before{border-color:var(--accent)}
.legend .band::before{height:10px;border:0;background:var(--accent);opacity:.22}
.chart{display:block;width:100%;height:auto;overflow:visible}
.chart text{fill:var(--soft);font-size:13px;font-variant-numeric:tabular-nums}
.chart .axis-label{fill:var(--ink)}
.chart .grid{stroke:var(--rule);stroke-width:1}
.chart .axis{stroke:var(--quiet);stroke-width:1}
.chart .line{fill:none;stroke:var(--quiet);stroke-width:2;stroke-linejoin:round;stroke-dasharray:5 4}
.chart .accent .line{stroke:var(--accent);stroke-width:2.25;stroke-dasharray:none}
.chart circle{fill:var(--quiet)}.chart .accent circle{fill:var(--accent)}
.chart .band{fill:var(--accent);opacity:.22}
.narrow{display:none}
@media (max-width:640px){.wide{display:none}.narrow{display:block}.chart text{font-size:15px}}
`;

const matrix = `
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
.confusion{width:100%;max-width:860px;table-layout:fixed;border-collapse:separate;border-spacing:2px}
.confusion caption{caption-side:bottom;text-align:left;color:var(--soft);font-size:.875rem;padding-top:10px}
.confusion th{font-weight:600;padding:4px 0}
.confusion td{text-align:center;height:42px;padding:0;border-radius:3px;font-size:.9375rem}
.confusion .hit{background:color-mix(in srgb,var(--accent) calc(var(--strength)*100%),var(--page));font-weight:600}
.confusion .miss{background:color-mix(in srgb,var(--warn) calc(var(--strength)*100%),var(--page))}
.confusion .hit.strong{color:var(--accent-ink)}.confusion .miss.strong{color:var(--warn-ink)}
.confusion .none{color:var(--quiet);background:var(--raised)}
.confusion .edge{color:var(--soft);font-size:.875rem;font-weight:400}
.short{display:none}
.swatch{display:inline-block;width:12px;height:12px;margin:0 5px 0 6px;border-radius:2px;vertical-align:-1px}
.confusion .swatch.hit{background:var(--accent)}.confusion .swatch.miss{background:var(--warn)}
.confusion,.weights,.ramp,.bar,.swatch,.legend li::before{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.numbers{width:100%;font-size:.9375rem}
.numbers th,.numbers td{text-align:right;padding:6px 0 6px 18px;border-bottom:1px solid var(--rule);white-space:nowrap}
.numbers thead th{color:var(--soft);font-weight:400;font-size:.875rem;vertical-align:bottom}
.numbers th:first-child{text-align:left;padding-left:0;font-weight:600}
@media (max-width:640px){
.confusion{border-spacing:1px}.confusion td{height:30px;font-size:.6875rem}.confusion th{font-size:.75rem}
.confusion .hit{font-size:.625rem}.confusion .edge{font-size:.6875rem}.long{display:none}.short{display:inline}
.numbers{font-size:.875rem}.numbers th,.numbers td{padding-left:12px}.numbers thead th{white-space:normal}}
`;

const pictures = `
img{image-rendering:pixelated}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(176px,1fr));gap:12px;margin:14px 0 32px}
.cards:last-child{margin-bottom:0}
.card{display:flex;flex-direction:column;gap:8px;padding:12px;background:var(--raised);border-radius:6px;break-inside:avoid}
.digit{width:84px;height:84px;filter:invert(var(--invert));align-self:center}
.card dl{font-size:.875rem;display:grid;gap:6px}
.card dl div{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 8px}
.card dt{color:var(--soft)}.card dt b{color:var(--ink)}
.card dd{margin:0;font-variant-numeric:tabular-nums}
.bar{display:block;flex-basis:100%;height:6px;margin-top:2px;border-radius:2px;background:linear-gradient(var(--tone),var(--tone)) no-repeat 0/calc(var(--share)*100%) 100%,var(--rule);--tone:var(--accent)}
.wrong .predicted .bar{--tone:var(--warn)}
.scale{display:flex;flex-wrap:wrap;align-items:center;gap:4px 10px;margin:14px 0 16px;font-size:.875rem;font-variant-numeric:tabular-nums}
.scale p{flex-basis:100%;color:var(--soft)}
.ramp{width:min(260px,50vw);height:14px;border-radius:2px;background:linear-gradient(to right,${negative},transparent,${positive});border:1px solid var(--rule);filter:brightness(calc(1 + .5*var(--invert)))}
.weights{display:grid;grid-template-columns:repeat(auto-fill,minmax(57px,1fr));gap:5px}
@media (max-width:640px){.weights{grid-template-columns:repeat(8,1fr);gap:3px}.cards{grid-template-columns:repeat(auto-fill,minmax(148px,1fr))}}
.weights img{width:100%;height:auto;aspect-ratio:1;filter:brightness(calc(1 + .5*var(--invert)));border:1px solid var(--rule);border-radius:2px}
`;

const settings = `
.lists{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:32px 48px}
.lists dl{margin-top:6px}
.lists dl div{display:flex;justify-content:space-between;gap:16px;padding:5px 0;border-bottom:1px solid var(--rule);font-size:.9375rem}
.lists dt{color:var(--soft);flex:none}.lists dd{margin:0;text-align:right;font-variant-numeric:tabular-nums;min-width:0}
@media print{main{padding:0;max-width:none}main>section{margin-top:28px}h2,h3,.lead{break-after:avoid}body{font-size:12px}#confusion{break-inside:avoid}.scroll{overflow:visible}.panels,.lists{grid-template-columns:1fr 1fr}.cards{grid-template-columns:repeat(5,1fr)}.numbers th,.numbers td{padding-left:8px}.numbers thead th{white-space:normal}.weights{grid-template-columns:repeat(16,1fr)}}
`;

/** The text of the `<style>` element. */
export const styles: Markup = new Markup(
  [colors, text, headline, charts, matrix, pictures, settings].join(""),
);
