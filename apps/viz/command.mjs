// The inspector as a command that another program starts: what `npm run viz` runs after the install. A program that starts
// it with a channel is told the address there, ends it by closing the channel, and has Ctrl-C to itself.
import { register } from "tsx/esm/api";

const isChild = process.send !== undefined;
if (isChild) {
  process.on("SIGINT", () => {});
  process.on("disconnect", () => process.exit());
}
register();
const { main } = await import("./src/server/cli.ts");
const result = await main(process.argv.slice(2));
if (typeof result === "number") process.exitCode = result;
if (isChild && typeof result === "number") process.disconnect();
if (isChild && typeof result !== "number") process.send({ address: result.address });
