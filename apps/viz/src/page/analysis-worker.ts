/** The analysis: all of the library's ops in a worker, which runs traces again. */
import { analysisTasks } from "../engine/analysis-tasks.ts";
import { serve } from "../engine/serve.ts";

serve(analysisTasks);
