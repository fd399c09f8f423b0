import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository, absolute. */
export const root: string = fileURLToPath(new URL("../../", import.meta.url));

/** Every package that can be published, dependencies first. */
export const publishable = ["wasm", "tensor", "autograd", "nn", "mnist"] as const;

/** The short name of a package: the X of `@adjoint/X` and of packages/X. */
export type PackageName = (typeof publishable)[number];

/** The packages that are installed alone into an empty project: each has its programs in fixtures/. */
export const installedAlone = ["tensor", "autograd", "nn"] as const satisfies readonly PackageName[];

/** Entry points beside a package's own: the Y of `@adjoint/X/Y`. */
export const moreEntries: Readonly<Partial<Record<PackageName, readonly string[]>>> = {
  autograd: ["graph", "testing"],
};

/** The directory of a package, absolute. */
export const packageDirectory = (name: PackageName): string => join(root, "packages", name);

/** The directory that holds the programs for a package, absolute. */
export const fixtureDirectory = (name: PackageName): string =>
  fileURLToPath(new URL(`./fixtures/${name}/`, import.meta.url));
