import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { contentsOf } from "../pages/contents.js";
import { siteLink } from "../pages/links.js";

const project = fileURLToPath(new URL("../..", import.meta.url));
const { repository } = JSON.parse(readFileSync(`${project}/package.json`, "utf8"));
const icon = readFileSync(`${project}/explorer/public/icon.svg`);
const home = repository.url.replace(/^git\+|\.git$/g, "");

export default defineConfig({
  title: "mechlp",
  description:
    "A linear-programming mechanism designer, with answers that prove themselves in exact fractions.",
  lang: "en",
  base: process.env.SITE_BASE ?? "/",
  // Written into pages: an address would depend on where the site lies.
  head: [["link", { rel: "icon", href: `data:image/svg+xml;base64,${icon.toString("base64")}` }]],
  srcDir: "content",
  outDir: "../dist/site",
  cacheDir: "../dist/site-cache",
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  markdown: {
    config: (md) => {
      md.core.ruler.push("project-links", ({ tokens, env }): void => {
        for (const { children } of tokens)
          for (const token of children ?? []) {
            const target = token.type === "link_open" && token.attrGet("href");
            if (target) token.attrSet("href", siteLink(target, env.relativePath, home, project));
          }
      });
      // Code that is set off by spaces alone looks like all other code.
      md.core.ruler.push("indented-code", ({ tokens }): void => {
        for (const token of tokens)
          if (token.type === "code_block") Object.assign(token, { type: "fence", tag: "code", info: "text" });
      });
      // Where a table has nothing to say above a column, there is no heading.
      md.core.ruler.push("empty-headings", ({ tokens }): void => {
        for (const [k, token] of tokens.entries())
          if (token.type === "th_open" && tokens[k + 1].content === "") token.tag = tokens[k + 2].tag = "td";
      });
      // Tables may be wider than the screen: with a keyboard too one has to get at their right side.
      md.renderer.rules.table_open = (tokens, k, options, _, self) => {
        tokens[k].attrSet("tabindex", "0");
        return self.renderToken(tokens, k, options);
      };
    },
  },
  themeConfig: {
    search: { provider: "local" },
    sidebar: contentsOf(`${project}/site/content`),
    nav: [
      { text: "Tutorial", link: "/tutorial" },
      { text: "Gallery", link: "/gallery/" },
      { text: "Explorer", link: "/explorer/index.html", target: "_self" },
    ],
    outline: [2, 3],
    externalLinkIcon: true,
  },
});
