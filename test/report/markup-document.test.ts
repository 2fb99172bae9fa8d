import { expect, test } from "vitest";
import { documentOf } from "../../src/report/document.js";
import { latex, latexDocument, markdown, markdownDocument } from "../../src/report/markup-document.js";

const document = documentOf(
  [{ kind: "title", text: "two_by_two" }],
  [
    { kind: "items", items: ["payments cover 100% of the cost"] },
    { kind: "verdict", word: "POSSIBLE", tone: "good", text: ": at least 1/2." },
  ],
  [
    {
      kind: "table",
      heading: "at each profile",
      columns: [
        { heading: "type_1", kind: "words" },
        { heading: "pays", kind: "numbers" },
      ],
      rows: [
        ["[a|b]", "≈-0.3333333"],
        ["c & d", "-1"],
      ],
    },
  ],
);

test("LaTeX gets tables with rules and every sign of its own as it is meant", () => {
  expect(latexDocument(document)).toBe(
    String.raw`% \usepackage{booktabs}
\medskip\noindent{\large\bfseries two\_by\_two}\par\smallskip

\begin{itemize}
  \item payments cover 100\% of the cost
\end{itemize}

\textbf{POSSIBLE}: at least 1/2.

\medskip\noindent{\bfseries at each profile}\par\smallskip

\begin{tabular}{lr}
  \toprule
  type\_1 & pays \\
  \midrule
  {[}a$|$b] & $\approx$$-$0.3333333 \\
  c \& d & $-$1 \\
  \bottomrule
\end{tabular}
`,
  );
  expect(latex(String.raw`a\b{c}~^#$`)).toBe(
    String.raw`a\textbackslash{}b\{c\}\textasciitilde{}\textasciicircum{}\#\$`,
  );
});

test("Markdown gets tables whose cells cannot break them", () => {
  expect(markdownDocument(document)).toBe(
    String.raw`## two\_by\_two

- payments cover 100% of the cost

**POSSIBLE**: at least 1/2.

### at each profile

| type\_1 | pays |
| --- | --: |
| \[a\|b\] | ≈-0.3333333 |
| c & d | -1 |
`,
  );
  expect(markdown("1. *no* list")).toBe(String.raw`1\. \*no\* list`);
});
