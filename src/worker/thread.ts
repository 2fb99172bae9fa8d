import { serve } from "./serve.js";

// The script of the worker that `design` of `mechlp/worker` starts where it is given none.
serve();
