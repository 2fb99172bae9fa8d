import { expect, test } from "vitest";
import { siteLink } from "../../site/pages/links.js";

const led = (link: string, page = "guides/theorem.md") =>
  siteLink(link, page, "https://forge.example/m", ".");

test("pages lead to each other as they stand, and to the repository for whatever is no page", () => {
  expect(led("../theory.md#section")).toBe("../theory.md#section");
  expect(led("https://example.org/x")).toBe("https://example.org/x");
  expect(led("../../schema/solve.schema.json")).toBe(
    "https://forge.example/m/blob/main/schema/solve.schema.json",
  );
  expect(led("references.bib", "references.md")).toBe(
    "https://forge.example/m/blob/main/docs/references.bib",
  );
});

test("a link out of the documents to a file that is not there is a fault", () => {
  expect(() => led("../../schema/sovle.schema.json")).toThrow(
    "guides/theorem.md leads to ../../schema/sovle",
  );
});
