/** A scene on a canvas, for graphs that SVG would choke on. Words and numbers appear where there is room for them. */
import { numberText } from "../number-text.ts";
import { type CardState, cardSize, type Scene } from "../scene.ts";
import { html } from "./dom.ts";
import { type Camera, type GraphDrawing, linePath, type SceneState } from "./graph-drawing.ts";
import { nextFrame } from "./work.ts";

const { width, height } = cardSize;
/** Below this scale cards are plain boxes, and below the next one lines that no gradient has run along are left out. */
const detail = { text: 0.35, lines: 0.03 } as const;

/** Draws `scene` on a canvas; only what the camera sees is drawn. */
export function drawCanvas(scene: Scene, choose: (card: number) => void): GraphDrawing {
  const element = html("canvas", { role: "img", tabindex: 0, "aria-label": `${scene.cards.length} nodes` });
  const paths = scene.lines.map(({ from, to }) => new Path2D(linePath(scene, from, to, height)));
  let state: SceneState = { cards: [], lines: [] };
  let camera: Camera = { k: 1, x: 0, y: 0 };
  let due = false;
  const redraw = (): void => {
    if (due) return;
    due = true;
    void nextFrame().then(() => {
      due = false;
      paint(element, scene, paths, state, camera);
    });
  };
  element.addEventListener("click", ({ offsetX, offsetY }) => {
    const [x, y] = [(offsetX - camera.x) / camera.k, (offsetY - camera.y) / camera.k];
    const hit = scene.cards.findIndex(
      (card) => Math.abs(card.x - x) <= width / 2 && Math.abs(card.y - y) <= height / 2,
    );
    if (hit >= 0) choose(hit);
  });
  return {
    element,
    show(next: SceneState): void {
      state = next;
      redraw();
    },
    move(next: Camera): void {
      camera = next;
      redraw();
    },
  };
}

function paint(
  canvas: HTMLCanvasElement,
  scene: Scene,
  paths: readonly Path2D[],
  state: SceneState,
  { k, x, y }: Camera,
): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const [w, h, ratio] = [canvas.clientWidth, canvas.clientHeight, devicePixelRatio];
  if (canvas.width !== Math.round(w * ratio)) canvas.width = Math.round(w * ratio);
  if (canvas.height !== Math.round(h * ratio)) canvas.height = Math.round(h * ratio);
  const style = getComputedStyle(canvas);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, w, h);
  context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
  const seen = { left: -x / k, top: -y / k, right: (w - x) / k, bottom: (h - y) / k };
  for (const [i, line] of scene.lines.entries()) {
    const stage = state.lines[i] ?? "none";
    const [from, to] = [scene.cards[line.from], scene.cards[line.to]];
    if (from === undefined || to === undefined || (stage === "none" && k < detail.lines)) continue;
    if (from.y > seen.bottom || to.y < seen.top) continue;
    context.strokeStyle = colour(stage === "none" ? "line" : "flow");
    context.lineWidth = (stage === "now" ? 4 : stage === "flowed" ? 2 : 1.2) / Math.max(k, 0.3);
    context.stroke(paths[i] ?? new Path2D());
  }
  for (const [i, card] of scene.cards.entries()) {
    if (card.x + width / 2 < seen.left || card.x - width / 2 > seen.right) continue;
    if (card.y + height / 2 < seen.top || card.y - height / 2 > seen.bottom) continue;
    paintCard(context, card, state.cards[i], k >= detail.text, colour);
  }
}

function paintCard(
  context: CanvasRenderingContext2D,
  card: Scene["cards"][number],
  state: CardState | undefined,
  words: boolean,
  colour: (name: string) => string,
): void {
  const [left, top] = [card.x - width / 2, card.y - height / 2];
  const stage = state?.stage ?? "none";
  context.fillStyle = colour(!words && stage === "complete" ? "flow" : "surface");
  context.strokeStyle = colour(state?.selected ? "accent" : stage === "none" ? "line" : "flow");
  context.lineWidth = state?.current || state?.selected ? 5 : 1.5;
  context.fillRect(left, top, width, height);
  context.strokeRect(left, top, width, height);
  if (!words) return;
  const text = (what: string, dy: number, name: string, font: string): void => {
    context.fillStyle = colour(name);
    context.font = font;
    context.fillText(what, left + 12, top + dy, width - 24);
  };
  text(`${card.title}  ${card.detail}`, 24, "ink", "600 15px system-ui");
  if (card.value !== null)
    text(`${card.value.label} ${numberText(card.value.number)}`, 50, "accent", "14px monospace");
  const gradient = state?.gradient ?? null;
  if (gradient !== null) text(`∂ ${numberText(gradient.number)}`, 74, "flow", "14px monospace");
}
