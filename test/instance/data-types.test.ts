import { expect, test } from "vitest";
import { families } from "../../models/index.js";
import { instanceJsonSchema } from "../../src/instance/json-schemas.js";
import { DataTypes, type JsonSchema, typeName } from "./data-types.js";

const HEAD = `// Written by \`npm run schema\` from the schemas of instance files: what is to be changed is changed there.\n\n`;

test("src/instance-data.ts is what `npm run schema` writes", async () => {
  const schema = instanceJsonSchema() as JsonSchema;
  const parameters = families.map(
    ({ familyName }) => `  readonly "${familyName}": ${typeName(`${familyName}-parameters`)};\n`,
  );
  const map = `/** The parameters of every family, by its name in files. */\nexport interface FamilyParameters {\n${parameters.join("")}}\n`;
  await expect(`${HEAD}${new DataTypes(schema).declarations()}\n${map}`).toMatchFileSnapshot(
    "../../src/instance-data.ts",
  );
});
