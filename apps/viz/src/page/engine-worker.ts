/** The engine: the library in a worker, which runs programs and records them. */
import { serve } from "../engine/serve.ts";
import { engineTasks } from "../engine/tasks.ts";

serve(engineTasks);
