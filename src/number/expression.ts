import { InputError, shown } from "../fault/input-error.js";
import { Rational } from "./rational.js";
import { parseRational } from "./rational-text.js";

/** An expression that has been read. */
export interface Expression {
  /** The names that it uses, each once. */
  readonly names: readonly string[];
  /** Its value where names have these. Throws InputError where it has none. */
  value(read: (name: string) => unknown): unknown;
}

type Evaluation = (read: (name: string) => unknown) => unknown;

/** More signs than any formula that people write; each level of brackets takes a call. */
const LONGEST = 500;

/**
 * Reads an expression as it is usually written: numbers and names, sums, differences, products (`2q` is one) and quotients, exactly;
 * `prior[0]` and `case.cost` are parts of what a name stands for. A name by itself may stand for anything. Throws InputError, with
 * `accepted` as what would be accepted, for what is no expression.
 */
export function readExpression(text: string, accepted: string): Expression {
  return new Reader(text, accepted).whole();
}

class Reader {
  private readonly tokens: string[];
  private readonly names = new Set<string>();

  constructor(
    private readonly text: string,
    private readonly accepted: string,
  ) {
    const isBrief = text.length <= LONGEST;
    this.tokens = isBrief ? (text.match(/\d+\.?\d*|\.\d+|\.?[A-Za-z_]\w*|[[\]()+*/-]/g) ?? []) : [];
    if (!isBrief || this.tokens.join("") !== text.replace(/\s/g, "")) throw this.fault();
  }

  whole(): Expression {
    const value = this.sum();
    if (this.tokens.length > 0) throw this.fault();
    return { names: [...this.names], value };
  }

  private sum(): Evaluation {
    let value = this.product();
    for (let sign = this.next("+", "-"); sign !== undefined; sign = this.next("+", "-")) {
      const term = this.product();
      value = this.joined(value, term, sign === "+" ? (a, b) => a.add(b) : (a, b) => a.subtract(b));
    }
    return value;
  }

  private product(): Evaluation {
    let value = this.factor();
    for (;;) {
      if (this.next("/") !== undefined)
        value = this.joined(value, this.factor(), (a, b) => {
          if (b.isZero) throw this.fault("which divides by 0");
          return a.divide(b);
        });
      else if (this.next("*") !== undefined || /^[A-Za-z_(]/.test(this.tokens[0] ?? ""))
        value = this.joined(value, this.factor(), (a, b) => a.multiply(b));
      else return value;
    }
  }

  private factor(): Evaluation {
    if (this.next("-") !== undefined) {
      const value = this.factor();
      return (read) => this.number(value(read)).negate();
    }
    if (this.next("(") !== undefined) {
      const inner = this.sum();
      if (this.next(")") === undefined) throw this.fault();
      return inner;
    }
    const token = this.tokens.shift() ?? "";
    if (/^[A-Za-z_]/.test(token)) return this.named(token);
    const number = parseRational(token);
    if (!number) throw this.fault();
    return () => number;
  }

  /** What a name stands for, or a part of that. */
  private named(name: string): Evaluation {
    this.names.add(name);
    let value: Evaluation = (read) => read(name);
    for (;;) {
      const whole = value;
      if (this.next("[") !== undefined) {
        const place = this.sum();
        if (this.next("]") === undefined) throw this.fault();
        value = (read) => {
          const list = whole(read);
          const k = this.number(place(read)).toNumber();
          if (Array.isArray(list) && Number.isInteger(k) && k >= 0 && k < list.length) return list[k];
          throw this.fault(`where the place ${k} is asked of ${shown(list)}`);
        };
      } else if (/^\.[A-Za-z_]/.test(this.tokens[0] ?? "")) {
        const field = this.tokens.shift()!.slice(1);
        value = (read) => {
          const object = whole(read);
          if (typeof object === "object" && object !== null && Object.hasOwn(object, field))
            return (object as Record<string, unknown>)[field];
          throw this.fault(`where "${field}" is asked of ${shown(object)}`);
        };
      } else return value;
    }
  }

  private joined(a: Evaluation, b: Evaluation, join: (a: Rational, b: Rational) => Rational): Evaluation {
    return (read) => join(this.number(a(read)), this.number(b(read)));
  }

  private number(value: unknown): Rational {
    if (value instanceof Rational) return value;
    const isText = typeof value === "string" || (typeof value === "number" && Number.isFinite(value));
    const number = isText ? parseRational(String(value)) : undefined;
    if (number) return number;
    throw this.fault(`which calculates with ${shown(value)}`);
  }

  /** Takes the next token if it is one of these. */
  private next(...wanted: readonly string[]): string | undefined {
    return wanted.includes(this.tokens[0] ?? "") ? this.tokens.shift() : undefined;
  }

  private fault(why?: string): InputError {
    return new InputError("", [shown(this.text), ...(why ? [why] : [])].join(", "), this.accepted);
  }
}
