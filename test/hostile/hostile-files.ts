import { RandomSource } from "../generator/random-source.js";

/** A file that somebody wrote who wishes us ill, or slipped. */
export interface HostileFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Whether it has to be refused; otherwise it may turn out to say something that can be answered. */
  readonly isRefused: boolean;
}

type Json = unknown;
type Path = readonly (string | number)[];

const encoder = new TextEncoder();

function file(name: string, content: string | Uint8Array | readonly number[], isRefused = true): HostileFile {
  const bytes = typeof content === "string" ? encoder.encode(content) : Uint8Array.from(content);
  return { name, bytes, isRefused };
}

/** Files that are hostile whatever they are taken for: no JSON, no UTF-8, or no document of ours. */
export function plainlyHostile(document: object): HostileFile[] {
  const text = JSON.stringify(document);
  const bytes = [...encoder.encode(text)];
  const inText = text.indexOf('"') + 1;
  const put = (...own: number[]) => [...bytes.slice(0, inText), ...own, ...bytes.slice(inText)];
  const utf16 = [...text].flatMap((letter) => [letter.charCodeAt(0) & 0xff, letter.charCodeAt(0) >> 8]);
  const broken = (own: string) => `${text.slice(0, -1)},${own}}`;
  return [
    ...[
      "",
      " ",
      "\n\n",
      "null",
      "true",
      "0",
      '"text"',
      "[]",
      "[[]]",
      "{}",
      "{]",
      "[}",
      "nul",
      "-",
      "\u0000",
    ].map((own, k) => file(`no document ${k}`, own)),
    ...[
      '{"agents"}',
      '{"agents":}',
      "{agents: []}",
      "{'agents': []}",
      '{"agents": [],}',
      "// x",
      "# x",
      "%PDF-1.7",
    ].map((own, k) => file(`slip ${k}`, own)),
    ...["NaN", "Infinity", "01", "+1", ".5", "1.", "1e", "0x10", "1_000", "--1", "tru", "undefined"].map(
      (own) => file(`no value: ${own}`, broken(`"more":${own}`)),
    ),
    ...[
      '"a\nb"',
      '"a\tb"',
      '"\\x41"',
      '"\\u12"',
      '"\\uD800"',
      '"\\udc00\\ud800"',
      '"\\u0000"',
      '"\\u001b[2J"',
    ].map((own) => file(`no text: ${JSON.stringify(own)}`, broken(`"more":${own}`))),
    ...[
      "\\u001b]0;x\\u0007",
      "\\r\\nverified: POSSIBLE",
      "\\u009b2J",
      "\\u202e",
      "__proto__",
      "constructor",
    ].map((own) => file(`field ${own}`, broken(`"${own}":1`))),
    file("no UTF-8: 0xff", put(0xff)),
    file("no UTF-8: Latin-1", put(0xe9, 0x20)),
    file("no UTF-8: too long a form", put(0xc0, 0x80)),
    file("no UTF-8: half a surrogate pair", put(0xed, 0xa0, 0x80)),
    file("no UTF-8: beyond the last code point", put(0xf5, 0x80, 0x80, 0x80)),
    file("no UTF-8: a continuation alone", put(0x80)),
    file("no UTF-8: cut short", [...bytes, 0xf0, 0x9f]),
    file("UTF-16", [0xff, 0xfe, ...utf16]),
    file("UTF-16 without a mark", utf16),
    file("two byte order marks", [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, ...bytes]),
    file("a NUL within", [...bytes.slice(0, 1), 0, ...bytes.slice(1)]),
    file("a NUL behind", [...bytes, 0]),
    file("two documents", text + text),
    file("deep lists", "[".repeat(10_000)),
    file("deep lists, closed", `${"[".repeat(3000)}${"]".repeat(3000)}`),
    file("deep objects", '{"a":'.repeat(10_000)),
    file("an escape sequence before all", `\u001b[2J${text}`),
    file("a key twice", `${text.slice(0, -1)},${text.slice(1)}`),
    file("a text without end", broken(`"more":"${"x".repeat(2000)}`).slice(0, -1)),
  ];
}

