#!/usr/bin/env node
// The entry of the command line; the one file of this package that does something when it is imported.
import { main } from "./program.ts";

process.exitCode = await main(process.argv.slice(2), {
  output: process.stdout,
  errors: process.stderr,
  cwd: process.cwd(),
  signals: process,
  quit: (code) => process.exit(code),
  date: () => new Date(),
});
