/** Run by Vitest before each file: property tests that name no seed of their own take this one, so that each run is the same. */
import { configureGlobal, readConfigureGlobal } from "fast-check";

configureGlobal({ ...readConfigureGlobal(), seed: 20_261_121 });
