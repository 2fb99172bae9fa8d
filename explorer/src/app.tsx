import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import * as z from "zod";
import type { Family } from "../../models/family.js";
import { families } from "../../models/index.js";
import { answerFileText } from "../../src/certificate/answer-file.js";
import { type Design, designFromData } from "../../src/index.js";
import { type Instance, parseInstance } from "../../src/instance/instance.js";
import { documentText } from "../../src/json/document-text.js";
import { posed } from "../../src/question/problem.js";
import { csvText } from "../../src/report/csv.js";
import { designDocument } from "../../src/report/design-text.js";
import type { Document } from "../../src/report/document.js";
import { designFigures } from "../../src/report/figures.js";
import { htmlSection } from "../../src/report/html-document.js";
import { designCsv } from "../../src/report/report-csv.js";
import { verdictText } from "../../src/report/verdict-text.js";
import { verifyAnswer } from "../../src/verify-data.js";
import { Asker, Cancelled } from "./asker.js";
import { Beside } from "./beside.js";
import { ByHand, fitsByHand } from "./by-hand.js";
import { download } from "./download.js";
import { ChoiceField, JsonField, ParameterField } from "./fields.js";
import { Incentives } from "./incentives.js";
import type { ComparedData } from "./messages.js";
import { Pictures } from "./pictures.js";
import { QuestionFields } from "./question.js";
import {
  familyInstance,
  hashOf,
  type Json,
  type JsonObject,
  type PageState,
  stateOf,
  twoByTwo,
} from "./state.js";
import { WhatIf } from "./what-if.js";

/** An answer, the instance that it is about, and how long it took from the question to it. */
interface Answered {
  readonly instance: Instance;
  readonly design: Design;
  readonly milliseconds: number;
}

type Work =
  | { readonly kind: "busy"; readonly words: string }
  | { readonly kind: "idle" }
  | { readonly kind: "fault"; readonly message: string };

const BY_HAND = "by hand";

export function App() {
  const [state, setState] = useState<PageState>(() => readState());
  const [answered, setAnswered] = useState<Answered>();
  const [work, setWork] = useState<Work>({ kind: "idle" });
  const asker = useMemo(() => new Asker(), []);
  const { instance } = state;
  const asked = JSON.stringify(instance);

  useEffect(() => {
    const back = () => setState(readState());
    addEventListener("hashchange", back);
    return () => removeEventListener("hashchange", back);
  }, []);

  useEffect(() => {
    history.replaceState(null, "", hashOf(state));
  }, [state]);

  useEffect(() => {
    const started = performance.now();
    let read: Instance;
    try {
      read = parseInstance(instance, typeof instance.model === "string" ? instance.model : "instance");
    } catch (fault) {
      asker.cancel();
      setWork({ kind: "fault", message: fault instanceof Error ? fault.message : String(fault) });
      return;
    }
    setWork({ kind: "busy", words: "solving" });
    asker
      .solve(instance, (words) => setWork({ kind: "busy", words }))
      .then(({ design: data }) => {
        const problem = posed(read.environment, read.question, read.givenRule);
        const design = designFromData(data, problem);
        // Nothing is shown that the kernel has not judged on this side too.
        const verified = verifyAnswer(data.answerFile, read);
        if (!verified.verified) throw new Error(`the answer was refuted: ${verified.fault}`);
        setAnswered({ instance: read, design, milliseconds: performance.now() - started });
        setWork({ kind: "idle" });
      })
      .catch((fault: unknown) => {
        if (fault instanceof Cancelled) return;
        setWork({ kind: "fault", message: fault instanceof Error ? fault.message : String(fault) });
      });
  }, [asked]);

  const change = (next: JsonObject) => setState((old) => ({ ...old, instance: next }));
  const stop = () => {
    asker.cancel();
    setWork({ kind: "fault", message: "Stopped. Change anything to ask again." });
  };
  return (
    <>
      <header>
        <h1>Is there such a mechanism?</h1>
        <p>
          Efficient, truthful, voluntary, and the money adds up: answers with proofs, in exact fractions,
          computed on this page.
        </p>
      </header>
      <Bar work={work} answered={answered} stop={stop} />
      <div class="columns">
        <form class="controls" aria-label="The problem" onSubmit={(event) => event.preventDefault()}>
          <Controls instance={instance} change={change} />
        </form>
        <main>
          {answered && (
            <AnswerView
              key={answered.instance.digest}
              answered={answered}
              raw={instance}
              beside={state.beside}
              changeBeside={(beside) => setState((old) => ({ ...old, beside }))}
              everyType={state.everyType}
              askEveryType={() => setState((old) => ({ ...old, everyType: true }))}
            />
          )}
        </main>
      </div>
    </>
  );
}

