import { orFail } from "./cli/fail.js";
import { serve } from "./cli/serve.js";
import { readConfig } from "./platform/config.js";

await orFail(() => serve(readConfig(process.env)));
