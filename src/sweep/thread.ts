import { servePoints } from "./serve.js";

// The script of the workers that `sweep` of `mechlp/sweep` starts where it is given none.
servePoints();
