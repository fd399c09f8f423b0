import { describeMessages } from "../../../../scripts/type-messages/describe-messages.ts";

await describeMessages(new URL("fixtures/", import.meta.url), 14);
