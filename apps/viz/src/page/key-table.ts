/** All keys of the page, for its help. What is not listed here is not promised; a test holds it against the commands. */

/** Keys that do one thing. */
export interface KeyLine {
  /** Each stands for itself: `["→", "←"]`. */
  readonly keys: readonly string[];
  readonly does: string;
}

/** Keys that work at one place. */
export interface KeyGroup {
  readonly where: string;
  readonly lines: readonly KeyLine[];
}

/** The table. */
export const keyTable: readonly KeyGroup[] = [
  {
    where: "Everywhere",
    lines: [
      { keys: ["Ctrl K"], does: "Commands, nodes, programs and tabs by name" },
      { keys: ["/"], does: "Search nodes" },
      { keys: ["?"], does: "These keys" },
      { keys: ["Escape"], does: "Leave the chosen node" },
    ],
  },
  {
    where: "Backward pass",
    lines: [
      { keys: ["→", "←"], does: "One step on, one step back; not in fields, tabs and the outline" },
      { keys: ["Home", "End"], does: "To the seed, to the end" },
    ],
  },
  {
    where: "From the chosen node",
    lines: [
      { keys: ["Alt ↑"], does: "To its first input" },
      { keys: ["Alt ↓"], does: "To the first node that reads it" },
      { keys: ["Alt →"], does: "To the next of those there were to choose from" },
    ],
  },
  {
    where: "In the graph",
    lines: [
      { keys: ["↑", "↓"], does: "Along an edge: to an input, to a reader" },
      { keys: ["PageDown", "PageUp"], does: "To the next node or module, to the one before" },
      { keys: ["Enter", "Space"], does: "Choose the node, or open or fold the module" },
      { keys: ["+", "−", "0"], does: "Zoom in, zoom out, show the whole graph" },
      { keys: ["Shift ← ↑ → ↓"], does: "Move the camera" },
    ],
  },
  {
    where: "In the outline",
    lines: [
      { keys: ["↑", "↓", "Home", "End", "PageUp", "PageDown"], does: "From row to row" },
      { keys: ["→"], does: "Open a module, then into it" },
      { keys: ["←"], does: "Close a module, or out to what contains the row" },
      { keys: ["Enter", "Space"], does: "Choose the node and show it in the graph" },
      { keys: ["A … Z"], does: "To the next row that begins with the letter" },
    ],
  },
  {
    where: "In the search",
    lines: [
      { keys: ["Enter", "Shift Enter"], does: "Next hit, hit before" },
      { keys: ["↓"], does: "Ways to go on with the query" },
      { keys: ["Escape"], does: "Close the list, then end the search" },
    ],
  },
  {
    where: "In a table of entries",
    lines: [
      { keys: ["←", "→", "↑", "↓", "Home", "End"], does: "From entry to entry" },
      { keys: ["PageUp", "PageDown"], does: "By four rows" },
      { keys: ["Enter"], does: "Where its gradient comes from" },
    ],
  },
  {
    where: "In the lines of code and the table of costs",
    lines: [
      { keys: ["↑", "↓", "Home", "End"], does: "From row to row" },
      { keys: ["Enter"], does: "The nodes of the line, the node of the row" },
    ],
  },
  {
    where: "In a lesson",
    lines: [{ keys: ["PageDown", "PageUp"], does: "Next step, step before" }],
  },
  {
    where: "On the timeline",
    lines: [
      { keys: ["←", "→"], does: "By one step; by ten with Shift" },
      { keys: ["PageUp", "PageDown"], does: "From snapshot to snapshot" },
      { keys: ["Home", "End"], does: "To the first step, to the last" },
      { keys: ["Enter", "Escape"], does: "Enlarge the weights of a unit, and back; the arrows choose them" },
    ],
  },
  {
    where: "On the pad for digits",
    lines: [
      { keys: ["←", "→", "↑", "↓"], does: "Move; with Shift they paint" },
      { keys: ["Space"], does: "Paint a dot" },
      { keys: ["E", "Ctrl Z", "Delete"], does: "Eraser or pen, undo, clear" },
    ],
  },
  {
    where: "In the tabs and menus",
    lines: [
      { keys: ["←", "→", "Home", "End"], does: "To another tab" },
      { keys: ["↑", "↓", "Home", "End"], does: "To another entry of a menu" },
    ],
  },
];
