import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * A test runner for Stryker: the facts of `corpus.ts` are its tests. The kernel is loaded once, in this process, and each mutant is
 * held against the facts that reach it, the first that fails ends it: a mutant takes milliseconds where a test run takes seconds.
 */
class Facts {
  /** What Stryker's instrumented code reads and writes. */
  state = stateOf(globalThis);

  capabilities() {
    return { reloadEnvironment: false };
  }

  async dryRun() {
    const tests = [];
    for (const { name, difference } of await this.facts()) {
      this.state.currentTestId = name;
      const started = performance.now();
      const failureMessage = difference();
      const timeSpentMs = Math.round(performance.now() - started);
      const status = failureMessage === undefined ? SUCCESS : FAILED;
      tests.push({ id: name, name, status, timeSpentMs, failureMessage });
    }
    this.state.currentTestId = undefined;
    return { status: "complete", tests, mutantCoverage: this.state.mutantCoverage };
  }

  async mutantRun({ testFilter, hitLimit, activeMutant, mutantActivation }) {
    const { state } = this;
    state.activeMutant = mutantActivation === "static" ? activeMutant.id : undefined;
    const facts = (await this.facts()).filter(({ name }) => !testFilter || testFilter.includes(name));
    Object.assign(state, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    let nrOfTests = 0;
    try {
      for (const { name, difference } of facts) {
        nrOfTests++;
        const failureMessage = failureOf(difference);
        if (state.hitCount > hitLimit) return { status: "timeout" };
        if (failureMessage !== undefined)
          return { status: "killed", killedBy: [name], failureMessage, nrOfTests };
      }
      return { status: "survived", nrOfTests };
    } finally {
      Object.assign(state, { activeMutant: undefined, hitLimit: undefined });
    }
  }

  /** The shortest first. */
  async facts() {
    this.read ??= await (async () => {
      const { reading } = await import(pathToFileURL(resolve("dist/mutation/mutation/facts.js")).href);
      const all = JSON.parse(readFileSync("dist/mutation/facts.json", "utf8"));
      all.sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length);
      return all.map((facts) => ({ name: facts.name, difference: reading(facts) }));
    })();
    return this.read;
  }
}

function stateOf(home) {
  home.__stryker__ ??= {};
  return home.__stryker__;
}

const [SUCCESS, FAILED] = [0, 1];

function failureOf(difference) {
  try {
    return difference();
  } catch (fault) {
    return String(fault);
  }
}

/** Words of a message are no matter of the kernel's verdicts; `npm test` has those that users read. */
const messages = {
  shouldIgnore({ node }) {
    const isFault = node.type === "NewExpression" && /^(Error|Refuted|RangeError)$/.test(node.callee.name);
    const isTold =
      node.type === "CallExpression" &&
      /^(refuted|stage)$/.test(node.callee.name ?? node.callee.property?.name);
    return isFault || isTold ? "words of a message" : undefined;
  },
};

export const strykerPlugins = [
  { kind: "TestRunner", name: "facts", injectableClass: Facts },
  { kind: "Ignore", name: "messages", value: messages },
];
