/**
 * The browser of the tests: an installed Chromium or Chrome where there is one, else, on Linux x64, the one that the
 * package @sparticuz/chromium carries.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import packaged from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The first Chromium or Chrome of the PATH, or the one that CHROMIUM_PATH names. */
function installed(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const files = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env.CHROMIUM_PATH ?? "", ...files].find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return file !== "";
  } catch {
    return false;
  }
}

const isPackaged = process.platform === "linux" && process.arch === "x64";

/** False where there is no browser to run: tests that need one are passed over there. */
export const hasBrowser: boolean = installed() !== undefined || isPackaged;

/** The browser's file. Unpacks the packaged one on first use. */
export async function executablePath(): Promise<string> {
  return installed() ?? (await packaged.executablePath());
}

/** Starts the browser without a window. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: await executablePath(), args: ["--no-sandbox"] });
}
