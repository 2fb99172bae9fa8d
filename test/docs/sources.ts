import { readdirSync, readFileSync } from "node:fs";

/** The project's own code, by file. */
export const sources = ["src", "models"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [`${folder}/${name}`, readFileSync(`${folder}/${name}`, "utf8")] as const),
);