/** What a parameter may be, where it is one of a few words. */
function choicesOf({ parameters }: Family, name: string): readonly string[] | undefined {
  const schema = z.toJSONSchema(parameters, { io: "input", unrepresentable: "any" }) as {
    properties?: Record<string, { enum?: readonly string[] }>;
  };
  return schema.properties?.[name]?.enum;
}

function readState(): PageState {
  try {
    return stateOf(location.hash);
  } catch {
    return stateOf("");
  }
}

function Controls({ instance, change }: { instance: JsonObject; change: (instance: JsonObject) => void }) {
  const model = typeof instance.model === "string" ? instance.model : BY_HAND;
  const family = families.find(({ familyName }) => familyName === model);
  const parameters = (instance.parameters ?? {}) as JsonObject;
  const question = (instance.question ?? {}) as JsonObject;
  return (
    <>
      <ChoiceField
        label="family"
        value={model}
        options={[
          ...families.map(({ familyName }) => [familyName, familyName] as const),
          [BY_HAND, "two by two, by hand"] as const,
        ]}
        change={(chosen) => change(chosen === BY_HAND ? twoByTwo : familyInstance(chosen))}
      />
      {family && <p class="about">{family.about}</p>}
      {family &&
        Object.entries(parameters).map(([name, value]) => (
          <ParameterField
            key={name}
            name={name}
            value={value}
            options={choicesOf(family, name)}
            change={(changed) =>
              change({ ...instance, parameters: resized({ ...parameters, [name]: changed ?? null }, name) })
            }
          />
        ))}
      {!family && fitsByHand(instance) && <ByHand instance={instance} change={change} />}
      <QuestionFields question={question} change={(next) => change({ ...instance, question: next })} />
      <details>
        <summary>The instance as a file</summary>
        <JsonField
          label="instance"
          value={instance}
          rows={16}
          change={(value) => change(value as JsonObject)}
        />
      </details>
    </>
  );
}

/** With another number of agents, lists that have one number for each follow: equal shares, or the last one again. */
function resized(parameters: JsonObject, changed: string): JsonObject {
  const agents = Number(parameters.agents);
  if (changed !== "agents" || !Number.isSafeInteger(agents) || agents < 1 || agents > 50) return parameters;
  const lists = ["shares", "endowments", "outsideOptions"];
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]): [string, Json] => {
      if (!lists.includes(name) || !Array.isArray(value) || value.length === agents) return [name, value];
      const one = name === "outsideOptions" ? (value[value.length - 1] ?? 0) : `1/${agents}`;
      return [name, Array.from({ length: agents }, () => one)];
    }),
  );
}

/** What is being done, and the verdict, where they are seen wherever the page is. */
function Bar({ work, answered, stop }: { work: Work; answered: Answered | undefined; stop: () => void }) {
  const verdict = answered && verdictText(answered.design.problem.question, answered.design);
  return (
    <div class="bar">
      {/* Whoever hears the page hears the verdict where it stands. */}
      {verdict && work.kind !== "fault" && (
        <span aria-hidden="true" class={work.kind === "busy" ? "old" : answered.design.verdict}>
          <strong>{verdict.word}</strong>: {verdict.sentence}
        </span>
      )}
      <Status work={work} answered={answered} stop={stop} />
    </div>
  );
}

function Status({ work, answered, stop }: { work: Work; answered: Answered | undefined; stop: () => void }) {
  return (
    <div class="status" role="status">
      {work.kind === "busy" && (
        <>
          <span>{work.words} …</span>{" "}
          <button type="button" onClick={stop}>
            Stop
          </button>
        </>
      )}
      {work.kind === "fault" && <span class="fault">{work.message}</span>}
      {work.kind === "idle" && answered && (
        <span>
          Solved and verified in {Math.max(1, Math.round(answered.milliseconds))} ms, by{" "}
          {answered.design.formulation}.
        </span>
      )}
    </div>
  );
}

function AnswerView({
  answered,
  raw,
  beside,
  changeBeside,
  everyType,
  askEveryType,
}: {
  readonly answered: Answered;
  readonly raw: JsonObject;
  readonly beside: readonly string[];
  readonly changeBeside: (names: readonly string[]) => void;
  readonly everyType: boolean;
  readonly askEveryType: () => void;
}) {
  const { instance, design } = answered;
  const { mechanism, problem } = design;
  const sections = useMemo(() => designDocument(design, instance.name), [design]);
  const figures = useMemo(() => designFigures(design), [design]);
  const verdict = sections.findIndex((section) => section.some(({ kind }) => kind === "verdict"));
  const html = (part: typeof sections) => part.map(htmlSection).join("\n");
  return (
    <>
      <div class="report" dangerouslySetInnerHTML={{ __html: html(sections.slice(0, verdict + 1)) }} />
      <Save answered={answered} raw={raw} />
      <Pictures figures={figures} />
      {mechanism && <Incentives environment={problem.environment} mechanism={mechanism} />}
      {mechanism && <WhatIf problem={problem} mechanism={mechanism} />}
      {instance.continuous && <EveryType answered={answered} raw={raw} open={everyType} ask={askEveryType} />}
      <Comparison answered={answered} raw={raw} beside={beside} change={changeBeside} />
      <div class="report" dangerouslySetInnerHTML={{ __html: html(sections.slice(verdict + 1)) }} />
    </>
  );
}

