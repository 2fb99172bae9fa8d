import { render } from "preact";
import { App } from "./app.js";
import "./style.css";

render(<App />, document.getElementById("page")!);
if ("serviceWorker" in navigator && import.meta.env.PROD) {
  navigator.serviceWorker.register("./offline.js").catch(() => {
    // Without it the page works all the same, but not offline.
  });
}
