// Writes sbom.cdx.json, the bill of materials of what users install (CycloneDX). `npm sbom --omit dev` leaves out packages that
// development uses as well, so that it is asked for all of them, and the lock file says which users get.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const used = new Set([`${name}@${version}`]);
for (const [path, { version: own, dev }] of Object.entries(packages)) {
  if (path !== "" && !dev)
    used.add(`${path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)}@${own}`);
}
const bom = JSON.parse(
  execFileSync("npm", ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx"], {
    encoding: "utf8",
    maxBuffer: 1e8,
  }),
);
bom.metadata.component.name = name;
bom.components = bom.components.filter((component) => used.has(component["bom-ref"]));
bom.dependencies = bom.dependencies
  .filter(({ ref }) => used.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => used.has(other)) }));
writeFileSync("sbom.cdx.json", `${JSON.stringify(bom, null, 1)}\n`);
