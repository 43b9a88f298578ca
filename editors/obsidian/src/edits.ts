// The protocol's edits of a text. Columns are UTF-16 units, as in JavaScript; a line ends at LF, CRLF
// or CR and nowhere else.
export interface Position {
  line: number;
  character: number;
}
export interface TextEdit {
  range: { start: Position; end: Position };
  newText: string;
}
export interface WorkspaceEdit {
  documentChanges?: (
    | { kind: 'create'; uri: string }
    | { kind?: undefined; textDocument: { uri: string }; edits: TextEdit[] }
  )[];
}

export function edited(text: string, edits: TextEdit[]): string {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((found) => found.index + found[0].length)];
  const offset = ({ line, character }: Position) => Math.min((starts[line] ?? text.length) + character, text.length);
  const spans = edits.map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText }));
  spans.sort((one, other) => other.start - one.start);
  return spans.reduce((written, { start, end, newText }) => written.slice(0, start) + newText + written.slice(end), text);
}
