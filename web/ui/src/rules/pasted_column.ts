// What was copied from a spreadsheet: rows of cells between tabs, a cell that holds a line break or a tab between quotes.

/** One cell of each row; `cells`: how many the widest row has. */
export interface PastedColumn {
  lines: string[];
  cells: number;
}

const cell = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;

function cells_of(text: string): string[][] {
  const rows: string[][] = [[]];
  for (let at = 0; at <= text.length; at += 1) {
    cell.lastIndex = at;
    const [whole, quoted, plain] = cell.exec(text)!;
    rows[rows.length - 1]!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    at += whole.length;
    if (text[at] === '\n') rows.push([]);
  }
  return rows;
}

/** A line break within a cell becomes a blank: a row of the table is one line. Rows at the end that are empty are left out. */
export function pasted_rows(text: string): string[][] {
  const rows = cells_of(text.replaceAll(/\r\n?/g, '\n'));
  while (rows.length > 1 && rows[rows.length - 1]!.every((each) => each === '')) rows.pop();
  return rows.map((row) => row.map((value) => value.replaceAll(/\s+/g, ' ').trim()));
}

export function pasted_column(text: string): PastedColumn {
  const rows = pasted_rows(text);
  return { lines: rows.map((row) => row[0]!), cells: Math.max(...rows.map((row) => row.length)) };
}
