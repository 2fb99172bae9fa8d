import { existsSync } from "node:fs";
import { join, normalize } from "node:path";

/**
 * Where a link of a page leads on the site: what lies outside of the documents, or is no page, is read in the repository. Throws where
 * there is no such file in the project.
 */
export function siteLink(link: string, page: string, repository: string, project: string): string {
  if (/^[a-z]+:|^[/#]/.test(link)) return link;
  const [path, anchor] = link.split("#");
  const target = normalize(join("docs", page, "..", path));
  if (target.startsWith("docs/") && /(\.md|\.html|\.svg|\/[^./]*)$/.test(target)) return link;
  if (!existsSync(join(project, target))) throw new Error(`${page} leads to ${link}, which is not there`);
  return `${repository}/blob/main/${target}${anchor === undefined ? "" : `#${anchor}`}`;
}
