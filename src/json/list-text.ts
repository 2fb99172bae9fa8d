/** Lines of lists are no longer than this. */
const WIDTH = 100;

/** A list of short items as text: on one line where that is short, else in lines of a readable width. */
export function* listText(items: Iterable<string>, indent: string): Iterable<string> {
  let line = "";
  let lines = 0;
  for (const item of items) {
    if (line === "") line = item;
    else if (line.length + item.length + 2 <= WIDTH) line += `, ${item}`;
    else {
      yield `${lines++ === 0 ? "[" : ","}\n${indent}  ${line}`;
      line = item;
    }
  }
  yield lines === 0 ? `[${line}]` : `,\n${indent}  ${line}\n${indent}]`;
}
