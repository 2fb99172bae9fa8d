/** Lists and objects that fit into a line of this length stand on one. */
const WIDTH = 110;

/** A JSON document for people to read and edit: what is short stands on one line, what is long a line for each entry. */
export function documentText(value: unknown, indent = "", before = 0): string {
  const line = lineText(value);
  if (indent.length + before + line.length <= WIDTH || typeof value !== "object" || value === null)
    return line;
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((entry) => documentText(entry, inner))
    : Object.entries(value).map(([key, entry]) => {
        const name = `${JSON.stringify(key)}: `;
        return name + documentText(entry, inner, name.length);
      });
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${entries.map((entry) => inner + entry).join(",\n")}\n${indent}${close}`;
}

function lineText(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(lineText).join(", ")}]`;
  const fields = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}: ${lineText(entry)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}
