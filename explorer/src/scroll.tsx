import type { ComponentChildren } from "preact";

/** What may be wider than the page, and is then moved by keys as well. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it nobody could scroll with keys
    // biome-ignore lint/a11y/useSemanticElements: it is no set of fields
    <div class="scroll" role="group" tabIndex={0} aria-label={label}>
      {children}
    </div>
  );
}
