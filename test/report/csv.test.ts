import { expect, test } from "vitest";
import { design } from "../../src/index.js";
import { csvText } from "../../src/report/csv.js";
import { designCsv } from "../../src/report/report-csv.js";
import { filmWith } from "../environment/hand-made.js";

test("fields with commas, quotes, line ends or outer spaces stand in quotes", () => {
  const table = {
    name: "types.csv" as const,
    columns: ["a", "b,c"],
    rows: [
      ['say "1"', " x"],
      ["1\n2", "3"],
    ],
  };
  expect([...csvText(table)].join("")).toBe('a,"b,c"\n"say ""1""" ," x"\n"1\n2",3\n'.replace('" ,', '",'));
});

test("no label is a formula, or does anything else but appear; numbers stay numbers", () => {
  const cells = ["=1+1", "@a", "+h", "-h", " =x", "-1/4", "-0.5", "+2", "-1e-7", "-1-1", "\u001b[2Ja\u009b"];
  const [, row] = [...csvText({ columns: ["a"], rows: [cells] })];
  expect(row).toBe("'=1+1,'@a,'+h,'-h,' =x,-1/4,-0.5,+2,-1e-7,'-1-1,\\u001b[2Ja\\u009b\n");
});

test("a design has its tables with exact numbers, and decimals beside them", async () => {
  const answer = await design({ environment: filmWith() }, { ties: "last", ir: "ex-ante" });
  const tables = new Map(designCsv(answer, true).map((table) => [table.name, [...csvText(table)].join("")]));
  expect([...tables.keys()]).toEqual([
    "summary.csv",
    "types.csv",
    "outcomes.csv",
    "profiles.csv",
    "requirements.csv",
  ]);
  expect(tables.get("summary.csv")).toContain("\nexpected gains of full efficiency,3/2,1.5\n");
  expect(tables.get("types.csv")).toMatch(/^agent,type,probability,probability value,payment,/);
  expect(tables.get("types.csv")).toMatch(/\nbob,low,1\/3,0\.3333333333333333,.*,1\/2,0\.5\n/);
  expect(tables.get("outcomes.csv")).toContain("\nann,low,go,2/3,0.6666666666666666\n");
  expect(tables.get("profiles.csv")!.split("\n")).toHaveLength(4 + 2);
  expect(tables.get("profiles.csv")).toMatch(
    /^ann,bob,probability,probability value,outcome,ann pays,ann pays value,/,
  );
  expect(tables.get("requirements.csv")).toMatch(/\nBayesian IC,yes,4,\d,0,0,IC of /);
  expect(designCsv(answer, false).map(({ name }) => name)).not.toContain("profiles.csv");
});
