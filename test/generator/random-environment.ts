export * from "../../src/generator/random-environment.js";
