// The inspector as a command that another program starts: what `npm run viz` runs after the install. A program that starts
// it with a channel is told the address there, ends it by closing the channel, and has Ctrl-C to itself.
import { register } from "tsx/esm/api";

register();
const { main } = await import("./src/server/cli.ts");
if (process.send !== undefined) process.on("SIGINT", () => {});
const result = await main(process.argv.slice(2));
if (typeof result === "number") {
  process.exitCode = result;
  process.disconnect?.();
} else if (process.send !== undefined) {
  process.on("disconnect", () => process.exit());
  process.send({ address: result.address });
}
