/** The keys that work wherever the focus is, run the commands that carry them; and whether single characters do so. */
import type { Commands } from "./commands.ts";

const setting = "adjoint.single-keys";

/** Runs the commands that say `everywhere` by their keys. */
export function runCommandsByKey(commands: Commands): void {
  document.addEventListener("keydown", (event) => {
    const name = keyName(event);
    const single = name.length === 1;
    if (single && (isWriting(event.target) || !singleKeys())) return;
    const command = commands.all.find(({ keys, everywhere }) => everywhere === true && keys === name);
    if (command === undefined || command.enabled?.() === false) return;
    event.preventDefault();
    event.stopPropagation();
    command.run();
  });
}

/** `Ctrl K`, `/`, `?`: as commands write their keys. ⌘ counts as Ctrl. */
function keyName({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): string {
  if (altKey) return "";
  return ctrlKey || metaKey ? `Ctrl ${key.toUpperCase()}` : key;
}

/** Whether `target` takes letters: a shortcut of one would be written there. */
export function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

/** Whether single characters are shortcuts. They can be switched off, for those who speak to their computer. */
export function singleKeys(): boolean {
  try {
    return localStorage.getItem(setting) !== "off";
  } catch {
    // A page from a file may have no storage.
    return true;
  }
}

/** Switches shortcuts of single characters on or off; kept where the page has storage. */
export function setSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(setting);
    else localStorage.setItem(setting, "off");
  } catch {
    // Then it holds for nothing: there is nowhere to keep it.
  }
}

/** The key beside a letter, as this computer names it: ⌘ or Ctrl. */
export function modifierName(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
}
