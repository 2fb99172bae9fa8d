export * from "../../src/generator/random-source.js";