/** More payments than this are not written out profile by profile on the page. */
const MOST_PROFILES = 100_000;

function Save({ answered, raw }: { answered: Answered; raw: JsonObject }) {
  const { instance, design } = answered;
  const save = (name: string, text: string) =>
    download(name, name.endsWith(".csv") ? "text/csv" : "application/json", text);
  const byProfile = design.problem.environment.profiles.count <= MOST_PROFILES;
  return (
    <div class="buttons">
      <button type="button" onClick={() => save("instance.json", `${documentText(raw)}\n`)}>
        Instance
      </button>
      <button
        type="button"
        onClick={() => save("answer.json", [...answerFileText(design, instance)].join(""))}
      >
        Answer with its proof
      </button>
      {designCsv(design, byProfile).map((table) => (
        <button type="button" key={table.name} onClick={() => save(table.name, [...csvText(table)].join(""))}>
          {table.name}
        </button>
      ))}
      <CopyLink />
      <p class="command">
        The same on the command line, with the instance saved:{" "}
        <code>npx mechlp solve instance.json --proof answer.json</code>, and{" "}
        <code>npx mechlp verify instance.json answer.json</code>
      </p>
    </div>
  );
}

/** Seconds for which the button says that the link is copied. */
const SAID = 3;

function CopyLink() {
  const [words, setWords] = useState("Copy the link");
  const copy = () =>
    navigator.clipboard.writeText(location.href).then(
      () => {
        setWords("Copied");
        setTimeout(() => setWords("Copy the link"), 1000 * SAID);
      },
      () => setWords("Not copied: the address holds the link"),
    );
  return (
    <button type="button" aria-live="polite" onClick={copy}>
      {words}
    </button>
  );
}

/** The same question for every type of the intervals that the grid stands for. */
function EveryType({
  answered,
  raw,
  open,
  ask,
}: {
  readonly answered: Answered;
  readonly raw: JsonObject;
  readonly open: boolean;
  readonly ask: () => void;
}) {
  const [found, setFound] = useState<Document>();
  const [words, setWords] = useState("asking");
  const asker = useRef<Asker>(undefined);
  useEffect(() => {
    if (!open) return;
    setFound(undefined);
    asker.current ??= new Asker();
    asker.current
      .everyType(raw, setWords)
      .then(setFound)
      .catch((fault: unknown) => {
        if (!(fault instanceof Cancelled)) setWords(fault instanceof Error ? fault.message : String(fault));
      });
    return () => asker.current?.cancel();
  }, [open, answered]);
  const verdict = found?.findIndex((section) => section.some(({ kind }) => kind === "verdict")) ?? 0;
  return (
    <section>
      <h2>Every type of the intervals</h2>
      {!open && (
        <button type="button" onClick={ask}>
          Ask for every type, not only those of the grid
        </button>
      )}
      {open && !found && <p role="status">{words}</p>}
      {found && (
        <div
          class="report"
          dangerouslySetInnerHTML={{ __html: found.slice(verdict).map(htmlSection).join("\n") }}
        />
      )}
    </section>
  );
}

/** The literature's mechanisms, built only when somebody wants to see them. */
function Comparison({
  answered,
  raw,
  beside,
  change,
}: {
  readonly answered: Answered;
  readonly raw: JsonObject;
  readonly beside: readonly string[];
  readonly change: (names: readonly string[]) => void;
}) {
  const [open, setOpen] = useState(beside.length > 0);
  const [compared, setCompared] = useState<readonly ComparedData[]>();
  const [words, setWords] = useState("building the constructions");
  const asker = useRef<Asker>(undefined);
  useEffect(() => {
    if (!open) return;
    setCompared(undefined);
    asker.current ??= new Asker();
    asker.current
      .compare(raw, setWords)
      .then(setCompared)
      .catch((fault: unknown) => {
        if (!(fault instanceof Cancelled)) setWords(fault instanceof Error ? fault.message : String(fault));
      });
    return () => asker.current?.cancel();
  }, [open, answered]);
  return (
    <section>
      <h2>Mechanisms of the literature</h2>
      {!open && (
        <button type="button" onClick={() => setOpen(true)}>
          Put them beside the optimum
        </button>
      )}
      {open && !compared && <p role="status">{words} …</p>}
      {open && compared && (
        <Beside
          environment={answered.instance.environment}
          compared={compared}
          chosen={beside}
          change={change}
        />
      )}
    </section>
  );
}
