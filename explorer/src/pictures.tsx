import * as plot from "@observablehq/plot";
import { useEffect, useMemo, useState } from "preact/hooks";
import { type Figure, figureSvg } from "../../src/figure/figure.js";
import { download } from "./download.js";

/** Pictures, the first one at once and one more whenever the page has drawn. */
export function Pictures({ figures }: { figures: readonly Figure[] }) {
  const [shown, setShown] = useState(1);
  useEffect(() => {
    if (shown >= figures.length) return;
    const next = setTimeout(() => setShown(shown + 1));
    return () => clearTimeout(next);
  }, [shown, figures]);
  return (
    <div class="figures">
      {figures.slice(0, shown).map((figure) => (
        <Picture key={figure.name} figure={figure} />
      ))}
    </div>
  );
}

/** A picture with its title, what is seen, and buttons that save it. */
export function Picture({ figure }: { figure: Figure }) {
  const svg = useMemo(() => figureSvg(figure, plot, document), [figure]);
  return (
    <figure>
      <h2>{figure.title}</h2>
      <div class="picture" dangerouslySetInnerHTML={{ __html: svg }} />
      <figcaption>{figure.caption}</figcaption>
      <div class="buttons">
        <button type="button" onClick={() => download(`${figure.name}.svg`, "image/svg+xml", svg)}>
          SVG<span class="unseen"> of {figure.title}</span>
        </button>
        <button type="button" onClick={() => savePng(figure.name, svg)}>
          PNG<span class="unseen"> of {figure.title}</span>
        </button>
      </div>
    </figure>
  );
}

/** The picture at twice its size on white ground. */
async function savePng(name: string, svg: string): Promise<void> {
  const image = new Image();
  const dark = svg.replace("<svg ", '<svg color="#111" ');
  image.src = URL.createObjectURL(new Blob([dark], { type: "image/svg+xml" }));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  const context = canvas.getContext("2d")!;
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  canvas.toBlob((blob) => blob && download(`${name}.png`, "image/png", blob));
}