/** Sizes that cannot be answered, known from a few counts. Each takes a while to be written, so there are few. */
export function largeFiles(document: object): HostileFile[] {
  const many = 200_000;
  const fields = Object.keys(document);
  const withField = (field: string, value: string) => `{${JSON.stringify(field)}:${value}}`;
  return [
    file("a field of 2 MB", withField("k".repeat(2_000_000), "1")),
    file("a text of 2 MB", withField(fields[0], `"${"k".repeat(2_000_000)}"`)),
    file("a number of 2 MB", withField(fields[0], "7".repeat(2_000_000))),
    file("2 MB of nothing", " ".repeat(2_000_000)),
    file("many fields", `{${Array.from({ length: many }, (_, k) => `"k${k}":0`).join(",")}}`),
    ...fields.flatMap((field) =>
      ["null", "0", '"x"', "[]", "{}"].map((own) =>
        file(`many ${own} as ${field}`, withField(field, `[${`${own},`.repeat(many)}${own}]`)),
      ),
    ),
  ];
}

/** A document with one thing changed at random, of which it cannot be told beforehand whether anything is wrong with it. */
export function changedFiles(document: object, seed: number, count: number): HostileFile[] {
  const random = new RandomSource(seed);
  const text = JSON.stringify(document);
  const paths = [...everyPath(document)];
  const refused = (name: string, content: string | number[]) => file(`${name}, seed ${seed}`, content, false);
  return Array.from({ length: count }, (_, k) => {
    const path = random.pick(paths);
    const at = random.integer(1, text.length - 1);
    switch (k % 6) {
      case 0:
        return file(`cut at ${at}, seed ${seed}`, text.slice(0, at));
      case 1: {
        const bytes = [...encoder.encode(text)];
        const place = random.integer(0, bytes.length - 1);
        bytes[place] ^= 1 << random.integer(0, 7);
        return refused(`bit turned in byte ${place}`, bytes);
      }
      case 2:
        return refused(`${path.join(".")} taken out`, JSON.stringify(changed(document, path, "out")));
      default: {
        const value = random.pick(VALUES);
        const name = `${path.join(".")} is ${JSON.stringify(value)?.slice(0, 40)}`;
        return refused(name, JSON.stringify(changed(document, path, value)));
      }
    }
  });
}

/** What nobody expects in a place. */
const VALUES: readonly Json[] = [
  null, true, [], {}, "", " ", "-", -1, 0, 0.5, 1e308, -1e-308, 2 ** 53, "1/0", "0/0", "1e400", "-1e-400", "1e99999", "1e999999999",
  "9".repeat(999), "9".repeat(1001), `1/${"7".repeat(999)}`, "NaN", "Infinity", "0x10", "١", "½", "1,5", "50%", "1 / 3",
  "\u200f", "\u2028", "x".repeat(501), "=1+1", "😀", "__proto__", "toString", "../../etc/passwd", "<script>", "\\n", "%s%n", "$(id)",
  [[[[[]]]]], [null], [[]], [1, 2, 3], ["a", "a"], { a: 1 }, { constructor: 1 }, { kind: "list" }, { over: 0, entries: [] },
]; // biome-ignore format: a list to be read at a glance

function* everyPath(value: Json, here: Path = []): Iterable<Path> {
  if (here.length > 0) yield here;
  if (typeof value !== "object" || value === null) return;
  for (const [key, own] of Object.entries(value))
    yield* everyPath(own, [...here, Array.isArray(value) ? Number(key) : key]);
}

function changed(document: object, path: Path, value: Json): Json {
  const copy = structuredClone(document);
  let parent = copy as Record<string | number, Json>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, Json>;
  const key = path[path.length - 1];
  if (value !== "out") parent[key] = value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return copy;
}
